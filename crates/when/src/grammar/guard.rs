//! What keeps numbers and names from being taken for dates.

use super::{Lead, Parser};
use crate::lexicon::{self, Key, Sense};
use crate::scan::Kind;

/// Nouns that numbers are said with, besides plurals.
const COUNTED: [&str; 13] = [
    "people", "percent", "point", "place", "euro", "dollar", "km", "kg", "degree", "mph", "least",
    "most", "star",
];

impl Parser<'_> {
    /// A phrase may begin here: the token is not the rest of a code, a price or a compound.
    pub(crate) fn begins_freely(&self, at: usize) -> bool {
        if at == 0 || !self.glued(at) {
            return true;
        }
        let number = matches!(self.kind(at), Some(Kind::Number(..) | Kind::Ordinal(_)));
        match self.kind(at - 1) {
            Some(Kind::Mark(':')) => {
                !number || at >= 2 && matches!(self.kind(at - 2), Some(Kind::Word(_)))
            }
            Some(Kind::Mark('.')) => !number,
            Some(Kind::Mark('@')) => number,
            Some(Kind::Mark(mark)) => "([{\"',;!?>*~|=…".contains(mark),
            _ => false,
        }
    }

    /// A phrase may end before this token: nothing is glued to it that makes it a code.
    pub(crate) fn ends_freely(&self, next: usize) -> bool {
        if !self.glued(next) {
            return true;
        }
        match self.kind(next) {
            Some(Kind::Mark('%' | '$' | '€' | '£' | '°' | '_' | '#' | '@' | '+' | '=')) => {
                false
            }
            // "Aug 8-Aug 12", "10/1/2027-10/7/2027"
            Some(Kind::Mark('-')) if self.depth == 0 && self.glued(next + 1) => {
                let deeper = Self { depth: 3, ..*self };
                deeper
                    .date(next + 1, Lead::Until)
                    .is_some_and(|(_, end)| deeper.ends_freely(end))
            }
            Some(Kind::Mark('-' | '/' | ':' | '.' | '\'' | ',')) => {
                !self.glued(next + 1) || self.is_number_free(next)
            }
            Some(Kind::Mark(_)) => true,
            None => true,
            _ => false,
        }
    }

    /// "Friday,call" is a slip of typing; "5,000" is a number.
    fn is_number_free(&self, mark: usize) -> bool {
        let number = |at: usize| matches!(self.kind(at), Some(Kind::Number(..) | Kind::Ordinal(_)));
        self.mark(mark, ',') && !number(mark + 1)
            || matches!(
                self.kind(mark + 1),
                Some(Kind::Mark(')' | '"' | '\'' | '.' | '!' | '?'))
            )
            || (self.mark(mark, '.') || self.mark(mark, ':')) && !number(mark + 1)
    }

    /// Nothing follows that the words before could describe.
    pub(crate) fn clause_ends(&self, at: usize) -> bool {
        match self.kind(at) {
            None => true,
            Some(Kind::Mark(mark)) => mark != '#' && mark != '-' && mark != '\'' || !self.glued(at),
            Some(Kind::Word(sense)) => match sense {
                Sense::Key(key) => !matches!(
                    key,
                    Key::Numbered
                        | Key::Time
                        | Key::Set
                        | Key::Command
                        | Key::Begin
                        | Key::Completion
                ),
                Sense::Unknown | Sense::Hint(_) | Sense::Season(_) => false,
                _ => true,
            },
            Some(Kind::Number(..)) => true,
            Some(_) => true,
        }
    }

    /// What follows a number makes it a count: "5 houses", "5%", "5kg", "5.5".
    pub(crate) fn counts_something(&self, at: usize) -> bool {
        match self.kind(at) {
            Some(Kind::Word(Sense::Unit(..))) => true,
            Some(Kind::Word(Sense::Unknown)) if self.glued(at) => true,
            // "at 10 Downing Street"
            Some(Kind::Word(Sense::Unknown)) if self.is_name(at) => true,
            Some(Kind::Word(Sense::Unknown | Sense::Key(Key::Timely))) => {
                let word = self.word(at);
                let plural = word.len() > 3
                    && word.ends_with('s')
                    && !word.ends_with("ss")
                    && !word.ends_with("us");
                plural || COUNTED.iter().any(|noun| noun.eq_ignore_ascii_case(word))
            }
            Some(Kind::Mark('%' | '$' | '€' | '£' | '°' | '/' | '*' | '+' | '=' | '"' | '\'')) => {
                self.glued(at)
            }
            Some(Kind::Mark('.' | ',' | ':' | '-')) => {
                self.glued(at) && self.glued(at + 1) && self.digits(at + 1).is_some()
            }
            Some(Kind::Number(..)) => true,
            _ => false,
        }
    }

    /// Written with a capital in a sentence that is not all capitals.
    fn is_name(&self, at: usize) -> bool {
        let word = self.word(at);
        self.tokens.get(at).is_some_and(|token| token.capital)
            && word.chars().nth(1).is_some_and(char::is_lowercase)
            && !matches!(self.kind(at.wrapping_sub(1)), Some(Kind::Mark(_)))
    }

    /// The sentence is about a volume, a temperature or an amount: "increase it by ten".
    pub(crate) fn measures(&self, at: usize) -> bool {
        (at.saturating_sub(10)..at).any(|before| self.is(before, Key::Measure))
    }

    /// The date word is the name of something: "Sunday roast", "Tomorrow Never Dies".
    pub(crate) fn is_description(&self, date_word: usize, next: usize) -> bool {
        lexicon::describes(self.word(date_word), self.word(next))
            || date_word > 0 && lexicon::describes(self.word(date_word - 1), self.word(date_word))
    }

    /// A word that could not stand before a date word: "he sat", "the sun".
    pub(crate) fn follows_subject(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else {
            return false;
        };
        let subject = [
            Key::Pronoun,
            Key::The,
            Key::Owner,
            Key::To,
            Key::And,
            Key::Of,
        ];
        self.sense(before) == Sense::Article
            || self.key(before).is_some_and(|key| subject.contains(&key))
    }
}
