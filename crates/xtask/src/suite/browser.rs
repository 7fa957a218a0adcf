//! The browser of the tests, the driver that they speak to, and what looks at pages for those
//! who cannot.

use std::path::PathBuf;

use crate::env;
use crate::fault::{Fault, Result};
use crate::npm::{self, Package};
use crate::packages;

/// The same browser without the windows, bars and menus that nobody sees: each of the tests'
/// browsers starts in a fraction of the time. Debian's command for it is a script that stays beside
/// the browser, and all that `chromedriver` would end.
const WITHOUT_WINDOWS: &str = "/usr/lib/chromium/chromium-headless-shell";

const BROWSERS: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

const AXE: Package<'_> = Package {
    name: "axe-core",
    version: "4.14.1",
    integrity: "sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
};

/// The file of axe-core.
pub(crate) fn provide_axe() -> Result<PathBuf> {
    npm::provide(&AXE, "axe.min.js")
}

/// Gives the browser's program. Debian's comes in parts, which have to be of one version.
pub(crate) fn provide() -> Result<PathBuf> {
    if let Some(browser) = found() {
        return Ok(browser);
    }
    if env::find_command("apt-get").is_none() {
        return Err(Fault::new(
            "The browser tests need Chromium and `chromedriver` in the search path.",
        )
        .mend("install both, of the same version"));
    }
    let needed = ["chromium", "chromium-driver"];
    let all = [&needed[..], &["chromium-headless-shell"]].concat();
    packages::install(&all).or_else(|_| packages::install(&needed))?;
    found().ok_or_else(|| Fault::new("Chromium was installed and is not found."))
}

/// The browser, if its driver is here too.
fn found() -> Option<PathBuf> {
    env::find_command("chromedriver")?;
    let without = PathBuf::from(WITHOUT_WINDOWS);
    if without.is_file() {
        return Some(without);
    }
    BROWSERS.into_iter().find_map(env::find_command)
}
