//! The browser of the tests, the driver that they speak to, and what looks at pages for those
//! who cannot.

use std::path::PathBuf;

use crate::env;
use crate::fault::{Fault, Result};
use crate::npm;
use crate::progress::note;
use crate::tool::Tool;

const BROWSERS: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

const AXE: &str = "axe-core@4.14.1";

/// Installs what is absent, and gives the file of axe-core.
pub(crate) fn provide() -> Result<PathBuf> {
    provide_browser()?;
    npm::provide(AXE, "axe.min.js")
}

/// Debian's: both parts, as they have to be of one version.
fn provide_browser() -> Result<()> {
    if is_here() {
        return Ok(());
    }
    let packages = ["chromium", "chromium-driver"];
    let by_hand = "sudo apt-get install chromium chromium-driver";
    if env::find_command("apt-get").is_none() {
        return Err(Fault::new(
            "The browser tests need Chromium and `chromedriver` in the search path.",
        )
        .mend("install both, of the same version"));
    }
    note("installing chromium and chromium-driver");
    let apt = |arguments: &[&str]| {
        let tool = if rustix::process::geteuid().is_root() {
            Tool::new("apt-get")
        } else {
            // Fails instead of asking for a password.
            Tool::new("sudo").args(["-n", "apt-get"])
        };
        tool.args(arguments)
            .env("DEBIAN_FRONTEND", "noninteractive")
            .output()
    };
    apt(&["update"])
        .and_then(|_| {
            apt(&[
                "install",
                "--yes",
                "--no-install-recommends",
                packages[0],
                packages[1],
            ])
        })
        .map_err(|why| {
            let why = why.sentence();
            Fault::new(format!("Chromium and its driver are missing. {why}")).mend(by_hand)
        })?;
    if is_here() {
        return Ok(());
    }
    Err(Fault::new("Chromium was installed and is not found.").mend(by_hand))
}

fn is_here() -> bool {
    let has = |name| env::find_command(name).is_some();
    BROWSERS.into_iter().any(has) && has("chromedriver")
}
