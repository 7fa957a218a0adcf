//! A rule in the words that [`crate::resolve`] reads back.

use std::fmt::{self, Write};

use jiff::civil::{Time, Weekday};

use super::{Anchor, ByDay, Frequency, Recurrence, Until, WORKDAYS};
use crate::english::{month_name, weekday_name, write_date, write_time, write_time_of};
use crate::{Grain, Moment};

impl Recurrence {
    /// The rule without its times and its beginning: "every 2 weeks on Monday and Thursday until
    /// 1 May 2027". What English has no short words for (`SKIP`, several positions, `WKST`) is
    /// left out.
    pub fn english(&self) -> String {
        let mut text = String::new();
        // Writing into a string does not fail.
        let _ = self.write_english(&mut text, None);
        text
    }

    pub(crate) fn write_english(&self, f: &mut impl Write, first: Option<&Moment>) -> fmt::Result {
        self.write_frequency(f)?;
        self.write_days(f)?;
        if let Some(first) = first {
            self.write_times(f, first)?;
        }
        match self.anchor {
            Anchor::Schedule => {}
            Anchor::Completion => f.write_str(" after completion")?,
        }
        if let Some(count) = self.count {
            write!(f, " for {count} times")?;
        }
        match self.until {
            None => Ok(()),
            Some(Until::Day(day)) => {
                f.write_str(" until ")?;
                write_date(f, day)
            }
            Some(Until::Local(moment) | Until::Utc(moment)) => {
                f.write_str(" until ")?;
                write_date(f, moment.date())
            }
        }
    }

    fn write_frequency(&self, f: &mut impl Write) -> fmt::Result {
        let unit = match self.frequency {
            Frequency::Minutely => "minute",
            Frequency::Hourly => "hour",
            Frequency::Daily => "day",
            Frequency::Weekly => "week",
            Frequency::Monthly => "month",
            Frequency::Yearly => "year",
        };
        match self.interval {
            0 | 1 if self.is_on(&WORKDAYS) => f.write_str("every weekday"),
            0 | 1 if self.is_on(&[Weekday::Saturday, Weekday::Sunday]) => {
                f.write_str("every weekend")
            }
            0 | 1 if self.has_plain_weekdays() => {
                f.write_str("every ")?;
                write_list(f, &self.by_day, |f, by| {
                    f.write_str(weekday_name(by.weekday))
                })
            }
            0 | 1 => write!(f, "every {unit}"),
            interval => write!(f, "every {interval} {unit}s"),
        }
    }

    fn is_on(&self, weekdays: &[Weekday]) -> bool {
        self.has_plain_weekdays()
            && self
                .by_day
                .iter()
                .map(|by| by.weekday)
                .eq(weekdays.iter().copied())
    }

    fn has_plain_weekdays(&self) -> bool {
        self.frequency == Frequency::Weekly && !self.by_day.is_empty()
    }

    fn write_days(&self, f: &mut impl Write) -> fmt::Result {
        if self.frequency == Frequency::Yearly
            && self.by_month.len() == 1
            && self.by_day.is_empty()
            && self.by_month_day.iter().all(|day| *day > 0)
            && !self.by_month_day.is_empty()
        {
            f.write_str(" on ")?;
            write_list(f, &self.by_month_day, |f, day| write!(f, "{day}"))?;
            f.write_str(" ")?;
            return self.write_months(f);
        }
        if self.has_plain_weekdays() && self.interval > 1 {
            f.write_str(" on ")?;
            write_list(f, &self.by_day, |f, by| {
                f.write_str(weekday_name(by.weekday))
            })?;
        } else if let (Some(position), false) = (self.by_set_pos, self.by_day.is_empty()) {
            f.write_str(" on the ")?;
            write_position(f, position)?;
            f.write_str(" working day")?;
        } else if !self.by_month_day.is_empty() {
            f.write_str(" on the ")?;
            write_list(f, &self.by_month_day, |f, day| {
                write_position(f, i16::from(*day))
            })?;
            // "the last" alone would want a noun.
            if self.by_month_day.iter().any(|day| *day < 0) {
                f.write_str(" day")?;
            }
        } else if !self.by_day.is_empty() && !self.has_plain_weekdays() {
            f.write_str(" on ")?;
            write_list(f, &self.by_day, write_by_day)?;
        }
        if !self.by_month.is_empty() {
            f.write_str(" in ")?;
            self.write_months(f)?;
        }
        Ok(())
    }

    fn write_months(&self, f: &mut impl Write) -> fmt::Result {
        write_list(f, &self.by_month, |f, month| {
            f.write_str(month_name(*month))
        })
    }

    fn write_times(&self, f: &mut impl Write, first: &Moment) -> fmt::Result {
        if self.by_hour.len() < 2 {
            return write_time_of(f, first);
        }
        let minute = first.time.map_or(0, Time::minute);
        f.write_str(" at ")?;
        write_list(f, &self.by_hour, |f, hour| {
            let time = Time::new(*hour, minute, 0, 0).unwrap_or_default();
            write_time(f, time, Grain::Minute)
        })
    }
}

/// "a", "a and b", "a, b and c".
fn write_list<T, W: Write>(
    f: &mut W,
    list: &[T],
    each: impl Fn(&mut W, &T) -> fmt::Result,
) -> fmt::Result {
    for (index, value) in list.iter().enumerate() {
        match index {
            0 => {}
            _ if index + 1 == list.len() => f.write_str(" and ")?,
            _ => f.write_str(", ")?,
        }
        each(f, value)?;
    }
    Ok(())
}

fn write_by_day<W: Write>(f: &mut W, by: &ByDay) -> fmt::Result {
    if let Some(nth) = by.nth {
        f.write_str("the ")?;
        write_position(f, i16::from(nth))?;
        f.write_str(" ")?;
    }
    f.write_str(weekday_name(by.weekday))
}

/// "1st", "last", "3rd last".
fn write_position(f: &mut impl Write, nth: i16) -> fmt::Result {
    if nth == -1 {
        return f.write_str("last");
    }
    let number = nth.unsigned_abs();
    let ending = match (number % 10, number % 100) {
        (1, 1 | 21 | 31..) => "st",
        (2, 2 | 22 | 32..) => "nd",
        (3, 3 | 23 | 33..) => "rd",
        _ => "th",
    };
    write!(f, "{number}{ending}")?;
    if nth < 0 {
        f.write_str(" last")
    } else {
        Ok(())
    }
}
