//! English date phrases over tokens: each rule looks at most a few dozen tokens ahead and says
//! what it read and where it stopped.
//!
//! The rules call each other only forwards or with a smaller depth, so work per token is bounded.

pub(crate) mod amount;
mod calendar_year;
pub(crate) mod clock;
pub(crate) mod date;
mod edge;
mod feast;
mod guard;
mod month;
mod monthday;
mod nth;
mod number;
mod numeric;
mod part;
mod period;
pub(crate) mod phrase;
pub(crate) mod relative;
pub(crate) mod repeat;
mod times;
mod weekday;

use jiff::civil::{Date, DateTime};

use crate::Context;
use crate::lexicon::{Key, Sense};
use crate::scan::{Kind, Token};

/// A value and the index of the token after it.
pub(crate) type Parsed<T> = Option<(T, usize)>;

/// The preposition a phrase begins with; some readings need one ("in May").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lead {
    None,
    /// "the", which makes an ordinal a day.
    The,
    At,
    On,
    In,
    For,
    By,
    Before,
    Until,
    After,
    From,
    /// Like "from", but of what has been: "since Monday".
    Since,
    Between,
    Within,
    Around,
}

impl Lead {
    /// The preposition as the rules for days and times know it.
    pub(crate) const fn plain(self) -> Self {
        match self {
            Self::Since => Self::From,
            other => other,
        }
    }

    /// Puts the time on one side of what follows.
    pub(crate) const fn bounds(self) -> bool {
        matches!(
            self,
            Self::By | Self::Before | Self::Until | Self::After | Self::From | Self::Since
        )
    }

    /// Whether a word that is mostly no date is one after this preposition.
    pub(crate) const fn is_temporal(self) -> bool {
        !matches!(self, Self::None | Self::The)
    }
}

/// What the rules read from.
#[derive(Clone, Copy)]
pub(crate) struct Parser<'a> {
    pub(crate) text: &'a str,
    pub(crate) tokens: &'a [Token],
    pub(crate) ctx: &'a Context,
    /// The text is a date phrase and nothing else, so weak words count.
    pub(crate) whole: bool,
    pub(crate) now: DateTime,
    pub(crate) today: Date,
    /// "dinner" (afternoon) or "wake me" (morning) stand somewhere in the sentence.
    pub(crate) hint: Option<bool>,
    /// A word of repetition stands somewhere in the text; without one a time begins none.
    pub(crate) repeats: bool,
    /// How many phrases this one is part of: "two days before the week after…".
    pub(crate) depth: u8,
}

impl<'a> Parser<'a> {
    pub(crate) fn kind(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    pub(crate) fn sense(&self, at: usize) -> Sense {
        match self.kind(at) {
            Some(Kind::Word(sense)) => sense,
            _ => Sense::Unknown,
        }
    }

    pub(crate) fn key(&self, at: usize) -> Option<Key> {
        match self.sense(at) {
            Sense::Key(key) => Some(key),
            _ => None,
        }
    }

    pub(crate) fn is(&self, at: usize, key: Key) -> bool {
        self.key(at) == Some(key)
    }

    pub(crate) fn mark(&self, at: usize, mark: char) -> bool {
        self.kind(at) == Some(Kind::Mark(mark))
    }

    /// Stands directly after the token before it.
    pub(crate) fn glued(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| !token.spaced)
    }

    pub(crate) fn word(&self, at: usize) -> &'a str {
        let token = self.tokens.get(at);
        token
            .and_then(|token| self.text.get(token.start..token.end))
            .unwrap_or_default()
    }

    /// Steps over a word if it is there.
    pub(crate) fn skip(&self, at: usize, key: Key) -> usize {
        at + usize::from(self.is(at, key))
    }

    pub(crate) fn skip_mark(&self, at: usize, mark: char) -> usize {
        at + usize::from(self.mark(at, mark))
    }

    /// Digits with the number of them.
    pub(crate) fn digits(&self, at: usize) -> Option<(u32, u8)> {
        match self.kind(at)? {
            Kind::Number(value, count) => Some((value, count)),
            _ => None,
        }
    }
}
