//! Postgres from npm, for a machine that has none: `@embedded-postgres/<platform>` holds the
//! server's own binaries.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::account::Account;
use crate::env;
use crate::fault::{AtPath, Fault, Result};
use crate::lock::Lock;
use crate::npm::Package;
use crate::progress::note;

const VERSION: &str = "18.4.0-beta.17";
pub(super) const MAJOR: &str = "18";

/// A symbolic link that npm's packages cannot hold.
#[derive(Deserialize)]
struct Link {
    /// What it points to, from the package's folder.
    source: PathBuf,
    /// Where it lies.
    target: PathBuf,
}

/// The folder of the programs, fetched on first use.
pub(super) fn provide(account: &Account) -> Result<PathBuf> {
    let (platform, integrity) = platform()?;
    let name = format!("@embedded-postgres/{platform}");
    let package = Package {
        name: &name,
        version: VERSION,
        integrity,
    };
    let home = home(account);
    let finished = home.join(format!("postgres-{VERSION}"));
    let programs = |folder: &Path| folder.join("node_modules").join(&name).join("native/bin");
    if !finished.exists() {
        let waiting = "another run is fetching Postgres; waiting for that one";
        let _lock = Lock::take(&home.join("postgres.lock"), waiting)?;
        if !finished.exists() {
            fetch(&home, &package, &finished)?;
        }
    }
    Ok(programs(&finished))
}

fn fetch(home: &Path, package: &Package<'_>, finished: &Path) -> Result<()> {
    let name = package.name;
    note(&format!("fetching {name} {VERSION} from npm (about 20 MB)"));
    let work = home.join("postgres-unfinished");
    super::remove_quietly(&work);
    fs::create_dir_all(&work).at("create", &work)?;
    package.install(&work).map_err(|why| {
        let why = why.sentence();
        Fault::new(format!("There is no Postgres on this machine. {why}"))
            .mend("apt-get install postgresql    # or npm, or set DATABASE_URL")
    })?;
    link(&work.join("node_modules").join(name))?;
    fs::rename(&work, finished).at("rename", &work)
}

fn link(package: &Path) -> Result<()> {
    let list = package.join("native/pg-symlinks.json");
    // Only those platforms have a list that need one.
    let Ok(text) = fs::read(&list) else {
        return Ok(());
    };
    let links: Vec<Link> = serde_json::from_slice(&text)
        .map_err(|error| Fault::new(format!("{}: {error}.", list.display())))?;
    for Link { source, target } in links {
        let link = package.join(&target);
        if link.exists() {
            continue;
        }
        // Relative, so that the folder can be renamed when it is finished.
        let home = target.parent().unwrap_or(Path::new(""));
        let relative = source.strip_prefix(home).unwrap_or(&source);
        symlink(relative, &link).at("create", &link)?;
    }
    Ok(())
}

/// The cache, or a folder that the server's account reaches.
fn home(account: &Account) -> PathBuf {
    let cache = env::cache();
    if account.reaches(&cache) {
        cache
    } else {
        PathBuf::from("/var/cache/latchwork")
    }
}

/// The platform by npm's name for it, and the hash of its package.
fn platform() -> Result<(&'static str, &'static str)> {
    match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", "x86_64") => Ok((
            "linux-x64",
            "sha512-jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA==",
        )),
        ("linux", "aarch64") => Ok((
            "linux-arm64",
            "sha512-TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg==",
        )),
        ("macos", "x86_64") => Ok((
            "darwin-x64",
            "sha512-4tShSYWMxUQTSWoQAdLnHISvRj6L9gTch9/31ASJPg6wgyN64LDRwMcOINEWybM7N0ropJ3nTYhFT3UX1bKY5Q==",
        )),
        ("macos", "aarch64") => Ok((
            "darwin-arm64",
            "sha512-Kg1ZMNFzkVIJs3g4V2UYEc5X005km9rGinxFBH8R1sOU2Rblvz4pt2Uf93Pu8Rk273Ue9HIdrbMPpgUqwjUi0Q==",
        )),
        (system, machine) => Err(Fault::new(format!(
            "There is no Postgres on this machine, and none on npm for {system} on {machine}."
        ))
        .mend("install Postgres, or set DATABASE_URL")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_point_to_their_neighbours() {
        let package = tempfile::tempdir().unwrap();
        let lib = package.path().join("native/lib");
        fs::create_dir_all(&lib).unwrap();
        fs::write(lib.join("libpq.so.5.18"), "library").unwrap();
        fs::write(
            package.path().join("native/pg-symlinks.json"),
            r#"[{"source": "native/lib/libpq.so.5.18", "target": "native/lib/libpq.so.5"}]"#,
        )
        .unwrap();

        link(package.path()).unwrap();

        assert_eq!(fs::read(lib.join("libpq.so.5")).unwrap(), b"library");
        let points_to = fs::read_link(lib.join("libpq.so.5")).unwrap();
        assert_eq!(points_to, Path::new("libpq.so.5.18"));
    }
}
