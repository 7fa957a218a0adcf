//! Whether a preview may use the database that it is told: `PREVIEW_DATABASE`.

use super::{Environment, Fault};

/// A preview runs what nobody has merged yet, and on Vercel it is told what production is told
/// unless somebody says otherwise. So it touches no database before its owner says whose that is.
pub(super) fn read(variable: Environment<'_>) -> Result<(), Fault> {
    const NAME: &str = "PREVIEW_DATABASE";
    let is_preview = variable("VERCEL_ENV").as_deref() == Some("preview");
    match variable(NAME).as_deref().map(str::trim) {
        Some("own" | "shared") => Ok(()),
        Some(_) => Err(Fault::new(NAME, "is neither `own` nor `shared`")),
        None if is_preview => Err(Fault::new(
            NAME,
            "is not set; give it `own` if DATABASE_URL names a database of the previews, or \
             `shared` if they may work in production's",
        )),
        None => Ok(()),
    }
}
