//! What a phrase means: moments, spans, deadlines and repetitions.

use jiff::civil::{Date, DateTime, Time, Weekday};

use crate::Recurrence;
use crate::calendar;

/// The meaning of a date phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// "tomorrow", "Friday at 5", "next week", "in two hours".
    At(Moment),
    /// "from 3 to 5pm", "24-26 December". Both ends are as said: a day at the end is included,
    /// a time of day at the end is where it stops.
    Between(Moment, Moment),
    /// "by Friday", "until the end of May", "after 6pm".
    Bound(Bound, Moment),
    /// "every Monday at 9".
    Every(Repeat),
}

/// On which side of its moment an open range lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bound {
    /// At the latest: "by Friday".
    By,
    /// Strictly earlier: "before Friday".
    Before,
    /// Going on up to it: "until Friday".
    Until,
    /// Strictly later: "after Friday".
    After,
    /// From it on: "from Friday on", "since Friday", "starting Friday".
    From,
}

/// A day, or a day and a time of day, by the speaker's calendar, and how exactly it was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Moment {
    /// The first day of what was said: the Monday of "next week".
    pub date: Date,
    /// Present if a time of day was said, as a clock time or as a part of the day.
    pub time: Option<Time>,
    pub grain: Grain,
}

/// How long the thing is that was named, from short to long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grain {
    Second,
    Minute,
    /// "in the morning": its time is the usual one of [`crate::Hours`].
    Part(DayPart),
    Day,
    /// Saturday and Sunday.
    Weekend,
    Week,
    Month,
    Quarter,
    /// A quarter of a year from an equinox or a solstice.
    Season,
    Year,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DayPart {
    Morning,
    Lunch,
    Afternoon,
    Evening,
    Night,
    /// The end of the working day.
    End,
}

impl DayPart {
    /// The hours it covers; 24 is the midnight that ends the day.
    pub const fn hours(self) -> (i8, i8) {
        match self {
            Self::Morning => (0, 12),
            Self::Lunch => (12, 14),
            Self::Afternoon => (12, 19),
            Self::Evening | Self::Night => (18, 24),
            Self::End => (17, 24),
        }
    }
}

/// A repetition: its rule, and the first time it happens from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeat {
    pub rule: Recurrence,
    /// What RFC 5545 calls DTSTART. The time of day of the repetition is here, not in the rule.
    pub first: Moment,
}

impl Moment {
    pub const fn day(date: Date) -> Self {
        Self {
            date,
            time: None,
            grain: Grain::Day,
        }
    }

    pub fn at(moment: DateTime, grain: Grain) -> Self {
        Self {
            date: moment.date(),
            time: Some(moment.time()),
            grain,
        }
    }

    /// Where what was named begins: midnight for a day, noon for "in the afternoon".
    pub fn start(&self) -> DateTime {
        match (self.grain, self.time) {
            (Grain::Part(part), _) => self.date.to_datetime(crate::context::hour(part.hours().0)),
            (_, time) => self.date.to_datetime(time.unwrap_or(Time::midnight())),
        }
    }

    /// Where what was named is over: the next midnight for a day. Weeks end before `week_start`.
    pub fn end(&self, week_start: Weekday) -> DateTime {
        calendar::end(self, week_start)
    }
}

impl When {
    /// The moment that matters for a task: when it is, the start of a span, the bound, or the
    /// first of a repetition.
    pub const fn moment(&self) -> &Moment {
        match self {
            Self::At(moment) | Self::Between(moment, _) | Self::Bound(_, moment) => moment,
            Self::Every(repeat) => &repeat.first,
        }
    }
}
