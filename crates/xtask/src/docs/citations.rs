//! Which test proves which requirement, as the comments of the tests say.
//!
//! A test cites the ids of what it proves in the comment before it or within it. A file of tests
//! that is about one requirement cites it in its first comment, for all of them.

use std::collections::{BTreeMap, BTreeSet};

/// A test, or a whole file of them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Proof {
    /// From the root.
    pub(super) file: String,
    pub(super) test: Option<String>,
}

/// Ids with what proves them.
pub(super) type Proofs = BTreeMap<String, BTreeSet<Proof>>;

/// The ids in a text: `FR-012`, `SC-003`.
pub(super) fn ids(text: &str) -> Vec<String> {
    let of_kind = |kind: &'static str| {
        text.match_indices(kind).filter_map(move |(at, kind)| {
            let rest = &text[at + kind.len()..];
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            (digits == 3).then(|| format!("{kind}{}", &rest[..digits]))
        })
    };
    of_kind("FR-").chain(of_kind("SC-")).collect()
}

/// The part of a Rust file that is tests or measurements: all of it, what is built for tests only,
/// or nothing.
fn tests_in<'a>(path: &str, text: &'a str) -> Option<&'a str> {
    let is_test = ["benchmarks/", "tests/"]
        .iter()
        .any(|folder| path.starts_with(folder))
        || path.contains("/tests/")
        || path.ends_with("/tests.rs");
    if is_test {
        return Some(text);
    }
    text.split_once("#[cfg(test)]").map(|(_, tests)| tests)
}

/// Adds what a file cites.
pub(super) fn collect(path: &str, text: &str, proofs: &mut Proofs) {
    let mut cite = |ids: &mut Vec<String>, test: Option<&str>| {
        for id in ids.drain(..) {
            proofs.entry(id).or_default().insert(Proof {
                file: path.to_owned(),
                test: test.map(str::to_owned),
            });
        }
    };
    // What stands before the next function, and whether that is a test.
    let mut waiting = Vec::new();
    let mut is_test = false;
    let mut current = None;
    for line in tests_in(path, text).unwrap_or_default().lines() {
        let line = line.trim();
        if line.starts_with("//!") {
            cite(&mut ids(line), None);
        } else if line.starts_with("///") {
            waiting.extend(ids(line));
        } else if line.starts_with("//") {
            cite(&mut ids(line), current);
        } else if line.starts_with("#[") {
            is_test |= line.contains("test]") || line.contains("test(");
        } else if let Some(name) = function(line) {
            current = is_test.then_some(name);
            is_test = false;
            cite(&mut waiting, current);
        } else {
            // It was said of something else than a function.
            cite(&mut waiting, None);
        }
    }
}

/// The name in the first line of a function.
fn function(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("async ").unwrap_or(line);
    let rest = rest.strip_prefix("fn ")?;
    rest.split(['(', '<']).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proofs(path: &str, text: &str) -> Vec<(String, Option<String>)> {
        let mut proofs = Proofs::new();
        collect(path, text, &mut proofs);
        let flat = proofs.into_iter().flat_map(|(id, proofs)| {
            let tests = proofs.into_iter().map(|proof| proof.test);
            tests
                .map(move |test| (id.clone(), test))
                .collect::<Vec<_>>()
        });
        flat.collect()
    }

    fn pair(id: &str, test: Option<&str>) -> (String, Option<String>) {
        (id.to_owned(), test.map(str::to_owned))
    }

    #[test]
    fn a_test_proves_what_the_comments_before_and_within_it_say() {
        let text = "//! All of it: FR-901.\n\n/// FR-902, and\n/// SC-903.\n#[tokio::test]\n\
                    async fn it_holds() {\n    // FR-904.\n}\n\n/// FR-905.\nfn helper() {}\n\n\
                    /// FR-906.\nconst X: u8 = 1;\n#[test]\nfn another() {}\n";

        assert_eq!(
            proofs("crates/x/tests/it.rs", text),
            [
                pair("FR-901", None),
                pair("FR-902", Some("it_holds")),
                pair("FR-904", Some("it_holds")),
                pair("FR-905", None),
                pair("FR-906", None),
                pair("SC-903", Some("it_holds")),
            ]
        );
    }

    #[test]
    fn what_is_no_test_proves_nothing() {
        let text = "/// FR-901.\nfn one() {}\n#[cfg(test)]\nmod tests {\n/// FR-902.\n#[test]\nfn two() {}\n}";

        assert_eq!(
            proofs("crates/x/src/lib.rs", text),
            [pair("FR-902", Some("two"))]
        );
    }

    #[test]
    fn ids_have_three_digits() {
        assert_eq!(ids("FR-001 and (SC-012), not FR-1."), ["FR-001", "SC-012"]);
    }
}
