//! The front end as static files: `frontend/` in, `frontend/dist/` out.
//!
//! What lies in `frontend/` and what becomes of it:
//!
//! - package `frontend`: compiled for the browser into `/assets/app-<hash>/`, and cut into what
//!   the page begins with and the parts that come later.
//! - `styles/*.css`: joined in the order of their names into `/assets/style-<hash>.css`.
//! - `static/assets/<name>`: published as `/assets/<name>-<hash>`, kept by browsers for ever.
//! - `static/<anything else>`: published under its own name, such as `/icon.svg`.
//! - what programs look for below `/.well-known/`, if the build knows the address.
//! - `index.html`: the page, with these placeholders, of which the second is allowed in
//!   `styles/` too:
//!   - `{{styles}}`: the link to the style sheet.
//!   - `{{asset NAME}}`: the address of `static/assets/NAME`.
//!   - `{{scripts}}`: what loads the program, with its files fetched side by side.
//!
//! A release build is made small besides: `optimize`, `squeeze` and `names` take out what no browser
//! needs.
//!
//! Where the program cannot be started, `<html>` gets the attribute `data-start="failed"`, for
//! the style sheet to show what the page then says.
//!
//! **Invariant:** `dist/` is replaced as a whole, and every address in it that begins with
//! `/assets/` names its content. The same input gives the same files, wherever the checkout lies.

mod bundle;
mod dist;
mod names;
mod optimize;
mod own;
mod page;
mod sizes;
mod squeeze;
mod well_known;

use std::path::PathBuf;

pub(crate) use self::bundle::{File, files_below};
#[cfg(test)]
pub(crate) use self::page::hash;
pub(crate) use self::page::is_named_by_content;
use crate::env;
use crate::fault::Result;
use crate::progress::step;
use crate::root::Root;
use crate::wasm::{TARGET, Toolchain};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Small, as deployed.
    Release,
    /// Quick to build.
    Dev,
}

impl Profile {
    pub(crate) fn new(release: bool) -> Self {
        if release { Self::Release } else { Self::Dev }
    }

    fn cargo_name(self) -> &'static str {
        match self {
            Self::Release => "wasm",
            Self::Dev => "wasm-dev",
        }
    }
}

/// Brings `frontend/dist` up to date.
pub(crate) fn build(root: &Root, profile: Profile) -> Result<()> {
    let toolchain = step("Compiler for the browser", || {
        let toolchain = Toolchain::provide(root)?;
        let name = toolchain.name().to_owned();
        Ok((toolchain, name))
    })?;
    step("Front end", || {
        let wasm = compile(root, &toolchain, profile)?;
        let outcome = dist::publish(root, &wasm, profile)?;
        Ok(((), outcome))
    })
}

/// What the compiler is told beside the profile.
fn flags(root: &Root) -> Vec<String> {
    // Without these nobody could tell which parts of the program need which.
    let mut flags = vec!["-Clink-arg=--emit-relocs".to_owned()];
    // Panics name their files. Where those lie here is no business of the page's, whose files would
    // have other names on every machine.
    let crates = env::cargo_home().map(|home| home.join("registry/src"));
    for (folder, name) in [
        (crates, "crates"),
        (Some(root.path().to_owned()), "latchwork"),
    ] {
        let folder = folder.map(|folder| folder.display().to_string());
        flags.extend(folder.map(|folder| format!("--remap-path-prefix={folder}={name}")));
    }
    flags
}

/// The other compiler and the other profile get a target folder of their own.
fn compile(root: &Root, toolchain: &Toolchain, profile: Profile) -> Result<PathBuf> {
    let folder = root.join("target/wasm");
    toolchain
        .cargo(root.path())
        .args(["build", "--package", "frontend", "--bin", "frontend"])
        .args(["--target", TARGET, "--profile", profile.cargo_name()])
        .env("CARGO_ENCODED_RUSTFLAGS", flags(root).join("\u{1f}"))
        .arg("--target-dir")
        .arg(&folder)
        .run()?;
    let built = folder.join(TARGET).join(profile.cargo_name());
    Ok(built.join("frontend.wasm"))
}
