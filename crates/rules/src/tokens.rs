//! Words of a text, each with its place.

use std::ops::Range;

/// A word, a quotation, or a mark of punctuation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) range: Range<usize>,
    /// In lower case and without apostrophes ("dont", "whats"); empty for a quotation, whose
    /// inside is never looked at.
    pub(crate) norm: String,
}

/// Some neighbouring words of a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span<'t> {
    pub(crate) text: &'t str,
    pub(crate) words: &'t [Word],
}

/// Opening and closing marks of quotations. An apostrophe opens one only before a word.
const QUOTES: [(char, char); 7] = [
    ('"', '"'),
    ('“', '”'),
    ('„', '“'),
    ('«', '»'),
    ('`', '`'),
    ('‘', '’'),
    ('\'', '\''),
];

pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(letter) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let end = if let Some(end) = quotation(text, at, letter) {
            words.push(Word {
                range: at..end,
                norm: String::new(),
            });
            end
        } else {
            let end = at + length(&text[at..], letter);
            if !letter.is_whitespace() || letter == '\n' {
                words.push(Word {
                    range: at..end,
                    norm: norm(&text[at..end]),
                });
            }
            end
        };
        at = end;
    }
    words
}

/// Where the quotation that begins here ends. Looks no further than a few hundred bytes, so that
/// a text full of quotation marks takes no longer than another.
fn quotation(text: &str, at: usize, open: char) -> Option<usize> {
    let close = QUOTES.iter().find(|pair| pair.0 == open)?.1;
    let inside = at + open.len_utf8();
    let starts_word = !text[..at].ends_with(char::is_alphanumeric)
        && !text[inside..].starts_with(char::is_whitespace);
    if !starts_word {
        return None;
    }
    let rest = text[inside..].char_indices().take(600);
    for (offset, letter) in rest {
        let end = inside + offset + letter.len_utf8();
        if letter == '\n' {
            return None;
        }
        let ends = close != '\'' && close != '’' || !text[end..].starts_with(char::is_alphanumeric);
        if letter == close && offset > 0 && ends {
            return Some(end);
        }
    }
    None
}

/// Bytes of the word that begins with `first`.
fn length(text: &str, first: char) -> usize {
    let in_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    if !in_word(first) && first != '#' {
        return first.len_utf8();
    }
    let mut end = first.len_utf8();
    let mut letters = text.char_indices().skip(1).peekable();
    while let Some((at, letter)) = letters.next() {
        let joins = matches!(letter, '\'' | '’' | '-' | '.' | ':' | '/' | '@' | '&' | '+')
            && letters.peek().is_some_and(|next| in_word(next.1));
        if !in_word(letter) && !joins {
            break;
        }
        end = at + letter.len_utf8();
    }
    end
}

pub(crate) fn norm(word: &str) -> String {
    word.chars()
        .filter(|letter| !matches!(letter, '\'' | '’'))
        .flat_map(char::to_lowercase)
        .collect()
}

impl<'t> Span<'t> {
    pub(crate) fn raw(self) -> &'t str {
        match (self.words.first(), self.words.last()) {
            (Some(first), Some(last)) => &self.text[first.range.start..last.range.end],
            _ => "",
        }
    }

    pub(crate) fn is_empty(self) -> bool {
        self.words.is_empty()
    }

    pub(crate) fn len(self) -> usize {
        self.words.len()
    }

    pub(crate) fn from(self, at: usize) -> Self {
        self.slice(at..self.len())
    }

    pub(crate) fn until(self, at: usize) -> Self {
        self.slice(0..at)
    }

    pub(crate) fn slice(self, range: Range<usize>) -> Self {
        let end = range.end.min(self.len());
        Self {
            words: &self.words[range.start.min(end)..end],
            ..self
        }
    }

    /// The words without punctuation.
    pub(crate) fn unmarked(self) -> Vec<Word> {
        let kept = self.words.iter().filter(|word| !is_loose(&word.norm));
        kept.cloned().collect()
    }

    /// The word in lower case; empty for quotations and beyond the end.
    pub(crate) fn at(self, at: usize) -> &'t str {
        self.words.get(at).map_or("", |word| &word.norm)
    }

    pub(crate) fn is_quoted(self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| word.norm.is_empty())
    }

    /// The inside of a quotation.
    pub(crate) fn quoted(self, at: usize) -> Option<&'t str> {
        let word = self.words.get(at).filter(|word| word.norm.is_empty())?;
        let whole = &self.text[word.range.clone()];
        let mut inside = whole.chars();
        inside.next();
        inside.next_back();
        Some(inside.as_str().trim())
    }

    /// Without the marks of punctuation around it.
    pub(crate) fn trimmed(self) -> Self {
        let mark = |word: &Word| is_loose(&word.norm);
        let start = self.words.iter().take_while(|word| mark(word)).count();
        let rest = &self.words[start..];
        let mut end = rest.iter().rev().take_while(|word| mark(word)).count();
        // "!!" after a space is a priority.
        let last = rest.len() - end;
        let apart = rest.get(last).is_some_and(|mark| {
            last > 0 && mark.range.start > rest[last - 1].range.end && mark.norm == "!"
        });
        if apart && rest.get(last + 1).is_some_and(|mark| mark.norm == "!") {
            end -= rest[last..]
                .iter()
                .take_while(|mark| mark.norm == "!")
                .count();
        }
        Self {
            words: &rest[..rest.len() - end],
            ..self
        }
    }

    pub(crate) fn has(self, words: &[&str]) -> bool {
        self.words
            .iter()
            .any(|word| !word.norm.is_empty() && words.contains(&word.norm.as_str()))
    }
}

/// Marks that mean nothing at the beginning or the end of what is said.
fn is_loose(norm: &str) -> bool {
    let means = |letter: char| letter.is_alphanumeric() || "✓✔✅☑→➔#+=&%$€£".contains(letter);
    !norm.is_empty() && !norm.chars().any(means)
}

pub(crate) fn is_mark(norm: &str) -> bool {
    !norm.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn norms(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.norm).collect()
    }

    #[test]
    fn words_lose_case_and_apostrophes_and_keep_dates_together() {
        assert_eq!(
            norms("Don’t call Anna's mum at 5:30pm, p1 #home!"),
            [
                "dont", "call", "annas", "mum", "at", "5:30pm", ",", "p1", "#home", "!"
            ]
        );
    }

    #[test]
    fn a_quotation_is_one_word_without_a_meaning() {
        assert_eq!(norms("add 'tomorrow never dies' now"), ["add", "", "now"]);
        assert_eq!(norms("the dogs' dinner and the cats' too").len(), 9);
        let text = "say “a b”";
        let words = words(text);
        let span = Span {
            text,
            words: &words,
        };
        assert_eq!(span.quoted(1), Some("a b"));
    }
}
