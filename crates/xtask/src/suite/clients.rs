//! The packages of `tests/clients`: programs of others that must work with ours, in the user's
//! cache folder.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

use crate::env;
use crate::fault::{AtPath, Fault, Result};
use crate::lock::Lock;
use crate::progress::note;
use crate::root::Root;
use crate::tool::Tool;

/// What npm is told by. The lock file says of every package what it must be.
const FILES: [&str; 2] = ["package.json", "package-lock.json"];

/// The folder of the packages; installed anew whenever the lock file has changed.
pub(crate) fn provide(root: &Root) -> Result<PathBuf> {
    let source = root.join("tests/clients");
    let cache = env::cache();
    let finished = cache.join(format!("clients-{:016x}", fingerprint(&source)?));
    if !finished.exists() {
        fs::create_dir_all(&cache).at("create", &cache)?;
        let waiting = "another run is fetching the test clients; waiting for that one";
        let _lock = Lock::take(&cache.join("clients.lock"), waiting)?;
        if !finished.exists() {
            install(&source, &cache.join("clients-unfinished"), &finished)?;
        }
    }
    Ok(finished.join("node_modules"))
}

fn fingerprint(source: &Path) -> Result<u64> {
    let mut hasher = DefaultHasher::new();
    for name in FILES {
        let file = source.join(name);
        fs::read(&file).at("read", &file)?.hash(&mut hasher);
    }
    Ok(hasher.finish())
}

fn install(source: &Path, work: &Path, finished: &Path) -> Result<()> {
    note("fetching the programs of others that are tested with, from npm");
    let _ = fs::remove_dir_all(work);
    fs::create_dir_all(work).at("create", work)?;
    for name in FILES {
        let file = source.join(name);
        fs::copy(&file, work.join(name)).at("copy", &file)?;
    }
    Tool::new("npm")
        .absent("install Node.js 20 or newer")
        .args(["ci", "--prefer-offline", "--no-audit", "--no-fund"])
        .args(["--ignore-scripts", "--prefix"])
        .arg(work)
        .output()
        .map_err(|why| {
            let why = why.sentence();
            Fault::new(format!(
                "The programs of others could not be fetched. {why}"
            ))
            .mend("npm ci --prefix tests/clients")
        })?;
    fs::rename(work, finished).at("rename", work)
}
