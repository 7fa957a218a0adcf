//! The function binaries, built as the platform builds them but all at once.

use std::path::PathBuf;

use crate::env;
use crate::fault::Result;
use crate::root::Root;
use crate::tool::Tool;

/// Builds every function and gives the folder of the binaries.
pub(crate) fn build(root: &Root, release: bool) -> Result<PathBuf> {
    let profile = if release { "release" } else { "dev" };
    Tool::cargo(root.path())
        .args(["build", "--bins", "--profile", profile])
        .run()?;
    let folder = if release { "release" } else { "debug" };
    Ok(env::target_folder(root).join(folder))
}
