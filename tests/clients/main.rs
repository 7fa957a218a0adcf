//! Programs of others, unchanged, against the running functions: Better Auth's own client and its
//! own server on the same database, the MCP clients, and the MCP conformance suite.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod fixture;
#[path = "../shared/site.rs"]
mod site;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use testing::Database;
use tokio::process::Command;

use crate::fixture::Fixture;
use crate::site::{SECRET, Site};

/// Longer than any of them takes.
const LIMIT: Duration = Duration::from_secs(300);

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients")
}

/// Where the set-up has installed what `package-lock.json` names.
fn packages() -> PathBuf {
    testing::provided("LATCHWORK_CLIENTS").into()
}

/// Everybody in a test is one person who does a lot within a second.
fn site(database: &Database) -> Site {
    Site::start_with(&database.url, |mut options| {
        let off = ("RATE_LIMIT_PASSWORD".to_owned(), "off".to_owned());
        options.env.push(off);
        let off = ("RATE_LIMIT_REQUESTS".to_owned(), "off".to_owned());
        options.env.push(off);
        options
    })
}

/// Runs a script of this folder, which must say "ok" at its end.
async fn run(script: &str, arguments: &[&str]) {
    run_by(Path::new("node"), script, arguments).await;
}

async fn run_by(node: &Path, script: &str, arguments: &[&str]) {
    // Node looks for packages beside the script, and nothing is to be left in this folder.
    let folder = tempfile::tempdir().unwrap();
    for file in fs::read_dir(here()).unwrap() {
        let file = file.unwrap().path();
        let kinds = ["mjs", "py", "yml"];
        if file
            .extension()
            .is_some_and(|end| kinds.iter().any(|kind| end == *kind))
        {
            fs::copy(&file, folder.path().join(file.file_name().unwrap())).unwrap();
        }
    }
    std::os::unix::fs::symlink(packages(), folder.path().join("node_modules")).unwrap();
    let mut command = Command::new(node);
    command
        .arg(folder.path().join(script))
        .args(arguments)
        .stdin(Stdio::null())
        .kill_on_drop(true);
    let output = tokio::time::timeout(LIMIT, command.output()).await;
    let output = output.expect("the script ends").unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}\n{complained}");
    assert_eq!(said.trim().lines().last(), Some("ok"), "{complained}");
}

/// FR-008.
#[tokio::test]
async fn the_official_client_works_unchanged() {
    let database = Database::new().await;
    let site = site(&database);

    run("client.mjs", &[&site.url]).await;
    drop(site.gateway);
}

#[tokio::test]
async fn a_real_better_auth_takes_what_ours_made() {
    let database = Database::new().await;
    let site = site(&database);

    let arguments = [&*site.url, &database.owner_url, SECRET, "latchwork"];
    run("peer.mjs", &arguments).await;
    drop(site.gateway);
}

#[tokio::test]
async fn ours_takes_what_a_real_better_auth_made() {
    let database = Database::new().await;
    let site = site(&database);

    let arguments = [&*site.url, &database.owner_url, SECRET, "better-auth"];
    run("peer.mjs", &arguments).await;
    drop(site.gateway);
}

/// FR-120, FR-127.
#[tokio::test]
async fn the_official_mcp_clients_find_their_way_in() {
    let database = Database::new().await;
    let site = site(&database);

    run("mcp.mjs", &[&site.url]).await;
}

/// Node 22, which the suite needs, as npm has it for this machine.
fn node_22() -> Option<PathBuf> {
    let platforms = ["linux-x64", "linux-arm64"];
    let places = platforms.map(|name| packages().join(format!("node-{name}/bin/node")));
    places.into_iter().find(|place| place.exists())
}

/// FR-120, FR-127: the server that is deployed, and one with the things that the suite calls,
/// behind the same transport.
#[tokio::test]
async fn the_official_conformance_suite_is_content() {
    let Some(node) = node_22() else {
        // npm has none for this machine; where these tests decide, it has.
        return;
    };
    let database = Database::new().await;
    let site = site(&database);
    let fixture = Fixture::start().await;

    run_by(&node, "conformance.mjs", &[&site.url, &fixture]).await;
}

/// FR-127: by OAuth, at a terminal of its own, and by a personal token.
#[tokio::test]
async fn the_official_inspector_finds_its_way_in() {
    let Some(node) = node_22() else {
        return;
    };
    let database = Database::new().await;
    let site = site(&database);

    run_by(&node, "inspector.mjs", &[&site.url]).await;
}

/// FR-120, FR-127.
#[tokio::test]
async fn the_official_python_clients_find_their_way_in() {
    let database = Database::new().await;
    let site = site(&database);
    for (script, variable) in [
        ("mcp1.py", "LATCHWORK_TEST_PYTHON"),
        ("mcp2.py", "LATCHWORK_TEST_PYTHON_MCP2"),
    ] {
        if let Some(python) = testing::tool(variable, &format!("Python for {script}")) {
            run_by(&python, script, &[&site.url]).await;
        }
    }
}
