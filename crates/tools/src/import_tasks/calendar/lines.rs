//! The lines of a calendar, unfolded (RFC 5545, section 3.1), and their parts.

use std::borrow::Cow;

/// The lines with what was folded put together, and the number of the first part of each.
pub(super) fn lines(text: &str) -> Vec<(usize, Cow<'_, str>)> {
    let mut found: Vec<(usize, Cow<'_, str>)> = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        match (line.strip_prefix([' ', '\t']), found.last_mut()) {
            (Some(rest), Some((_, whole))) => whole.to_mut().push_str(rest),
            _ if line.trim().is_empty() => {}
            _ => found.push((number, Cow::Borrowed(line))),
        }
    }
    found
}

/// `NAME;PARAMETER=VALUE:VALUE`.
pub(super) struct Line<'a> {
    /// In capitals, without a group before it.
    pub(super) name: String,
    parameters: Vec<&'a str>,
    pub(super) value: &'a str,
}

impl<'a> Line<'a> {
    pub(super) fn read(line: &'a str) -> Option<Self> {
        let mut quoted = false;
        let mut starts = vec![0];
        let mut end = None;
        for (at, letter) in line.char_indices() {
            match letter {
                '"' => quoted = !quoted,
                ';' if !quoted => starts.push(at + 1),
                ':' if !quoted => {
                    end = Some(at);
                    break;
                }
                _ => {}
            }
        }
        let end = end?;
        let stops = starts[1..].iter().map(|start| start - 1).chain([end]);
        let mut parts = starts.iter().zip(stops).map(|(from, to)| &line[*from..to]);
        let name = parts.next()?.trim();
        let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
        if name.is_empty() || !name.chars().all(is_name) {
            return None;
        }
        Some(Self {
            name: name.to_ascii_uppercase(),
            parameters: parts.collect(),
            value: line[end + 1..].trim_end(),
        })
    }

    pub(super) fn is(&self, name: &str, value: &str) -> bool {
        self.name == name && self.value.eq_ignore_ascii_case(value)
    }

    pub(super) fn parameter(&self, name: &str) -> Option<&'a str> {
        let mut pairs = self
            .parameters
            .iter()
            .filter_map(|part| part.split_once('='));
        let found = pairs.find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim_matches('"'))
    }

    /// The value as a text (section 3.3.11).
    pub(super) fn text(&self) -> String {
        unescaped(self.value)
    }

    /// The texts of a list.
    pub(super) fn texts(&self) -> Vec<String> {
        let mut texts = Vec::new();
        let mut from = 0;
        let mut escaped = false;
        for (at, letter) in self.value.char_indices() {
            match letter {
                '\\' => escaped = !escaped,
                ',' if !escaped => {
                    texts.push(unescaped(&self.value[from..at]));
                    from = at + 1;
                }
                _ => escaped = false,
            }
        }
        texts.push(unescaped(&self.value[from..]));
        texts
    }
}

fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('n' | 'N') => plain.push('\n'),
                Some(other) => plain.push(other),
                None => {}
            },
            _ => plain.push(letter),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_a_name_parameters_and_a_value() {
        let line = Line::read("DUE;TZID=\"Europe/Berlin\";X=a:20261124T170000").unwrap();

        assert_eq!((line.name.as_str(), line.value), ("DUE", "20261124T170000"));
        assert_eq!(line.parameter("tzid"), Some("Europe/Berlin"));
        assert!(Line::read("no colon").is_none());
    }

    #[test]
    fn folded_lines_are_one_and_keep_their_number() {
        let text = "A:1\r\nSUMMARY:Pay\r\n  re\r\n\tnt\r\nB:2\r\n";

        let lines = lines(text);

        let expected = [(1, "A:1"), (2, "SUMMARY:Pay rent"), (5, "B:2")];
        assert_eq!(lines, expected.map(|(at, line)| (at, Cow::Borrowed(line))));
    }

    #[test]
    fn texts_lose_their_escapes() {
        let line = Line::read("CATEGORIES:a\\, b,c\\;d,e\\\\").unwrap();

        assert_eq!(line.texts(), ["a, b", "c;d", "e\\"]);
        assert_eq!(Line::read("X:a\\nb").unwrap().text(), "a\nb");
    }
}
