//! Patterns of words: words with spaces between them; `a|b` is either, and a `?` at the end of a
//! word says that it may be absent.

use std::ops::Range;

use crate::tokens::{Span, Word};

/// Words of the longest pattern.
const LONGEST: usize = 16;

impl<'t> Span<'t> {
    /// The most words that a pattern takes at the beginning.
    pub(crate) fn starts(self, pattern: &str) -> Option<usize> {
        let reached = lengths(self.words, pattern);
        reached.checked_ilog2().map(|length| length as usize)
    }

    /// Whether a pattern can take all there is.
    fn ends_with(self, pattern: &str) -> bool {
        let length = self.len();
        (1..=LONGEST).contains(&length) && lengths(self.words, pattern) & (1 << length) != 0
    }

    /// The longest match of several patterns at the beginning.
    pub(crate) fn starts_any(self, patterns: &[&str]) -> Option<usize> {
        patterns
            .iter()
            .filter_map(|pattern| self.starts(pattern))
            .max()
            .filter(|length| *length > 0)
    }

    /// The rest after the longest match of several patterns.
    pub(crate) fn after(self, patterns: &[&str]) -> Option<Self> {
        Some(self.from(self.starts_any(patterns)?))
    }

    /// The first place where one of several patterns stands.
    pub(crate) fn find(self, patterns: &[&str]) -> Option<Range<usize>> {
        (0..self.len()).find_map(|at| {
            let length = self.from(at).starts_any(patterns)?;
            Some(at..at + length)
        })
    }

    /// The last place where one of several patterns stands.
    pub(crate) fn find_last(self, patterns: &[&str]) -> Option<Range<usize>> {
        (0..self.len()).rev().find_map(|at| {
            let length = self.from(at).starts_any(patterns)?;
            Some(at..at + length)
        })
    }

    /// What stands before a pattern that ends the text. No pattern is longer than a few words.
    pub(crate) fn before(self, patterns: &[&str]) -> Option<Self> {
        let text = self.trimmed();
        (text.len().saturating_sub(LONGEST)..text.len()).find_map(|at| {
            let rest = text.from(at);
            let ends = |pattern: &&str| rest.ends_with(pattern);
            patterns.iter().any(ends).then(|| text.until(at))
        })
    }

    /// Whether the whole text is one of several patterns, but for punctuation.
    pub(crate) fn is(self, patterns: &[&str]) -> bool {
        let text = self.trimmed();
        !text.is_empty() && patterns.iter().any(|pattern| text.ends_with(pattern))
    }
}

/// All numbers of words that a pattern can take from the beginning, each as a bit. There are many
/// patterns and each is tried often, so it is read in place.
fn lengths(words: &[Word], pattern: &str) -> u32 {
    let (mut reached, mut rest) = (1, pattern.as_bytes());
    while reached != 0 && !rest.is_empty() {
        let end = place(rest, b' ');
        reached = step(words, &rest[..end], reached);
        rest = rest.get(end + 1..).unwrap_or_default();
    }
    reached
}

/// Where a byte stands, or the end.
fn place(bytes: &[u8], wanted: u8) -> usize {
    let mut at = 0;
    while at < bytes.len() && bytes[at] != wanted {
        at += 1;
    }
    at
}

/// The same after one more word of the pattern.
fn step(words: &[Word], part: &[u8], reached: u32) -> u32 {
    let (mut choices, optional) = match part {
        [choices @ .., b'?'] if !choices.is_empty() => (choices, true),
        _ => (part, false),
    };
    let mut next = if optional { reached } else { 0 };
    while !choices.is_empty() {
        let end = place(choices, b'|');
        let choice = &choices[..end];
        let mut left = reached;
        while left != 0 {
            let at = left.trailing_zeros() as usize;
            left &= left - 1;
            let fits = at < LONGEST
                && words
                    .get(at)
                    .is_some_and(|word| word.norm.as_bytes() == choice);
            if fits && !choice.is_empty() {
                next |= 1 << (at + 1);
            }
        }
        choices = choices.get(end + 1..).unwrap_or_default();
    }
    next
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens::words;

    #[test]
    fn patterns_have_choices_and_words_that_may_be_absent() {
        let text = "remind me to call";
        let words = words(text);
        let span = Span {
            text,
            words: &words,
        };
        assert_eq!(span.starts("remind me? to|about"), Some(3));
        assert_eq!(span.starts("remind us? to"), None);
        assert_eq!(span.find(&["to"]), Some(2..3));
    }
}
