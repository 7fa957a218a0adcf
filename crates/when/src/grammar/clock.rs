//! Times of day: "5pm", "17:00", "half past seven", "quarter to 9", "noon", "at 5".

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

    /// "half past seven", "quarter to 9pm", "10 minutes before noon", "half seven".
    fn relative_minutes(&self, at: usize, lead: Lead) -> Parsed<Clock> {
        let start = at + usize::from(self.sense(at) == Sense::Article);
        let (minutes, next) = match self.sense(start) {
            Sense::Half => (30, start + 1),
            Sense::Quarter => (15, start + 1),
            _ => self.number(start).filter(|(minutes, _)| *minutes < 60)?,
        };
        let worded = matches!(self.sense(start), Sense::Half | Sense::Quarter);
        let unit = self.unit(next).filter(|(unit, _)| *unit == Unit::Minute);
        // "from 10 to 12" is two hours long.
        if !worded && unit.is_none() && lead == Lead::Between {
            return None;
        }
        let next = unit.map_or(next, |(_, end)| end);
        let sign = match self.key(next)? {
            Key::Past => 1,
            Key::After if worded || minutes % 5 == 0 => 1,
            Key::To | Key::Before | Key::Until if worded || minutes % 5 == 0 || unit.is_some() => {
                -1
            }
            Key::From if unit.is_some() => 1,
            _ => return None,
        };
        let half_to = self.sense(start) == Sense::Half && sign < 0;
        let (base, end) = self
            .special(next + 1)
            .or_else(|| self.figures(next + 1, Lead::At))?;
        if base.minute != 0
            || half_to
            || (self.is(next, Key::To)
                && !worded
                && unit.is_none()
                && minutes <= 12
                && base.explicit)
        {
            return None;
        }
        let total = base.minutes() + sign * i32::try_from(minutes).ok()?;
        let total = if base.ambiguous && total < 60 {
            total + 720
        } else {
            total.rem_euclid(1440)
        };
        let clock = Clock {
            hour: i8::try_from(total / 60).ok()?,
            minute: i8::try_from(total % 60).ok()?,
            grain: Grain::Minute,
            explicit: worded || base.explicit || unit.is_some() || self.is(next, Key::Past),
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

    /// Figures and spoken figures, with "am", "pm", "o'clock" and "h".
    fn figures(&self, at: usize, lead: Lead) -> Parsed<Clock> {
        let (clock, next) = self
            .digital(at)
            .or_else(|| self.spoken(at, lead))
            .or_else(|| self.bare(at, lead))?;
        let ish = self.is(next, Key::Ish) && self.glued(next);
        if let Some((afternoon, end)) = self.meridiem(next + usize::from(ish)) {
            let explicit = lead.is_temporal()
                || self.whole
                || end > next + 1
                || self.word(next).len() > 1
                || clock.explicit;
            return Some((
                Clock {
                    explicit,
                    ..clock.half(afternoon)?
                },
                end,
            ));
        }
        Some((clock, next))
    }

    /// "17:00", "5:30:15", "5.30pm", "17h30", "17h".
    fn digital(&self, at: usize) -> Parsed<Clock> {
        let (hour, digits) = self.digits(at)?;
        if digits > 2 {
            return None;
        }
        let glued = |index: usize| self.glued(index);
        if self.mark(at + 1, ':') && glued(at + 1) && glued(at + 2) {
            let (minute, 2) = self.digits(at + 2)? else {
                return None;
            };
            let mut clock = Clock::new(hour, minute)?;
            clock.bare_hour = false;
            // "05:00" is written by people who count to 24.
            clock.ambiguous &= digits == 1 || hour >= 10;
            if self.mark(at + 3, ':') && glued(at + 3) && glued(at + 4) {
                let (second, 2) = self.digits(at + 4)? else {
                    return None;
                };
                clock.second = i8::try_from(second).ok().filter(|second| *second < 60)?;
                clock.grain = Grain::Second;
                return Some((clock, at + 5));
            }
            return Some((clock, at + 3));
        }
        if self.mark(at + 1, '.') && glued(at + 1) && glued(at + 2) {
            let (minute, 2) = self.digits(at + 2)? else {
                return None;
            };
            let more = self.mark(at + 3, '.')
                && glued(at + 3)
                && glued(at + 4)
                && self.digits(at + 4).is_some();
            let clock = Clock::new(hour, minute)?;
            let explicit = self.meridiem(at + 3).is_some();
            return (!more).then_some((
                Clock {
                    explicit,
                    bare_hour: false,
                    ..clock
                },
                at + 3,
            ));
        }
        if glued(at + 1) && self.word(at + 1).eq_ignore_ascii_case("h") {
            let minute = self
                .digits(at + 2)
                .filter(|(_, digits)| *digits == 2 && glued(at + 2));
            let (minute, next) = minute.map_or((0, at + 2), |(minute, _)| (minute, at + 3));
            let clock = Clock::new(hour, minute)?;
            return Some((
                Clock {
                    ambiguous: false,
                    ..clock
                },
                next,
            ));
        }
        None
    }

    /// "seven thirty pm", "ten oh five", "nine fifty nine", "3 15" after "at".
    fn spoken(&self, at: usize, lead: Lead) -> Parsed<Clock> {
        let (hour, next) = self
            .number(at)
            .filter(|(hour, _)| (1..=24).contains(hour))?;
        let digits = self.digits(at).is_some();
        let next = if digits {
            next
        } else {
            self.skip_mark(next, '-')
        };
        let oh = matches!(self.word(next), "oh" | "o" | "zero" | "ou");
        let (minute, end) = self.number(next + usize::from(oh))?;
        let shape = match (oh, self.digits(next)) {
            (true, _) => !digits && minute < 10,
            (false, Some((_, count))) => digits && count == 2 && !self.glued(next),
            (false, None) => !digits && minute >= 10,
        };
        let spelled = !digits
            && minute % 5 == 0
            && lead.is_temporal()
            && !matches!(lead, Lead::On | Lead::In);
        let timely = lead == Lead::At
            || spelled && (lead == Lead::Between || self.nothing_follows(end))
            || self.part_after_clock(end).is_some()
            || self.meridiem(end).is_some()
            || (self.whole && at == 0 && !digits);
        let clock = Clock::new(hour, minute).filter(|_| shape && timely)?;
        Some((
            Clock {
                explicit: self.meridiem(end).is_some()
                    || self.part_after_clock(end).is_some()
                    || spelled,
                ..clock
            },
            end,
        ))
    }

    /// "5" and "1730": a time only in company.
    fn bare(&self, at: usize, lead: Lead) -> Parsed<Clock> {
        let spelled = self.digits(at).is_none();
        let (value, next) = self
            .number(at)
            .filter(|(value, _)| !spelled || *value <= 12 || *value >= 100)?;
        // "at eight hundred" is said by the clock of 24 hours.
        let digits = self
            .digits(at)
            .map_or(if value >= 100 { 4 } else { 1 }, |(_, digits)| digits);
        let hours = self.word(next).eq_ignore_ascii_case("hours")
            || self.word(next).eq_ignore_ascii_case("hrs");
        let meridiem = self.meridiem(next).is_some();
        let mut clock = match digits {
            1 | 2 => Clock::new(value, 0)?,
            3 | 4 => Clock {
                grain: Grain::Minute,
                ..Clock::new(value / 100, value % 100)?
            },
            _ => return None,
        };
        // "from 2014 to 2018" are years, "at 2014" is a time.
        if digits == 4 && !hours && lead != Lead::At && (1900..2200).contains(&value) {
            return None;
        }
        if spelled && value >= 100 && lead != Lead::At && !meridiem {
            return None;
        }
        if digits == 4 && (hours || value < 1000) && !meridiem {
            return Some((
                Clock {
                    ambiguous: false,
                    ..clock
                },
                next + usize::from(hours),
            ));
        }
        if self.is(next, Key::Oclock) {
            return Some((clock, next + 1));
        }
        if self.glued(next) && self.is(next, Key::Ish)
            || self.mark(next, '-') && self.is(next + 1, Key::Ish)
        {
            return Some((clock, next));
        }
        clock.explicit =
            self.part_after_clock(next).is_some() || meridiem && self.word(next).len() > 1;
        let at_like = lead.is_temporal() && !matches!(lead, Lead::On | Lead::In | Lead::Within);
        let dash = lead == Lead::Between && self.mark(next, '-');
        let plausible = meridiem
            || clock.explicit
            || self.whole && at == 0
            || at_like && (dash || !self.counts_something(next));
        (plausible && (value > 0 || digits > 1)).then_some((clock, next))
    }

    /// "am", "p.m.", "p m", "in the AM", and a glued "a" or "p".
    pub(crate) fn meridiem(&self, at: usize) -> Parsed<bool> {
        let in_the = if self.is(at, Key::In) && self.is(at + 1, Key::The) {
            at + 2
        } else {
            at
        };
        if let Sense::Meridiem(afternoon) = self.sense(in_the) {
            let dotted = self.mark(in_the + 1, '.')
                && self.glued(in_the + 1)
                && in_the + 2 < self.tokens.len();
            let ends = dotted && self.tokens[in_the + 2].spaced && !self.tokens[in_the + 2].capital;
            return Some((afternoon, in_the + 1 + usize::from(ends)));
        }
        let letter = self.word(at);
        let afternoon = match letter {
            "a" | "A" => false,
            "p" | "P" => true,
            _ => return None,
        };
        let dot = self.skip_mark(at + 1, '.');
        if matches!(self.word(dot), "m" | "M") && (dot == at + 1 || self.glued(dot)) {
            return Some((afternoon, self.skip_mark(dot + 1, '.')));
        }
        let ends = !self.glued(at + 1) || self.mark(at + 1, '.') && !self.glued(at + 2);
        (self.glued(at) && ends).then_some((afternoon, at + 1))
    }

    /// What may follow a time: "sharp", "ish", "in the morning", "CET".
    fn endings(&self, mut clock: Clock, mut next: usize) -> (Clock, usize) {
        loop {
            let hyphen = self.skip_mark(next, '-');
            if self.is(hyphen, Key::Ish) {
                next = hyphen + 1;
            } else if matches!(self.key(next), Some(Key::Sharp)) || self.is_approximation(next) {
                next += 1;
            } else if let Some((part, end)) =
                self.part_after_clock(next).filter(|_| clock.part.is_none())
            {
                clock.part = Some(part);
                clock.explicit = true;
                next = end;
            } else if let Some((zone, end)) = self.zone(next).filter(|_| clock.zone.is_none()) {
                clock.zone = Some(zone);
                clock.explicit = true;
                clock.grain = Grain::Minute;
                next = end;
            } else {
                return (clock, next);
            }
        }
    }

    fn is_approximation(&self, at: usize) -> bool {
        self.word(at).eq_ignore_ascii_case("approximately")
    }

    /// "in the morning", "in the evening", "at night".
    fn part_after_clock(&self, at: usize) -> Parsed<DayPart> {
        let next = match self.key(at)? {
            Key::In => self.skip(at + 1, Key::The),
            Key::At => at + 1,
            _ => return None,
        };
        match self.sense(next) {
            Sense::Part(part) if !matches!(part, DayPart::Lunch | DayPart::End) => {
                Some((part, next + 1))
            }
            _ => None,
        }
    }

    /// The sign of "GMT+2", if it stands there.
    fn offset_sign(&self, at: usize) -> Option<i16> {
        let sign = if self.mark(at, '+') {
            1
        } else {
            self.mark(at, '-').then_some(-1)?
        };
        (self.glued(at) && self.glued(at + 1) && self.digits(at + 1).is_some()).then_some(sign)
    }

    fn zone(&self, at: usize) -> Parsed<i16> {
        let open = self.skip_mark(at, '(');
        let Sense::Zone(zone) = self.sense(open) else {
            return None;
        };
        match open > at {
            false if self.offset_sign(at + 1).is_some() => {
                let (sign, digits) = self.offset_sign(at + 1).zip(self.digits(at + 2))?;
                let (value, count) = digits;
                let minutes = if count > 2 {
                    value / 100 * 60 + value % 100
                } else {
                    value * 60
                };
                let zone = zone.checked_add(
                    sign * i16::try_from(minutes)
                        .ok()
                        .filter(|minutes| *minutes <= 840)?,
                )?;
                let named = self.mark(at + 3, '(')
                    && matches!(self.sense(at + 4), Sense::Zone(_))
                    && self.mark(at + 5, ')');
                Some((zone, at + 3 + usize::from(named) * 3))
            }
            false => Some((zone, at + 1)),
            true => self.mark(open + 1, ')').then_some((zone, open + 2)),
        }
    }
}
