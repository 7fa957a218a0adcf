//! The test programs of the whole workspace, several of them at a time.
//!
//! `cargo test` runs one program after the other, and most of ours wait more than they compute: for
//! a browser, for a process that was killed, for a database that starts again. So cargo only
//! builds them here.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde::Deserialize;

use super::counts::Counts;
use crate::env;
use crate::fault::{Fault, Result};
use crate::progress::seconds;
use crate::root::Root;
use crate::tool::Tool;

/// As many as kept two cores busy, since most of them wait more than they compute.
const AT_A_TIME: usize = 4;

/// Tests of the browser's program at a time, which is the longest.
const BROWSERS: &str = "4";

/// Where Rust's test programs read how many tests they run at a time.
const THREADS: &str = "RUST_TEST_THREADS";

/// The ones that take longest, which therefore begin first.
const FIRST: &[&str] = &[
    "latchwork/browser",
    "server/it",
    "latchwork/clients",
    "latchwork/functions",
    "tools/it",
    "latchwork/chaos",
    "chat/eval",
    "store/it",
    "xtask/dev",
    "rules/it",
    "when/it",
    "chat/it",
    "xtask/xtask",
    "authcheck/classic",
];

/// One built test program.
#[derive(Debug, PartialEq, Eq)]
struct Program {
    /// `package/target`, as people name it.
    name: String,
    executable: PathBuf,
    arguments: &'static [&'static str],
    /// Cargo starts tests in their package's folder.
    folder: PathBuf,
}

