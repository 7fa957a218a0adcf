//! Repetitions: the part of RFC 5545's RRULE that a to-do list needs, and its evaluation.
//!
//! | part | here |
//! |---|---|
//! | `FREQ` | all but `SECONDLY` |
//! | `INTERVAL`, `COUNT`, `UNTIL`, `WKST` | as section 3.3.10 says |
//! | `BYMONTH`, `BYMONTHDAY` (also negative), `BYDAY` (with ordinals), `BYHOUR` | likewise |
//! | `BYSETPOS` | one position |
//! | `RSCALE=GREGORIAN`, `SKIP` | RFC 7529: what becomes of the 31st in a month of 30 days |
//! | `X-FROM=COMPLETION` | ours: counted from when the task was done, not from its due date |
//!
//! **"Monthly on the 31st"** is stored as `BYMONTHDAY=31`. RFC 5545 would leave out the short
//! months; who writes that in a to-do list means their last day, so a rule without `SKIP` is
//! evaluated as `SKIP=BACKWARD`. Strict rules say `RSCALE=GREGORIAN;…;SKIP=OMIT`.

mod english;
mod expand;
mod step;
mod text;

use jiff::civil::{DateTime, Weekday};

pub use text::NotARule;

/// When something happens again and again. The first time, and with it the time of day, is kept
/// beside the rule (RFC 5545's DTSTART).
///
/// The fields are RRULE's parts by their names. Values outside their meaning (a month 13) match
/// nothing; [`Recurrence::parse`] does not let them in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recurrence {
    pub frequency: Frequency,
    /// Every how many days, weeks…; 0 counts as 1.
    pub interval: u16,
    pub by_month: Vec<i8>,
    /// 1 to 31, or −1 for the last day to −31.
    pub by_month_day: Vec<i8>,
    pub by_day: Vec<ByDay>,
    pub by_hour: Vec<i8>,
    /// Of what is left of a month or year after the other parts, only the n-th (from the end if
    /// negative): `BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1` is the last working day.
    pub by_set_pos: Option<i16>,
    pub count: Option<u32>,
    pub until: Option<Until>,
    /// Matters for "every other week" on several days only.
    pub week_start: Weekday,
    pub skip: Skip,
    pub anchor: Anchor,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Frequency {
    Minutely,
    Hourly,
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// A weekday, or the n-th of it in the month or year (from the end if negative).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ByDay {
    pub nth: Option<i8>,
    pub weekday: Weekday,
}

/// The last moment the rule may produce, included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Until {
    Day(jiff::civil::Date),
    /// By the clock of the task's zone.
    Local(DateTime),
    /// `…Z`: in UTC. Whoever evaluates turns it into local time first.
    Utc(DateTime),
}

/// What happens to a day that a month does not have (RFC 7529, section 4.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Skip {
    /// The last day before it is taken: to-do lists.
    #[default]
    Backward,
    /// It is left out: calendars.
    Omit,
}

/// What the next time is counted from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Anchor {
    /// The time before: "every 3 days".
    #[default]
    Schedule,
    /// The moment the task was completed: "every! 3 days", "3 days after completion".
    Completion,
}

impl Recurrence {
    /// Every minute, hour, day…
    pub const fn every(frequency: Frequency) -> Self {
        Self {
            frequency,
            interval: 1,
            by_month: Vec::new(),
            by_month_day: Vec::new(),
            by_day: Vec::new(),
            by_hour: Vec::new(),
            by_set_pos: None,
            count: None,
            until: None,
            week_start: Weekday::Monday,
            skip: Skip::Backward,
            anchor: Anchor::Schedule,
        }
    }

    /// Monday to Friday.
    pub fn on_workdays() -> Self {
        let mut rule = Self::every(Frequency::Weekly);
        rule.by_day = WORKDAYS.map(ByDay::every).to_vec();
        rule
    }
}

impl ByDay {
    pub const fn every(weekday: Weekday) -> Self {
        Self { nth: None, weekday }
    }

    pub const fn nth(nth: i8, weekday: Weekday) -> Self {
        Self {
            nth: Some(nth),
            weekday,
        }
    }
}

pub(crate) const WORKDAYS: [Weekday; 5] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
];
