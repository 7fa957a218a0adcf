//! Where the data lies.

use std::fs::{self, DirEntry};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use rustix::fs::statvfs;

use super::account::Account;
use super::{remove_quietly, socket};
use crate::fault::{AtPath, Result};
use crate::progress::note;
use crate::root::Root;

const THROW_AWAY: &str = "latchwork-test-";

/// Where files lie in memory. A test run makes hundreds of databases of hundreds of files each: on
/// a disk, that is a tenth of its processor time.
const MEMORY: &str = "/dev/shm";

const DISK: &str = "/tmp";

/// Bytes that a test run takes, twice over.
const ROOM: u64 = 12 << 30;

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
    for home in [MEMORY, DISK] {
        let entries = Path::new(home).read_dir().into_iter().flatten().flatten();
        entries.for_each(|entry| remove_if_orphaned(&entry));
    }
    let home = if has_room() { MEMORY } else { DISK };
    let folder = Path::new(home).join(format!("{THROW_AWAY}{}", std::process::id()));
    remove_quietly(&folder);
    fs::create_dir(&folder).at("create", &folder)?;
    account.own(&folder)?;
    Ok(folder)
}

fn remove_if_orphaned(entry: &DirEntry) {
    let name = entry.file_name();
    let owner = name.to_str().and_then(|name| name.strip_prefix(THROW_AWAY));
    let owner = owner.and_then(|number| number.parse::<u32>().ok());
    if owner.is_some_and(|owner| !super::cluster::is_running(owner)) {
        remove_quietly(&entry.path());
    }
}

/// Whether a test run fits into the folder in memory, and leaves as much to others.
fn has_room() -> bool {
    let free = statvfs(MEMORY).map(|state| state.f_bavail * state.f_frsize);
    free.is_ok_and(|free| free >= ROOM) && available().is_some_and(|available| available >= ROOM)
}

/// Bytes that can be had without swapping, as Linux tells them (proc(5), `/proc/meminfo`).
fn available() -> Option<u64> {
    let state = fs::read_to_string("/proc/meminfo").ok()?;
    let mut lines = state.lines();
    let line = lines.find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kibibytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kibibytes * 1024)
}
