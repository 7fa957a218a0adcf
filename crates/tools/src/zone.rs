//! A person's time zone.

use jiff::tz::TimeZone;
use protocol::Timestamp;

/// An IANA zone that exists. UTC where none or an unknown one is given: a wrong guess would move
/// dates without anybody noticing.
#[derive(Clone, Debug)]
pub struct Zone {
    name: String,
    rules: TimeZone,
}

impl Zone {
    pub fn named(name: &str) -> Self {
        match TimeZone::get(name) {
            Ok(rules) => Self {
                name: rules.iana_name().unwrap_or(name).to_owned(),
                rules,
            },
            Err(_) => Self::utc(),
        }
    }

    pub fn utc() -> Self {
        Self {
            name: "UTC".to_owned(),
            rules: TimeZone::UTC,
        }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub(crate) const fn rules(&self) -> &TimeZone {
        &self.rules
    }

    /// What the person's clock shows, for reading dates in.
    pub(crate) fn context(&self, now: Timestamp) -> when::Context {
        let now = jiff::Timestamp::from_microsecond(now.micros()).unwrap_or_default();
        when::Context::new(now.to_zoned_datetime(self.rules.clone()))
    }
}
