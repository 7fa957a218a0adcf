//! The patterns of `vercel.json`: `/api/:user/tasks`, `/files/(.*)`, `/:path*`, `/{:lang-}?docs`.
//!
//! The platform turns each into a regular expression by a fixed recipe (path-to-regexp 6, strict
//! and case-sensitive, with `/` as the only delimiter); so do we, and `tests/golden` holds what
//! it made of a list of them.

use std::iter::Peekable;
use std::str::Chars;

use fancy_regex::Regex;

/// A `source`, read.
#[derive(Debug)]
pub(crate) struct Pattern {
    regex: String,
    names: Vec<Option<String>>,
}

impl Pattern {
    pub(crate) fn new(source: &str) -> Result<Self, String> {
        let mut parser = Parser {
            rest: source.chars().peekable(),
            regex: String::from("^"),
            names: Vec::new(),
            literal: String::new(),
        };
        let named = |reason: String| format!("the source {source}: {reason}");
        parser.parse().map_err(named)?;
        // What it is made of was not read, only copied.
        Regex::new(&parser.regex).map_err(|error| named(error.to_string()))?;
        Ok(Self {
            regex: parser.regex,
            names: parser.names,
        })
    }

    pub(crate) fn into_regex(self) -> String {
        self.regex
    }

    /// Each named parameter with the number of its group.
    pub(crate) fn names(&self) -> impl Iterator<Item = (&str, usize)> {
        self.names
            .iter()
            .zip(1..)
            .filter_map(|(name, group)| Some((name.as_deref()?, group)))
    }
}

struct Parser<'a> {
    rest: Peekable<Chars<'a>>,
    regex: String,
    names: Vec<Option<String>>,
    /// Letters that stand for themselves and were not written yet: the last one may turn out to
    /// belong to the parameter after it.
    literal: String,
}

