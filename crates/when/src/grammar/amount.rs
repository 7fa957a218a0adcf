//! Lengths of time: "two hours", "an hour and a half", "2h30", "a couple of weeks".

use jiff::civil::DateTime;

use super::{Parsed, Parser};
use crate::calendar::{add_days, add_months, add_seconds, add_workdays};
use crate::lexicon::{Key, Plural, Sense, Unit};

/// A length of time as it was said: months are not days, and days are not hours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amount {
    pub months: i64,
    pub days: i64,
    /// Monday to Friday only.
    pub workdays: i64,
    pub seconds: i64,
}

impl Amount {
    pub(crate) fn of(unit: Unit, count: i64) -> Self {
        let none = Self::default();
        match unit {
            Unit::Second => Self {
                seconds: count,
                ..none
            },
            Unit::Minute => Self {
                seconds: count.saturating_mul(60),
                ..none
            },
            Unit::Hour => Self {
                seconds: count.saturating_mul(3600),
                ..none
            },
            Unit::Day => Self {
                days: count,
                ..none
            },
            Unit::Workday => Self {
                workdays: count,
                ..none
            },
            Unit::Week | Unit::Weekend => Self {
                days: count.saturating_mul(7),
                ..none
            },
            Unit::Fortnight => Self {
                days: count.saturating_mul(14),
                ..none
            },
            Unit::Month => Self {
                months: count,
                ..none
            },
            Unit::Quarter => Self {
                months: count.saturating_mul(3),
                ..none
            },
            Unit::Year => Self {
                months: count.saturating_mul(12),
                ..none
            },
            Unit::Decade => Self {
                months: count.saturating_mul(120),
                ..none
            },
        }
    }

    fn plus(self, other: Self) -> Self {
        Self {
            months: self.months.saturating_add(other.months),
            days: self.days.saturating_add(other.days),
            workdays: self.workdays.saturating_add(other.workdays),
            seconds: self.seconds.saturating_add(other.seconds),
        }
    }

    /// The same length backwards.
    #[must_use]
    pub fn negated(self) -> Self {
        Self {
            months: -self.months,
            days: -self.days,
            workdays: -self.workdays,
            seconds: -self.seconds,
        }
    }

    /// No hours, minutes or seconds in it.
    pub const fn is_whole_days(&self) -> bool {
        self.seconds == 0
    }

    /// That much later by the calendar; seconds are added to the clock time.
    pub fn after(&self, start: DateTime) -> Option<DateTime> {
        let date = add_months(start.date(), self.months)?;
        let date = add_workdays(add_days(date, self.days)?, self.workdays)?;
        add_seconds(date.to_datetime(start.time()), self.seconds)
    }
}

/// Hundredths, so that "1.5 hours" and "three quarters" need no floating point.
const ONE: i64 = 100;

