//! The Python package whose types the wire is held against, in an environment of its own in the
//! user's cache folder.

use std::fs;
use std::path::{Path, PathBuf};

use crate::env;
use crate::fault::{AtPath, Fault, Result};
use crate::lock::Lock;
use crate::progress::note;
use crate::tool::Tool;

const PACKAGE: &str = "openai-chatkit";
const VERSION: &str = "1.6.5";

/// The interpreter that has the package; `None`, and a line that says so, where this machine has
/// no Python or reaches no index. In continuous integration that is a fault.
pub(crate) fn provide() -> Result<Option<PathBuf>> {
    match interpreter() {
        Ok(python) => Ok(Some(python)),
        Err(why) if env::is_ci() => Err(why),
        Err(why) => {
            note(&format!(
                "SKIPPED: the types of {PACKAGE} {VERSION} are not checked. {}",
                why.sentence()
            ));
            Ok(None)
        }
    }
}

fn interpreter() -> Result<PathBuf> {
    let cache = env::cache();
    let finished = cache.join(format!("chatkit-{VERSION}"));
    if !finished.exists() {
        fs::create_dir_all(&cache).at("create", &cache)?;
        let waiting = "another run is fetching openai-chatkit; waiting for that one";
        let _lock = Lock::take(&cache.join("chatkit.lock"), waiting)?;
        if !finished.exists() {
            install(&cache, &finished)?;
        }
    }
    Ok(finished.join("bin/python"))
}

/// Beside, and marked by a name that does not change: an environment cannot be moved.
fn install(cache: &Path, finished: &Path) -> Result<()> {
    note(&format!("fetching {PACKAGE} {VERSION} from PyPI"));
    let work = cache.join(format!("chatkit-{VERSION}-environment"));
    let _ = fs::remove_dir_all(&work);
    let python = if env::find_command("python3").is_some() {
        "python3"
    } else {
        "python"
    };
    Tool::new(python)
        .absent("install Python 3.10 or newer")
        .args(["-m", "venv"])
        .arg(&work)
        .output()?;
    Tool::new(work.join("bin/python"))
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ])
        .arg(format!("{PACKAGE}=={VERSION}"))
        .output()
        .map_err(|why| {
            Fault::new(format!(
                "{PACKAGE} could not be fetched. {}",
                why.sentence()
            ))
            .mend(format!("pip download {PACKAGE}=={VERSION}"))
        })?;
    std::os::unix::fs::symlink(&work, finished).at("create", finished)
}
