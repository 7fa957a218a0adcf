//! A meaning in English, with absolute dates: what a confirmation says and [`crate::resolve`]
//! reads back to the same meaning.

use std::fmt;

use jiff::civil::{Date, Time, Weekday};

use crate::{Bound, DayPart, Grain, Moment, Repeat, When};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

pub(crate) fn month_name(month: i8) -> &'static str {
    let index = usize::try_from(month).unwrap_or_default();
    MONTHS.get(index.wrapping_sub(1)).copied().unwrap_or("?")
}

pub(crate) const fn weekday_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

/// "Tue 24 Nov 2026".
struct Day(Date);

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let weekday = weekday_name(self.0.weekday());
        f.write_str(weekday.get(..3).unwrap_or(weekday))?;
        f.write_str(" ")?;
        write_date(f, self.0)
    }
}

/// "24 Nov 2026".
pub(crate) fn write_date(f: &mut impl fmt::Write, date: Date) -> fmt::Result {
    let month = month_name(date.month());
    let short = month.get(..3).unwrap_or(month);
    write!(f, "{} {} {:04}", date.day(), short, date.year())
}

/// "17:00", "17:00:05".
pub(crate) fn write_time(f: &mut impl fmt::Write, time: Time, grain: Grain) -> fmt::Result {
    write!(f, "{:02}:{:02}", time.hour(), time.minute())?;
    match grain {
        Grain::Second => write!(f, ":{:02}", time.second()),
        _ => Ok(()),
    }
}

/// " in the morning", " at 17:00", or nothing for a day.
pub(crate) fn write_time_of(f: &mut impl fmt::Write, moment: &Moment) -> fmt::Result {
    match (moment.grain, moment.time) {
        (Grain::Part(part), _) => f.write_str(match part {
            DayPart::Morning => " in the morning",
            DayPart::Lunch => " at lunch",
            DayPart::Afternoon => " in the afternoon",
            DayPart::Evening => " in the evening",
            DayPart::Night => " at night",
            DayPart::End => " end of day",
        }),
        (grain, Some(time)) => {
            f.write_str(" at ")?;
            write_time(f, time, grain)
        }
        _ => Ok(()),
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.date;
        match self.grain {
            Grain::Week => {
                f.write_str("the week of ")?;
                write_date(f, date)
            }
            Grain::Weekend => {
                f.write_str("the weekend of ")?;
                write_date(f, date)
            }
            Grain::Month => write!(f, "{} {:04}", month_name(date.month()), date.year()),
            Grain::Quarter => write!(f, "Q{} {:04}", (date.month() + 2) / 3, date.year()),
            Grain::Season => {
                let season = match date.month() {
                    3..=5 => "spring",
                    6..=8 => "summer",
                    9..=11 => "autumn",
                    _ => "winter",
                };
                write!(f, "{season} {:04}", date.year())
            }
            Grain::Year => write!(f, "{:04}", date.year()),
            _ => {
                write!(f, "{}", Day(date))?;
                write_time_of(f, self)
            }
        }
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::At(moment) => moment.fmt(f),
            Self::Between(first, last) => match (first.time, last.time) {
                (Some(_), Some(end)) if first.date == last.date => {
                    write!(f, "{} from ", Day(first.date))?;
                    write_time(f, first.time.unwrap_or_default(), first.grain)?;
                    f.write_str(" to ")?;
                    write_time(f, end, last.grain)
                }
                _ => write!(f, "{first} to {last}"),
            },
            Self::Bound(bound, moment) => {
                let word = match bound {
                    Bound::By => "by",
                    Bound::Before => "before",
                    Bound::Until => "until",
                    Bound::After => "after",
                    Bound::From => "from",
                };
                write!(f, "{word} {moment}")
            }
            Self::Every(repeat) => repeat.fmt(f),
        }
    }
}

/// "every Monday at 09:00 starting 30 Nov 2026".
impl fmt::Display for Repeat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.rule.write_english(f, Some(&self.first))?;
        f.write_str(" starting ")?;
        write_date(f, self.first.date)
    }
}
