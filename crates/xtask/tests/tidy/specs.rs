//! A finished specification is one whose every requirement some test proves.

use crate::tree::{assert_none, names, read, root, rust_files};

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

/// What `cargo xtask docs` writes of a requirement that no test cites.
const UNPROVEN: &str = "Nothing proves it yet.";

#[test]
fn every_requirement_of_a_finished_spec_is_cited_by_a_test() {
    let is_finished = |text: &str| text.lines().any(|line| line == "Status: finished");
    let faults: Vec<String> = folders()
        .filter(|folder| is_finished(&read(&format!("{folder}/spec.md"))))
        .map(|folder| format!("{folder}/proofs.md"))
        .filter(|page| read(page).contains(UNPROVEN))
        .map(|page| format!("{page}: {UNPROVEN}"))
        .collect();

    assert_none(&faults);
}

#[test]
fn a_number_belongs_to_one_requirement() {
    let pages = folders().map(|folder| read(&format!("{folder}/proofs.md")));
    let mut ids: Vec<String> = pages
        .flat_map(|page| {
            let ids = page.lines().filter_map(|line| line.strip_prefix("## "));
            ids.map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    ids.sort();
    assert!(ids.len() > 50, "{ids:?}");

    let twice = ids.windows(2).filter(|pair| pair[0] == pair[1]);
    assert_none(&twice.map(|pair| pair[0].clone()).collect::<Vec<_>>());
}

#[test]
fn every_spec_is_in_a_numbered_folder_and_says_how_far_it_is() {
    const STATUSES: [&str; 3] = ["Status: planned", "Status: in work", "Status: finished"];
    let mut faults = Vec::new();

    for (folder, number) in folders().zip(1..) {
        if !folder.starts_with(&format!("specs/{number:03}-")) {
            faults.push(format!("{folder} is in the place of {number:03}"));
        }
        let path = format!("{folder}/spec.md");
        if !read(&path).lines().any(|line| STATUSES.contains(&line)) {
            faults.push(format!("{path} has none of the lines {STATUSES:?}"));
        }
    }

    assert_none(&faults);
}

fn folders() -> impl Iterator<Item = String> {
    let folders = names("specs").into_iter();
    folders
        .map(|name| format!("specs/{name}"))
        .filter(|folder| root().join(folder).is_dir())
}
