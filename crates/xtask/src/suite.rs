//! `cargo xtask test`: everything that has to hold before a change is kept.
//!
//! **Invariant:** a phase that fails does not hide the ones after it, and turns the end red.

pub(crate) mod browser;
mod counts;
mod pooler;
mod programs;

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use counts::Counts;

use crate::env;
use crate::fault::{Fault, Result};
use crate::frontend::{self, Profile};
use crate::functions;
use crate::npm;
use crate::postgres::{Purpose, Server};
use crate::progress::seconds;
use crate::python;
use crate::root::Root;
use crate::tool::Tool;

/// Where the tests find the server on which they make their databases.
pub(crate) const SERVER: &str = "LATCHWORK_TEST_DATABASE_URL";

/// Where they write what nobody keeps, and much of it.
const SCRATCH: &str = "LATCHWORK_TEST_SCRATCH";

/// Where they find the Python that has the packages they use.
const PYTHON: &str = "LATCHWORK_TEST_PYTHON";

/// Where they find the Python that has MCP's second generation, which cannot stand beside the first.
const PYTHON_MCP2: &str = "LATCHWORK_TEST_PYTHON_MCP2";

/// Where they find the browser.
pub(crate) const BROWSER: &str = "LATCHWORK_BROWSER";

/// Where they find axe-core, which looks at pages for those who cannot.
const AXE: &str = "LATCHWORK_AXE";

/// Where they find Better Auth's own client and server.
const CLIENTS: &str = "LATCHWORK_CLIENTS";

/// Tells them to start a new process for every request.
const COLD: &str = "LATCHWORK_TEST_COLD";

/// Tells the tests that look at pages to leave pictures of them.
const PICTURES: &str = "LATCHWORK_PICTURES";

/// What tests do beside what they always do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Besides {
    Nothing,
    /// A process of its own for every request.
    Cold,
    Pictures,
}

/// Runs all of it; given arguments for `cargo test`, only that, with everything it needs.
pub(crate) fn run(root: &Root, arguments: &[String], besides: Besides) -> Result<()> {
    let mut phases = Phases::default();
    if arguments.is_empty() {
        phases.run("format", || {
            Tool::cargo(root.path())
                .args(["fmt", "--all", "--check"])
                .run()
        });
        phases.run("clippy", || {
            Tool::cargo(root.path())
                .args(["clippy", "--workspace", "--all-targets", "--"])
                .args(["--deny", "warnings"])
                .run()
        });
    }
    phases.run("functions", || functions::build(root, false).map(drop));
    phases.run("front end", || frontend::build(root, Profile::Dev));
    let mut found = Vec::new();
    phases.run("browser", || {
        found.push((BROWSER, browser::provide()?));
        found.push((AXE, browser::provide_axe()?));
        Ok(())
    });
    phases.run("pooler", pooler::provide);
    phases.run("Python packages", || {
        // Without one it is named all the same, which the tests read as leave to do without.
        found.push((PYTHON, python::provide(&python::FIRST)?.unwrap_or_default()));
        let second = python::provide(&python::SECOND)?;
        found.push((PYTHON_MCP2, second.unwrap_or_default()));
        Ok(())
    });
    phases.run("clients of others", || {
        found.push((CLIENTS, npm::locked(root, "tests/clients")?));
        Ok(())
    });
    match besides {
        Besides::Nothing => {}
        Besides::Cold => found.push((COLD, PathBuf::from("1"))),
        Besides::Pictures => found.push((PICTURES, PathBuf::from("1"))),
    }
    let mut counts = Counts::default();
    phases.run("tests", || tests(root, arguments, &found, &mut counts));
    phases.end(&counts)
}

/// Only what brings every page into each of its states, and takes pictures on the way.
pub(crate) fn screenshots(root: &Root) -> Result<()> {
    let arguments = ["--package", "latchwork", "--test", "browser", "states"];
    run(root, &arguments.map(str::to_owned), Besides::Pictures)?;
    let folder = root.join("target/screenshots");
    println!("The pictures lie in {}", folder.display());
    Ok(())
}

fn tests(
    root: &Root,
    arguments: &[String],
    found: &[(&str, PathBuf)],
    counts: &mut Counts,
) -> Result<()> {
    let server = Server::throw_away(Purpose::Testing)?;
    println!("  {}", server.describe());
    let mut told: Vec<(&str, OsString)> = vec![(SERVER, server.superuser_url().into())];
    told.extend(server.scratch()?.map(|folder| (SCRATCH, folder.into())));
    told.extend(found.iter().map(|(name, value)| (*name, value.into())));
    if arguments.is_empty() {
        return programs::run(root, &told, counts);
    }
    told.iter()
        .fold(Tool::cargo(root.path()), |cargo, (name, value)| {
            cargo.env(name, value)
        })
        // A developer's own database is not for tests.
        .without_env(env::DATABASE)
        .args(["test", "--no-fail-fast"])
        .args(arguments)
        .run_reading(|line| counts.read(line))
}

/// Prints how well the assistant understands: the built-in one by sentences, and whichever is
/// chosen by whole conversations through the real tools.
pub(crate) fn evaluate(root: &Root) -> Result<()> {
    let server = Server::throw_away(Purpose::Testing)?;
    println!("  {}", server.describe());
    let mut tables = Phases::default();
    let mut counts = Counts::default();
    let families = [
        (
            "sentences",
            ["--package", "rules", "--test", "it", "eval"].as_slice(),
        ),
        ("conversations", &["--package", "chat", "--test", "eval"]),
    ];
    for (name, arguments) in families {
        tables.run(name, || {
            Tool::cargo(root.path())
                .arg("test")
                .args(arguments)
                .args(["--", "--nocapture"])
                .env(SERVER, server.superuser_url())
                .without_env(env::DATABASE)
                .run_reading(|line| counts.read(line))
        });
    }
    tables.end(&counts)
}

#[derive(Default)]
struct Phases {
    times: Vec<(&'static str, Duration)>,
    failed: Vec<&'static str>,
}

impl Phases {
    fn run(&mut self, name: &'static str, work: impl FnOnce() -> Result<()>) {
        println!("\n── {name} ──");
        let start = Instant::now();
        if let Err(fault) = work() {
            eprintln!("error: {fault}");
            self.failed.push(name);
        }
        self.times.push((name, start.elapsed()));
    }

    fn end(self, counts: &Counts) -> Result<()> {
        let total = self.times.iter().map(|(_, time)| *time).sum();
        let mut times: Vec<String> = self
            .times
            .iter()
            .map(|(name, time)| format!("{name} {}", seconds(*time)))
            .collect();
        times.push(format!("together {}", seconds(total)));
        println!("\n{}", times.join(", "));
        println!("{counts}");
        if self.failed.is_empty() {
            return Ok(());
        }
        Err(Fault::new(format!("failed: {}.", self.failed.join(", "))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_failed_phase_fails_the_run_and_the_next_still_runs() {
        let mut phases = Phases::default();
        let mut reached = false;

        phases.run("first", || Err(Fault::new("no")));
        phases.run("second", || {
            reached = true;
            Ok(())
        });
        let fault = phases.end(&Counts::default()).unwrap_err();

        assert!(reached);
        assert_eq!(fault.to_string(), "failed: first.");
    }
}
