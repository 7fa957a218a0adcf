//! What may follow a time: "sharp", "in the morning", "CET".

use super::Clock;
use crate::grammar::{Parsed, Parser};
use crate::lexicon::{Key, Sense};
use crate::{DayPart, Grain};

impl Parser<'_> {
    /// What may follow a time: "sharp", "ish", "in the morning", "CET".
    pub(super) fn endings(&self, mut clock: Clock, mut next: usize) -> (Clock, usize) {
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
    pub(super) fn part_after_clock(&self, at: usize) -> Parsed<DayPart> {
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