impl Parser<'_> {
    fn parse(&mut self) -> Result<(), String> {
        while let Some(letter) = self.rest.peek().copied() {
            match letter {
                '{' => self.group()?,
                ':' | '(' => {
                    let prefix = self.take_prefix();
                    let (name, pattern) = self.parameter()?;
                    self.push_parameter(&prefix, name, &pattern, "");
                }
                '*' | '+' | '?' | '}' => {
                    return Err(format!("`{letter}` has nothing to refer to"));
                }
                _ => {
                    self.rest.next();
                    let letter = if letter == '\\' {
                        self.rest.next().ok_or("it ends in a backslash")?
                    } else {
                        letter
                    };
                    self.literal.push(letter);
                }
            }
        }
        self.flush();
        self.regex.push('$');
        Ok(())
    }

    /// A slash or dot right before a parameter comes and goes with it.
    fn take_prefix(&mut self) -> String {
        match self.literal.pop() {
            Some(letter @ ('/' | '.')) => letter.to_string(),
            Some(letter) => {
                self.literal.push(letter);
                String::new()
            }
            None => String::new(),
        }
    }

    /// `{prefix:name(pattern)suffix}`.
    fn group(&mut self) -> Result<(), String> {
        self.rest.next();
        let prefix = self.letters();
        let parameter = match self.rest.peek() {
            Some(':' | '(') => Some(self.parameter()?),
            _ => None,
        };
        let suffix = self.letters();
        if self.rest.next() != Some('}') {
            return Err("a `{` is not closed".to_owned());
        }
        match parameter {
            Some((name, pattern)) => self.push_parameter(&prefix, name, &pattern, &suffix),
            None => {
                self.flush();
                let modifier = self.modifier();
                let text = escape(&format!("{prefix}{suffix}"));
                self.regex.push_str(&format!("(?:{text}){modifier}"));
            }
        }
        Ok(())
    }

    fn letters(&mut self) -> String {
        let mut letters = String::new();
        while let Some(letter) = self.rest.next_if(|letter| !"{}:(*+?".contains(*letter)) {
            letters.push(match letter {
                '\\' => self.rest.next().unwrap_or('\\'),
                letter => letter,
            });
        }
        letters
    }

    /// `:name`, `:name(pattern)` or `(pattern)`.
    fn parameter(&mut self) -> Result<(Option<String>, String), String> {
        let mut name = None;
        if self.rest.next_if_eq(&':').is_some() {
            let mut letters = String::new();
            while let Some(letter) = self
                .rest
                .next_if(|letter| letter.is_ascii_alphanumeric() || *letter == '_')
            {
                letters.push(letter);
            }
            if letters.is_empty() {
                return Err("a `:` has no name after it".to_owned());
            }
            name = Some(letters);
        }
        let pattern = match self.rest.peek() {
            Some('(') => self.parentheses()?,
            _ => "[^/]+?".to_owned(),
        };
        Ok((name, pattern))
    }

    fn parentheses(&mut self) -> Result<String, String> {
        self.rest.next();
        let mut pattern = String::new();
        let mut depth = 1;
        while let Some(letter) = self.rest.next() {
            match letter {
                '\\' => {
                    pattern.push('\\');
                    pattern.extend(self.rest.next());
                    continue;
                }
                '(' if self.rest.peek() != Some(&'?') => {
                    return Err("a group within a group has to begin with `(?:`".to_owned());
                }
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Ok(pattern);
            }
            pattern.push(letter);
        }
        Err("a `(` is not closed".to_owned())
    }

    fn push_parameter(&mut self, prefix: &str, name: Option<String>, pattern: &str, suffix: &str) {
        self.flush();
        self.names.push(name);
        let modifier = self.modifier();
        let (prefix, suffix) = (escape(prefix), escape(suffix));
        let bare = prefix.is_empty() && suffix.is_empty();
        self.regex.push_str(&match modifier {
            "*" | "+" if bare => format!("((?:{pattern}){modifier})"),
            "*" | "+" => {
                let optional = if modifier == "*" { "?" } else { "" };
                format!(
                    "(?:{prefix}((?:{pattern})(?:{suffix}{prefix}(?:{pattern}))*){suffix}){optional}"
                )
            }
            _ if bare => format!("({pattern}){modifier}"),
            _ => format!("(?:{prefix}({pattern}){suffix}){modifier}"),
        });
    }

    fn modifier(&mut self) -> &'static str {
        match self.rest.next_if(|letter| "*+?".contains(*letter)) {
            Some('*') => "*",
            Some('+') => "+",
            Some(_) => "?",
            None => "",
        }
    }

    fn flush(&mut self) {
        self.regex.push_str(&escape(&self.literal));
        self.literal.clear();
    }
}

fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        if ".+*?=^!:${}()[]|\\".contains(letter) {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Deserialize)]
    struct Case {
        source: String,
        src: String,
    }

    #[test]
    fn patterns_become_what_the_platform_makes_of_them() {
        let cases: Vec<Case> =
            serde_json::from_str(include_str!("../tests/golden/rewrites.json")).unwrap();

        for case in &cases {
            let pattern = Pattern::new(&case.source).unwrap();

            assert_eq!(pattern.into_regex(), case.src, "{}", case.source);
        }
        assert!(cases.len() > 20);
    }

    #[test]
    fn a_lookahead_keeps_its_paths_out() {
        let pattern = Pattern::new("/((?!api/)[^.]*)").unwrap();

        let regex = Regex::new(&pattern.into_regex()).unwrap();

        assert!(regex.is_match("/tasks/today").unwrap());
        assert!(!regex.is_match("/api/tasks").unwrap());
        assert!(!regex.is_match("/assets/app.js").unwrap());
    }

    #[test]
    fn a_broken_pattern_is_refused() {
        for source in ["/(", "/a{b", "/:", "/?", "/(a(b))", "/a\\"] {
            assert!(Pattern::new(source).is_err(), "{source}");
        }
    }
}
