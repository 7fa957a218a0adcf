//! Parts of the day: "morning", "lunch", "end of day".

use super::date::Day;
use super::{Lead, Parsed, Parser};
use crate::lexicon::{Key, Plural, Sense, Unit};
use crate::{DayPart, Grain};

impl Parser<'_> {
    /// "the morning of Christmas Day", "on the evening of the 5th".
    pub(super) fn part_of_date(&self, at: usize, lead: Lead) -> Option<(DayPart, (Day, usize))> {
        let from = self.skip(at, Key::The);
        let (part, next) = self.part(from)?;
        let of = self.skip(next, Key::Of);
        let first_thing = next > from + 1;
        if of == next && part != DayPart::End && !first_thing {
            return None;
        }
        let lead = if lead == Lead::None { Lead::On } else { lead };
        let (day, end) = self.date(self.skip(of, Key::On), lead)?;
        (day.moment.grain == Grain::Day).then_some((part, (day, end)))
    }

    /// "in the morning", "by evening", "at lunch", "eod"; other bare parts of the day are
    /// greetings, shifts and dresses.
    pub(super) fn part_alone(&self, at: usize, lead: Lead) -> Parsed<DayPart> {
        let the = self.is(at, Key::The);
        let from = self.skip(at, Key::The);
        let from = from + usize::from(matches!(self.key(from), Some(Key::Early | Key::Late)));
        let (part, next) = self.part(from)?;
        let meant = match lead {
            _ if part == DayPart::End => true,
            Lead::In => the,
            Lead::At => part == DayPart::Lunch,
            Lead::By | Lead::Before | Lead::Until | Lead::After => self.clause_ends(next),
            _ => self.whole,
        };
        (meant && (self.clause_ends(next) || part == DayPart::End)).then_some((part, next))
    }

    /// A part of the day, of one word or several.
    pub(super) fn part(&self, at: usize) -> Parsed<DayPart> {
        if let Sense::Part(part) = self.sense(at) {
            return Some((part, at + 1));
        }
        if self.word(at).eq_ignore_ascii_case("first")
            && self.word(at + 1).eq_ignore_ascii_case("thing")
        {
            let the = self.skip(self.skip(at + 2, Key::In), Key::The);
            let again = self.sense(the) == Sense::Part(DayPart::Morning);
            return Some((DayPart::Morning, if again { the + 1 } else { at + 2 }));
        }
        let ends = self.is(at, Key::End);
        let of = self.skip(self.skip(at + 1, Key::Of), Key::The);
        let day = matches!(
            self.sense(of),
            Sense::Unit(Unit::Day | Unit::Workday, Plural::No)
        ) || ["business", "play", "work"]
            .iter()
            .any(|word| self.word(of).eq_ignore_ascii_case(word));
        (ends && of > at + 1 && day).then_some((DayPart::End, of + 1))
    }

    /// "morning" after a day: "tomorrow morning", "Friday in the evening", "Monday early morning".
    pub(crate) fn part_of_day(&self, at: usize, lead: Lead) -> Parsed<DayPart> {
        let early = at + usize::from(matches!(self.key(at), Some(Key::Early | Key::Late)));
        let within = if early > at {
            self.skip(early, Key::In)
        } else {
            early
        };
        let of = self.skip(self.skip(within, Key::Of), Key::The);
        let from = of
            + usize::from(matches!(
                self.key(of),
                Some(Key::Early | Key::Late | Key::This)
            ));
        let (part, next) = match self.sense(from) {
            // "tomorrow am", but not "tomorrow am I".
            Sense::Meridiem(afternoon)
                if from == at && self.clause_ends(from + 1) && !self.is(from + 1, Key::Pronoun) =>
            {
                (
                    if afternoon {
                        DayPart::Afternoon
                    } else {
                        DayPart::Morning
                    },
                    from + 1,
                )
            }
            _ => self.part(from)?,
        };
        let plain = matches!(
            lead,
            Lead::None | Lead::In | Lead::At | Lead::On | Lead::For | Lead::By
        );
        plain.then_some((part, next))
    }
}
