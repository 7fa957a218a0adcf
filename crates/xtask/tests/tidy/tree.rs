//! The checkout, read.

use std::fs;
use std::path::{Path, PathBuf};

/// A text file, by its path from the root.
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) text: String,
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .unwrap()
        .to_owned()
}

/// The names in a folder, none where there is no folder.
pub(crate) fn names(folder: &str) -> Vec<String> {
    let Ok(entries) = root().join(folder).read_dir() else {
        return Vec::new();
    };
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

pub(crate) fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every Rust file of the product.
pub(crate) fn rust_files() -> Vec<File> {
    let mut files = Vec::new();
    for folder in ["api", "benchmarks", "crates", "frontend", "src", "tests"] {
        collect(&root().join(folder), folder, &mut files);
    }
    files
}

fn collect(folder: &Path, name: &str, files: &mut Vec<File>) {
    let Ok(entries) = folder.read_dir() else {
        return;
    };
    for entry in entries.flatten() {
        let own = entry.file_name().into_string().unwrap();
        let path = format!("{name}/{own}");
        if entry.path().is_dir() {
            if !["target", "dist", "node_modules"].contains(&own.as_str()) {
                collect(&entry.path(), &path, files);
            }
        } else if own.ends_with(".rs") {
            // A colleague may have removed it in this moment.
            if let Ok(text) = fs::read_to_string(entry.path()) {
                files.push(File { path, text });
            }
        }
    }
}

/// One assertion for a whole list of faults: all of them are shown.
#[track_caller]
pub(crate) fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}
