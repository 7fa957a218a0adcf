//! Days counted from today or from another day: "tomorrow", "in two hours", "three days ago",
//! "the day before Christmas", "a week on Friday".

use super::amount::Amount;
use super::date::Day;
use super::{Lead, Parsed, Parser};
use crate::calendar::{add_days, weekday_after};
use crate::lexicon::{Key, Sense, Unit};
use crate::{Bound, DayPart, Grain, Moment};

impl Parser<'_> {
    /// "today", "tonight", "tomorrow", "this morning", "last night", "the day after tomorrow".
    pub(crate) fn relative_day(&self, at: usize, _lead: Lead) -> Parsed<Day> {
        let late = matches!(self.key(at), Some(Key::Later | Key::Late | Key::Early));
        let from = at + usize::from(late);
        let part_of = |day: i64, part: DayPart| {
            let mut found = Day::new(add_days(self.today, day)?);
            found.part = Some(part);
            Some(found)
        };
        match self.sense(from) {
            Sense::Day(days) if !self.is_title(from) => {
                // "Tomorrow week" is a week after tomorrow.
                if (0..=1).contains(&days) && self.word(from + 1).eq_ignore_ascii_case("week") {
                    return Some((self.day_from_now(i64::from(days) + 7)?, from + 2));
                }
                Some((self.day_from_now(i64::from(days))?, from + 1))
            }
            Sense::Tonight => Some((part_of(0, DayPart::Night)?, from + 1)),
            Sense::Key(Key::This) => {
                let from = from
                    + usize::from(matches!(
                        self.key(from + 1),
                        Some(Key::Early | Key::Late | Key::Coming | Key::Past)
                    ));
                match self.sense(from + 1) {
                    Sense::Part(part) => Some((part_of(0, part)?, from + 2)),
                    _ => None,
                }
            }
            Sense::Key(Key::Next) if matches!(self.sense(from + 1), Sense::Part(_)) => {
                let (part, next) = self.part(from + 1)?;
                Some((part_of(1, part)?, next))
            }
            Sense::Key(Key::Last | Key::Past)
                if self.sense(from + 1) == Sense::Part(DayPart::Night) =>
            {
                Some((part_of(-1, DayPart::Night)?, from + 2))
            }
            Sense::Key(Key::The | Key::Other) => None,
            Sense::Key(Key::Now) => self.at_once(from, at),
            Sense::Key(Key::Right) if self.is(from + 1, Key::Now) => self.at_once(from + 1, at),
            _ => None,
        }
    }

    /// "now" by itself. In a sentence it is an impatient word and no date: "turn it off now".
    fn at_once(&self, at: usize, start: usize) -> Parsed<Day> {
        let bound =
            start > 0 && matches!(self.key(start - 1), Some(Key::From | Key::By | Key::Until));
        let alone = start == 0 && self.kind(at + 1).is_none();
        if bound || !(self.whole || alone) {
            return None;
        }
        let mut day = Day::new(self.today);
        day.moment = Moment::at(self.ctx.clock(), Grain::Second);
        Some((day, at + 1))
    }

    /// A film or a song rather than a day.
    fn is_title(&self, at: usize) -> bool {
        self.is_description(at, at + 1)
    }

    fn day_from_now(&self, days: i64) -> Option<Day> {
        let mut day = Day::new(add_days(self.today, days)?);
        if days == 1 && self.now.hour() < self.ctx.hours.night_ends {
            day.other = Some(self.today);
        }
        Some(day)
    }

    /// A length of time before or after now or another day.
    pub(crate) fn distance(&self, at: usize, lead: Lead) -> Parsed<Day> {
        let about = self.skip(at, Key::About);
        if self.mark(at, '+') && !self.glued(at) && self.glued(at + 1) {
            return self.amount_from_now(at + 1, Lead::In);
        }
        if lead == Lead::In || lead == Lead::Within || lead == Lead::After {
            let found = self.amount_from_now(about, lead);
            if found.is_some() {
                return found;
            }
        }
        self.weekdays_away(about)
            .or_else(|| self.amount_away(about))
    }

    /// "(in) two hours", "(within) two weeks", "(in) three days' time".
    fn amount_from_now(&self, at: usize, lead: Lead) -> Parsed<Day> {
        let the = self.is(at, Key::The) && self.is(at + 1, Key::Next);
        let from = if the {
            at + 2
        } else {
            self.skip(at, Key::Next)
        };
        let ((amount, unit), mut next) = self
            .amount(from)
            .or_else(|| self.one_of_them(at, lead))
            .or_else(|| self.bare_minutes(at, lead))?;
        let mark = self.skip_mark(next, '\'');
        next = if self.is(mark, Key::Time) {
            mark + 1
        } else {
            next
        };
        // "after two hours of waiting", "in an hour-long meeting"
        if self.is(next, Key::Of) || self.mark(next, '-') && self.glued(next) {
            return None;
        }
        if let Some((found, end)) = self.away(amount, unit, next) {
            return Some((found, end));
        }
        let mut day = self.later_by(amount)?;
        if lead == Lead::Within || from > at {
            day.bound = Some(Bound::By);
        }
        Some((day, next))
    }

    /// "within the hour": one.
    fn one_of_them(&self, at: usize, lead: Lead) -> Parsed<(Amount, Unit)> {
        let one = lead == Lead::Within && self.is(at, Key::The);
        let (unit, next) = self.unit(at + 1).filter(|_| one)?;
        let small = matches!(unit, Unit::Hour | Unit::Day | Unit::Week | Unit::Month);
        small.then_some(((Amount::of(unit, 1), unit), next))
    }

    /// "in 15": minutes, if nothing follows.
    fn bare_minutes(&self, at: usize, lead: Lead) -> Parsed<(Amount, Unit)> {
        let (count, _) = self
            .digits(at)
            .filter(|(count, _)| count % 5 == 0 && (5..=60).contains(count))?;
        let ends = self.kind(at + 1).is_none() && lead == Lead::In;
        let minutes = Amount {
            seconds: i64::from(count) * 60,
            ..Amount::default()
        };
        ends.then_some(((minutes, Unit::Minute), at + 1))
    }

    pub(crate) fn later_by(&self, amount: Amount) -> Option<Day> {
        if amount.is_whole_days() {
            let date = amount.after(self.now)?.date();
            return Some(Day::new(date));
        }
        // Hours pass by the clock on the wall too when it is put forward or back.
        let days = Amount {
            seconds: 0,
            ..amount
        };
        let start = self.ctx.zone().to_timestamp(days.after(self.now)?).ok()?;
        let instant =
            jiff::Timestamp::from_second(start.as_second().checked_add(amount.seconds)?).ok()?;
        let mut day = Day::new(self.today);
        let grain = if amount.seconds % 60 == 0 {
            Grain::Minute
        } else {
            Grain::Second
        };
        day.moment = Moment::at(self.ctx.local(instant), grain);
        Some(day)
    }

    /// "two days ago", "a week from tomorrow", "the day before Christmas", "a week on Friday".
    fn amount_away(&self, at: usize) -> Parsed<Day> {
        if let Some(((amount, unit), next)) = self.amount(at) {
            return self.away(amount, unit, next);
        }
        // "the day after tomorrow", "day before yesterday", "week after next"
        let at = self.skip(at, Key::The);
        let (unit, next) = self.unit(at)?;
        if self.is_plural_unit(at)
            || !matches!(
                self.key(next),
                Some(Key::After | Key::Before | Key::Following)
            )
            || self.word(at).len() < 3
        {
            return None;
        }
        self.away(one(unit)?, unit, next)
    }

    fn away(&self, amount: Amount, unit: Unit, next: usize) -> Parsed<Day> {
        let back = amount.negated();
        match self.key(next)? {
            // "a year ago today"
            Key::Ago => {
                let today = self.sense(next + 1) == Sense::Day(0) && amount.is_whole_days();
                Some((self.later_by(back)?, next + 1 + usize::from(today)))
            }
            Key::Hence | Key::Later => Some((self.later_by(amount)?, next + 1)),
            Key::From | Key::After | Key::Following => {
                let right = self.skip(next + 1, Key::Right);
                if self.is(right, Key::Now) {
                    return Some((self.later_by(amount)?, right + 1));
                }
                self.counted(amount, next + 1)
            }
            Key::Before => self.counted(back, next + 1),
            Key::On if unit >= Unit::Week => self.counted(amount, next + 1),
            _ => None,
        }
    }

    /// So long after the day named here.
    fn counted(&self, amount: Amount, at: usize) -> Parsed<Day> {
        let (day, next) = self.inner_date(at, Lead::On)?;
        if day.end.is_some() || !amount.is_whole_days() {
            return None;
        }
        let date = amount
            .after(day.moment.date.to_datetime(jiff::civil::Time::midnight()))?
            .date();
        Some((Day::new(date), next))
    }

    /// "three Fridays from now", "2 Thursdays ago".
    fn weekdays_away(&self, at: usize) -> Parsed<Day> {
        let (count, next) = self
            .number(at)
            .filter(|(count, _)| (1..=520).contains(count))?;
        let weekday = self.weekday_at(next)?;
        let weeks = i64::from(count) - 1;
        match self.key(next + 1)? {
            Key::Ago => {
                let last = add_days(weekday_after(add_days(self.today, -1)?, weekday)?, -7)?;
                Some((Day::new(add_days(last, -7 * weeks)?), next + 2))
            }
            Key::From if self.is(next + 2, Key::Now) => Some((
                Day::new(add_days(weekday_after(self.today, weekday)?, 7 * weeks)?),
                next + 3,
            )),
            _ => None,
        }
    }
}

/// One of a unit of days or longer.
pub(super) fn one(unit: Unit) -> Option<Amount> {
    let none = Amount::default();
    Some(match unit {
        Unit::Day => Amount { days: 1, ..none },
        Unit::Workday => Amount {
            workdays: 1,
            ..none
        },
        Unit::Week => Amount { days: 7, ..none },
        Unit::Fortnight => Amount { days: 14, ..none },
        Unit::Month => Amount { months: 1, ..none },
        Unit::Year => Amount { months: 12, ..none },
        _ => return None,
    })
}
