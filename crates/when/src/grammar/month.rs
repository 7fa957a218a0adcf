//! Months by themselves: "in May", "next March", "October 2027".

use jiff::civil::Date;

use super::date::{Day, Named};
use super::{Lead, Parsed, Parser};
use crate::Grain;
use crate::calendar::add_months;
use crate::lexicon::{Key, Trust, Unit};
use crate::scan::Kind;

impl Parser<'_> {
    /// "next year", "this year", "of last year".
    pub(crate) fn relative_year(&self, at: usize) -> Parsed<i16> {
        let (step, next) = self.direction(at)?;
        let (Unit::Year, end) = self.unit(next)? else {
            return None;
        };
        Some((self.shifted(Unit::Year, step)?.date.year(), end))
    }

    /// "in March", "next May", "October 2027", "March next year", "March in a year".
    pub(super) fn month_alone(&self, at: usize, lead: Lead) -> Parsed<Day> {
        let start = self.skip(at, Key::The);
        let stepped = self.direction(start);
        let (step, from) = stepped.map_or((None, start), |(step, next)| (Some(step), next));
        let ((month, trust), next) = self.month(from)?;
        // "32 August" is no August.
        let before = from.checked_sub(1).and_then(|before| self.kind(before));
        if matches!(before, Some(Kind::Number(..) | Kind::Ordinal(_))) {
            return None;
        }
        if let Some((year, end)) = self.year_of_month(next) {
            let mut day = Day::period(Date::new(year, month, 1).ok()?, Grain::Month);
            day.named = Named::Exactly;
            return Some((day, end));
        }
        let twice = self.is(next, Key::After) && self.is(next + 1, Key::Next);
        let sure = trust == Trust::Sure || self.clause_ends(next);
        let meant = self.whole || twice || step.is_some() && sure;
        let numbered = self.month_day(next).is_some() && !self.whole;
        if !(meant || self.month_is_meant(from, next, trust, lead)) || numbered {
            return None;
        }
        if lead == Lead::On || lead == Lead::At {
            return None;
        }
        let first = self.month_from(month, step)?;
        match twice {
            true => Some((Day::period(add_months(first, 12)?, Grain::Month), next + 2)),
            false => Some((Day::period(first, Grain::Month), next)),
        }
    }

    /// The year after a month: "2027", "'27", "of next year", "in 2027", "in a year".
    fn year_of_month(&self, next: usize) -> Parsed<i16> {
        let dash = (self.mark(next, '-') || self.mark(next, '/')) && self.glued(next);
        let comma = self.skip(self.skip_mark(next, ',') + usize::from(dash), Key::Of);
        let within = self.is(comma, Key::In) && self.year(comma + 1, false).is_some();
        let from = comma + usize::from(within);
        self.year(from, self.mark(next, '\''))
            .or_else(|| self.relative_year(from))
            .or_else(|| self.distant_year(next))
    }

    /// Whether a month without a day is one: names and verbs need a preposition of time.
    fn month_is_meant(&self, at: usize, next: usize, trust: Trust, lead: Lead) -> bool {
        if trust == Trust::Sure {
            return lead.is_temporal() || self.clause_ends(next) && !self.follows_subject(at);
        }
        let other = matches!(lead, Lead::At | Lead::On | Lead::For | Lead::Around);
        lead.is_temporal() && !other && self.clause_ends(next)
    }

    /// The month that is meant: this one if it is running, "next" never is.
    pub(crate) fn month_from(&self, month: i8, step: Option<i64>) -> Option<Date> {
        let this = self.today.first_of_month();
        let ahead = i64::from((month - this.month()).rem_euclid(12));
        match step {
            Some(1) if ahead == 0 => add_months(this, 12),
            Some(-1) => add_months(this, ahead - 12),
            _ => add_months(this, ahead),
        }
    }
}
