//! What `cargo xtask test` tells the tests by the environment: how to run, and where the tools of
//! others are.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// What the environment says under this name; empty is nothing.
pub fn told(name: &str) -> Option<String> {
    #[expect(
        clippy::disallowed_methods,
        reason = "tests are told of their tools by the environment"
    )]
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The same, of what no test can do without.
///
/// # Panics
/// If it says nothing.
pub fn provided(name: &str) -> String {
    let value = told(name);
    value.unwrap_or_else(|| panic!("{name} is not set: run the tests by `cargo xtask test`"))
}

/// The tool under this name; where there is none, the test does without it and says so.
///
/// # Panics
/// In continuous integration, where nothing is done without.
pub fn tool(name: &str, what: &str) -> Option<PathBuf> {
    let tool = told(name).map(PathBuf::from);
    if tool.is_none() {
        let words = format!("SKIPPED: no {what} here; `cargo xtask test` makes one");
        assert!(told("CI").is_none(), "{words}");
        // Around the capture of output, so that it is seen.
        let _ = writeln!(std::io::stderr(), "{words}");
    }
    tool
}

/// What a script of Python's says of these, each of them a line of what it reads.
///
/// # Panics
/// If it cannot be run, or does not read all of them.
pub fn ask_python(python: &Path, script: &Path, lines: &[Value]) -> Output {
    let mut child = Command::new(python)
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("Python is there");
    let mut input = child.stdin.take().expect("it is piped");
    for line in lines {
        writeln!(input, "{line}").expect("it reads all of them");
    }
    drop(input);
    child.wait_with_output().expect("it ends")
}
