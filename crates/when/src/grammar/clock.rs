//! Times of day: "5pm", "17:00", "half past seven", "quarter to 9", "noon", "at 5".

mod endings;
mod figures;

use super::{Lead, Parsed, Parser};
use crate::lexicon::{Key, Sense, Unit};
use crate::{DayPart, Grain};

/// A time of day as it was said, before anybody decided between morning and evening.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Clock {
    pub(crate) hour: i8,
    pub(crate) minute: i8,
    pub(crate) second: i8,
    pub(crate) grain: Grain,
    /// No minutes were said.
    pub(crate) bare_hour: bool,
    /// Could be twelve hours later as well.
    pub(crate) ambiguous: bool,
    /// The midnight that ends the day.
    pub(crate) ends_day: bool,
    pub(crate) part: Option<DayPart>,
    /// Minutes east of Greenwich, where a zone was named.
    pub(crate) zone: Option<i16>,
    /// Reads as a time without a preposition.
    pub(crate) explicit: bool,
}

impl Clock {
    pub(crate) fn new(hour: u32, minute: u32) -> Option<Self> {
        let hour = i8::try_from(hour).ok().filter(|hour| *hour <= 24)?;
        let minute = i8::try_from(minute).ok().filter(|minute| *minute < 60)?;
        if hour == 24 && minute > 0 {
            return None;
        }
        Some(Self {
            hour: hour % 24,
            minute,
            second: 0,
            grain: Grain::Minute,
            bare_hour: minute == 0,
            ambiguous: (1..=12).contains(&hour),
            ends_day: hour == 24,
            part: None,
            zone: None,
            explicit: true,
        })
    }

    /// Decides for the morning or the afternoon; `None` for "14 am".
    pub(crate) fn half(self, afternoon: bool) -> Option<Self> {
        if !(1..=12).contains(&self.hour) || self.ends_day {
            // "17:00 pm" is said; "17:00 am" and "0 pm" are slips.
            return (afternoon && self.hour > 12 && !self.bare_hour).then_some(self);
        }
        Some(Self {
            hour: self.hour % 12 + if afternoon { 12 } else { 0 },
            ambiguous: false,
            ..self
        })
    }

    pub(crate) fn minutes(&self) -> i32 {
        i32::from(self.hour) * 60 + i32::from(self.minute)
    }

    pub(crate) fn seconds(&self) -> i32 {
        self.minutes() * 60 + i32::from(self.second)
    }
}

impl Parser<'_> {
    /// A time of day. A bare number is one only after "at" and its like.
    pub(crate) fn clock(&self, at: usize, lead: Lead) -> Parsed<Clock> {
        let (clock, next) = self
            .special(at)
            .or_else(|| self.relative_minutes(at, lead))
            .or_else(|| self.half_hour(at, lead))
            .or_else(|| self.figures(at, lead))?;
        Some(self.endings(clock, next))
    }

    fn special(&self, at: usize) -> Parsed<Clock> {
        let exact = |hour, ends_day| {
            let clock = Clock::new(hour, 0)?;
            Some(Clock {
                ambiguous: false,
                ends_day,
                ..clock
            })
        };
        let at = self.skip(at, Key::The);
        if self.is_description(at, at + 1) {
            return None;
        }
        match self.sense(at) {
            Sense::Noon => Some((exact(12, false)?, at + 1)),
            Sense::Midnight => Some((exact(0, true)?, at + 1)),
            Sense::Key(Key::Middle) if self.word(at).eq_ignore_ascii_case("mid") => {
                let next = self.skip_mark(at + 1, '-');
                match self.sense(next) {
                    Sense::Unit(Unit::Day, _) => Some((exact(12, false)?, next + 1)),
                    Sense::Part(DayPart::Night) => Some((exact(0, true)?, next + 1)),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// "half past seven", "quarter to 9pm", "10 minutes before noon".
    fn relative_minutes(&self, at: usize, lead: Lead) -> Parsed<Clock> {
        let start = at + usize::from(self.sense(at) == Sense::Article);
        let (minutes, next) = match self.sense(start) {
            Sense::Half => (30, start + 1),
            Sense::Quarter => (15, start + 1),
            _ => self.number(start).filter(|(minutes, _)| *minutes < 60)?,
        };
        let worded = matches!(self.sense(start), Sense::Half | Sense::Quarter);
        let unit = self.unit(next).filter(|(unit, _)| *unit == Unit::Minute);
        let named = worded || unit.is_some();
        let next = unit.map_or(next, |(_, end)| end);
        let sign = match self.key(next)? {
            Key::Past => 1,
            Key::After if worded || minutes % 5 == 0 => 1,
            Key::To | Key::Before | Key::Until if named || minutes % 5 == 0 => -1,
            Key::From if unit.is_some() => 1,
            _ => return None,
        };
        let base = self
            .special(next + 1)
            .or_else(|| self.figures(next + 1, Lead::At));
        let (base, end) = base.filter(|(base, _)| base.minute == 0)?;
        // "from 10 to 12" and "5 to 6pm" are hours; nobody says "half to".
        let hours =
            self.is(next, Key::To) && minutes <= 12 && base.explicit || lead == Lead::Between;
        if !named && hours || self.sense(start) == Sense::Half && sign < 0 {
            return None;
        }
        let total = base.minutes() + sign * i32::try_from(minutes).ok()?;
        let total = match base.ambiguous && total < 60 {
            true => total + 720,
            false => total.rem_euclid(1440),
        };
        let clock = Clock {
            hour: i8::try_from(total / 60).ok()?,
            minute: i8::try_from(total % 60).ok()?,
            explicit: named || base.explicit || self.is(next, Key::Past),
            ends_day: base.ends_day && sign > 0,
            ..base
        };
        Some((clock, end))
    }

    /// "half seven", which is half past it in British English.
    fn half_hour(&self, at: usize, lead: Lead) -> Parsed<Clock> {
        let (hour, next) = self
            .number(at + 1)
            .filter(|(hour, _)| (1..=12).contains(hour))?;
        let said = lead == Lead::At
            || self.whole
            || self.digits(at + 1).is_none() && self.kind(next).is_none();
        let clock = Clock::new(hour, 30).filter(|_| self.sense(at) == Sense::Half && said)?;
        match self.meridiem(next) {
            Some((afternoon, end)) => Some((clock.half(afternoon)?, end)),
            None => Some((clock, next)),
        }
    }
}
