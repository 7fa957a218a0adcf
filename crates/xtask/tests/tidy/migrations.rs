//! The database's history: numbered, and only ever added to.

use crate::tree::{assert_none, names, read};

fn files() -> Vec<String> {
    let mut files = names("migrations");
    files.retain(|name| name != "README.md");
    files
}

#[test]
fn migrations_are_numbered_without_gaps() {
    let faults: Vec<String> = files()
        .into_iter()
        .zip(1..)
        .filter(|(name, number)| {
            let start = format!("{number:04}_");
            !name.starts_with(&start) || !name.ends_with(".sql")
        })
        .map(|(name, number)| format!("migrations/{name} is in the place of {number:04}_….sql"))
        .collect();

    assert_none(&faults);
}

/// The functions carry the migrations in them, so the list in the code is what counts.
#[test]
fn every_migration_is_in_the_runners_list() {
    let runner = read("crates/store/src/migrate.rs");

    let faults: Vec<String> = files()
        .into_iter()
        .filter(|name| !runner.contains(&format!("\"{}\"", name.trim_end_matches(".sql"))))
        .map(|name| format!("crates/store/src/migrate.rs does not know {name}"))
        .collect();

    assert_none(&faults);
}
