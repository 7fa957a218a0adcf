//! The commands in the pages that people read.

use std::fs;
use std::path::{Path, PathBuf};

/// Lines between a pair of fences, to be run one after the other.
pub(super) struct Block {
    pub(super) page: String,
    pub(super) lines: Vec<String>,
}

pub(super) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every page, by its path from the root, with its text.
fn pages() -> Vec<(String, String)> {
    let mut pages = Vec::new();
    for folder in ["", "docs", "migrations", "specs"] {
        for entry in fs::read_dir(root().join(folder)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let path = Path::new(folder).join(name);
            if path.extension().is_some_and(|extension| extension == "md") {
                let text = fs::read_to_string(root().join(&path)).unwrap();
                pages.push((path.to_str().unwrap().to_owned(), text));
            }
        }
    }
    pages.sort();
    pages
}

/// What stands between ```` ```sh ```` and ```` ``` ````.
pub(super) fn blocks() -> Vec<Block> {
    let pages = pages().into_iter();
    pages
        .flat_map(|(page, text)| {
            let blocks = fenced(&text).into_iter();
            blocks
                .map(|lines| Block {
                    page: page.clone(),
                    lines,
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

fn fenced(text: &str) -> Vec<Vec<String>> {
    let mut blocks = Vec::new();
    let mut open: Option<Vec<String>> = None;
    for line in text.lines().map(str::trim) {
        match &mut open {
            None if line == "```sh" => open = Some(Vec::new()),
            None => {}
            Some(_) if line == "```" => blocks.extend(open.take()),
            Some(lines) => lines.push(without_comment(line).to_owned()),
        }
    }
    blocks
}

/// Commands of cargo within sentences, with the page of each.
pub(super) fn spans() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (page, text) in pages() {
        // Fences are three of the same sign, and would turn inside and outside around.
        let prose = text.split("```").step_by(2).collect::<String>();
        let spans = prose.split('`').skip(1).step_by(2);
        let of_cargo = spans.filter(|span| of_cargo(span).is_some());
        found.extend(of_cargo.map(|span| (page.clone(), span.to_owned())));
    }
    found
}

/// The words after `cargo`, if that is what a line runs.
pub(super) fn of_cargo(line: &str) -> Option<Vec<&str>> {
    let words = line.split_whitespace();
    let mut words = words.skip_while(|word| is_assignment(word));
    (words.next() == Some("cargo")).then(|| words.collect())
}

/// `NAME=value` before a command.
fn is_assignment(word: &str) -> bool {
    let name = word.split_once('=').map_or("", |(name, _)| name);
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte == b'_')
}

fn without_comment(line: &str) -> &str {
    let line = line.split_once("  # ").map_or(line, |(command, _)| command);
    line.trim_end()
}

#[test]
fn commands_are_found_in_fences_and_in_sentences() {
    let text = "Run `cargo xtask dev`.\n\n   ```sh\n   A=1 cargo xtask test  # all\n   ls\n   ```\n\n```json\n{}\n```\n";

    assert_eq!(fenced(text), [["A=1 cargo xtask test", "ls"]]);
    assert_eq!(
        of_cargo("A=1 cargo xtask test"),
        Some(vec!["xtask", "test"])
    );
    assert_eq!(of_cargo("ls"), None);
    assert_eq!(of_cargo("cargo-deny"), None);
}
