//! A person's time zone, and the customs of their language: what "3/4" is, and when a week begins.

use jiff::tz::TimeZone;
use protocol::Timestamp;

/// An IANA zone that exists. UTC where none or an unknown one is given: a wrong guess would move
/// dates without anybody noticing.
#[derive(Clone, Debug)]
pub struct Zone {
    name: String,
    rules: TimeZone,
    /// A tag such as `en-US` (BCP 47).
    language: Option<String>,
}

/// Characters of a tag that is kept.
const LONGEST: usize = 35;

impl Zone {
    pub fn named(name: &str) -> Self {
        match TimeZone::get(name) {
            Ok(rules) => Self {
                name: rules.iana_name().unwrap_or(name).to_owned(),
                rules,
                language: None,
            },
            Err(_) => Self::utc(),
        }
    }

    pub fn utc() -> Self {
        Self {
            name: "UTC".to_owned(),
            rules: TimeZone::UTC,
            language: None,
        }
    }

    /// The same for somebody of this language; what is no tag is left out.
    #[must_use]
    pub fn spoken(self, tag: &str) -> Self {
        let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
        let is_tag = (2..=LONGEST).contains(&tag.len()) && tag.chars().all(plain);
        Self {
            language: is_tag.then(|| tag.to_owned()),
            ..self
        }
    }

    /// Both in one text, for whoever goes on with a turn: `Europe/Berlin en-GB`.
    pub fn kept(&self) -> String {
        match &self.language {
            Some(language) => format!("{} {language}", self.name),
            None => self.name.clone(),
        }
    }

    /// Reads what was kept.
    pub fn of_kept(text: &str) -> Self {
        match text.split_once(' ') {
            Some((name, language)) => Self::named(name).spoken(language),
            None => Self::named(text),
        }
    }

    pub fn language(&self) -> Option<&str> {
        self.language.as_deref()
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
        let context = when::Context::new(now.to_zoned_datetime(self.rules.clone()));
        match &self.language {
            Some(language) => context.for_language(language),
            None => context,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FR-149.
    #[test]
    fn customs_are_kept_with_the_zone() {
        let zone = Zone::named("America/New_York").spoken("en-US");
        let kept = Zone::of_kept(&zone.kept());
        let due = |zone: &Zone| {
            let ctx = zone.context(Timestamp::from_seconds(1_795_435_200));
            when::resolve("3/4", &ctx).ok().map(|when| when.to_string())
        };

        assert_eq!(
            (kept.name(), kept.language()),
            ("America/New_York", Some("en-US"))
        );
        assert_ne!(due(&kept), due(&Zone::named("America/New_York")));
        assert_eq!(due(&kept), due(&zone));
        assert_eq!(zone.spoken("en US;q=1").kept(), "America/New_York");
        assert_eq!(Zone::of_kept("UTC").kept(), "UTC");
    }
}
