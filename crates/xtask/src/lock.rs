//! One run at a time for work that two would spoil.

use std::fs::{self, File};
use std::path::Path;

use crate::fault::{AtPath, Result};
use crate::progress::note;

/// Held until dropped; the system releases it when its holder dies.
pub(crate) struct Lock(#[expect(dead_code, reason = "an open file is a held lock")] File);

impl Lock {
    /// Waits for the run that holds it, after saying so.
    pub(crate) fn take(path: &Path, waiting: &str) -> Result<Self> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).at("create", folder)?;
        }
        let file = File::create(path).at("create", path)?;
        if file.try_lock().is_err() {
            note(waiting);
            file.lock().at("lock", path)?;
        }
        Ok(Self(file))
    }

    /// None while another run holds it.
    pub(crate) fn try_take(path: &Path) -> Result<Option<Self>> {
        let file = File::create(path).at("create", path)?;
        Ok(file.try_lock().is_ok().then_some(Self(file)))
    }
}