/// The parts that are read of cargo's `compiler-artifact` message.
#[derive(Deserialize)]
struct Artifact {
    /// `path+file:///folder#name@version`, without the name where the folder is called so.
    package_id: String,
    manifest_path: PathBuf,
    target: Target,
    profile: Profile,
    executable: PathBuf,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

#[derive(Deserialize)]
struct Profile {
    test: bool,
}

/// Builds and runs every test program; `told` is what the tests read from their environment.
pub(super) fn run(root: &Root, told: &[(&str, OsString)], counts: &mut Counts) -> Result<()> {
    let programs = build(root)?;
    let folder = env::target_folder(root).join("test-output");
    let made = fs::create_dir_all(&folder);
    made.map_err(|error| Fault::new(format!("{} can't be made: {error}.", folder.display())))?;

    let failed = Mutex::new(Vec::new());
    let waiting = Mutex::new(VecDeque::from(programs));
    let counted = Mutex::new(counts);
    thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            scope.spawn(|| {
                while let Some(program) = next(&waiting) {
                    let ended = program.run(&folder, told);
                    // One at a time, so that no program's report stands within another's.
                    let mut counts = counted.lock().unwrap_or_else(PoisonError::into_inner);
                    if !report(&program, ended, &mut counts) {
                        let mut failed = failed.lock().unwrap_or_else(PoisonError::into_inner);
                        failed.push(program.name);
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().unwrap_or_else(PoisonError::into_inner);
    if failed.is_empty() {
        return Ok(());
    }
    Err(Fault::new(format!(
        "these test programs failed: {}; what they printed lies in {}.",
        failed.join(", "),
        folder.display()
    )))
}

fn next(waiting: &Mutex<VecDeque<Program>>) -> Option<Program> {
    let mut waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
    waiting.pop_front()
}

/// Has cargo build them; the long ones stand first.
fn build(root: &Root) -> Result<Vec<Program>> {
    let mut programs = Vec::new();
    Tool::cargo(root.path())
        .args(["test", "--workspace", "--no-run"])
        .args(["--message-format", "json-render-diagnostics"])
        .read_lines(|line| programs.extend(program(line)))?;
    programs.sort_by_key(|program| {
        let place = FIRST.iter().position(|first| *first == program.name);
        place.unwrap_or(FIRST.len())
    });
    programs.push(examples(root));
    Ok(programs)
}

/// The examples of the documentation, which cargo builds and runs by itself.
fn examples(root: &Root) -> Program {
    Program {
        name: "workspace/examples".to_owned(),
        executable: PathBuf::from("cargo"),
        arguments: &["test", "--no-fail-fast", "--workspace", "--doc"],
        folder: root.path().to_owned(),
    }
}

/// The test program that a line of cargo's tells of.
fn program(line: &str) -> Option<Program> {
    // Every other message lacks one of the parts.
    let artifact: Artifact = serde_json::from_str(line).ok()?;
    let folder = artifact.manifest_path.parent()?.to_owned();
    let (place, package) = artifact.package_id.rsplit_once('#')?;
    let package = match package.split_once('@') {
        Some((name, _)) => name,
        None => place.rsplit('/').next()?,
    };
    artifact.profile.test.then(|| Program {
        name: format!("{package}/{}", artifact.target.name),
        executable: artifact.executable,
        arguments: &[],
        folder,
    })
}

/// How a program ended and what it printed.
struct Ended {
    well: bool,
    output: String,
    took: Duration,
}

impl Program {
    fn run(&self, folder: &Path, told: &[(&str, OsString)]) -> io::Result<Ended> {
        let file = folder
            .join(self.name.replace('/', "-"))
            .with_extension("txt");
        let output = File::create(&file)?;
        let start = Instant::now();
        let mut command = Command::new(&self.executable);
        if self.name.ends_with("/browser") {
            command.env(THREADS, BROWSERS);
        }
        // Told of our package, cargo would build anew.
        for name in env::of_our_package() {
            command.env_remove(name);
        }
        let status = command
            .args(self.arguments)
            .envs(told.iter().map(|(name, value)| (name, value)))
            // A developer's own database is not for tests.
            .env_remove(env::DATABASE)
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .stderr(output.try_clone()?)
            .stdout(output)
            .status()?;
        Ok(Ended {
            well: status.success(),
            output: String::from_utf8_lossy(&fs::read(file)?).into_owned(),
            took: start.elapsed(),
        })
    }
}

/// Prints what the program printed, and says whether all was well.
fn report(program: &Program, ended: io::Result<Ended>, counts: &mut Counts) -> bool {
    let name = &program.name;
    let ended = match ended {
        Ok(ended) => ended,
        Err(error) => {
            eprintln!("error: {name} could not be run: {error}.");
            return false;
        }
    };
    println!("\n   {name}: {}", seconds(ended.took));
    println!("{}", ended.output.trim_end());
    // Somebody who watches sees it now and not when the next one ends.
    let _ = io::stdout().flush();
    ended.output.lines().for_each(|line| counts.read(line));
    ended.well
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_test_programs_are_read_of_what_cargo_says() {
        let artifact = |package: &str, test: bool| {
            format!(
                r#"{{"reason":"compiler-artifact","package_id":"path+file://{package}","manifest_path":"/here/crates/tools/Cargo.toml",
                "target":{{"kind":["test"],"name":"it"}},"profile":{{"test":{test}}},
                "executable":"/target/it-1"}}"#
            )
        };

        let read = program(&artifact("/here/crates/tools#0.1.0", true)).unwrap();

        assert_eq!(read.name, "tools/it");
        assert_eq!(read.folder, Path::new("/here/crates/tools"));
        let root = program(&artifact("/here#latchwork@0.1.0", true)).unwrap();
        assert_eq!(root.name, "latchwork/it");
        assert_eq!(program(&artifact("/here/crates/tools#0.1.0", false)), None);
        assert_eq!(
            program(r#"{"reason":"build-finished","success":true}"#),
            None
        );
    }

    #[test]
    fn a_program_that_failed_or_could_not_start_is_no_success() {
        let program = Program {
            name: "here/it".to_owned(),
            executable: PathBuf::from("sh"),
            arguments: &[],
            folder: PathBuf::from("/"),
        };
        let ended = Ended {
            well: false,
            output: "test result: FAILED. 1 passed; 2 failed; 0 ignored".to_owned(),
            took: Duration::ZERO,
        };
        let mut counts = Counts::default();

        let well = report(&program, Ok(ended), &mut counts);

        assert!(!well);
        let absent = Err(io::ErrorKind::NotFound.into());
        assert!(!report(&program, absent, &mut counts));
        assert_eq!(
            counts.to_string(),
            "1 passed, 2 failed, 0 ignored, in 1 test programs"
        );
    }
}
