//! The instructions that every model is given.

use jiff::ZonedDateTime;
use jiff::tz::TimeZone;
use protocol::Timestamp;

/// The line of the instructions that tells the time, in the form of RFC 9557.
const NOW: &str = "The person's clock shows ";

/// The line that tells how they write dates.
const LANGUAGE: &str = "They write dates as people do whose language is ";

/// The person's time and zone, and the language by whose customs they write dates.
#[derive(Clone, Debug)]
pub struct Clock {
    now: ZonedDateTime,
    language: Option<String>,
}

impl Clock {
    /// UTC if there is no such zone.
    pub fn new(now: Timestamp, zone: &str) -> Self {
        let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
        let now = jiff::Timestamp::from_microsecond(now.micros()).unwrap_or_default();
        Self {
            now: now.to_zoned_datetime(zone),
            language: None,
        }
    }

    /// A tag such as `en-US` (BCP 47).
    #[must_use]
    pub fn spoken(self, language: Option<&str>) -> Self {
        Self {
            language: language.map(str::to_owned),
            ..self
        }
    }

    /// What dates mean to the person, from the instructions of a model.
    pub(crate) fn read(instructions: &str) -> Option<when::Context> {
        let line = |start: &str| {
            let mut lines = instructions.lines();
            lines.find_map(|line| line.strip_prefix(start))
        };
        let context = when::Context::new(line(NOW)?.parse().ok()?);
        Some(match line(LANGUAGE) {
            Some(language) => context.for_language(language.trim_end_matches('.')),
            None => context,
        })
    }
}

pub fn system(clock: &Clock) -> String {
    let language = clock.language.as_ref();
    let customs = language.map_or_else(String::new, |tag| format!("{LANGUAGE}{tag}.\n"));
    let instructions = include_str!("prompt.md");
    format!("{instructions}\n{NOW}{}\n{customs}", clock.now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_of_time_and_customs_can_be_read_again() {
        let clock = Clock::new(Timestamp::from_seconds(1_795_435_200), "Europe/Berlin");

        let plain = Clock::read(&system(&clock)).unwrap();
        let american = Clock::read(&system(&clock.clone().spoken(Some("en-US")))).unwrap();

        assert_eq!(plain.now, clock.now);
        assert_eq!(plain.now.datetime().to_string(), "2026-11-23T13:00:00");
        assert_eq!(plain.order, when::DayMonthOrder::DayFirst);
        assert_eq!(american.order, when::DayMonthOrder::MonthFirst);
    }
}
