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
        let draft = Draft {
            frequency: Some(Frequency::Weekly),
            interval: 1,
            by_day,
            ..Draft::default()
        };
        (meant && !counted).then_some((draft, next))
    }

    /// "Friday mornings", "Tuesday and Thursday evenings".
    fn weekday_mornings(&self, at: usize) -> Parsed<Draft> {
        let (by_day, next) = self.weekdays(at)?;
        let Sense::Parts(part) = self.sense(next) else {
            return None;
        };
        let draft = Draft {
            frequency: Some(Frequency::Weekly),
            interval: 1,
            by_day,
            part: Some(part),
            ..Draft::default()
        };
        Some((draft, next + 1))
    }

    /// "mon-fri 9am": with a dash and a time it is a habit, not one week.
    fn office_hours(&self, at: usize) -> Parsed<Draft> {
        if !self.mark(at + 1, '-') {
            return None;
        }
        let (by_day, next) = self.weekdays(at).filter(|(days, _)| days.len() > 1)?;
        let (lead, from) = self.lead(self.skip_mark(next, ','));
        self.times(from, lead)?;
        let draft = Draft {
            frequency: Some(Frequency::Weekly),
            interval: 1,
            by_day,
            ..Draft::default()
        };
        Some((draft, next))
    }
}
