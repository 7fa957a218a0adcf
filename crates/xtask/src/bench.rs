//! `cargo xtask bench`: prints how fast the release binaries are, and keeps the figures in
//! `benchmarks/` with the machine they were taken on.
//!
//! **Invariant:** Postgres has the core of the clients, never that of what is measured.

use crate::docs;
use crate::fault::Result;
use crate::frontend::{self, Profile};
use crate::npm;
use crate::postgres::{Purpose, Server};
use crate::python;
use crate::root::Root;
use crate::suite::{self, SERVER};
use crate::tool::Tool;

/// The topic for which the pure part is measured by itself.
const IDENTITY: &str = "identity";

/// The topics with programs of others in them, all of which begin so.
const PEERS: &str = "peers";

/// The topic in which a browser shows the front end as it is deployed.
const PAGE: &str = "page";

/// The topic from which a page of the documentation is computed.
const CAPACITY: &str = "capacity";

/// Where the benchmark finds the Python of one peer, and the packages of the other.
const PYTHON: &str = "LATCHWORK_PEER_PYTHON";
const NODE: &str = "LATCHWORK_PEER_NODE";

/// All of it, or the topics that are named.
pub(crate) fn run(root: &Root, topics: &[String]) -> Result<()> {
    let wants =
        |name: &str| topics.is_empty() || topics.iter().any(|topic| topic.starts_with(name));
    if wants(IDENTITY) {
        Tool::cargo(root.path())
            .args(["bench", "--package", "auth", "--bench", "verify"])
            .run()?;
    }
    let mut bench = Tool::cargo(root.path());
    if wants(PEERS) {
        let python = python::required(&root.join("benchmarks/peers/python/requirements.txt"))?;
        let node = npm::locked(root, "benchmarks/peers/node")?;
        bench = bench.env(PYTHON, python).env(NODE, node);
    }
    if wants(PAGE) {
        frontend::build(root, Profile::Release)?;
        bench = bench.env(suite::BROWSER, suite::browser::provide()?);
    }
    let server = on_the_first_core(|| Server::throw_away(Purpose::Trying))?;
    println!("  {}", server.describe());
    bench
        .args(["bench", "--package", "latchwork", "--bench", "product"])
        .arg("--")
        .args(topics)
        .env(SERVER, server.superuser_url())
        // A developer's own database is not for this.
        .without_env("DATABASE_URL")
        .run()?;
    if wants(CAPACITY) {
        docs::run(root, false)?;
    }
    Ok(())
}

/// What is started by this stays there.
#[cfg(target_os = "linux")]
fn on_the_first_core<T>(start: impl FnOnce() -> T) -> T {
    use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};
    let Ok(all) = sched_getaffinity(None) else {
        return start();
    };
    let mut first = CpuSet::new();
    if let Some(core) = (0..CpuSet::MAX_CPU).find(|core| all.is_set(*core)) {
        first.set(core);
    }
    // Where it may not be said, it runs wherever there is room.
    let _ = sched_setaffinity(None, &first);
    let started = start();
    let _ = sched_setaffinity(None, &all);
    started
}

#[cfg(not(target_os = "linux"))]
fn on_the_first_core<T>(start: impl FnOnce() -> T) -> T {
    start()
}
