//! What every source file keeps to.

use crate::tree::{File, assert_none, names, read, rust_files};

const MOST_LINES: usize = 400;

/// What lies in the root. A file that is none of these is a diary, or a second way to run it.
const ROOT: &[&str] = &[
    ".cargo",
    ".ci",
    ".env.example",
    ".git",
    ".github",
    ".gitignore",
    ".vercelignore",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "SECURITY.md",
    "api",
    "benchmarks",
    "clippy.toml",
    "crates",
    "deny.toml",
    "docs",
    "frontend",
    "migrations",
    "rustfmt.toml",
    "specs",
    "src",
    "tests",
    "vercel.json",
];

/// Those that may write SQL: one for the product, one to look at what it did.
const SQL_LIVES_IN: [&str; 2] = ["crates/store/", "crates/testing/"];

#[test]
fn every_file_begins_by_saying_why_it_exists() {
    let faults: Vec<String> = rust_files()
        .iter()
        .filter(|file| !file.text.is_empty() && !file.text.starts_with("//! "))
        .map(|file| format!("{} does not begin with `//! `", file.path))
        .collect();

    assert_none(&faults);
}

#[test]
fn no_file_is_too_long_to_read() {
    let faults: Vec<String> = rust_files()
        .iter()
        .map(|file| (file, file.text.lines().count()))
        .filter(|(_, lines)| *lines > MOST_LINES)
        .map(|(file, lines)| format!("{} has {lines} lines", file.path))
        .collect();

    assert_none(&faults);
}

#[test]
fn modules_are_files_of_their_own_name() {
    let faults: Vec<String> = rust_files()
        .into_iter()
        .map(|file| file.path)
        .filter(|path| path.ends_with("/mod.rs"))
        .collect();

    assert_none(&faults);
}

#[test]
fn the_root_holds_what_it_is_meant_to_hold() {
    let ignored = read(".gitignore");
    let ignored: Vec<&str> = ignored
        .lines()
        .map(|line| line.trim_start_matches('/'))
        .collect();

    let faults: Vec<String> = names("")
        .into_iter()
        .filter(|name| !ROOT.contains(&name.as_str()) && !ignored.contains(&name.as_str()))
        .map(|name| format!("{name} has no place in the root"))
        .collect();

    assert_none(&faults);
}

#[test]
fn sql_lives_in_the_store() {
    let faults: Vec<String> = rust_files()
        .iter()
        .filter(|file| !SQL_LIVES_IN.iter().any(|home| file.path.starts_with(home)))
        .filter(|file| !file.path.contains("/tests/"))
        .flat_map(sql_lines)
        .collect();

    assert_none(&faults);
}

/// The lines with a string that begins as a statement does.
fn sql_lines(file: &File) -> Vec<String> {
    let code = file.text.split("#[cfg(test)]").next().unwrap_or_default();
    code.lines()
        .zip(1..)
        .filter(|(line, _)| !line.trim_start().starts_with("//") && is_sql(line))
        .map(|(_, number)| format!("{}:{number} writes SQL", file.path))
        .collect()
}

fn is_sql(line: &str) -> bool {
    line.split('"').skip(1).any(|text| {
        let text = text.trim_start().to_lowercase();
        let begins = |start: &str| text.starts_with(start);
        begins("insert into ")
            || begins("alter table ")
            || begins("create table ")
            || begins("select ") && text.contains(" from ")
            || begins("delete from ") && (text.contains(" where ") || text.contains(';'))
            || begins("update ") && text.contains(" set ")
    })
}

#[test]
fn sql_is_told_from_prose() {
    for sql in [
        r#"db.query("select id from tasks where owner = $1", &[])"#,
        r#"    "INSERT INTO tasks (id) values ($1)""#,
        r#""update tasks set done = true""#,
    ] {
        assert!(is_sql(sql), "{sql}");
    }
    for prose in [
        r#"Text::Hint => "Select a task, then press Enter","#,
        r#""delete from my list: milk""#,
        r#""update the second task""#,
    ] {
        assert!(!is_sql(prose), "{prose}");
    }
}
