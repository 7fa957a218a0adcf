//! The Python packages that tests and benchmarks use, in environments of their own in the user's
//! cache folder: those whose types the wire is held against, those of servers that are not ours,
//! those that try ours by its description, MCP's own clients, and OpenTelemetry's own definitions.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

use crate::env;
use crate::fault::{AtPath, Fault, Result};
use crate::lock::Lock;
use crate::progress::note;
use crate::tool::Tool;

pub(crate) const FIRST: [&str; 7] = [
    "openai-chatkit==1.6.5",
    "fastapi==0.165.0",
    "uvicorn==0.54.0",
    "pyjwt==2.15.1",
    "schemathesis==4.32.5",
    "mcp==1.30.0",
    "opentelemetry-proto==1.45.2",
];

/// What cannot stand beside them.
pub(crate) const SECOND: [&str; 1] = ["mcp==2.3.0"];

/// The interpreter that has the packages; `None`, and a line that says so, where this machine has
/// no Python or reaches no index. In continuous integration that is a fault.
pub(crate) fn provide(packages: &[&str]) -> Result<Option<PathBuf>> {
    let name = packages.join("+").replace("==", "-");
    match interpreter(&name, packages) {
        Ok(python) => Ok(Some(python)),
        Err(why) if env::is_ci() => Err(why),
        Err(why) => {
            note(&format!(
                "SKIPPED: what needs {} is not tested. {}",
                packages.join(", "),
                why.sentence()
            ));
            Ok(None)
        }
    }
}

/// The interpreter that has what a file of requirements names, which has to be had.
pub(crate) fn required(file: &Path) -> Result<PathBuf> {
    let text = fs::read_to_string(file).at("read", file)?;
    let lines = text.lines().map(str::trim);
    let packages: Vec<&str> = lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    let mut hasher = DefaultHasher::new();
    packages.hash(&mut hasher);
    interpreter(&format!("python-{:016x}", hasher.finish()), &packages)
}

fn interpreter(name: &str, packages: &[&str]) -> Result<PathBuf> {
    let cache = env::cache();
    let finished = cache.join(name);
    if !finished.exists() {
        fs::create_dir_all(&cache).at("create", &cache)?;
        let waiting = "another run is fetching Python packages; waiting for that one";
        let _lock = Lock::take(&cache.join("python.lock"), waiting)?;
        if !finished.exists() {
            install(
                packages,
                &cache.join(format!("{name}-environment")),
                &finished,
            )?;
        }
    }
    Ok(finished.join("bin/python"))
}

/// Beside, and marked by a name that does not change: an environment cannot be moved.
fn install(packages: &[&str], work: &Path, finished: &Path) -> Result<()> {
    note(&format!("fetching {} from PyPI", packages.join(", ")));
    let _ = fs::remove_dir_all(work);
    let python = if env::find_command("python3").is_some() {
        "python3"
    } else {
        "python"
    };
    Tool::new(python)
        .absent("install Python 3.10 or newer")
        .args(["-m", "venv"])
        .arg(work)
        .output()?;
    Tool::new(work.join("bin/python"))
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ])
        .args(packages)
        .output()
        .map_err(|why| {
            let why = why.sentence();
            Fault::new(format!("The Python packages could not be fetched. {why}"))
                .mend(format!("pip download {}", packages.join(" ")))
        })?;
    std::os::unix::fs::symlink(work, finished).at("create", finished)
}
