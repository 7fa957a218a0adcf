//! PgBouncer, behind which the functions are tested as they stand behind a hosted database's.

use std::path::Path;

use crate::env;
use crate::fault::{Fault, Result};
use crate::packages;
use crate::progress::note;

/// Where the tests look for it.
const HOMES: [&str; 3] = ["/usr/sbin", "/usr/bin", "/usr/local/bin"];

/// Installs it where it is absent. Where that cannot be, a line says so, and in continuous
/// integration it is a fault.
pub(super) fn provide() -> Result<()> {
    let is_here = || {
        HOMES
            .iter()
            .any(|home| Path::new(home).join("pgbouncer").is_file())
    };
    if is_here() {
        return Ok(());
    }
    let absent = || Fault::new("PgBouncer was installed and is not found.");
    let installed = packages::install(&["pgbouncer"]);
    match installed.and_then(|()| is_here().then_some(()).ok_or_else(absent)) {
        Err(why) if !env::is_ci() => {
            let why = why.sentence();
            note(&format!(
                "SKIPPED: nothing is tested behind a pooler. {why}"
            ));
            Ok(())
        }
        outcome => outcome,
    }
}
