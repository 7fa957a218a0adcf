//! Every command in the documentation is tried.
//!
//! What asks a deployment or makes a secret is run, against a deployment of this machine. What
//! cargo builds and runs is held against the programs' own lists: `cargo xtask help` and parser,
//! the packages and their tests. What can be neither is in `NOT_RUN`, with the reason.

mod pages;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};

use testing::Database;

use self::pages::{Block, blocks, of_cargo, root, spans};
use crate::site::{SECRET, Site};

/// Commands that this test does not run, and why.
const NOT_RUN: [(&str, &str); 2] = [
    (
        "vercel env pull .env.production --environment production",
        "needs somebody's account",
    ),
    (
        "vercel dev --local",
        "serves until it is ended, and builds at every request",
    ),
];

/// Programs of the system that a machine may be without; a build server has them.
const MAY_BE_ABSENT: [&str; 4] = ["openssl", "pg_dump", "pg_restore", "psql"];

const CRON_SECRET: &str = "a secret for the clock";

/// FR-185.
#[test]
fn every_command_of_cargo_is_one_that_there_is() {
    let known = Known::ask();
    let in_blocks = blocks().into_iter().flat_map(|block| {
        let page = block.page;
        let lines = block.lines.into_iter();
        lines
            .map(move |line| (page.clone(), line))
            .collect::<Vec<_>>()
    });
    let mut faults = Vec::new();
    let mut count = 0;

    for (page, line) in in_blocks.chain(spans()) {
        if let Some(words) = of_cargo(&line) {
            count += 1;
            let fault = known.fault(&words);
            faults.extend(fault.map(|fault| format!("{page}: `{line}` {fault}")));
        }
    }

    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    assert!(count > 20, "only {count} were found");
}

/// FR-185.
#[tokio::test(flavor = "multi_thread")]
async fn every_other_command_runs() {
    let database = Database::new().await;
    let site = Site::start_with(&database.url, |mut options| {
        let secret = ("CRON_SECRET".to_owned(), CRON_SECRET.to_owned());
        options.env.push(secret);
        options
    });
    let folder = tempfile::tempdir().unwrap();
    let mut count = 0;

    for (number, block) in blocks().into_iter().enumerate() {
        let lines: Vec<&str> = block.lines.iter().map(String::as_str).collect();
        let lines = to_run(&lines);
        if lines.is_empty() || is_without_its_programs(&lines) {
            continue;
        }
        let reader = site.sign_up(&format!("reader{number}")).await;
        let output = Command::new("sh")
            .args(["-euc", &lines.join("\n")])
            .current_dir(folder.path())
            .env("URL", &site.url)
            .env("JWT", &reader.token)
            .env("CRON_SECRET", CRON_SECRET)
            .env("BETTER_AUTH_SECRET", SECRET)
            .env("USER_ID", "some-id")
            .env("DATABASE_OWNER_URL", &database.owner_url)
            .output()
            .unwrap();
        assert_well(&block, &lines, &output);
        count += 1;
    }

    assert!(count >= 5, "only {count} were found");
}

#[test]
fn what_is_not_run_is_documented() {
    let lines: Vec<String> = blocks().into_iter().flat_map(|block| block.lines).collect();

    for (command, _) in NOT_RUN {
        assert!(lines.iter().any(|line| line == command), "{command}");
    }
}

/// The lines that are neither cargo's nor listed.
fn to_run<'a>(lines: &[&'a str]) -> Vec<&'a str> {
    let is_listed = |line: &str| NOT_RUN.iter().any(|(command, _)| *command == line);
    let others = lines.iter().copied();
    others
        .filter(|line| !line.is_empty() && of_cargo(line).is_none() && !is_listed(line))
        .collect()
}

fn is_without_its_programs(lines: &[&str]) -> bool {
    let is_there = |name: &str| {
        let found = Command::new("sh")
            .args(["-c", &format!("command -v {name}")])
            .output();
        found.unwrap().status.success()
    };
    let first_words = lines.iter().filter_map(|line| line.split(' ').next());
    let missing: Vec<&str> = first_words
        .filter(|name| MAY_BE_ABSENT.contains(name) && !is_there(name))
        .collect();
    !missing.is_empty()
}

