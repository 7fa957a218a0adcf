//! Arithmetic on the calendar that never overflows: outside jiff's years the answer is `None`.

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime, Time, Weekday};

use crate::{Grain, Moment};

pub(crate) fn add_days(date: Date, days: i64) -> Option<Date> {
    let hours = days.checked_mul(24)?;
    if hours.abs() > 200_000_000 {
        return None;
    }
    date.checked_add(SignedDuration::from_hours(hours)).ok()
}

/// The same day of another month, or its last day where it is too short for that.
pub(crate) fn add_months(date: Date, months: i64) -> Option<Date> {
    let month = i64::from(date.year()) * 12 + i64::from(date.month()) - 1;
    let month = month.checked_add(months)?;
    let year = i16::try_from(month.div_euclid(12)).ok()?;
    let month = i8::try_from(month.rem_euclid(12)).ok()? + 1;
    clamped(year, month, date.day())
}

pub(crate) fn clamped(year: i16, month: i8, day: i8) -> Option<Date> {
    let first = Date::new(year, month, 1).ok()?;
    Date::new(year, month, day.min(first.days_in_month())).ok()
}

pub(crate) fn add_seconds(moment: DateTime, seconds: i64) -> Option<DateTime> {
    moment.checked_add(SignedDuration::from_secs(seconds)).ok()
}

pub(crate) fn week_of(date: Date, week_start: Weekday) -> Option<Date> {
    add_days(date, -i64::from(date.weekday().since(week_start)))
}

/// The first such weekday after the day.
pub(crate) fn weekday_after(date: Date, weekday: Weekday) -> Option<Date> {
    let ahead = weekday.since(date.weekday());
    add_days(date, i64::from(if ahead == 0 { 7 } else { ahead }))
}

/// See [`Moment::end`].
pub(crate) fn end(moment: &Moment, week_start: Weekday) -> DateTime {
    let start = moment.start();
    let date = moment.date;
    let midnight = |date: Option<Date>| date.map(|date| date.to_datetime(Time::midnight()));
    let end = match moment.grain {
        Grain::Second => add_seconds(start, 1),
        Grain::Minute => add_seconds(start, 60),
        Grain::Part(part) => {
            let (from, to) = part.hours();
            add_seconds(start, i64::from(to - from) * 3600)
        }
        Grain::Day => midnight(add_days(date, 1)),
        Grain::Weekend => midnight(add_days(date, 2)),
        Grain::Week => midnight(week_of(date, week_start).and_then(|first| add_days(first, 7))),
        Grain::Month => midnight(add_months(date.first_of_month(), 1)),
        Grain::Quarter | Grain::Season => midnight(add_months(date, 3)),
        Grain::Year => midnight(add_months(date.first_of_year(), 12)),
    };
    end.unwrap_or(start)
}

/// That many Mondays to Fridays later.
pub(crate) fn add_workdays(date: Date, count: i64) -> Option<Date> {
    if count == 0 {
        return Some(date);
    }
    let mut day = add_days(date, (count / 5).checked_mul(7)?)?;
    let step = count.signum();
    let free = |day: Date| matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    for _ in 0..(count % 5).abs() {
        day = add_days(day, step)?;
        while free(day) {
            day = add_days(day, step)?;
        }
    }
    while free(day) {
        day = add_days(day, step)?;
    }
    Some(day)
}
