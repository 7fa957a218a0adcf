//! Tries the known auth failures of signed-in task chats on a deployment, whoever built it.
//!
//! It speaks HTTP and knows nothing of this repository: everything it needs it finds out at the
//! address it is given, with two people whom it signs up or whose tokens it is handed. It creates
//! one task per person, deletes it again where that works, and the people whom it signed up too,
//! and sends nothing to a model.
//!
//! **Invariant:** no token, cookie or password is ever part of a report.

mod checks;
mod discover;
mod forge;
mod people;
mod report;
mod site;

pub use people::Given;
pub use report::Report;
pub use site::{Answer, Problem, Site};

use checks::Context;

/// Looks at the deployment and tries everything.
///
/// # Errors
/// If nothing answers at the address, or nobody can be signed in.
pub async fn run(site: &Site, given: &Given) -> Result<Report, Problem> {
    let (ann, bob) = people::two(site, given).await?;
    let map = discover::map(site, &ann).await?;
    let context = Context {
        site,
        map: &map,
        ann: &ann,
        bob: &bob,
    };
    let outcomes = checks::all(&context).await?;
    Ok(Report::new(site.base(), &map, outcomes))
}