#[track_caller]
fn assert_well(block: &Block, lines: &[&str], output: &Output) {
    let said = String::from_utf8_lossy(&output.stderr);
    // The system's `pg_dump` may be older than the server that the tests brought along.
    let is_older = said.contains("server version mismatch");
    assert!(
        output.status.success() || is_older,
        "{}:\n{}\n{said}",
        block.page,
        lines.join("\n")
    );
}

/// What `cargo xtask help` tells: commands with their flags.
struct Known {
    program: std::path::PathBuf,
    commands: BTreeMap<String, Vec<String>>,
}

impl Known {
    fn ask() -> Self {
        // Built by the same command as the functions beside it.
        let program = Path::new(env!("CARGO_BIN_EXE_health")).with_file_name("xtask");
        let output = Command::new(&program).arg("help").output();
        let output = output.unwrap_or_else(|error| {
            panic!("{error}; cargo build --package xtask");
        });
        let help = String::from_utf8(output.stdout).unwrap();
        let mut commands: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut last = String::new();
        for line in help.lines() {
            let mut words = line.split_whitespace();
            if let Some(rest) = line.strip_prefix("cargo xtask ") {
                last = rest.split_whitespace().next().unwrap().to_owned();
                commands.entry(last.clone()).or_default();
            } else if let Some(flag) = words.next().filter(|word| word.starts_with("--")) {
                commands.get_mut(&last).unwrap().push(flag.to_owned());
            }
        }
        assert!(commands.len() > 8, "{help}");
        Self { program, commands }
    }

    /// What is wrong with the words after `cargo`.
    fn fault(&self, words: &[&str]) -> Option<String> {
        let (first, rest) = words.split_first()?;
        match *first {
            "xtask" => self.fault_of_ours(rest),
            "bench" | "run" | "test" => fault_of_target(rest),
            "clean" | "update" => None,
            _ => Some("is no command of cargo's that is expected here".to_owned()),
        }
    }

    fn fault_of_ours(&self, words: &[&str]) -> Option<String> {
        // `cargo xtask …`, the family.
        let name = words.first().filter(|name| **name != "…")?;
        let Some(flags) = self.commands.get(*name) else {
            return Some("is not in `cargo xtask help`".to_owned());
        };
        let of_others = words.iter().position(|word| *word == "--");
        let ours = &words[..of_others.unwrap_or(words.len())];
        let unknown =
            |word: &&&str| word.starts_with("--") && !flags.iter().any(|flag| flag == *word);
        if let Some(flag) = ours.iter().find(unknown) {
            return Some(format!("has {flag}, which is not in `cargo xtask help`"));
        }
        // These read the rest of the line themselves, once they are built.
        if ["authcheck", "doctor", "smoke"].contains(name) {
            return None;
        }
        let read = Command::new(&self.program)
            .args(ours)
            .arg("--help")
            .output();
        let read = read.unwrap();
        let said = String::from_utf8_lossy(&read.stderr);
        (!read.status.success()).then(|| format!("is refused: {said}"))
    }
}

/// Whether the package and the test that cargo is told of are there.
fn fault_of_target(words: &[&str]) -> Option<String> {
    let value = |names: [&str; 2]| {
        let at = words.iter().position(|word| names.contains(word))?;
        words.get(at + 1).copied()
    };
    let folder = match value(["-p", "--package"]) {
        None | Some("latchwork") => root(),
        Some(package) => root().join("crates").join(package),
    };
    if !folder.join("Cargo.toml").exists() {
        return Some(format!("names no package: {}", folder.display()));
    }
    let test = value(["--test", "--test"])?;
    let tests = folder.join("tests");
    let is_there =
        tests.join(test).join("main.rs").exists() || tests.join(format!("{test}.rs")).exists();
    (!is_there).then(|| format!("names no test: {test}"))
}
