//! RRULE as text: reading and writing the parts of RFC 5545, section 3.3.10.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, DateTime, Time, Weekday};

use super::{Anchor, ByDay, Frequency, Recurrence, Skip, Until};

/// Why a text is no rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotARule;

impl fmt::Display for NotARule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a recurrence rule such as FREQ=WEEKLY;BYDAY=MO")
    }
}

impl std::error::Error for NotARule {}

const FREQUENCIES: [(&str, Frequency); 6] = [
    ("MINUTELY", Frequency::Minutely),
    ("HOURLY", Frequency::Hourly),
    ("DAILY", Frequency::Daily),
    ("WEEKLY", Frequency::Weekly),
    ("MONTHLY", Frequency::Monthly),
    ("YEARLY", Frequency::Yearly),
];

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("MO", Weekday::Monday),
    ("TU", Weekday::Tuesday),
    ("WE", Weekday::Wednesday),
    ("TH", Weekday::Thursday),
    ("FR", Weekday::Friday),
    ("SA", Weekday::Saturday),
    ("SU", Weekday::Sunday),
];

/// A list longer than this is not a person's rule.
const LONGEST_LIST: usize = 64;

fn named<T: Copy>(table: &[(&str, T)], text: &str) -> Option<T> {
    let found = table
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(text));
    found.map(|(_, value)| *value)
}

fn name_of<'t, T: PartialEq>(table: &[(&'t str, T)], value: &T) -> &'t str {
    let found = table.iter().find(|(_, candidate)| candidate == value);
    found.map_or("", |(name, _)| name)
}

/// A whole number between the bounds, other than 0 if `low` is negative. A sign is allowed.
fn number(text: &str, low: i32, high: i32) -> Option<i32> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || digits.len() > 9 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let value = text.parse().ok()?;
    let fits = (low..=high).contains(&value) && (value != 0 || low == 0);
    fits.then_some(value)
}

fn list<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    if text.split(',').count() > LONGEST_LIST {
        return None;
    }
    text.split(',').map(read).collect()
}

fn small(low: i32, high: i32) -> impl Fn(&str) -> Option<i8> {
    move |text| i8::try_from(number(text, low, high)?).ok()
}

fn by_day(text: &str) -> Option<ByDay> {
    let (nth, name) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let weekday = named(&WEEKDAYS, name)?;
    let nth = match nth {
        "" => None,
        nth => Some(small(-53, 53)(nth)?),
    };
    Some(ByDay { nth, weekday })
}

/// `19970714`, `19970714T173000` or `19970714T173000Z`; RFC 5545's DATE and DATE-TIME.
fn until(text: &str) -> Option<Until> {
    let (date, clock) = match text.split_once(['T', 't']) {
        Some((date, clock)) => (date, Some(clock)),
        None => (text, None),
    };
    let part = |text: &str, range: std::ops::Range<usize>| number(text.get(range)?, 0, 9999);
    if date.len() != 8 {
        return None;
    }
    let year = i16::try_from(part(date, 0..4)?).ok()?;
    let month = i8::try_from(part(date, 4..6)?).ok()?;
    let date = Date::new(year, month, i8::try_from(part(date, 6..8)?).ok()?).ok()?;
    let Some(clock) = clock else {
        return Some(Until::Day(date));
    };
    let local = clock.strip_suffix(['Z', 'z']).unwrap_or(clock);
    if local.len() != 6 {
        return None;
    }
    let field = |range| i8::try_from(part(local, range)?).ok();
    let time = Time::new(field(0..2)?, field(2..4)?, field(4..6)?.min(59), 0).ok()?;
    let moment = date.to_datetime(time);
    Some(match local.len() == clock.len() {
        true => Until::Local(moment),
        false => Until::Utc(moment),
    })
}

impl Recurrence {
    /// Reads an RRULE value, with or without the leading `RRULE:`. Unknown parts are refused: a
    /// rule that is followed by halves is a wrong rule.
    pub fn parse(text: &str) -> Result<Self, NotARule> {
        let text = text.trim();
        let text = match text.get(..6) {
            Some(head) if head.eq_ignore_ascii_case("RRULE:") => &text[6..],
            _ => text,
        };
        let mut rule = Self::every(Frequency::Daily);
        let mut seen = Vec::new();
        for part in text.trim_end_matches(';').split(';') {
            let (name, value) = part.split_once('=').ok_or(NotARule)?;
            let name = name.to_ascii_uppercase();
            if seen.contains(&name) || rule.set(&name, value).is_none() {
                return Err(NotARule);
            }
            seen.push(name);
        }
        let has = |name: &str| seen.iter().any(|seen| seen == name);
        // UNTIL and COUNT exclude each other, and SKIP needs RSCALE (RFC 7529, section 4.1).
        let sound =
            has("FREQ") && !(has("UNTIL") && has("COUNT")) && (!has("SKIP") || has("RSCALE"));
        if has("RSCALE") && !has("SKIP") {
            rule.skip = Skip::Omit;
        }
        if sound { Ok(rule) } else { Err(NotARule) }
    }