impl Parser<'_> {
    /// A length of time, and the smallest unit in it.
    pub(crate) fn amount(&self, at: usize) -> Parsed<(Amount, Unit)> {
        let ((mut sum, mut unit), mut next) = self.part_of_amount(at)?;
        for _ in 0..4 {
            let from = self.skip(self.skip_mark(next, ','), Key::And);
            if let Some((half, end)) = self.trailing_half(from, unit).filter(|_| from > next) {
                return Some(((sum.plus(half), unit), end));
            }
            if unit == Unit::Hour
                && let Some((minutes, 2)) = self.digits(next)
                && self.glued(next)
                && !self.starts_unit(next + 1)
            {
                return Some((
                    (
                        sum.plus(Amount::of(Unit::Minute, minutes.into())),
                        Unit::Minute,
                    ),
                    next + 1,
                ));
            }
            match self.part_of_amount(from) {
                Some(((more, smaller), end)) if smaller < unit => {
                    (sum, unit, next) = (sum.plus(more), smaller, end);
                }
                _ => break,
            }
        }
        Some(((sum, unit), next))
    }

    fn starts_unit(&self, at: usize) -> bool {
        matches!(self.sense(at), Sense::Unit(..))
    }

    /// "(an hour) and a half".
    fn trailing_half(&self, at: usize, unit: Unit) -> Parsed<Amount> {
        let next = at + usize::from(self.sense(at) == Sense::Article);
        let half = self.sense(next) == Sense::Half && !self.starts_unit(next + 1);
        half.then(|| (fraction(unit, ONE / 2), next + 1))
    }

    fn part_of_amount(&self, at: usize) -> Parsed<(Amount, Unit)> {
        let (count, next) = self.quantity(at)?;
        let next = next + usize::from(self.is(next, Key::More));
        let next = self.skip_mark(next, '-');
        let (unit, end) = self.unit(next)?;
        // "the 2 second delay" is a length, but "5 d" and "2 second" are not said for one.
        let abbreviated = self.word(next).len() == 1;
        if abbreviated && !self.glued(next) && unit != Unit::Hour {
            return None;
        }
        Some(((fraction(unit, count), unit), end))
    }

    /// Any word for a unit: "hours", "second", "quarter".
    pub(crate) fn unit(&self, at: usize) -> Parsed<Unit> {
        let unit = match self.sense(at) {
            Sense::Unit(unit, _) => unit,
            Sense::Second => Unit::Second,
            Sense::Quarter => Unit::Quarter,
            Sense::Letter('m') => Unit::Minute,
            _ if self.word(at).eq_ignore_ascii_case("business") => {
                return match self.sense(at + 1) {
                    Sense::Unit(Unit::Day, _) => Some((Unit::Workday, at + 2)),
                    _ => None,
                };
            }
            _ if self.word(at).eq_ignore_ascii_case("working") => {
                return match self.sense(at + 1) {
                    Sense::Unit(Unit::Day, _) => Some((Unit::Workday, at + 2)),
                    _ => None,
                };
            }
            _ => return None,
        };
        // "week-end".
        let hyphen = unit == Unit::Week && (self.mark(at + 1, '-') || self.is(at + 1, Key::End));
        let end = at + 1 + usize::from(self.mark(at + 1, '-'));
        match hyphen && self.is(end, Key::End) {
            true => Some((Unit::Weekend, end + 1)),
            false => Some((unit, at + 1)),
        }
    }

    pub(crate) fn is_plural_unit(&self, at: usize) -> bool {
        matches!(self.sense(at), Sense::Unit(_, Plural::Yes))
    }

    /// How many, in hundredths: "2", "a", "half an", "2 and a half", "1.5", "1/2", "a couple of".
    fn quantity(&self, at: usize) -> Parsed<i64> {
        if let Some(half) = self.fraction_word(at) {
            return Some(half);
        }
        match self.sense(at) {
            Sense::Some(count) => {
                return Some((i64::from(count) * ONE, self.skip(at + 1, Key::Of)));
            }
            Sense::Article if matches!(self.sense(at + 1), Sense::Some(_)) => {
                return self.quantity(at + 1);
            }
            Sense::Article if self.starts_unit(at + 1) || self.sense(at + 1) == Sense::Second => {
                return Some((ONE, at + 1));
            }
            Sense::Article if self.sense(at + 1) == Sense::Quarter => return Some((ONE, at + 1)),
            _ => {}
        }
        let (whole, next) = self.number(at)?;
        let whole = i64::from(whole) * ONE;
        if (self.mark(next, '.') || self.mark(next, '/'))
            && self.glued(next)
            && self.glued(next + 1)
        {
            let (part, count) = self.digits(next + 1)?;
            let part = i64::from(part);
            return match (self.mark(next, '/'), count) {
                (true, 1) if part > 0 => Some((whole / part, next + 2)),
                (false, 1) => Some((whole + part * 10, next + 2)),
                (false, 2) => Some((whole + part, next + 2)),
                _ => None,
            };
        }
        // "two and a half hours"
        if self.is(next, Key::And)
            && self.sense(next + 1) == Sense::Article
            && self.sense(next + 2) == Sense::Half
        {
            return Some((whole + ONE / 2, next + 3));
        }
        if self.mark(next, '½') {
            return Some((whole + ONE / 2, next + 1));
        }
        Some((whole, next))
    }

    /// "half an", "half a", "a quarter of an", "three quarters of an".
    fn fraction_word(&self, at: usize) -> Parsed<i64> {
        let of_a = |next: usize| {
            let next = self.skip(next, Key::Of);
            (self.sense(next) == Sense::Article).then_some(next + 1)
        };
        let start = at + usize::from(self.sense(at) == Sense::Article);
        if self.sense(start) == Sense::Half {
            let next = of_a(start + 1).unwrap_or(start + 1);
            return self.starts_unit(next).then_some((ONE / 2, next));
        }
        if self.sense(start) == Sense::Quarter {
            return Some((ONE / 4, of_a(start + 1)?));
        }
        let (count, next) = self.number(at)?;
        let next = self.skip_mark(next, '-');
        let quarters = self.word(next).eq_ignore_ascii_case("quarters");
        quarters.then_some(())?;
        Some((i64::from(count) * ONE / 4, of_a(next + 1)?))
    }
}

/// Hundredths of a unit; a part of a unit is given in the next smaller one that has whole numbers.
fn fraction(unit: Unit, hundredths: i64) -> Amount {
    if hundredths % ONE == 0 {
        return Amount::of(unit, hundredths / ONE);
    }
    let seconds = |unit: i64| Amount::of(Unit::Second, hundredths.saturating_mul(unit) / ONE);
    match unit {
        Unit::Second => seconds(1),
        Unit::Minute => seconds(60),
        Unit::Hour => seconds(3600),
        Unit::Day | Unit::Workday => seconds(86_400),
        Unit::Week | Unit::Weekend => Amount::of(Unit::Day, hundredths.saturating_mul(7) / ONE),
        Unit::Fortnight => Amount::of(Unit::Day, hundredths.saturating_mul(14) / ONE),
        Unit::Month => Amount::of(Unit::Day, hundredths.saturating_mul(30) / ONE),
        Unit::Quarter => Amount::of(Unit::Month, hundredths.saturating_mul(3) / ONE),
        Unit::Year => Amount::of(Unit::Month, hundredths.saturating_mul(12) / ONE),
        Unit::Decade => Amount::of(Unit::Year, hundredths.saturating_mul(10) / ONE),
    }
}
