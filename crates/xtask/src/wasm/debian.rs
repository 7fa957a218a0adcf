//! Debian's Rust for web browsers, unpacked into the cache folder, with the wasm target's
//! standard library built from its own source. For machines that cannot reach rustup's server.
//!
//! **Invariant:** `rust-web/<version>` exists only when complete: it is built beside and renamed
//! at the end, under a lock that the system releases when its holder dies.

mod apt;

use std::fs;
use std::path::{Path, PathBuf};

use super::{TARGET, Toolchain};
use crate::env;
use crate::fault::{AtPath, Fault, Result};
use crate::lock::Lock;
use crate::progress::note;
use crate::root::Root;
use crate::tool::Tool;
use apt::Apt;

pub(crate) fn is_possible() -> bool {
    cfg!(target_os = "linux")
        && ["apt-get", "apt-cache", "dpkg-deb"]
            .iter()
            .all(|command| env::find_command(command).is_some())
}

/// The newest complete one in the cache.
pub(crate) fn cached(root: &Root) -> Result<Option<Toolchain>> {
    let found = newest(&cache(), needed_version(root)?);
    Ok(found.map(|found| toolchain(&found)))
}

/// Fetches one, unless another run does so while we wait.
pub(crate) fn provide(root: &Root) -> Result<Toolchain> {
    let cache = cache();
    let lock = cache.join("lock");
    let _lock = Lock::take(&lock, "another run is fetching it; waiting for that one")?;
    match cached(root)? {
        Some(found) => Ok(found),
        None => fetch(&cache).map(|found| toolchain(&found)),
    }
}

fn cache() -> PathBuf {
    env::cache().join("rust-web")
}

/// The oldest compiler that the workspace allows.
fn needed_version(root: &Root) -> Result<[u32; 2]> {
    let path = root.join("Cargo.toml");
    let text = fs::read_to_string(&path).at("read", &path)?;
    let line = text.lines().find(|line| line.starts_with("rust-version"));
    line.and_then(|line| line.split('"').nth(1))
        .and_then(minor_version)
        .ok_or_else(|| Fault::new("Cargo.toml names no `rust-version`."))
}

/// `1.96.0+dfsg1-1` is `[1, 96]`.
fn minor_version(text: &str) -> Option<[u32; 2]> {
    let mut parts = text.split('.').map(str::parse);
    match (parts.next(), parts.next()) {
        (Some(Ok(major)), Some(Ok(minor))) => Some([major, minor]),
        _ => None,
    }
}

fn newest(cache: &Path, needed: [u32; 2]) -> Option<PathBuf> {
    let folders = cache.read_dir().ok()?;
    folders
        .flatten()
        .filter_map(|folder| {
            let version = minor_version(&folder.file_name().to_string_lossy())?;
            (version >= needed).then(|| (version, folder.path()))
        })
        .max()
        .map(|(_, path)| path)
}

fn fetch(cache: &Path) -> Result<PathBuf> {
    let work = cache.join("unfinished");
    if work.exists() {
        fs::remove_dir_all(&work).at("remove", &work)?;
    }
    let tree = work.join("tree");
    fs::create_dir_all(&tree).at("create", &tree)?;
    let apt = Apt::new(&work)?;
    note("fetching the list of Debian's packages");
    apt.update()?;
    let version = apt.candidate("rustc-web")?;
    note(&format!("downloading rustc-web {version} (about 150 MB)"));
    for package in apt.download(&apt.compiler_packages(&version)?)? {
        Tool::new("dpkg-deb")
            .arg("-x")
            .arg(&package)
            .arg(&tree)
            .output()?;
    }
    note("building the standard library for the browser");
    build_std(&tree)?;
    let finished = cache.join(&version);
    fs::rename(&tree, &finished).at("rename", &tree)?;
    fs::remove_dir_all(&work).at("remove", &work)?;
    Ok(finished)
}

fn build_std(tree: &Path) -> Result<()> {
    let sources = tree.join("usr/src");
    let library = child_starting_with(&sources, "rustc-")?.join("library");
    let target = tree.join("std-build");
    compiler_env(tree)
        .into_iter()
        .fold(
            Tool::new(tree.join("usr/bin/cargo")).within(&library),
            |tool, (name, value)| tool.env(name, value),
        )
        .env("RUSTC_BOOTSTRAP", "1")
        .env(
            "RUSTFLAGS",
            "-Cembed-bitcode=yes -Zforce-unstable-if-unmarked",
        )
        .env("__CARGO_DEFAULT_LIB_METADATA", "wasmstd")
        .env("CARGO_TARGET_DIR", &target)
        .without_env("RUSTUP_TOOLCHAIN")
        .args(["build", "--locked", "--release", "-p", "sysroot"])
        .args(["--features", "panic-unwind", "--target", TARGET])
        .run()?;
    let built = target.join(TARGET).join("release/deps");
    let home = tree.join("usr/lib/rustlib").join(TARGET).join("lib");
    fs::create_dir_all(&home).at("create", &home)?;
    for file in built.read_dir().at("read", &built)?.flatten() {
        let path = file.path();
        if path.extension().is_some_and(|kind| kind == "rlib") {
            fs::copy(&path, home.join(file.file_name())).at("copy", &path)?;
        }
    }
    for spent in [target, sources, tree.join("usr/share")] {
        fs::remove_dir_all(&spent).at("remove", &spent)?;
    }
    Ok(())
}

fn toolchain(tree: &Path) -> Toolchain {
    Toolchain {
        name: format!(
            "Debian's rustc {}",
            tree.file_name().unwrap_or_default().to_string_lossy()
        ),
        env: compiler_env(tree),
    }
}

fn compiler_env(tree: &Path) -> Vec<(&'static str, std::ffi::OsString)> {
    let libraries = tree.join("usr/lib");
    let own = libraries.join(format!("{}-linux-gnu", std::env::consts::ARCH));
    let mut search = own.into_os_string();
    search.push(":");
    search.push(&libraries);
    let linker = child_starting_with(&tree.join("usr/bin"), "wasm-ld-").unwrap_or_default();
    vec![
        ("RUSTC", tree.join("usr/bin/rustc").into()),
        ("LD_LIBRARY_PATH", search),
        (
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER",
            linker.into_os_string(),
        ),
    ]
}

fn child_starting_with(folder: &Path, start: &str) -> Result<PathBuf> {
    let found = folder
        .read_dir()
        .at("read", folder)?
        .flatten()
        .find(|file| file.file_name().to_string_lossy().starts_with(start));
    found.map(|file| file.path()).ok_or_else(|| {
        let folder = folder.display();
        Fault::new(format!("There is no {start}… in {folder}."))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newer_compiler_is_preferred_and_an_unfinished_one_is_not_seen() {
        let cache = tempfile::tempdir().unwrap();
        for name in ["1.96.0+dfsg1-1", "1.100.2-1", "unfinished", "lock"] {
            fs::create_dir(cache.path().join(name)).unwrap();
        }

        let found = newest(cache.path(), [1, 95]);

        assert_eq!(found, Some(cache.path().join("1.100.2-1")));
        assert_eq!(newest(cache.path(), [1, 101]), None);
    }
}
