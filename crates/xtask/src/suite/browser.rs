//! The browser of the tests, the driver that they speak to, and what looks at pages for those
//! who cannot.

use std::path::PathBuf;

use crate::env;
use crate::fault::{Fault, Result};
use crate::{npm, packages};

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
    if env::find_command("apt-get").is_none() {
        return Err(Fault::new(
            "The browser tests need Chromium and `chromedriver` in the search path.",
        )
        .mend("install both, of the same version"));
    }
    packages::install(&["chromium", "chromium-driver"])?;
    if is_here() {
        return Ok(());
    }
    Err(Fault::new("Chromium was installed and is not found."))
}

fn is_here() -> bool {
    let has = |name| env::find_command(name).is_some();
    BROWSERS.into_iter().any(has) && has("chromedriver")
}
