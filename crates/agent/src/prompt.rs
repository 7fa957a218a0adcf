//! The instructions that every model is given.

use jiff::ZonedDateTime;
use jiff::tz::TimeZone;
use protocol::Timestamp;

/// The line of the instructions that tells the time, in the form of RFC 9557.
const NOW: &str = "The person's clock shows ";

/// The person's time and zone.
#[derive(Clone, Debug)]
pub struct Clock(ZonedDateTime);

impl Clock {
    /// UTC if there is no such zone.
    pub fn new(now: Timestamp, zone: &str) -> Self {
        let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
        let now = jiff::Timestamp::from_microsecond(now.micros()).unwrap_or_default();
        Self(now.to_zoned_datetime(zone))
    }

    pub(crate) fn read(instructions: &str) -> Option<ZonedDateTime> {
        let line = instructions
            .lines()
            .find_map(|line| line.strip_prefix(NOW))?;
        line.parse().ok()
    }
}

pub fn system(clock: &Clock) -> String {
    format!("{}\n{NOW}{}\n", include_str!("prompt.md"), clock.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_that_is_told_can_be_read_again() {
        let clock = Clock::new(Timestamp::from_seconds(1_795_435_200), "Europe/Berlin");

        let read = Clock::read(&system(&clock)).unwrap();

        assert_eq!(read, clock.0);
        assert_eq!(read.datetime().to_string(), "2026-11-23T13:00:00");
    }
}
