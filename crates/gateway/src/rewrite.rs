//! A rewrite of `vercel.json`: the pattern of a path, and what it becomes.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::config::RewriteRule;
use crate::pattern::{Captures, Pattern};

/// What a query keeps as it is.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

pub(crate) struct Rewrite {
    pub(crate) source: Pattern,
    path: String,
    query: Vec<(String, String)>,
}

impl Rewrite {
    /// Every parameter that the destination's path does not use is added to its query.
    pub(crate) fn new(rule: &RewriteRule) -> Result<Self, String> {
        let source = Pattern::new(&rule.source)?;
        let (path, query) = rule
            .destination
            .split_once('?')
            .unwrap_or((&rule.destination, ""));
        if !path.starts_with('/') {
            return Err(format!("the destination {path} is on another server"));
        }
        let mut query: Vec<(String, String)> = query
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| {
                let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                (name.to_owned(), numbered(value, &source))
            })
            .collect();
        let numbered_path = numbered(path, &source);
        let names_used = source.names().any(|(name, _)| names(path, name));
        if !names_used {
            for (name, group) in source.names() {
                if !query.iter().any(|(known, _)| known == name) {
                    query.push((name.to_owned(), format!("${group}")));
                }
            }
        }
        Ok(Self {
            path: numbered_path,
            query,
            source,
        })
    }

    pub(crate) fn apply(&self, captures: &Captures) -> (String, Vec<(String, String)>) {
        let path = captures.fill(&self.path, str::to_owned);
        let query = self
            .query
            .iter()
            .map(|(name, value)| (name.clone(), captures.fill(value, encode)))
            .collect();
        (path, query)
    }
}

fn encode(value: &str) -> String {
    let plain = percent_decode_str(value).decode_utf8_lossy();
    utf8_percent_encode(&plain, QUERY).to_string()
}

/// `:name`, `:name*` and so on become `$1`.
fn numbered(template: &str, source: &Pattern) -> String {
    let mut template = template.to_owned();
    let mut names: Vec<(&str, usize)> = source.names().collect();
    // `:user` must not be found in `:username`.
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    for (name, group) in names {
        for modifier in ["*", "+", "?", ""] {
            template = template.replace(&format!(":{name}{modifier}"), &format!("${group}"));
        }
    }
    template
}

fn names(template: &str, name: &str) -> bool {
    template
        .match_indices(&format!(":{name}"))
        .any(|(at, found)| {
            !template[at + found.len()..]
                .starts_with(|next: char| next.is_alphanumeric() || next == '_')
        })
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Deserialize)]
    struct Case {
        source: String,
        destination: String,
        dest: String,
    }

    #[test]
    fn destinations_become_what_the_platform_makes_of_them() {
        let cases: Vec<Case> =
            serde_json::from_str(include_str!("../tests/golden/rewrites.json")).unwrap();

        for case in cases {
            let rule = RewriteRule {
                source: case.source,
                destination: case.destination,
            };

            let made = Rewrite::new(&rule).unwrap();

            let query: Vec<String> = made
                .query
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            let query = query.join("&");
            let mark = if query.is_empty() { "" } else { "?" };
            let shown = format!("{}{mark}{query}", made.path);
            assert_eq!(shown, case.dest, "{}", rule.source);
        }
    }
}
