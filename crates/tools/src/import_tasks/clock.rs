//! Moments of other programs as the person's clock shows them.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use crate::Zone;

/// A moment in a file: a day, or a time somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    Day(Date),
    At(DateTime, Place),
}

/// Where a clock hangs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Wherever the person is.
    Here,
    Utc,
    /// An IANA zone that exists.
    In(TimeZone),
}

impl Place {
    /// Zones that nobody knows are taken for the person's own.
    pub(super) fn named(name: &str) -> Option<Self> {
        if name.eq_ignore_ascii_case("UTC") {
            return Some(Self::Utc);
        }
        TimeZone::get(name).ok().map(Self::In)
    }
}

impl Moment {
    /// `20261124`, `20261124T170000`, `20261124T170000Z` (RFC 5545, sections 3.3.4 and 3.3.5).
    pub(super) fn read(text: &str, place: Place) -> Option<Self> {
        let (date, clock) = match text.split_once('T') {
            Some((date, clock)) => (date, Some(clock)),
            None => (text, None),
        };
        let [year, month, day] = digits(date, [4, 2, 2])?;
        let narrow = |number: i16| i8::try_from(number).ok();
        let date = Date::new(year, narrow(month)?, narrow(day)?).ok()?;
        let Some(clock) = clock else {
            return Some(Self::Day(date));
        };
        let (clock, place) = match clock.strip_suffix('Z') {
            Some(clock) => (clock, Place::Utc),
            None => (clock, place),
        };
        let [hour, minute, second] = digits(clock, [2, 2, 2])?;
        // A leap second has no place on a clock.
        let second = narrow(second)?.min(59);
        let time = Time::new(narrow(hour)?, narrow(minute)?, second, 0).ok()?;
        Some(Self::At(date.to_datetime(time), place))
    }

    /// As the person's clock shows it.
    pub(super) fn local(&self, zone: &Zone) -> DateTime {
        let from = match self {
            Self::Day(date) => return date.to_datetime(Time::midnight()),
            Self::At(at, Place::Here) => return *at,
            Self::At(_, Place::Utc) => &TimeZone::UTC,
            Self::At(_, Place::In(there)) => there,
        };
        let Self::At(at, _) = self else {
            return DateTime::default();
        };
        // Outside the years that have zones, it stays as it is written.
        at.to_zoned_datetime(from.clone()).map_or(*at, |moment| {
            moment.with_time_zone(zone.rules().clone()).datetime()
        })
    }

    /// As a due date is written.
    pub(super) fn due(&self, zone: &Zone) -> String {
        let local = self.local(zone);
        match self {
            Self::Day(_) => local.date().to_string(),
            Self::At(..) => format!("{}T{:02}:{:02}", local.date(), local.hour(), local.minute()),
        }
    }
}

/// Numbers of these widths, without anything between them.
fn digits<const N: usize>(text: &str, widths: [usize; N]) -> Option<[i16; N]> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut rest = text;
    let mut numbers = [0; N];
    for (number, width) in numbers.iter_mut().zip(widths) {
        let (head, tail) = rest.split_at_checked(width)?;
        *number = head.parse().ok()?;
        rest = tail;
    }
    rest.is_empty().then_some(numbers)
}
