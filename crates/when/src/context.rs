//! What a phrase cannot say about itself: who reads it, where and when.

use jiff::civil::{DateTime, Time, Weekday};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ZonedDateTime};

/// The reader's clock and customs.
///
/// # The rules that depend on it
///
/// * **A bare hour** ("at 5") without a day is the next time a clock with hands shows it between
///   [`Hours::wakes`] and midnight; with a day, 7 to 11 are before noon and 12 to 6 after it,
///   unless the phrase or its sentence says otherwise ("at 8 in the evening", "dinner at 8").
/// * **"Friday"** is the first one after today and **"this Friday"** may be today, **"next Friday"**
///   is the Friday of next week, **"last Friday"** the latest before today, and "since Friday"
///   looks back.
/// * **A day without a year** is the next of its kind, today included; so is "the first Monday of
///   the month" once this month's has passed, but not "of this month".
/// * **"by"**, "before" and "until" Friday all name Friday; [`Bound`] tells them apart.
/// * **The end of the week** is its Friday, of the day the end of work, of longer periods their
///   last day.
/// * **"tomorrow"** is the next day of the calendar, also at half past midnight. From midnight to
///   [`Hours::night_ends`] many people mean the day that has just begun, so [`Found::other`] holds
///   that reading for whoever can ask.
/// * **A time the clock skips** is moved past the gap, and of one it shows twice the first is meant
///   (RFC 5545, section 3.3.5); lengths of hours and minutes are real time.
///
/// [`Bound`]: crate::Bound
/// [`Found::other`]: crate::Found::other
#[derive(Clone, Debug)]
pub struct Context {
    /// The moment of speaking, in the speaker's zone.
    pub now: ZonedDateTime,
    pub week_start: Weekday,
    pub order: DayMonthOrder,
    pub hours: Hours,
}

/// What "3/4" is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DayMonthOrder {
    /// 3 April, as in most of the world.
    #[default]
    DayFirst,
    /// March 4, as in the United States.
    MonthFirst,
}

/// The times of day that words stand for, as whole hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    pub morning: i8,
    pub lunch: i8,
    pub afternoon: i8,
    pub evening: i8,
    /// "tonight" and "Friday night".
    pub night: i8,
    /// "end of day", "close of business".
    pub end_of_work: i8,
    /// A bare hour is not taken to be before this one on the same day.
    pub wakes: i8,
    /// Who is still up before this hour may mean the day that has begun by "tomorrow".
    pub night_ends: i8,
}

impl Default for Hours {
    fn default() -> Self {
        Self {
            morning: 9,
            lunch: 12,
            afternoon: 15,
            evening: 19,
            night: 20,
            end_of_work: 17,
            wakes: 7,
            night_ends: 4,
        }
    }
}

impl Context {
    /// Weeks start on Monday (ISO 8601), "3/4" is 3 April, and the usual hours.
    pub fn new(now: ZonedDateTime) -> Self {
        Self {
            now,
            week_start: Weekday::Monday,
            order: DayMonthOrder::default(),
            hours: Hours::default(),
        }
    }

    /// For a page, which knows the moment and how far its reader's clock is from UTC, both in
    /// seconds; `None` where there is no such moment or clock.
    pub fn at_offset(moment: i64, offset: i32) -> Option<Self> {
        let zone = TimeZone::fixed(Offset::from_seconds(offset).ok()?);
        let moment = Timestamp::from_second(moment).ok()?;
        Some(Self::new(moment.to_zoned_datetime(zone)))
    }

    /// The customs of a BCP 47 language tag such as `en-US`: the order of day and month, and the
    /// first day of the week (CLDR's `weekData` for the regions that write English).
    #[must_use]
    pub fn for_language(self, tag: &str) -> Self {
        let region = tag.rsplit(['-', '_']).next().unwrap_or_default();
        let is = |regions: &[&str]| regions.iter().any(|name| name.eq_ignore_ascii_case(region));
        let order =
            match is(&["US", "PH", "PR", "GU", "AS", "VI"]) || tag.eq_ignore_ascii_case("en") {
                true => DayMonthOrder::MonthFirst,
                false => DayMonthOrder::DayFirst,
            };
        let sunday = [
            "US", "CA", "MX", "BR", "JP", "KR", "TW", "HK", "IN", "IL", "ZA", "PH", "PR", "SG",
            "TH", "ID", "PK", "KE", "CO", "PE", "VE", "SA",
        ];
        let week_start = match is(&sunday) || tag.eq_ignore_ascii_case("en") {
            true => Weekday::Sunday,
            false => Weekday::Monday,
        };
        Self {
            week_start,
            order,
            ..self
        }
    }

    pub(crate) fn clock(&self) -> DateTime {
        self.now.datetime()
    }

    pub(crate) fn zone(&self) -> &TimeZone {
        self.now.time_zone()
    }

    /// The instant as the speaker's clock shows it.
    pub(crate) fn local(&self, instant: Timestamp) -> DateTime {
        self.zone().to_datetime(instant)
    }

    /// A time the clock never shows is moved past the gap by the gap's length; jiff's "compatible"
    /// rule, which is that of RFC 5545, section 3.3.5.
    pub(crate) fn existing(&self, told: DateTime) -> DateTime {
        match self.zone().to_timestamp(told) {
            Ok(instant) => self.local(instant),
            Err(_) => told,
        }
    }
}

/// A whole hour of the day, wrapped so that no setting can make it fail.
pub(crate) fn hour(hour: i8) -> Time {
    Time::new(hour.rem_euclid(24), 0, 0, 0).unwrap_or(Time::midnight())
}
