//! Recurrences without "every": "Mondays", "Friday mornings", "mon-fri 9am".

use super::{Draft, weekend};
use crate::grammar::{Lead, Parsed, Parser};
use crate::lexicon::{Plural, Sense, Unit};
use crate::recurrence::{ByDay, Frequency, WORKDAYS};
use crate::scan::Kind;

impl Parser<'_> {
    /// "Mondays", "Tuesdays and Thursdays", "weekends", "on weekdays".
    pub(super) fn plural_days(&self, at: usize, lead: Lead) -> Parsed<Draft> {
        let unit = match self.sense(at) {
            Sense::Weekdays(_) => None,
            Sense::Weekday(..) => {
                return self.office_hours(at).or_else(|| self.weekday_mornings(at));
            }
            Sense::Unit(Unit::Workday | Unit::Weekend, Plural::No) => {
                return self.weekday_mornings(at);
            }
            Sense::Unit(unit @ (Unit::Workday | Unit::Weekend), Plural::Yes) => Some(unit),
            _ => return None,
        };
        let counted = at > 0
            && matches!(
                self.kind(at - 1),
                Some(Kind::Number(..) | Kind::Word(Sense::Number(_) | Sense::Some(_)))
            );
        let (by_day, next) = match unit {
            None => self.weekdays(at)?,
            Some(Unit::Workday) => (WORKDAYS.map(ByDay::every).to_vec(), at + 1),
            Some(_) => (weekend(), at + 1),
        };
        let meant = lead == Lead::On || self.clause_ends(next) && !self.follows_subject(at);
        (meant && !counted).then(|| (weekly(by_day), next))
    }

    /// "Friday mornings", "weekday evenings", "Tuesday and Thursday evenings".
    fn weekday_mornings(&self, at: usize) -> Parsed<Draft> {
        let (by_day, next) = match self.sense(at) {
            Sense::Unit(Unit::Workday, _) => (WORKDAYS.map(ByDay::every).to_vec(), at + 1),
            Sense::Unit(Unit::Weekend, _) => (weekend(), at + 1),
            _ => self.weekdays(at)?,
        };
        let Sense::Parts(part) = self.sense(next) else {
            return None;
        };
        Some((
            Draft {
                part: Some(part),
                ..weekly(by_day)
            },
            next + 1,
        ))
    }

    /// "mon-fri 9am", "tue/thu 6pm", "mon wed fri 7am": several days in shorthand with one time
    /// are a habit, not one week.
    fn office_hours(&self, at: usize) -> Parsed<Draft> {
        let mut by_day: Vec<ByDay> = Vec::new();
        let mut next = at;
        for _ in 0..7 {
            let Some(weekday) = self.weekday_at(next) else {
                break;
            };
            let through = self
                .mark(next + 1, '-')
                .then(|| self.weekdays(next))
                .flatten();
            match through {
                Some((days, end)) => {
                    by_day.extend(days);
                    next = end;
                }
                None => {
                    by_day.retain(|by| by.weekday != weekday);
                    by_day.push(ByDay::every(weekday));
                    next += 1;
                }
            }
            let joined = self.mark(next, '/') || self.mark(next, '&');
            next += usize::from(joined && self.weekday_at(next + 1).is_some());
        }
        let (lead, from) = self.lead(self.skip_mark(next, ','));
        self.times(from, lead).filter(|_| by_day.len() > 1)?;
        Some((weekly(by_day), next))
    }
}

fn weekly(by_day: Vec<ByDay>) -> Draft {
    Draft {
        frequency: Some(Frequency::Weekly),
        interval: 1,
        by_day,
        ..Draft::default()
    }
}
