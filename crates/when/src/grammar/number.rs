//! Numbers and ordinals, in digits and in words.

use super::{Parsed, Parser};
use crate::lexicon::{Key, Sense};
use crate::scan::Kind;

impl Parser<'_> {
    /// "5", "twenty five", "twenty-five", "a hundred".
    pub(crate) fn number(&self, at: usize) -> Parsed<u32> {
        if let Some((value, _)) = self.digits(at) {
            return Some((value, at + 1));
        }
        match self.sense(at) {
            Sense::Number(tens) if tens >= 20 && tens % 10 == 0 => {
                let next = self.skip_mark(at + 1, '-');
                match self.sense(next) {
                    Sense::Number(ones @ 1..=9) => Some((u32::from(tens + ones), next + 1)),
                    _ => Some((u32::from(tens), at + 1)),
                }
            }
            Sense::Number(value) => match self.sense(at + 1) {
                Sense::Hundred => {
                    let and = self.is(at + 2, Key::And);
                    match self
                        .number(at + 3)
                        .filter(|(rest, _)| and && *rest < 100 && self.digits(at + 3).is_none())
                    {
                        Some((rest, end)) => Some((u32::from(value) * 100 + rest, end)),
                        None => Some((u32::from(value) * 100, at + 2)),
                    }
                }
                _ => Some((u32::from(value), at + 1)),
            },
            Sense::Article if self.sense(at + 1) == Sense::Hundred => Some((100, at + 2)),
            _ => None,
        }
    }

    /// "3rd", "third", "twenty-first".
    pub(crate) fn ordinal(&self, at: usize) -> Parsed<u32> {
        match self.kind(at)? {
            Kind::Ordinal(value) => return Some((value, at + 1)),
            Kind::Word(Sense::Ordinal(value)) => return Some((u32::from(value), at + 1)),
            Kind::Word(Sense::Second) => return Some((2, at + 1)),
            _ => {}
        }
        let Sense::Number(tens @ (20 | 30)) = self.sense(at) else {
            return None;
        };
        let next = self.skip_mark(at + 1, '-');
        match self.sense(next) {
            Sense::Ordinal(ones @ 1..=9) => Some((u32::from(tens) + u32::from(ones), next + 1)),
            Sense::Second => Some((u32::from(tens) + 2, next + 1)),
            _ => None,
        }
    }

    /// A day of the month: an ordinal, or a number up to 31 that no clock or unit follows.
    pub(crate) fn month_day(&self, at: usize) -> Parsed<i8> {
        let (value, next) = self.ordinal(at).or_else(|| self.number(at))?;
        let day = i8::try_from(value)
            .ok()
            .filter(|day| (1..=31).contains(day))?;
        let clock = self.mark(next, ':') && self.glued(next);
        let meridiem = matches!(self.sense(next), Sense::Meridiem(_));
        let larger =
            self.sense(next) == Sense::Hundred || self.word(next).eq_ignore_ascii_case("thousand");
        (!clock && !meridiem && !larger).then_some((day, next))
    }

    /// A year of four digits, or of two after an apostrophe or where `short` allows it; also
    /// "two thousand ten" and "twenty twenty six".
    pub(crate) fn year(&self, at: usize, short: bool) -> Parsed<i16> {
        let from = self.skip_mark(at, '\'');
        if let Some((value, count)) = self.digits(from) {
            let clock = (self.mark(from + 1, ':') && self.glued(from + 1))
                || matches!(self.sense(from + 1), Sense::Meridiem(_));
            let year = match count {
                4 if (1500..=2999).contains(&value) => value,
                2 if short || from > at => 2000 + value - if value >= 70 { 100 } else { 0 },
                _ => return None,
            };
            return i16::try_from(year)
                .ok()
                .filter(|_| !clock)
                .map(|year| (year, from + 1));
        }
        self.spoken_year(at)
    }

    fn spoken_year(&self, at: usize) -> Parsed<i16> {
        let Sense::Number(first @ 2..=20) = self.sense(at) else {
            return None;
        };
        if first == 2 && self.word(at + 1).eq_ignore_ascii_case("thousand") {
            let next = self.skip(at + 2, Key::And);
            return Some(match self.number(next) {
                Some((rest @ 1..=99, end)) => (2000 + i16::try_from(rest).ok()?, end),
                _ => (2000, at + 2),
            });
        }
        if self.sense(at + 1) == Sense::Hundred && first == 19 {
            let (rest, end) = self
                .number(self.skip(at + 2, Key::And))
                .filter(|(rest, _)| *rest < 100)?;
            return Some((1900 + i16::try_from(rest).ok()?, end));
        }
        let (rest, end) = self
            .number(at + 1)
            .filter(|(rest, _)| (10..=99).contains(rest))?;
        let century = matches!(first, 19 | 20) && self.digits(at + 1).is_none();
        century.then_some((i16::try_from(u32::from(first) * 100 + rest).ok()?, end))
    }
}
