//! A sentence as tokens: words with their senses, numbers, punctuation.

use crate::lexicon::{self, Sense};

/// A piece of the text. `start` and `end` are bytes on character boundaries.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: Kind,
    /// White space stands before it, or the text begins.
    pub(crate) spaced: bool,
    /// Its first letter is a capital.
    pub(crate) capital: bool,
    /// Ends in an apostrophe and s: "tomorrow's".
    pub(crate) possessive: bool,
    /// Number of the quotation it stands in, 0 outside all.
    pub(crate) quote: u16,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    Word(Sense),
    /// Digits, and how many there are.
    Number(u32, u8),
    /// "3rd".
    Ordinal(u32),
    Mark(char),
    /// An address or a code that holds no date: its inside is not looked at.
    Opaque,
}

/// Splits a text into tokens, in one pass.
pub(crate) fn scan(text: &str) -> Vec<Token> {
    let mut scanner = Scanner {
        text,
        tokens: Vec::with_capacity(text.len() / 4 + 1),
        spaced: true,
    };
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        if letter.is_whitespace() {
            scanner.spaced = true;
            at += letter.len_utf8();
            continue;
        }
        at = scanner.token(at, letter);
        scanner.spaced = false;
    }
    let mut tokens = scanner.tokens;
    quotations(text, &mut tokens);
    tokens
}

struct Scanner<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    spaced: bool,
}

impl Scanner<'_> {
    /// Reads one token, or a run of them, and says where the next begins.
    fn token(&mut self, at: usize, letter: char) -> usize {
        if self.spaced
            && let Some(end) = self.opaque(at)
        {
            self.push(at, end, Kind::Opaque);
            return end;
        }
        if letter.is_ascii_digit() {
            return self.digits(at);
        }
        if letter.is_alphabetic() {
            let end = self.run(at, |letter| letter.is_alphanumeric());
            return self.word(at, end);
        }
        let end = at + letter.len_utf8();
        let mark = match letter {
            '–' | '—' | '‐' | '‑' | '−' => '-',
            '’' | '‘' | '`' => '\'',
            '“' | '”' | '„' => '"',
            other => other,
        };
        self.push(at, end, Kind::Mark(mark));
        end
    }

    fn push(&mut self, start: usize, end: usize, kind: Kind) {
        let capital = self.text[start..]
            .chars()
            .next()
            .is_some_and(char::is_uppercase);
        self.tokens.push(Token {
            start,
            end,
            kind,
            spaced: self.spaced,
            capital,
            possessive: false,
            quote: 0,
        });
        self.spaced = false;
    }

    fn run(&self, at: usize, wanted: impl Fn(char) -> bool) -> usize {
        let rest = &self.text[at..];
        rest.find(|letter: char| !wanted(letter))
            .map_or(self.text.len(), |length| at + length)
    }

    /// Web and mail addresses, and words with digits inside such as a hash.
    fn opaque(&self, at: usize) -> Option<usize> {
        let end = self.run(at, |letter| !letter.is_whitespace());
        let chunk = &self.text[at..end];
        let mail = chunk
            .find('@')
            .is_some_and(|sign| sign > 0 && chunk[sign + 1..].contains('.'));
        let web = chunk.contains("://") || chunk.starts_with("www.");
        let tag = chunk.starts_with('#') && chunk.len() > 1;
        (mail || web || tag).then_some(end)
    }

    /// Digits with what is glued to them: an ordinal's ending, a unit, or a word such as "2nite".
    fn digits(&mut self, at: usize) -> usize {
        let digits_end = self.run(at, |letter| letter.is_ascii_digit());
        let end = self.run(at, |letter| letter.is_alphanumeric());
        if end > digits_end {
            let whole = lexicon::sense(&self.text[at..end]);
            if whole != Sense::Unknown {
                self.push(at, end, Kind::Word(whole));
                return end;
            }
        }
        let count = u8::try_from(digits_end - at).unwrap_or(u8::MAX);
        let Some(value) = (count <= 9)
            .then(|| self.text[at..digits_end].parse().ok())
            .flatten()
        else {
            self.push(at, end, Kind::Opaque);
            return end;
        };
        let letters_end = self.run(digits_end, char::is_alphabetic);
        if lexicon::is_ordinal_ending(&self.text[digits_end..letters_end]) {
            self.push(at, letters_end, Kind::Ordinal(value));
            return letters_end;
        }
        self.push(at, digits_end, Kind::Number(value, count));
        digits_end
    }

    /// A word up to `end`, with "'s" and inner apostrophes; letters glued to digits are cut.
    fn word(&mut self, at: usize, end: usize) -> usize {
        let whole = lexicon::sense(&self.text[at..end]);
        let end = match whole {
            Sense::Unknown => self.run(at, char::is_alphabetic),
            _ => end,
        };
        let (end, possessive) = self.apostrophe(end);
        let stem = match possessive {
            true => self.text[at..end]
                .trim_end_matches(['s', 'S'])
                .trim_end_matches(['\'', '’']),
            false => &self.text[at..end],
        };
        self.push(at, end, Kind::Word(lexicon::sense(stem)));
        if let Some(token) = self.tokens.last_mut() {
            token.possessive = possessive;
        }
        end
    }

    fn apostrophe(&self, end: usize) -> (usize, bool) {
        let rest = &self.text[end..];
        let Some(inner) = rest.strip_prefix(['\'', '’']) else {
            return (end, false);
        };
        let inner_start = self.text.len() - inner.len();
        let inner_end = self.run(inner_start, char::is_alphabetic);
        match &self.text[inner_start..inner_end] {
            "" => (end, false),
            "s" | "S" => (inner_end, true),
            // "o'clock" is known as one word, "don't" and "we're" mean nothing here.
            _ => (inner_end, false),
        }
    }
}

/// Numbers the quotations, so that a title in quotes is not taken apart. A mark opens only where
/// a word begins and closes only where one ends; an unclosed one quotes nothing.
fn quotations(text: &str, tokens: &mut [Token]) {
    let mut count: u16 = 0;
    let mut open: Option<(usize, char)> = None;
    for index in 0..tokens.len() {
        let token = tokens[index];
        let Kind::Mark(mark @ ('"' | '\'')) = token.kind else {
            continue;
        };
        let next = text[token.end..].chars().next();
        let closes = next.is_none_or(|next| !next.is_alphanumeric());
        match open {
            Some((from, opening)) if opening == mark && closes => {
                count = count.saturating_add(1);
                for inside in &mut tokens[from + 1..index] {
                    inside.quote = count;
                }
                open = None;
            }
            None if token.spaced && next.is_some_and(|next| !next.is_whitespace()) => {
                open = Some((index, mark));
            }
            _ => {}
        }
    }
}
