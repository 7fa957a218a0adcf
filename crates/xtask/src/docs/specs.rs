//! `specs/README.md`'s list of specifications, and beside each of them the tests that prove it.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::citations::{self, Proof, Proofs};
use super::{Page, fill, read};
use crate::fault::{AtPath as _, Fault, Result};
use crate::root::Root;

const INDEX: &str = "specs/README.md";

/// Where tests are.
const FOLDERS: [&str; 5] = ["api", "benchmarks", "crates", "frontend", "tests"];

/// What others made, or a tool.
const PASSED_OVER: [&str; 3] = ["target", "dist", "node_modules"];

/// The parts of a specification that are read.
struct Spec {
    folder: String,
    title: String,
    status: String,
    /// Ids with what must be true, in their order.
    claims: Vec<(String, String)>,
}

pub(super) fn pages(root: &Root) -> Result<Vec<Page>> {
    let mut proofs = Proofs::new();
    for folder in FOLDERS {
        look(root, folder, &mut proofs)?;
    }
    let specs = specs(root)?;
    let mut pages = vec![Page {
        path: INDEX.to_owned(),
        text: fill(&read(root, INDEX)?, "specs", &index(&specs))?,
    }];
    pages.extend(specs.iter().map(|spec| Page {
        path: format!("specs/{}/proofs.md", spec.folder),
        text: spec.proofs(&proofs),
    }));
    Ok(pages)
}

fn specs(root: &Root) -> Result<Vec<Spec>> {
    let mut folders: Vec<String> = entries(&root.join("specs"))?;
    folders.retain(|name| root.join("specs").join(name).is_dir());
    let spec = |folder: String| {
        let text = read(root, &format!("specs/{folder}/spec.md"))?;
        Spec::parse(folder, &text)
    };
    folders.into_iter().map(spec).collect()
}

fn index(specs: &[Spec]) -> String {
    let mut table = "| specification | status | |\n|---|---|---|\n".to_owned();
    for Spec {
        folder,
        title,
        status,
        ..
    } in specs
    {
        let number = folder.get(..3).unwrap_or_default();
        let spec = format!("[{number} {title}]({folder}/spec.md)");
        let proofs = format!("[what proves it]({folder}/proofs.md)");
        let _ = writeln!(table, "| {spec} | {status} | {proofs} |");
    }
    table
}

impl Spec {
    fn parse(folder: String, text: &str) -> Result<Self> {
        let after = |start: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(start));
            line.map(str::to_owned).ok_or_else(|| {
                Fault::new(format!("specs/{folder}/spec.md has no line `{start}…`."))
            })
        };
        let (title, status) = (after("# ")?, after("Status: ")?);
        Ok(Self {
            title,
            status,
            claims: text.lines().filter_map(claim).collect(),
            folder,
        })
    }

    fn proofs(&self, proofs: &Proofs) -> String {
        let mut page = format!(
            "# {}: what proves it\n\nWritten by `cargo xtask docs` from [the specification](spec.md) \
             and from what the tests say of themselves.\n",
            self.title
        );
        for (id, text) in &self.claims {
            let _ = write!(page, "\n## {id}\n\n{text}\n\n");
            match proofs.get(id) {
                None => page.push_str("Nothing proves it yet.\n"),
                Some(proofs) => proofs.iter().for_each(|proof| page.push_str(&line(proof))),
            }
        }
        page
    }
}

/// One line each, so that two changes seldom meet.
fn line(Proof { file, test }: &Proof) -> String {
    match test {
        Some(test) => format!("- [`{test}`](../../{file})\n"),
        None => format!("- all of [{file}](../../{file})\n"),
    }
}

/// The row of a table that defines a requirement.
fn claim(line: &str) -> Option<(String, String)> {
    let (id, text) = line.strip_prefix("| ")?.split_once(" | ")?;
    let is_id = citations::ids(id) == [id];
    let text = text.trim_end().trim_end_matches('|').trim();
    is_id.then(|| (id.to_owned(), text.replace("\\|", "|")))
}

/// The names in a folder, in their order.
fn entries(folder: &Path) -> Result<Vec<String>> {
    let names = fs::read_dir(folder).at("read", folder)?.flatten();
    let mut names: Vec<String> = names
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort();
    Ok(names)
}

fn look(root: &Root, folder: &str, proofs: &mut Proofs) -> Result<()> {
    for name in entries(&root.join(folder))? {
        let path = format!("{folder}/{name}");
        if root.join(&path).is_dir() {
            if !PASSED_OVER.contains(&name.as_str()) {
                look(root, &path, proofs)?;
            }
        } else if name.ends_with(".rs") {
            citations::collect(&path, &read(root, &path)?, proofs);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPEC: &str = "# The gate\n\nStatus: in work\n\n| id | what must be true |\n|---|---|\n\
                        | FR-901 | One `a\\|b`. |\n| FR-902 | Two. |\n\nFR-901 again.\n";

    #[test]
    fn each_requirement_is_shown_with_its_tests_or_without_any() {
        let spec = Spec::parse("002-gate".to_owned(), SPEC).unwrap();
        let mut proofs = Proofs::new();
        citations::collect("tests/x.rs", "//! FR-901.", &mut proofs);
        citations::collect(
            "tests/x.rs",
            "/// FR-901.\n#[test]\nfn holds() {}",
            &mut proofs,
        );

        let page = spec.proofs(&proofs);

        let (_, claims) = page.split_once("\n\n## ").unwrap();
        assert_eq!(
            claims,
            "FR-901\n\nOne `a|b`.\n\n- all of [tests/x.rs](../../tests/x.rs)\n\
             - [`holds`](../../tests/x.rs)\n\n## FR-902\n\nTwo.\n\nNothing proves it yet.\n"
        );
        assert!(index(&[spec]).contains("| [002 The gate](002-gate/spec.md) | in work |"));
    }

    #[test]
    fn a_specification_without_a_status_is_a_fault() {
        assert!(Spec::parse("002-gate".to_owned(), "# The gate\n").is_err());
    }
}
