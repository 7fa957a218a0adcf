//! Weeks, months, quarters, seasons and years: "next week", "this weekend", "Q3 2027", "the next
//! three days", "the week of 6 October", "in 2030".

use jiff::civil::{Date, ISOWeekDate, Weekday};

use super::date::Day;
use super::{Lead, Parsed, Parser};
use crate::calendar::{add_days, add_seconds, add_workdays, week_of};
use crate::lexicon::{Key, Sense, Unit};
use crate::{Grain, Moment};

impl Parser<'_> {
    pub(crate) fn period(&self, at: usize, lead: Lead) -> Parsed<Day> {
        self.several(at)
            .or_else(|| self.this_or_next(at))
            .or_else(|| self.whole_week(at, lead))
            .or_else(|| self.quarter(at, lead))
            .or_else(|| self.season(at, lead))
            .or_else(|| self.year_alone(at, lead))
    }

    /// "next month", "this weekend", "the following week", "the month after next".
    fn this_or_next(&self, at: usize) -> Parsed<Day> {
        let later = self
            .key(at)
            .is_some_and(|key| key == Key::Later || key == Key::During);
        let start = at;
        let at = self.skip(at + usize::from(later), Key::The);
        if let Some((step, next)) = self.direction(at) {
            let (unit, end) = self.unit(next)?;
            if unit == Unit::Second
                || unit == Unit::Minute
                || unit == Unit::Hour
                || unit == Unit::Day && step == 0
            {
                return None;
            }
            let moment = match unit {
                Unit::Fortnight => Day::new(add_days(self.week(self.today)?, 14 * step)?).moment,
                _ if self.is_plural_unit(next) => return None,
                _ => self.shifted(unit, step)?,
            };
            if later && step == 0 && self.is(start, Key::Later) {
                let last = add_days(moment.end(self.ctx.week_start).date(), -1)?;
                return Some((Day::range(self.today, last), end));
            }
            let mut day = Day::period(moment.date, moment.grain);
            day.moment = moment;
            return Some((day, end));
        }
        let (unit, next) = self.unit(at)?;
        if self.is(next, Key::After) && self.is(next + 1, Key::Next) {
            let moment = self.shifted(unit, 2)?;
            return Some((Day::period(moment.date, moment.grain), next + 2));
        }
        None
    }

    /// "the next three days", "last 2 weeks", "the coming few months", "the rest of the week".
    fn several(&self, at: usize) -> Parsed<Day> {
        let at = self.skip(at, Key::The);
        if matches!(self.key(at), Some(Key::Rest | Key::All)) {
            let of = self.skip(self.skip(at + 1, Key::Of), Key::The);
            let of = self.skip(of, Key::This);
            let (unit @ (Unit::Week | Unit::Month | Unit::Year), end) = self.unit(of)? else {
                return None;
            };
            if self.is(at, Key::Rest) && of == at + 1 || self.is_plural_unit(of) {
                return None;
            }
            let last = add_days(self.shifted(unit, 0)?.end(self.ctx.week_start).date(), -1)?;
            let from = if self.is(at, Key::All) {
                self.shifted(unit, 0)?.date
            } else {
                self.today
            };
            return Some((Day::range(from, last), end));
        }
        let counted = |at: usize| match self.sense(at) {
            Sense::Some(count) => Some((u32::from(count), self.skip(at + 1, Key::Of))),
            Sense::Article => match self.sense(at + 1) {
                Sense::Some(count) => Some((u32::from(count), self.skip(at + 2, Key::Of))),
                _ => None,
            },
            _ => self.number(at),
        };
        let (step, count, next) = match self.direction(at) {
            Some((step @ (-1 | 1), next)) => {
                let (count, next) = counted(next)?;
                (step, count, next)
            }
            _ => {
                let (count, next) = counted(at)?;
                let (step, next) = self.direction(next).filter(|(step, _)| *step != 0)?;
                (step, count, next)
            }
        };
        let count = i64::from(count);
        if !(1..=1000).contains(&count) {
            return None;
        }
        let (unit, end) = self.unit(next)?;
        Some((self.run_of(unit, step, count)?, end))
    }

    fn run_of(&self, unit: Unit, step: i64, count: i64) -> Option<Day> {
        let seconds = match unit {
            Unit::Second => 1,
            Unit::Minute => 60,
            Unit::Hour => 3600,
            Unit::Workday => {
                let (near, far) = (
                    add_workdays(self.today, step)?,
                    add_workdays(self.today, step * count)?,
                );
                return Some(Day::range(near.min(far), near.max(far)));
            }
            _ => {
                let (unit, scale) = if unit == Unit::Fortnight {
                    (Unit::Week, 2)
                } else {
                    (unit, 1)
                };
                let (near, far) = (
                    self.shifted(unit, step)?,
                    self.shifted(unit, step * count * scale)?,
                );
                let (first, last) = if step > 0 { (near, far) } else { (far, near) };
                let end = add_days(last.end(self.ctx.week_start).date(), -1)?;
                return Some(Day::range(first.date, end));
            }
        };
        let far = add_seconds(self.now, seconds * step * count)?;
        let (first, last) = if step > 0 {
            (self.now, far)
        } else {
            (far, self.now)
        };
        let grain = if seconds == 1 {
            Grain::Second
        } else {
            Grain::Minute
        };
        let mut day = Day::new(self.today);
        day.moment = Moment::at(first, grain);
        day.end = Some(Moment::at(last, grain));
        Some(day)
    }

    /// "the weekend", "the week of October 6th", "week 48", "for the month".
    fn whole_week(&self, at: usize, lead: Lead) -> Parsed<Day> {
        let the = self.is(at, Key::The) || lead == Lead::The;
        let at = self.skip(at, Key::The);
        let (unit, next) = self.unit(at).filter(|_| !self.is_plural_unit(at))?;
        match unit {
            Unit::Weekend => return self.weekend_named(at, next, the || lead.is_temporal()),
            Unit::Week | Unit::Month
                if the
                    && lead == Lead::For
                    && self.clause_ends(next)
                    && !self.is(next, Key::Of) =>
            {
                let period = self.shifted(unit, 0)?;
                return Some((Day::period(period.date, period.grain), next));
            }
            Unit::Week if self.word(at).len() > 1 => {}
            _ => return None,
        }
        if let Some((day, end)) = self.date_after_of(next) {
            return Some((Day::period(self.week(day)?, Grain::Week), end));
        }
        let (number, _) = self
            .digits(next)
            .filter(|(number, count)| (1..=53).contains(number) && *count <= 2)?;
        let firm = lead.is_temporal() || self.whole || self.clause_ends(next + 1);
        if !firm || self.counts_something(next + 1) {
            return None;
        }
        let number = i8::try_from(number).ok()?;
        let of = self.skip(next + 1, Key::Of);
        if let Some((year, end)) = self.year(of, false).or_else(|| self.relative_year(of)) {
            let monday = ISOWeekDate::new(year, number, Weekday::Monday).ok()?.date();
            return Some((Day::period(monday, Grain::Week), end));
        }
        Some((
            Day::period(self.numbered_week(number)?, Grain::Week),
            next + 1,
        ))
    }

    /// "the weekend", "the weekend of 6 October"; not "a 3 day weekend" or "any weekend".
    fn weekend_named(&self, at: usize, next: usize, meant: bool) -> Parsed<Day> {
        if let Some((day, end)) = self.date_after_of(next) {
            let monday = week_of(day, Weekday::Monday)?;
            return Some((Day::period(add_days(monday, 5)?, Grain::Weekend), end));
        }
        let before = at.checked_sub(1);
        let lasts =
            before.is_some_and(|before| self.unit(before).is_some() || self.is(before, Key::Any));
        let alone = self.whole || self.clause_ends(next) && !self.follows_subject(at);
        if lasts || !(meant || alone) {
            return None;
        }
        let weekend = self.shifted(Unit::Weekend, 0)?;
        Some((Day::period(weekend.date, weekend.grain), next))
    }

    /// "of 6 October", "starting tomorrow".
    fn date_after_of(&self, at: usize) -> Parsed<Date> {
        if !matches!(self.key(at), Some(Key::Of | Key::Starting | Key::Begin)) {
            return None;
        }
        let (day, end) =
            self.inner_date(self.skip(self.skip(at + 1, Key::On), Key::The), Lead::On)?;
        (day.moment.grain == Grain::Day).then_some((day.moment.date, end))
    }

    /// The next week of that ISO number.
    fn numbered_week(&self, number: i8) -> Option<Date> {
        let year = self.today.iso_week_date().year();
        let of = |year| Some(ISOWeekDate::new(year, number, Weekday::Monday).ok()?.date());
        let this_year =
            of(year).filter(|monday| add_days(*monday, 7).is_some_and(|end| end > self.today));
        this_year.or_else(|| of(year + 1)).or_else(|| of(year + 2))
    }
}
