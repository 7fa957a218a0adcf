//! Arithmetic on the calendar that never overflows: outside jiff's years the answer is `None`.

use jiff::civil::{Date, DateTime, Time, Weekday};

use crate::{Grain, Moment};

const DAY: i64 = 86_400;

/// Days since 1970-01-01 in the proleptic Gregorian calendar. The year is counted from March, so
/// that the leap day is its last and every 400 years repeat. (jiff's own arithmetic would bring
/// its spans and error texts along, which weigh more in a page than all of the grammar.)
fn day_number(date: Date) -> i64 {
    let (month, day) = (i64::from(date.month()), i64::from(date.day()));
    let year = i64::from(date.year()) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let year = year.rem_euclid(400);
    era * 146_097 + year * 365 + year / 4 - year / 100 + day_of_year - 719_468
}

fn from_day_number(number: i64) -> Option<Date> {
    let days = number.checked_add(719_468)?;
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era.checked_mul(400)? + year + i64::from(month <= 2);
    Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
}

pub(crate) fn add_days(date: Date, days: i64) -> Option<Date> {
    from_day_number(day_number(date).checked_add(days)?)
}

/// How many days later the second day is.
pub(crate) fn days_between(first: Date, second: Date) -> i64 {
    day_number(second) - day_number(first)
}

fn second_of_day(time: Time) -> i64 {
    i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60 + i64::from(time.second())
}

/// How many seconds later the second moment is by the clock on the wall.
pub(crate) fn seconds_between(first: DateTime, second: DateTime) -> i64 {
    let days = days_between(first.date(), second.date());
    days * DAY + second_of_day(second.time()) - second_of_day(first.time())
}

/// Parts of a second are dropped: nobody names them.
pub(crate) fn add_seconds(moment: DateTime, seconds: i64) -> Option<DateTime> {
    let total = second_of_day(moment.time()).checked_add(seconds)?;
    let date = add_days(moment.date(), total.div_euclid(DAY))?;
    let second = total.rem_euclid(DAY);
    let field = |value: i64| i8::try_from(value).ok();
    let time = Time::new(
        field(second / 3600)?,
        field(second / 60 % 60)?,
        field(second % 60)?,
        0,
    );
    Some(date.to_datetime(time.ok()?))
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
