//! Days and months by name: "March 3", "the 3rd of March 2027", "July 13-15".

use jiff::civil::Date;

use super::date::{Day, Named};
use super::{Lead, Parsed, Parser};
use crate::Grain;
use crate::lexicon::{Key, Sense, Trust, Unit};

impl Parser<'_> {
    pub(crate) fn month_and_day(&self, at: usize, lead: Lead) -> Parsed<Day> {
        let start = self.skip(at, Key::The);
        self.year_then_month(start)
            .or_else(|| self.day_then_month(start, lead))
            .or_else(|| self.month_then_day(start))
            .or_else(|| self.month_alone(at, lead))
    }

    /// "2027 April", "2027 April 3".
    fn year_then_month(&self, at: usize) -> Parsed<Day> {
        let (year, next) = self.year(at, false)?;
        let dash = |at: usize| at + usize::from(self.mark(at, '-') || self.mark(at, '/'));
        let ((month, _), next) = self.month(dash(next))?;
        match self.month_day(dash(next)) {
            Some((day, end)) => Some((Day::written(Date::new(year, month, day).ok()?), end)),
            None => Some((
                Day::period(Date::new(year, month, 1).ok()?, Grain::Month),
                next,
            )),
        }
    }

    pub(crate) fn month(&self, at: usize) -> Parsed<(i8, Trust)> {
        let Sense::Month(month, trust) = self.sense(at) else {
            return None;
        };
        let dot = self.mark(at + 1, '.') && self.glued(at + 1) && self.word(at).len() <= 4;
        Some(((month, trust), at + 1 + usize::from(dot)))
    }

    /// "3 March", "3rd of March", "13 to 15 July", "31-Oct-1974".
    fn day_then_month(&self, at: usize, lead: Lead) -> Parsed<Day> {
        let (first, mut next) = self.month_day(at)?;
        let mut last = None;
        if let Some(second) = self.to(next)
            && let Some((day, end)) = self.month_day(self.skip(second, Key::The))
            && day > first
        {
            (last, next) = (Some(day), end);
        }
        let dash = self.mark(next, '-')
            || self.mark(next, '/')
            || self.mark(next, '.') && self.glued(next);
        let next = next + usize::from(dash);
        let next = self.skip(next, Key::Of);
        let next = next
            + usize::from(
                self.unit(next).is_some_and(|(unit, _)| unit == Unit::Day)
                    && self.is(next + 1, Key::Of),
            ) * 2;
        let ((month, trust), end) = self.month(next)?;
        // "option 2 may work".
        let doubtful =
            trust == Trust::Weak && self.digits(at).is_some() && !lead.is_temporal() && !self.whole;
        if doubtful && !self.clause_ends(end) && (self.word(next).len() > 3 || month == 5) {
            return None;
        }
        let dash = dash
            && (self.mark(end, '-') || self.mark(end, '/'))
            && self.year(end + 1, true).is_some();
        let end = end + usize::from(dash);
        self.with_year(month, first, last, end, dash || self.whole)
    }

    /// "March 3", "March the 3rd", "Mar 3rd, 2027", "July 13-15".
    fn month_then_day(&self, at: usize) -> Parsed<Day> {
        let ((month, _), next) = self.month(at)?;
        let next = next + usize::from(self.mark(next, '-') || self.mark(next, '/'));
        // "March, 6th"
        let comma = self.mark(next, ',') && self.ordinal(next + 1).is_some();
        let next = self.skip(next + usize::from(comma), Key::The);
        let (first, mut end) = self.month_day(next)?;
        let mut last = None;
        if let Some(second) = self.to(end)
            && self.month(second).is_none()
            && let Some((day, after)) = self.month_day(self.skip(second, Key::The))
            && day > first
            && !self.counts_something(after)
        {
            (last, end) = (Some(day), after);
        }
        let dash = self.mark(end, '-') && self.glued(end) && self.year(end + 1, true).is_some();
        if self.digits(next).is_some()
            && !dash
            && self.counts_something(end)
            && self.year(end, false).is_none()
        {
            let clock = self.digits(end).is_some() && self.clock(end, Lead::None).is_some();
            if !clock {
                return None;
            }
        }
        self.with_year(
            month,
            first,
            last,
            end + usize::from(dash),
            dash || self.whole,
        )
    }

    /// A word or dash between the ends of a range of days.
    fn to(&self, at: usize) -> Option<usize> {
        match self.key(at) {
            Some(Key::To | Key::Through | Key::Until) => Some(at + 1),
            _ => self.mark(at, '-').then_some(at + 1),
        }
    }

    /// An optional year, and the days of the month in it.
    fn with_year(
        &self,
        month: i8,
        first: i8,
        last: Option<i8>,
        next: usize,
        short: bool,
    ) -> Parsed<Day> {
        let comma = self.skip_mark(next, ',');
        let of = self.skip(comma, Key::Of);
        let of = self.skip(of, Key::In);
        // "3 Aug 96": no day and no hour has that number.
        let past = self
            .digits(of)
            .is_some_and(|(number, count)| count == 2 && number > 31)
            && self.clause_ends(of + 1);
        let year = self
            .year(of, short || past)
            .or_else(|| self.relative_year(of));
        if let Some((year, end)) = year {
            let from = Date::new(year, month, first).ok()?;
            return match last {
                None => Some((Day::written(from), end)),
                Some(last) => Some((Day::range(from, Date::new(year, month, last).ok()?), end)),
            };
        }
        let from = self.next_month_day(month, first)?;
        let mut day = Day::new(from);
        if let Some(last) = last {
            day = Day::range(from, Date::new(from.year(), month, last).ok()?);
        }
        if let Some(weekday) = self
            .weekday_at(comma)
            .filter(|_| last.is_none() && self.clause_ends(comma + 1))
        {
            return Some((Day::new(self.matching_year(from, weekday)), comma + 1));
        }
        day.named = Named::MonthDay;
        Some((day, next))
    }

    /// The first 3 March from today on.
    pub(crate) fn next_month_day(&self, month: i8, day: i8) -> Option<Date> {
        let in_year =
            |years: i16| Date::new(self.today.year().checked_add(years)?, month, day).ok();
        (0..=8).filter_map(in_year).find(|date| *date >= self.today)
    }
}
