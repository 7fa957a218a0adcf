//! Files that are published as npm packages, kept in the user's cache folder.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::env;
use crate::fault::{AtPath, Fault, Result};
use crate::lock::Lock;
use crate::progress::note;
use crate::root::Root;
use crate::tool::Tool;

/// What npm is told by. The lock file says of every package what it must be.
const FILES: [&str; 2] = ["package.json", "package-lock.json"];

/// What it is told beside, if there is such a file.
const SETTINGS: &str = ".npmrc";

/// The file of a package, given as `name@version`, which is fetched where it is absent.
pub(crate) fn provide(package: &str, file: &str) -> Result<PathBuf> {
    let folder = env::cache().join(package);
    let name = package.rsplit_once('@').map_or(package, |(name, _)| name);
    let file = folder.join("node_modules").join(name).join(file);
    if !file.exists() {
        note(&format!("fetching {package} from npm"));
        fs::create_dir_all(&folder).at("create", &folder)?;
        Tool::new("npm")
            .args(["install", "--prefer-offline", "--no-audit", "--no-fund"])
            .arg("--prefix")
            .args([folder.as_os_str(), package.as_ref()])
            .output_within(Duration::from_secs(120))?;
    }
    Ok(file)
}

/// The folder of the packages that one of this checkout asks for; installed anew whenever its lock
/// file has changed.
pub(crate) fn locked(root: &Root, folder: &str) -> Result<PathBuf> {
    let source = root.join(folder);
    let name = folder.replace('/', "-");
    let cache = env::cache();
    let finished = cache.join(format!("{name}-{:016x}", fingerprint(&source)?));
    if !finished.exists() {
        fs::create_dir_all(&cache).at("create", &cache)?;
        let waiting = format!("another run is fetching the packages of {folder}; waiting");
        let _lock = Lock::take(&cache.join(format!("{name}.lock")), &waiting)?;
        if !finished.exists() {
            note(&format!("fetching the packages of {folder} from npm"));
            install(
                &source,
                &cache.join(format!("{name}-unfinished")),
                &finished,
            )
            .map_err(|why| {
                let why = why.sentence();
                Fault::new(format!("{folder} has no packages. {why}"))
                    .mend(format!("npm install --prefix {folder}"))
            })?;
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
    let _ = fs::remove_dir_all(work);
    fs::create_dir_all(work).at("create", work)?;
    let settings = source.join(SETTINGS).exists().then_some(SETTINGS);
    for name in FILES.into_iter().chain(settings) {
        let file = source.join(name);
        fs::copy(&file, work.join(name)).at("copy", &file)?;
    }
    // Not `ci`, which insists on packages for other systems that a registry's copy may lack. What
    // the lock file names is held to its hash all the same.
    Tool::new("npm")
        .absent("install Node.js 20 or newer")
        .args(["install", "--no-save", "--prefer-offline", "--no-audit"])
        .args(["--no-fund", "--ignore-scripts", "--prefix"])
        .arg(work)
        .output()?;
    fs::rename(work, finished).at("rename", work)
}
