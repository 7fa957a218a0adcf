//! What is wrong with an environment, said all at once and with the way to mend it.
//!
//! **Invariant:** nothing is changed by looking, and no value of a variable is shown.

mod advice;
mod database;
mod environment;
mod finding;
mod outside;
mod unknown;

use protocol::Timestamp;
use server::Config;

pub use environment::Variables;
pub use finding::{Finding, State};

/// Looks at the variables, and at everything that they lead to.
///
/// With a fault in a variable nothing else can be looked at, as no function would.
pub async fn examine(variables: &Variables, now: fn() -> Timestamp) -> Vec<Finding> {
    let mut findings = Vec::new();
    let read = Config::read(&|name| variables.value(name).map(str::to_owned));
    findings.extend(unknown::names(variables));
    findings.extend(advice::same_secret_twice(variables));
    match read {
        Err(faults) => findings.extend(faults.iter().map(advice::of_fault)),
        Ok(config) => {
            findings.push(Finding::well(
                "Every variable can be read, and no secret is weak.",
            ));
            findings.extend(advice::of_choices(&config, variables));
            findings.extend(database::examine(&config, variables, now).await);
            findings.extend(outside::model(&config).await);
            findings.extend(outside::origin(&config).await);
        }
    }
    findings
}

/// Whether a deployment with it would work.
#[must_use]
pub fn is_sound(findings: &[Finding]) -> bool {
    findings.iter().all(|finding| finding.state != State::Fault)
}
