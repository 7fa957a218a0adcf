//! A finished specification is one whose every requirement some test proves.

use crate::tree::{assert_none, names, read, root, rust_files};

/// The ids that a text defines or cites: `FR-012`, `SC-003`.
fn ids(text: &str) -> Vec<String> {
    let mut ids: Vec<String> = ["FR-", "SC-"]
        .iter()
        .flat_map(|kind| {
            text.match_indices(kind).map(|(at, kind)| {
                let number: String = text[at + kind.len()..]
                    .chars()
                    .take_while(char::is_ascii_digit)
                    .collect();
                (kind, number)
            })
        })
        .filter(|(_, number)| number.len() == 3)
        .map(|(kind, number)| format!("{kind}{number}"))
        .collect();
    ids.sort();
    ids.dedup();
    ids
}

fn is_finished(spec: &str) -> bool {
    spec.lines().any(|line| line.trim() == "Status: finished")
}

/// What the tests say: files of tests as a whole, and of others the part that is only built
/// for tests.
pub(crate) fn texts_of_tests() -> Vec<String> {
    rust_files()
        .into_iter()
        .filter_map(|file| {
            let is_test = file.path.contains("/tests/")
                || file.path.starts_with("tests/")
                || file.path.ends_with("/tests.rs");
            if is_test {
                return Some(file.text);
            }
            let (_, tests) = file.text.split_once("#[cfg(test)]")?;
            Some(tests.to_owned())
        })
        .collect()
}

#[test]
fn every_requirement_of_a_finished_spec_is_cited_by_a_test() {
    let cited: Vec<String> = texts_of_tests().iter().flat_map(|text| ids(text)).collect();
    let mut faults = Vec::new();

    for name in names("specs") {
        let path = format!("specs/{name}/spec.md");
        if !root().join(&path).exists() {
            continue;
        }
        let spec = read(&path);
        if is_finished(&spec) {
            let missing = ids(&spec).into_iter().filter(|id| !cited.contains(id));
            faults.extend(missing.map(|id| format!("{path}: no test cites {id}")));
        }
    }

    assert_none(&faults);
}

#[test]
fn every_spec_is_in_a_numbered_folder_and_says_how_far_it_is() {
    let mut faults = Vec::new();
    let folders = names("specs")
        .into_iter()
        .filter(|name| root().join("specs").join(name).is_dir());

    for (name, number) in folders.zip(1..) {
        if !name.starts_with(&format!("{number:03}-")) {
            faults.push(format!("specs/{name} is in the place of {number:03}"));
        }
        let path = format!("specs/{name}/spec.md");
        if !read(&path).lines().any(|line| line.starts_with("Status: ")) {
            faults.push(format!("{path} has no line `Status: …`"));
        }
    }

    assert_none(&faults);
}

#[test]
fn ids_are_found_in_prose() {
    let text = "FR-001 and (SC-012), not FR-1 nor XFR-; FR-001 again.";

    assert_eq!(ids(text), ["FR-001", "SC-012"]);
    assert!(is_finished("# Spec\n\nStatus: finished\n"));
    assert!(!is_finished("Status: draft"));
}
