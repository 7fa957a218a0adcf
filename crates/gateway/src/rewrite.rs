//! A rewrite: the pattern of a path, and what it becomes.

use fancy_regex::{Captures, Regex};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::config::RewriteRule;
use crate::pattern::Pattern;
use crate::route::Route;

/// What a query keeps as it is.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// What the platform makes of a rule of `vercel.json`. Every parameter that the destination's
/// path does not use is added to its query.
pub(crate) fn route(rule: &RewriteRule) -> Result<Route, String> {
    let source = Pattern::new(&rule.source)?;
    let (path, query) = parts(&rule.destination);
    if !path.starts_with('/') {
        return Err(format!("the destination {path} is on another server"));
    }
    let mut query: Vec<(String, String)> = query
        .into_iter()
        .map(|(name, value)| (name, numbered(&value, &source)))
        .collect();
    let names_used = source.names().any(|(name, _)| names(path, name));
    if !names_used {
        for (name, group) in source.names() {
            if !query.iter().any(|(known, _)| known == name) {
                query.push((name.to_owned(), format!("${group}")));
            }
        }
    }
    let query: Vec<String> = query
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let mark = if query.is_empty() { "" } else { "?" };
    let path = numbered(path, &source);
    let destination = format!("{path}{mark}{}", query.join("&"));
    Ok(Route::rewrite(source.into_regex(), destination))
}

/// A rewrite, ready to be used.
pub(crate) struct Rewrite {
    source: Regex,
    path: String,
    query: Vec<(String, String)>,
}

impl Rewrite {
    pub(crate) fn new(source: Regex, destination: &str) -> Self {
        let (path, query) = parts(destination);
        Self {
            source,
            path: path.to_owned(),
            query,
        }
    }

    /// What becomes of a path, if it is one of these: a path, and what is added to the query.
    pub(crate) fn apply(&self, path: &str) -> Option<(String, Vec<(String, String)>)> {
        // An endless backtracking counts as no match.
        let captures = self.source.captures(path).ok()??;
        let query = self
            .query
            .iter()
            .map(|(name, value)| (name.clone(), fill(value, &captures, encode)))
            .collect();
        Some((fill(&self.path, &captures, str::to_owned), query))
    }
}

fn parts(destination: &str) -> (&str, Vec<(String, String)>) {
    let (path, query) = destination.split_once('?').unwrap_or((destination, ""));
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let owned = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
    (path, pairs.map(owned).collect())
}

/// Puts what a path said in the places of `$1`, `$2`… of a template.
fn fill(template: &str, captures: &Captures<'_, str>, encode: impl Fn(&str) -> String) -> String {
    let mut parts = template.split('$');
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part
            .find(|letter: char| !letter.is_ascii_digit())
            .unwrap_or(part.len());
        match part[..end].parse::<usize>() {
            Ok(group) if group > 0 => {
                let value = captures.get(group).map_or("", |found| found.as_str());
                filled.push_str(&encode(value));
                filled.push_str(&part[end..]);
            }
            _ => {
                filled.push('$');
                filled.push_str(part);
            }
        }
    }
    filled
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
        src: String,
        dest: String,
    }

    #[test]
    fn rules_become_what_the_platform_makes_of_them() {
        let cases: Vec<Case> =
            serde_json::from_str(include_str!("../tests/golden/rewrites.json")).unwrap();

        for case in cases {
            let rule = RewriteRule {
                source: case.source,
                destination: case.destination,
            };

            let made = route(&rule).unwrap();

            let expected = Route::rewrite(case.src, case.dest);
            assert_eq!(made, expected, "{}", rule.source);
        }
    }
}
