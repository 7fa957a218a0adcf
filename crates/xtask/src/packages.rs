//! Debian's packages, installed where the system's own programs lie.

use crate::env;
use crate::fault::{Fault, Result};
use crate::progress::note;
use crate::tool::Tool;

/// Installs what is absent. Fails instead of asking for a password.
pub(crate) fn install(packages: &[&str]) -> Result<()> {
    let by_hand = format!("sudo apt-get install {}", packages.join(" "));
    if env::find_command("apt-get").is_none() {
        return Err(Fault::new("This machine has no `apt-get`."));
    }
    note(&format!("installing {}", packages.join(" and ")));
    let apt = |arguments: &[&str]| {
        let tool = if rustix::process::geteuid().is_root() {
            Tool::new("apt-get")
        } else {
            Tool::new("sudo").args(["-n", "apt-get"])
        };
        tool.args(arguments)
            .env("DEBIAN_FRONTEND", "noninteractive")
            .output()
    };
    let wanted = ["install", "--yes", "--no-install-recommends"];
    apt(&["update"])
        .and_then(|_| apt(&[&wanted[..], packages].concat()))
        .map(drop)
        .map_err(|why| {
            let why = why.sentence();
            let packages = packages.join(" and ");
            Fault::new(format!("{packages} could not be installed. {why}")).mend(by_hand)
        })
}
