//! When a task is due: a day, or a day and a time of day, as its owner reads the calendar.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::time::{days_in_month, fields};

/// A local date, or a local date and time, written `2026-11-24` or `2026-11-24T17:00`.
///
/// It carries no offset: "5 pm" stays 5 pm when clocks change. The zone it is meant in is kept
/// beside it. The text form sorts as time does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Due {
    year: i16,
    month: u8,
    day: u8,
    time: Option<(u8, u8)>,
}

impl Due {
    /// A day; `None` where the calendar has no such day. Years 1 to 9999 (four digits).
    pub fn on(year: i16, month: u8, day: u8) -> Option<Self> {
        let fits = (1..=9999).contains(&year)
            && (1..=12).contains(&month)
            && day >= 1
            && i64::from(day) <= days_in_month(year.into(), month.into());
        fits.then_some(Self {
            year,
            month,
            day,
            time: None,
        })
    }

    /// The same day at a time of day.
    #[must_use]
    pub fn at(self, hour: u8, minute: u8) -> Option<Self> {
        (hour < 24 && minute < 60).then_some(Self {
            time: Some((hour, minute)),
            ..self
        })
    }

    pub const fn year(self) -> i16 {
        self.year
    }

    pub const fn month(self) -> u8 {
        self.month
    }

    pub const fn day(self) -> u8 {
        self.day
    }

    /// Hour and minute, if the task is due at a time and not just on a day.
    pub const fn time(self) -> Option<(u8, u8)> {
        self.time
    }

    /// The day alone.
    #[must_use]
    pub const fn date(self) -> Self {
        Self { time: None, ..self }
    }
}

impl fmt::Display for Due {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)?;
        match self.time {
            Some((hour, minute)) => write!(f, "T{hour:02}:{minute:02}"),
            None => Ok(()),
        }
    }
}

/// Why a text is no [`Due`].
#[derive(Debug, PartialEq, Eq)]
pub struct NotADue;

impl fmt::Display for NotADue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a date such as 2026-11-24 or 2026-11-24T17:00")
    }
}

impl std::error::Error for NotADue {}

impl FromStr for Due {
    type Err = NotADue;

    /// Seconds are accepted and dropped, because many programs write them.
    fn from_str(text: &str) -> Result<Self, NotADue> {
        let (date, clock) = match text.split_once('T') {
            Some((date, clock)) => (date, Some(clock)),
            None => (text, None),
        };
        let [year, month, day] = fields(date, '-', [4, 2, 2]).ok_or(NotADue)?;
        let narrow = |number: i64| u8::try_from(number).unwrap_or(u8::MAX);
        let due = i16::try_from(year)
            .ok()
            .and_then(|year| Self::on(year, narrow(month), narrow(day)))
            .ok_or(NotADue)?;
        let Some(clock) = clock else { return Ok(due) };
        let [hour, minute] = fields(clock, ':', [2, 2])
            .or_else(|| {
                let [hour, minute, second] = fields(clock, ':', [2, 2, 2])?;
                (second < 60).then_some([hour, minute])
            })
            .ok_or(NotADue)?;
        due.at(narrow(hour), narrow(minute)).ok_or(NotADue)
    }
}

impl Serialize for Due {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Due {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Due {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Due".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "A day, or a day and a time by the clock on the wall.",
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2})?$",
            "examples": ["2026-11-24", "2026-11-24T17:00"],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_what_it_reads() {
        for text in ["2026-11-24", "2026-11-24T17:00", "2024-02-29T00:05"] {
            assert_eq!(text.parse::<Due>().unwrap().to_string(), text);
        }
        assert_eq!(
            "2026-11-24T17:00:30".parse::<Due>().unwrap().to_string(),
            "2026-11-24T17:00"
        );
    }

    #[test]
    fn refuses_days_and_times_that_do_not_exist() {
        for text in [
            "",
            "tomorrow",
            "2026-02-29",
            "2026-13-01",
            "0000-01-01",
            "2026-11-24T24:00",
            "2026-11-24T17",
            "2026-11-24T17:00Z",
            "2026-11-24T17:00:61",
        ] {
            assert_eq!(text.parse::<Due>(), Err(NotADue), "{text}");
        }
    }
}
