//! Times in figures and in spoken figures.

use super::Clock;
use crate::Grain;
use crate::grammar::{Lead, Parsed, Parser};
use crate::lexicon::{Key, Sense};

impl Parser<'_> {
    /// Figures and spoken figures, with "am", "pm", "o'clock" and "h".
    pub(super) fn figures(&self, at: usize, lead: Lead) -> Parsed<Clock> {
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
        let (hour, digits) = self.digits(at).filter(|(_, digits)| *digits <= 2)?;
        if self.glued(at + 1) && self.word(at + 1).eq_ignore_ascii_case("h") {
            let minute = self
                .digits(at + 2)
                .filter(|(_, digits)| *digits == 2 && self.glued(at + 2));
            let (minute, next) = minute.map_or((0, at + 2), |(minute, _)| (minute, at + 3));
            return Some((
                Clock {
                    ambiguous: false,
                    ..Clock::new(hour, minute)?
                },
                next,
            ));
        }
        let minute = self
            .two_after(at, ':')
            .or_else(|| self.two_after(at, '.'))?;
        let clock = Clock {
            bare_hour: false,
            ..Clock::new(hour, minute)?
        };
        if self.mark(at + 1, '.') {
            // "5.30.1" is a version.
            let explicit = self.meridiem(at + 3).is_some();
            let more = self.mark(at + 3, '.')
                && self.glued(at + 3)
                && self.glued(at + 4)
                && self.digits(at + 4).is_some();
            return (!more).then_some((Clock { explicit, ..clock }, at + 3));
        }
        // "05:00" is written by people who count to 24.
        let ambiguous = clock.ambiguous && (digits == 1 || hour >= 10);
        let clock = Clock { ambiguous, ..clock };
        if !(self.mark(at + 3, ':') && self.glued(at + 3) && self.glued(at + 4)) {
            return Some((clock, at + 3));
        }
        let second = i8::try_from(self.two_after(at + 2, ':')?)
            .ok()
            .filter(|second| *second < 60)?;
        Some((
            Clock {
                second,
                grain: Grain::Second,
                ..clock
            },
            at + 5,
        ))
    }

    /// Two digits behind a mark that is glued between figures.
    fn two_after(&self, at: usize, mark: char) -> Option<u32> {
        let glued = self.mark(at + 1, mark) && self.glued(at + 1) && self.glued(at + 2);
        self.digits(at + 2)
            .filter(|(_, digits)| glued && *digits == 2)
            .map(|(value, _)| value)
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
        let (value, next) = self.number(at)?;
        let digits = match self.digits(at) {
            Some((_, digits)) => digits,
            None if value <= 12 => 1,
            None if value >= 100 => 4,
            None => return None,
        };
        let meridiem = self.meridiem(next).is_some();
        let mut clock = match digits {
            1 | 2 => Clock::new(value, 0)?,
            3 | 4 => Clock::new(value / 100, value % 100)?,
            _ => return None,
        };
        if digits == 4 {
            // "at eight hundred" is said by the clock of 24 hours, and so is "0800".
            if spelled && lead != Lead::At && !meridiem {
                return None;
            }
            if let Some(end) = self.military(value, next).filter(|_| !meridiem) {
                return Some((
                    Clock {
                        ambiguous: false,
                        ..clock
                    },
                    end,
                ));
            }
            // "from 2014 to 2018" are years, "at 2014" is a time.
            if lead != Lead::At && (1900..2200).contains(&value) {
                return None;
            }
        }
        if self.is(next, Key::Oclock) {
            return Some((clock, next + 1));
        }
        let dash = self.mark(next, '-');
        if self.is(next + usize::from(dash), Key::Ish) && (dash || self.glued(next)) {
            return Some((clock, next));
        }
        clock.explicit =
            self.part_after_clock(next).is_some() || meridiem && self.word(next).len() > 1;
        let at_like = lead.is_temporal() && !matches!(lead, Lead::On | Lead::In | Lead::Within);
        let counts = self.counts_something(next) && !(lead == Lead::Between && dash);
        let alone = self.whole && at == 0;
        let plausible = meridiem || clock.explicit || alone || at_like && !counts;
        (plausible && (value > 0 || digits > 1)).then_some((clock, next))
    }

    /// "1700 hours", "0800".
    fn military(&self, value: u32, next: usize) -> Option<usize> {
        let named = ["hours", "hrs"];
        let hours = named
            .iter()
            .any(|word| self.word(next).eq_ignore_ascii_case(word));
        // "0800 12 34" is a number to call.
        let lone = value < 1000 && self.digits(next).is_none();
        (hours || lone).then_some(next + usize::from(hours))
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
}
