//! The days that a rule picks from one day, week, month or year.

use jiff::civil::{Date, Weekday};

use super::{ByDay, Frequency, Recurrence, Skip};
use crate::calendar::{add_days, add_months, week_of};

impl Recurrence {
    /// The days of the period number `index` after the one `start` lies in, in order; `None` past
    /// the end of the calendar.
    pub(super) fn days(&self, start: Date, index: i64) -> Option<Vec<Date>> {
        let step = index.checked_mul(i64::from(self.interval.max(1)))?;
        let mut days = match self.frequency {
            Frequency::Weekly => self.days_of_week(start, step)?,
            Frequency::Monthly => {
                self.days_of_month(add_months(start.first_of_month(), step)?, start)
            }
            Frequency::Yearly => {
                let first = add_months(start.first_of_year(), step.checked_mul(12)?)?;
                self.days_of_year(first, start)
            }
            // Days, and below: the day itself, which the other parts may refuse.
            _ => {
                let day = add_days(start, step)?;
                let kept = self.is_in_month(day) && self.allows(day);
                return Some(kept.then_some(day).into_iter().collect());
            }
        };
        days.retain(|day| self.is_in_month(*day));
        Some(self.at_position(in_order(days)))
    }

    fn is_in_month(&self, day: Date) -> bool {
        self.by_month.is_empty() || self.by_month.contains(&day.month())
    }

    fn at_position(&self, days: Vec<Date>) -> Vec<Date> {
        let Some(position) = self.by_set_pos else {
            return days;
        };
        let nth = usize::from(position.unsigned_abs()).wrapping_sub(1);
        let day = match position > 0 {
            true => days.get(nth),
            false => days.iter().nth_back(nth),
        };
        day.copied().into_iter().collect()
    }

    /// `BYDAY` and `BYMONTHDAY` as limits.
    fn allows(&self, day: Date) -> bool {
        let from_end = day.day() - day.days_in_month() - 1;
        let by_day =
            self.by_day.is_empty() || self.by_day.iter().any(|by| by.weekday == day.weekday());
        let by_month_day = self.by_month_day.is_empty()
            || self
                .by_month_day
                .iter()
                .any(|by| *by == day.day() || *by == from_end);
        by_day && by_month_day
    }

    fn days_of_week(&self, start: Date, weeks: i64) -> Option<Vec<Date>> {
        let first = add_days(week_of(start, self.week_start)?, weeks.checked_mul(7)?)?;
        let day = |weekday: Weekday| add_days(first, i64::from(weekday.since(self.week_start)));
        match self.by_day.is_empty() {
            true => Some(vec![day(start.weekday())?]),
            false => self.by_day.iter().map(|by| day(by.weekday)).collect(),
        }
    }

    fn days_of_month(&self, first: Date, start: Date) -> Vec<Date> {
        if !self.by_month_day.is_empty() {
            let clamp = self.by_day.is_empty() && self.skip == Skip::Backward;
            let days = self
                .by_month_day
                .iter()
                .filter_map(|day| month_day(first, *day, clamp));
            let mut days: Vec<Date> = days.collect();
            days.retain(|day| self.by_day.is_empty() || self.allows(*day));
            return days;
        }
        if self.by_day.is_empty() {
            let clamp = self.skip == Skip::Backward;
            return month_day(first, start.day(), clamp).into_iter().collect();
        }
        weekdays(&self.by_day, first, first.last_of_month())
    }

    fn days_of_year(&self, first: Date, start: Date) -> Vec<Date> {
        let whole_year = self.by_month.is_empty();
        if whole_year && self.by_month_day.is_empty() && !self.by_day.is_empty() {
            return weekdays(&self.by_day, first, first.last_of_year());
        }
        let same_month = whole_year && self.by_month_day.is_empty() && self.by_day.is_empty();
        let months = 1..=12_i8;
        let wanted = months.filter(|month| match (same_month, whole_year) {
            (true, _) => *month == start.month(),
            (false, true) => true,
            (false, false) => self.by_month.contains(month),
        });
        let month = |month: i8| Date::new(first.year(), month, 1).ok();
        wanted
            .filter_map(month)
            .flat_map(|month| self.days_of_month(month, start))
            .collect()
    }
}

/// A day of the month by its number from the beginning or the end.
fn month_day(first: Date, day: i8, clamp: bool) -> Option<Date> {
    let length = first.days_in_month();
    let day = match day {
        1.. => day.min(if clamp { length } else { day }),
        _ => length.checked_add(day)?.checked_add(1)?,
    };
    Date::new(first.year(), first.month(), day).ok()
}

/// The weekdays between two days, all of them or the n-th.
fn weekdays(by_day: &[ByDay], first: Date, last: Date) -> Vec<Date> {
    let mut days = Vec::new();
    for by in by_day {
        let ahead = i64::from(by.weekday.since(first.weekday()));
        let behind = i64::from(last.weekday().since(by.weekday));
        let within = |day: &Date| (first..=last).contains(day);
        match by.nth {
            None => days
                .extend((0..53).map_while(|week| add_days(first, ahead + 7 * week).filter(within))),
            Some(nth @ 1..) => {
                days.extend(add_days(first, ahead + 7 * (i64::from(nth) - 1)).filter(within))
            }
            Some(nth) => {
                days.extend(add_days(last, -behind + 7 * (i64::from(nth) + 1)).filter(within))
            }
        }
    }
    days
}

/// Sorted and each once. The lists are short, and a general sort weighs as much as a grammar rule.
pub(super) fn in_order<T: Ord>(values: Vec<T>) -> Vec<T> {
    let mut sorted = Vec::with_capacity(values.len());
    for value in values {
        if let Err(place) = sorted.binary_search(&value) {
            sorted.insert(place, value);
        }
    }
    sorted
}
