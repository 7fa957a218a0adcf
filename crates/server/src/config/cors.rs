//! `CORS_ORIGINS`: pages of other origins that may use this deployment.

use super::{Environment, Fault, check_origin};

const NAME: &str = "CORS_ORIGINS";

/// None by default: one origin serves everything. Cookies travel along with what is allowed here,
/// so each origin is named and none is guessed.
pub(super) fn read(variable: Environment<'_>) -> Result<Vec<String>, Fault> {
    let list = variable(NAME).unwrap_or_default();
    let entries = list
        .split(',')
        .map(str::trim)
        .filter(|entry| !entry.is_empty());
    let mut origins: Vec<String> = Vec::new();
    for entry in entries {
        if entry.contains('*') {
            return Err(Fault::new(
                NAME,
                "has a `*`; name each origin, because cookies travel along",
            ));
        }
        // Browsers write it so (RFC 6454, section 6.2).
        let origin = entry.trim_end_matches('/').to_ascii_lowercase();
        check_origin(&origin).map_err(|problem| Fault::new(NAME, problem))?;
        if !origins.contains(&origin) {
            origins.push(origin);
        }
    }
    Ok(origins)
}
