//! The compiler for the browser: this toolchain with the wasm target, or Debian's.
//!
//! **Invariant:** nothing is installed into the system, and nothing is written into the
//! repository; what is fetched lies in the user's cache folder.

mod debian;

use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

use crate::env;
use crate::fault::{Fault, Result};
use crate::progress::note;
use crate::root::Root;
use crate::tool::Tool;

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// How cargo is called to compile for the browser.
pub(crate) struct Toolchain {
    name: String,
    env: Vec<(&'static str, OsString)>,
}

impl Toolchain {
    /// Finds a compiler for the browser, fetching one where there is none.
    pub(crate) fn provide(root: &Root) -> Result<Self> {
        if has_target(root.path()) {
            return Ok(Self::ours());
        }
        // Debian's is large, so it waits for rustup to fail; where there is no Debian, rustup
        // is the only hope and may be slow.
        let debian = debian::is_possible();
        if let Some(found) = debian::cached(root)? {
            return Ok(found);
        }
        match add_target(root.path(), if debian { 60 } else { 900 }) {
            Ok(()) => Ok(Self::ours()),
            Err(why) if debian => {
                note(why.sentence());
                debian::provide(root)
            }
            Err(why) => Err(
                Fault::new(format!("There is no wasm target. {}", why.sentence()))
                    .mend(format!("rustup target add {TARGET}")),
            ),
        }
    }

    fn ours() -> Self {
        Self {
            name: "this toolchain".to_owned(),
            env: Vec::new(),
        }
    }

    /// What to call it in a line of progress.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Cargo in `folder`, compiling with this toolchain for the browser.
    pub(crate) fn cargo(&self, folder: &Path) -> Tool {
        self.env
            .iter()
            .fold(Tool::cargo(folder), |tool, (name, value)| {
                tool.env(name, value)
            })
    }
}

/// Asked of the compiler itself: a toolchain may have the target without rustup.
fn has_target(folder: &Path) -> bool {
    Tool::new("rustc")
        .args(["--print", "target-libdir", "--target", TARGET])
        .within(folder)
        .output()
        .is_ok_and(|libraries| holds_core(Path::new(libraries.trim())))
}

fn holds_core(libraries: &Path) -> bool {
    libraries.read_dir().is_ok_and(|files| {
        files
            .flatten()
            .any(|file| file.file_name().to_string_lossy().starts_with("libcore-"))
    })
}

fn add_target(folder: &Path, limit: u64) -> Result<()> {
    if env::find_command("rustup").is_none() {
        return Err(Fault::new("`rustup` is not on this machine."));
    }
    note(&format!("rustup target add {TARGET}"));
    Tool::new("rustup")
        .args(["target", "add", TARGET])
        .env("RUST_BACKTRACE", "0")
        .within(folder)
        .output_within(Duration::from_secs(limit))?;
    if has_target(folder) {
        return Ok(());
    }
    Err(Fault::new(
        "`rustup` added the target to another toolchain.",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_without_the_core_library_is_no_target() {
        let folder = tempfile::tempdir().unwrap();

        let empty = holds_core(folder.path());
        std::fs::write(folder.path().join("libcore-0123.rlib"), "").unwrap();

        assert!(!empty);
        assert!(holds_core(folder.path()));
    }
}