    fn set(&mut self, name: &str, value: &str) -> Option<()> {
        match name {
            "FREQ" => self.frequency = named(&FREQUENCIES, value)?,
            "INTERVAL" => self.interval = u16::try_from(number(value, 1, 9999)?).ok()?,
            "COUNT" => self.count = Some(u32::try_from(number(value, 1, 9999)?).ok()?),
            "UNTIL" => self.until = Some(until(value)?),
            "WKST" => self.week_start = named(&WEEKDAYS, value)?,
            "BYMONTH" => self.by_month = list(value, small(1, 12))?,
            "BYMONTHDAY" => self.by_month_day = list(value, small(-31, 31))?,
            "BYDAY" => self.by_day = list(value, by_day)?,
            "BYHOUR" => self.by_hour = list(value, small(0, 23))?,
            "BYSETPOS" => self.by_set_pos = Some(i16::try_from(number(value, -366, 366)?).ok()?),
            "RSCALE" => value.eq_ignore_ascii_case("GREGORIAN").then_some(())?,
            "SKIP" => {
                self.skip = named(&[("BACKWARD", Skip::Backward), ("OMIT", Skip::Omit)], value)?;
            }
            "X-FROM" => {
                self.anchor = named(&[("COMPLETION", Anchor::Completion)], value)?;
            }
            _ => return None,
        }
        Some(())
    }
}

impl FromStr for Recurrence {
    type Err = NotARule;

    fn from_str(text: &str) -> Result<Self, NotARule> {
        Self::parse(text)
    }
}

fn write_list<T: fmt::Display>(f: &mut fmt::Formatter<'_>, name: &str, list: &[T]) -> fmt::Result {
    for (index, value) in list.iter().enumerate() {
        match index {
            0 => write!(f, ";{name}={value}")?,
            _ => write!(f, ",{value}")?,
        }
    }
    Ok(())
}

impl fmt::Display for ByDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(nth) = self.nth {
            write!(f, "{nth}")?;
        }
        f.write_str(name_of(&WEEKDAYS, &self.weekday))
    }
}

impl fmt::Display for Until {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = |date: Date| (date.year(), date.month(), date.day());
        let (moment, zone) = match self {
            Self::Day(day) => {
                let (year, month, day) = date(*day);
                return write!(f, "{year:04}{month:02}{day:02}");
            }
            Self::Local(moment) => (moment, ""),
            Self::Utc(moment) => (moment, "Z"),
        };
        let (year, month, day) = date(moment.date());
        let (hour, minute, second) = (moment.hour(), moment.minute(), moment.second());
        write!(
            f,
            "{year:04}{month:02}{day:02}T{hour:02}{minute:02}{second:02}{zone}"
        )
    }
}

/// The RRULE value, without `RRULE:`.
impl fmt::Display for Recurrence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.skip == Skip::Omit {
            f.write_str("RSCALE=GREGORIAN;")?;
        }
        write!(f, "FREQ={}", name_of(&FREQUENCIES, &self.frequency))?;
        if self.interval > 1 {
            write!(f, ";INTERVAL={}", self.interval)?;
        }
        write_list(f, "BYMONTH", &self.by_month)?;
        write_list(f, "BYMONTHDAY", &self.by_month_day)?;
        write_list(f, "BYDAY", &self.by_day)?;
        write_list(f, "BYHOUR", &self.by_hour)?;
        if let Some(position) = self.by_set_pos {
            write!(f, ";BYSETPOS={position}")?;
        }
        if let Some(count) = self.count {
            write!(f, ";COUNT={count}")?;
        }
        if let Some(until) = self.until {
            write!(f, ";UNTIL={until}")?;
        }
        if self.week_start != Weekday::Monday {
            write!(f, ";WKST={}", name_of(&WEEKDAYS, &self.week_start))?;
        }
        match self.skip {
            Skip::Backward => {}
            Skip::Omit => f.write_str(";SKIP=OMIT")?,
        }
        match self.anchor {
            Anchor::Schedule => Ok(()),
            Anchor::Completion => f.write_str(";X-FROM=COMPLETION"),
        }
    }
}

impl Until {
    /// The last moment it lets through, by the clock of `zone`.
    pub fn local(self, zone: &jiff::tz::TimeZone) -> DateTime {
        match self {
            Self::Day(day) => day.to_datetime(Time::constant(23, 59, 59, 0)),
            Self::Local(moment) => moment,
            Self::Utc(moment) => match jiff::tz::TimeZone::UTC.to_timestamp(moment) {
                Ok(instant) => zone.to_datetime(instant),
                Err(_) => moment,
            },
        }
    }
}
