//! Files that are published as npm packages, kept in the user's cache folder.
//!
//! **Invariant:** nothing is used that has another hash than the one that was looked at: it stands
//! in a lock file, or here beside the version.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;

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

/// One package, which needs no other.
pub(crate) struct Package<'a> {
    pub(crate) name: &'a str,
    pub(crate) version: &'a str,
    /// The hash of its archive, as `npm view NAME@VERSION dist.integrity` tells it.
    pub(crate) integrity: &'a str,
}

impl Package<'_> {
    /// Installs it below a folder. npm holds an archive to the hash that the registry tells; what
    /// that was is left beside it, and must be ours.
    pub(crate) fn install(&self, folder: &Path) -> Result<()> {
        let Self { name, version, .. } = self;
        Tool::new("npm")
            .absent("install Node.js 20 or newer")
            .args(["install", "--prefer-offline", "--no-audit", "--no-fund"])
            .args(["--ignore-scripts", "--prefix"])
            .arg(folder)
            .arg(format!("{name}@{version}"))
            .output_within(Duration::from_secs(300))?;
        self.check(folder)
    }

    /// Whether this, and nothing else, is what was installed.
    pub(crate) fn check(&self, folder: &Path) -> Result<()> {
        #[derive(Deserialize)]
        struct Installed {
            packages: BTreeMap<String, Archive>,
        }
        #[derive(Deserialize)]
        struct Archive {
            #[serde(default)]
            integrity: String,
        }
        let Self { name, version, .. } = self;
        let file = folder.join("node_modules/.package-lock.json");
        let text = fs::read(&file).at("read", &file)?;
        let installed: Installed = serde_json::from_slice(&text)
            .map_err(|error| Fault::new(format!("{}: {error}.", file.display())))?;
        for (place, archive) in &installed.packages {
            if *place != format!("node_modules/{name}") {
                return Err(Fault::new(format!(
                    "{name} {version} brings {place} along."
                )));
            }
            if archive.integrity != self.integrity {
                return Err(Fault::new(format!(
                    "{name} {version} is not what was published: {} instead of {}.",
                    archive.integrity, self.integrity
                ))
                .mend(format!("rm -r {}", folder.display())));
            }
        }
        match installed.packages.is_empty() {
            true => Err(Fault::new(format!("npm has not installed {name}."))),
            false => Ok(()),
        }
    }
}

/// The file of a package, which is fetched where it is absent.
pub(crate) fn provide(package: &Package<'_>, file: &str) -> Result<PathBuf> {
    let Package { name, version, .. } = package;
    let folder = env::cache().join(format!("{name}@{version}"));
    let file = folder.join("node_modules").join(name).join(file);
    if file.exists() {
        package.check(&folder)?;
    } else {
        note(&format!("fetching {name} {version} from npm"));
        fs::create_dir_all(&folder).at("create", &folder)?;
        package.install(&folder)?;
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// FR-247.
    #[test]
    fn a_package_with_another_hash_or_company_is_not_used() {
        let package = Package {
            name: "axe-core",
            version: "4.14.1",
            integrity: "sha512-right",
        };
        let installed = |packages: serde_json::Value| {
            let folder = tempfile::tempdir().unwrap();
            let modules = folder.path().join("node_modules");
            fs::create_dir_all(&modules).unwrap();
            let text = json!({"packages": packages}).to_string();
            fs::write(modules.join(".package-lock.json"), text).unwrap();
            package
                .check(folder.path())
                .map_err(|fault| fault.sentence().to_owned())
        };
        let right = json!({"integrity": "sha512-right"});
        let wrong = json!({"integrity": "sha512-wrong"});

        assert_eq!(installed(json!({"node_modules/axe-core": right})), Ok(()));
        for (packages, told) in [
            (
                json!({"node_modules/axe-core": wrong}),
                "sha512-wrong instead of sha512-right",
            ),
            (
                json!({"node_modules/axe-core": {}}),
                "instead of sha512-right",
            ),
            (
                json!({"node_modules/axe-core": right, "node_modules/other": right}),
                "brings node_modules/other along",
            ),
            (json!({}), "has not installed axe-core"),
        ] {
            let fault = installed(packages).unwrap_err();
            assert!(fault.contains(told), "{fault}");
        }
    }
}
