//! What to do about a variable.

use std::collections::BTreeMap;

use server::{Config, Fault};
use variables::Takes;

use crate::{Finding, Variables};

const GENERATE: &str = "Make one with `openssl rand -base64 32`.";

/// Variables whose fault has a better answer than the reference of all of them.
const MENDS: [(&str, &str); 7] = [
    (
        "DATABASE_URL",
        "On Neon and Supabase it is the pooled connection string of the project's dashboard.",
    ),
    ("BETTER_AUTH_SECRET", GENERATE),
    ("AUTH_HS256_SECRET", GENERATE),
    ("CRON_SECRET", GENERATE),
    (
        "BETTER_AUTH_URL",
        "The address as people type it, with https:// and without a path.",
    ),
    (
        "OPENAI_MODEL",
        "The name of the model as its server lists it.",
    ),
    (
        "OPENAI_API_KEY",
        "Copy it anew, without spaces; or unset it for the built-in assistant.",
    ),
];

pub(crate) fn of_fault(fault: &Fault) -> Finding {
    let known = MENDS.iter().find(|(name, _)| *name == fault.variable);
    let mend = known.map_or("docs/configuration.md says what it takes.", |(_, mend)| {
        mend
    });
    Finding::fault(format!("{} {}.", fault.variable, fault.problem), mend)
}

/// Who learns one of them knows the other.
pub(crate) fn same_secret_twice(variables: &Variables) -> Vec<Finding> {
    let secrets = variables::of_functions().filter(|known| known.takes == Takes::Secret);
    let mut seen = BTreeMap::new();
    let mut findings = Vec::new();
    for name in secrets.map(|known| known.name) {
        let Some(value) = variables.value(name) else {
            continue;
        };
        if let Some(first) = seen.insert(value, name) {
            findings.push(Finding::fault(
                format!("{name} is the same as {first}."),
                GENERATE,
            ));
        }
    }
    findings
}

/// What is allowed, and has a price.
pub(crate) fn of_choices(config: &Config, variables: &Variables) -> Vec<Finding> {
    let mut findings = Vec::new();
    if config.cron_secret.is_none() {
        findings.push(Finding::remark(
            "CRON_SECRET is not set, so nothing that is out of date is swept away.",
            GENERATE,
        ));
    }
    if config.mail.sender.is_none() {
        findings.push(Finding::remark(
            "Nobody sends letters: a forgotten password cannot be replaced.",
            "Set MAIL_WEBHOOK_URL or SMTP_URL.",
        ));
    }
    if config.is_secure()
        && config.address_headers.is_empty()
        && variables.value("VERCEL").is_none()
    {
        findings.push(Finding::remark(
            "Nothing is limited by the client's address, which only a proxy's header would tell.",
            "On Vercel it is found by itself; elsewhere set CLIENT_ADDRESS_HEADER.",
        ));
    }
    findings
}
