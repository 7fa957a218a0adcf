//! `cargo xtask audit`: whether everything that comes from outside may come in, by `deny.toml`.

use std::path::PathBuf;

use crate::env;
use crate::fault::{Fault, Result};
use crate::lock::Lock;
use crate::progress::{note, step};
use crate::root::Root;
use crate::tool::Tool;

const VERSION: &str = "0.20.2";

/// Licences, duplicates and sources first, which need nothing but this machine; then the list of
/// known holes, which is fetched.
pub(crate) fn run(root: &Root) -> Result<()> {
    let deny = provide()?;
    let check = |what: &[&str]| {
        Tool::new(&deny)
            .outside_our_package()
            .within(root.path())
            .args(["--workspace", "check", "--hide-inclusion-graph"])
            .args(what)
    };
    step("Licences, duplicates and sources", || {
        check(&["licenses", "bans", "sources"]).run()?;
        Ok(((), "as deny.toml has them".to_owned()))
    })?;
    step("Known holes", || {
        match Tool::new(&deny)
            .within(root.path())
            .args(["fetch", "db"])
            .output()
        {
            Ok(_) => {
                check(&["advisories"]).run()?;
                Ok(((), "none".to_owned()))
            }
            Err(why) if env::is_ci() => Err(why),
            Err(_) => {
                let skipped = "SKIPPED: the list of known holes cannot be fetched from here";
                Ok(((), skipped.to_owned()))
            }
        }
    })
}

/// The one of this machine, or one that is built into the user's cache folder.
fn provide() -> Result<PathBuf> {
    if let Some(found) = env::find_command("cargo-deny") {
        return Ok(found);
    }
    let home = env::cache().join(format!("cargo-deny-{VERSION}"));
    let program = home.join("bin/cargo-deny");
    let waiting = "another run is building cargo-deny; waiting for that one";
    let _lock = Lock::take(&home.with_extension("lock"), waiting)?;
    if !program.exists() {
        note("building cargo-deny, which takes some minutes, once");
        Tool::new("cargo")
            .outside_our_package()
            .args(["install", "--locked", "--quiet", "--root"])
            .arg(&home)
            .arg(format!("cargo-deny@{VERSION}"))
            .run()
            .map_err(|why| {
                let why = why.sentence();
                Fault::new(format!("There is no cargo-deny. {why}"))
                    .mend(format!("cargo install --locked cargo-deny@{VERSION}"))
            })?;
    }
    Ok(program)
}
