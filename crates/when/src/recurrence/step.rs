//! Walking through a rule: the next time, in bounded work whatever the rule.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use super::expand::in_order;
use super::{Anchor, Frequency, Recurrence, Until};
use crate::calendar::{add_seconds, days_between, seconds_between, week_of};
use crate::{Moment, Repeat};

/// How many periods are looked at before a rule is said to be over. The calendar repeats every
/// 400 years, which is as far as days, weeks, months and years are followed; "30 February" has no
/// next time in them. Hours and minutes can be kept waiting for a weekday only.
const fn patience(frequency: Frequency) -> i64 {
    match frequency {
        Frequency::Minutely | Frequency::Hourly => 12_000,
        Frequency::Daily => 146_097,
        Frequency::Weekly => 20_871,
        Frequency::Monthly => 4_800,
        Frequency::Yearly => 400,
    }
}

impl Recurrence {
    /// The first time at or after `start`.
    pub fn first(&self, start: DateTime) -> Option<DateTime> {
        self.occurrences(start).next()
    }

    /// The first time strictly after `after` of the rule that began at `start`.
    pub fn next_after(&self, start: DateTime, after: DateTime) -> Option<DateTime> {
        if self.count.is_some() {
            return self.occurrences(start).find(|time| *time > after);
        }
        let mut times = Occurrences::new(self, start);
        times.skip_to(after);
        times.find(|time| *time > after)
    }

    /// The times of the rule that began at `start`, each later than the one before.
    pub fn occurrences(&self, start: DateTime) -> impl Iterator<Item = DateTime> {
        let count = self.count.map_or(usize::MAX, |count| {
            usize::try_from(count).unwrap_or(usize::MAX)
        });
        Occurrences::new(self, start).take(count)
    }

    /// The time after a completion, for [`Anchor::Completion`]: the interval is counted from the
    /// day the task was done, at the time of day it was due.
    pub fn after_completion(&self, due: DateTime, done: DateTime) -> Option<DateTime> {
        if self.frequency < Frequency::Daily {
            return self.next_after(done, done);
        }
        let start = done.date().to_datetime(due.time());
        self.next_after(
            start,
            done.date().to_datetime(Time::constant(23, 59, 59, 0)),
        )
    }
}

impl Repeat {
    /// The next time after the one due at `due`, given that it was done at `done` (both by the
    /// clock of the task's zone). On a schedule that is the next time after both, so that a task
    /// done late is not due in the past again.
    pub fn next(&self, due: DateTime, done: DateTime) -> Option<Moment> {
        let start = self
            .first
            .date
            .to_datetime(self.first.time.unwrap_or(Time::midnight()));
        let next = match self.rule.anchor {
            Anchor::Completion => self.rule.after_completion(due, done),
            Anchor::Schedule if self.first.time.is_some() => {
                self.rule.next_after(start, due.max(done))
            }
            Anchor::Schedule => {
                let last = due.date().max(done.date());
                self.rule
                    .next_after(start, last.to_datetime(Time::constant(23, 59, 59, 0)))
            }
        }?;
        Some(Moment {
            date: next.date(),
            time: self.first.time.map(|_| next.time()),
            grain: self.first.grain,
        })
    }
}

struct Occurrences<'r> {
    rule: &'r Recurrence,
    start: DateTime,
    last: Option<DateTime>,
    period: i64,
    idle: i64,
    ready: std::vec::IntoIter<DateTime>,
}

impl<'r> Occurrences<'r> {
    fn new(rule: &'r Recurrence, start: DateTime) -> Self {
        Self {
            rule,
            start,
            last: rule.until.map(|until: Until| until.local(&TimeZone::UTC)),
            period: 0,
            idle: 0,
            ready: Vec::new().into_iter(),
        }
    }

    /// Jumps close to `after`, so that a rule as old as a person takes no longer than a new one.
    fn skip_to(&mut self, after: DateTime) {
        let interval = i64::from(self.rule.interval.max(1));
        let from = self.start;
        let seconds = seconds_between(from, after);
        let months = |date: Date| i64::from(date.year()) * 12 + i64::from(date.month());
        let units = match self.rule.frequency {
            Frequency::Minutely => seconds / 60,
            Frequency::Hourly => seconds / 3600,
            Frequency::Daily => days_between(from.date(), after.date()),
            Frequency::Weekly => {
                let week = week_of(from.date(), self.rule.week_start).unwrap_or(from.date());
                days_between(week, after.date()) / 7
            }
            Frequency::Monthly => months(after.date()) - months(from.date()),
            Frequency::Yearly => i64::from(after.year()) - i64::from(from.year()),
        };
        self.period = (units / interval - 1).max(0);
    }

    /// The times of the next period, or `None` where the calendar ends.
    fn expand(&mut self) -> Option<Vec<DateTime>> {
        let index = self.period;
        self.period += 1;
        let seconds = match self.rule.frequency {
            Frequency::Minutely => 60,
            Frequency::Hourly => 3600,
            _ => {
                let days = self.rule.days(self.start.date(), index)?;
                return Some(days.into_iter().flat_map(|day| self.times(day)).collect());
            }
        };
        let interval = i64::from(self.rule.interval.max(1));
        let time = add_seconds(
            self.start,
            index.checked_mul(interval)?.checked_mul(seconds)?,
        )?;
        let day = time.date();
        let wanted = self.rule.days(day, 0)?.contains(&day)
            && (self.rule.by_hour.is_empty() || self.rule.by_hour.contains(&time.hour()));
        Some(wanted.then_some(time).into_iter().collect())
    }

    fn times(&self, day: Date) -> Vec<DateTime> {
        if self.rule.by_hour.is_empty() {
            return vec![day.to_datetime(self.start.time())];
        }
        let hours = in_order(self.rule.by_hour.clone());
        let start = self.start.time();
        let at = |hour: i8| Time::new(hour, start.minute(), start.second(), 0).ok();
        hours
            .into_iter()
            .filter_map(at)
            .map(|time| day.to_datetime(time))
            .collect()
    }
}

impl Iterator for Occurrences<'_> {
    type Item = DateTime;

    fn next(&mut self) -> Option<DateTime> {
        loop {
            if let Some(time) = self.ready.next() {
                if time < self.start {
                    continue;
                }
                self.idle = 0;
                let over = self.last.is_some_and(|last| time > last);
                return (!over).then_some(time);
            }
            self.idle += 1;
            if self.idle > patience(self.rule.frequency) {
                return None;
            }
            self.ready = self.expand()?.into_iter();
        }
    }
}
