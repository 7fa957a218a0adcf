//! Files that are published as npm packages, kept in the user's cache folder.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use crate::env;
use crate::fault::{AtPath, Result};
use crate::progress::note;
use crate::tool::Tool;

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
