//! The n-th of something in a period: "first Monday of next month", "the 20th of this month",
//! "third last week of 2018".

use jiff::civil::{Date, Weekday};

use super::date::{Day, Named};
use super::{Lead, Parsed, Parser};
use crate::calendar::{add_days, add_months, add_workdays, weekday_after};
use crate::lexicon::{Key, Unit};
use crate::{Grain, Moment};

impl Parser<'_> {
    /// "first Monday of next month", "last day of October", "2nd last week of 2018", "20th of the
    /// month", "last weekend in July".
    pub(crate) fn nth_of(&self, at: usize, _lead: Lead) -> Parsed<Day> {
        let at = self.skip(at, Key::The);
        let (nth, next) = self.position(at)?;
        let (what, next) = self.counted_thing(next);
        let of = match self.key(next)? {
            Key::After | Key::Before if nth > 0 => return self.nth_from(what, nth, next),
            Key::Of | Key::In => next + 1,
            _ if what != Thing::Date => next,
            _ => return None,
        };
        let ((period, pinned), end) = self.container(of, false)?;
        if what == Thing::Date && nth < 0
            || of == next && !matches!(period.grain, Grain::Month | Grain::Year | Grain::Week)
        {
            return None;
        }
        let pick = |period: Moment| self.pick(period, what, nth);
        let date = self.not_past(period, pinned, pick)?;
        let mut day = match what {
            Thing::Week => Day::period(date, Grain::Week),
            Thing::Weekend => Day::period(date, Grain::Weekend),
            Thing::Month => Day::period(date, Grain::Month),
            Thing::Quarter => Day::period(date, Grain::Quarter),
            _ => Day::new(date),
        };
        day.named = Named::Exactly;
        Some((day, end))
    }

    /// "third Tuesday after Christmas", "the last Friday before 1 May" by its number.
    fn nth_from(&self, what: Thing, nth: i32, at: usize) -> Parsed<Day> {
        let Thing::Weekday(weekday) = what else {
            return None;
        };
        let (day, end) = self.inner_date(at + 1, Lead::On)?;
        let base = day.moment.date;
        let weeks = 7 * (i64::from(nth) - 1);
        let date = match self.is(at, Key::After) {
            true => add_days(weekday_after(base, weekday)?, weeks)?,
            false => add_days(weekday_after(add_days(base, -8)?, weekday)?, -weeks)?,
        };
        Some((Day::new(date), end))
    }

    /// "first", "last", "third last", "2nd to last".
    pub(crate) fn position(&self, at: usize) -> Parsed<i32> {
        if self.is(at, Key::Last) {
            return Some((-1, at + 1));
        }
        let (nth, next) = self
            .ordinal(at)
            .or_else(|| self.number(at).filter(|_| self.digits(at).is_some()))?;
        let nth = i32::try_from(nth)
            .ok()
            .filter(|nth| (1..=366).contains(nth))?;
        let to = self.skip(self.skip_mark(self.skip(next, Key::To), '-'), Key::The);
        match self.is(to, Key::Last) {
            true => Some((-nth, to + 1)),
            false => Some((nth, next)),
        }
    }

    fn counted_thing(&self, at: usize) -> (Thing, usize) {
        if let Some(weekday) = self.weekday_at(at) {
            return (Thing::Weekday(weekday), at + 1);
        }
        match self.unit(at) {
            Some((Unit::Day, next)) => (Thing::Day, next),
            Some((Unit::Workday, next)) => (Thing::Workday, next),
            Some((Unit::Week, next)) => (Thing::Week, next),
            Some((Unit::Weekend, next)) => (Thing::Weekend, next),
            Some((Unit::Month, next)) => (Thing::Month, next),
            Some((Unit::Quarter, next)) => (Thing::Quarter, next),
            _ => (Thing::Date, at),
        }
    }

    /// The n-th of something in a period, from its end if negative.
    fn pick(&self, period: Moment, what: Thing, nth: i32) -> Option<Date> {
        let first = period.date;
        let last = add_days(period.end(self.ctx.week_start).date(), -1)?;
        let nth = i64::from(nth);
        let date = match what {
            Thing::Date | Thing::Day if nth > 0 => add_days(first, nth - 1),
            Thing::Date | Thing::Day => add_days(last, nth + 1),
            Thing::Workday if nth > 0 => add_workdays(add_days(first, -1)?, nth),
            Thing::Workday => add_workdays(add_days(last, 1)?, nth),
            Thing::Weekday(weekday) => nth_weekday(first, last, weekday, nth),
            Thing::Weekend => nth_weekday(first, last, Weekday::Saturday, nth),
            Thing::Week if nth > 0 => {
                // A week belongs to the period its first day lies in.
                add_days(
                    nth_weekday(first, last, self.ctx.week_start, 1)?,
                    7 * (nth - 1),
                )
            }
            Thing::Week => nth_weekday(first, add_days(last, -6)?, self.ctx.week_start, nth),
            Thing::Month => add_months(first, if nth > 0 { nth - 1 } else { 12 + nth }),
            Thing::Quarter => add_months(first, 3 * if nth > 0 { nth - 1 } else { 4 + nth }),
        }?;
        (first..=last).contains(&date).then_some(date)
    }
}

/// What is counted within a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Thing {
    /// "the 20th of".
    Date,
    Day,
    Workday,
    Weekday(Weekday),
    Week,
    Weekend,
    Month,
    Quarter,
}

fn nth_weekday(first: Date, last: Date, weekday: Weekday, nth: i64) -> Option<Date> {
    match nth {
        1.. => add_days(
            first,
            i64::from(weekday.since(first.weekday())) + 7 * (nth - 1),
        ),
        _ => add_days(
            last,
            -i64::from(last.weekday().since(weekday)) + 7 * (nth + 1),
        ),
    }
}
