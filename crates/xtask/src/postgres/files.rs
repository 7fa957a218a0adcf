//! Where the data lies.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use super::account::Account;
use super::{remove_quietly, socket};
use crate::fault::{AtPath, Result};
use crate::progress::note;
use crate::root::Root;

const THROW_AWAY: &str = "latchwork-test-";

/// `.latchwork/postgres`; where the server's account cannot get there, as in the home of root,
/// a link to a folder that it reaches.
pub(super) fn data_folder(root: &Root, account: &Account) -> Result<PathBuf> {
    let state = root.state();
    let data = state.join("postgres");
    let linked = fs::symlink_metadata(&data).is_ok_and(|held| held.is_symlink());
    if account.reaches(&state) && !linked {
        return Ok(data);
    }
    let name = format!("latchwork-{}", socket::short_hash(root.path()));
    let home = Path::new("/var/tmp").join(name);
    if !home.exists() {
        fs::create_dir(&home).at("create", &home)?;
        account.own(&home)?;
    }
    let elsewhere = home.join("postgres");
    if !linked {
        symlink(&elsewhere, &data).at("create", &data)?;
    }
    note(&format!(
        "the database lies in {}, as its user cannot enter this checkout",
        elsewhere.display()
    ));
    Ok(elsewhere)
}

/// A new folder named after this process. Those of runs that were killed are removed.
pub(super) fn throw_away_folder(account: &Account) -> Result<PathBuf> {
    let home = Path::new("/tmp");
    for entry in home.read_dir().at("read", home)?.flatten() {
        let name = entry.file_name();
        let owner = name.to_str().and_then(|name| name.strip_prefix(THROW_AWAY));
        let owner = owner.and_then(|number| number.parse::<u32>().ok());
        if owner.is_some_and(|owner| !super::cluster::is_running(owner)) {
            remove_quietly(&entry.path());
        }
    }
    let folder = home.join(format!("{THROW_AWAY}{}", std::process::id()));
    remove_quietly(&folder);
    fs::create_dir(&folder).at("create", &folder)?;
    account.own(&folder)?;
    Ok(folder)
}
