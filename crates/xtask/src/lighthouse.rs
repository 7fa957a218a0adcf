//! `cargo xtask lighthouse`: what Lighthouse thinks of the page as it is deployed, by its mobile
//! profile.
//!
//! The page is a release build behind the gateway, which compresses as the platform's network does;
//! how fast the functions are is measured elsewhere. Chromium is the one of the tests; Lighthouse
//! comes from npm.

use std::collections::BTreeMap;
use std::sync::Arc;

use gateway::Gateway;
use serde::Deserialize;

use crate::database::Database;
use crate::dev;
use crate::fault::{AtPath, Fault, Result};
use crate::frontend::{self, Profile};
use crate::functions;
use crate::npm;
use crate::postgres::{Purpose, Server};
use crate::progress::step;
use crate::root::Root;
use crate::secrets;
use crate::suite::browser;
use crate::tool::Tool;

/// Drives Lighthouse; a file of its own because Lighthouse is a library of Node.js.
const SCRIPT: &str = include_str!("lighthouse/run.mjs");

/// What a page has to reach, of a hundred.
const AIMS: [(&str, f64); 3] = [
    ("performance", 95.0),
    ("accessibility", 100.0),
    ("best-practices", 100.0),
];

/// What was found of one page.
#[derive(Deserialize)]
struct Look {
    page: String,
    scores: BTreeMap<String, f64>,
    metrics: Vec<String>,
    /// Audits that are not passed.
    faults: Vec<String>,
    /// Why the page could not be looked at.
    error: Option<String>,
}

pub(crate) fn run(root: &Root) -> Result<()> {
    frontend::build(root, Profile::Release)?;
    let binaries = functions::build(root, false)?;
    let chromium = browser::provide()?;
    let modules = npm::locked(root, "tests/lighthouse")?;

    let runtime = dev::runtime()?;
    let database = Database::Local(Server::throw_away(Purpose::Trying)?);
    database.migrate(&runtime)?;
    let listen = dev::free_address(0)?;
    let settings = secrets::settings(root)?;
    let gateway = runtime.block_on(async {
        Gateway::start(gateway::Options {
            env: dev::function_env(settings, &database.url(), listen.port()),
            listen,
            log: Arc::new(|_| {}),
            ..gateway::Options::new(root.path(), binaries)
        })
    });
    let gateway = gateway.map_err(|error| Fault::new(error.to_string()))?;

    let script = root.join("target/lighthouse.mjs");
    std::fs::write(&script, SCRIPT).at("write", &script)?;
    let mut looks = Vec::new();
    step("Lighthouse", || {
        Tool::new("node")
            .absent("install Node.js 20 or newer")
            .args([
                script.as_os_str(),
                modules.as_os_str(),
                chromium.as_os_str(),
            ])
            .arg(gateway.url())
            .read_lines(|line| looks.extend(serde_json::from_str::<Look>(line)))?;
        Ok(((), format!("{} pages", looks.len())))
    })?;
    drop(gateway);
    drop(database);
    judge(&looks)
}

/// Prints what was found, and is a fault where an aim is missed.
fn judge(looks: &[Look]) -> Result<()> {
    let mut missed = Vec::new();
    for look in looks {
        println!("\n{}", look.page);
        missed.extend(look.error.clone());
        for (name, aim) in AIMS {
            let score = look.scores.get(name).copied().unwrap_or_default();
            println!("  {name:<15} {score:>4.0}  (aim {aim:.0})");
            if score < aim {
                missed.push(format!("{}: {name} {score:.0} of {aim:.0}", look.page));
            }
        }
        println!("  {}", look.metrics.join(", "));
        for fault in &look.faults {
            println!("  - {fault}");
        }
    }
    if missed.is_empty() {
        return Ok(());
    }
    Err(Fault::new(format!("below the aim: {}.", missed.join("; "))))
}
