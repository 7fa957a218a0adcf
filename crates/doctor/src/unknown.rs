//! Names that look like ours and mean nothing: a misspelt limit is a limit that does not hold.

use strsim::levenshtein;

use crate::{Finding, Variables};

/// How the names of our variables begin.
const OURS: [&str; 14] = [
    "AUTH_",
    "BETTER_AUTH_",
    "CLIENT_ADDRESS_",
    "CORS_",
    "CRON_",
    "DATABASE_",
    "EMAIL_",
    "LOCKOUT_",
    "MAIL",
    "MCP_",
    "OPENAI_",
    "OWN_MODEL_",
    "RATE_LIMIT_",
    "SESSION_",
];

/// For other programs than functions.
const OF_OTHERS: [&str; 1] = ["DATABASE_OWNER_URL"];

pub(crate) fn names(variables: &Variables) -> Vec<Finding> {
    let known = variables.asked();
    let is_known =
        |name: &str| OF_OTHERS.contains(&name) || known.iter().any(|known| known == name);
    let unknown = variables
        .names()
        .filter(|name| OURS.iter().any(|ours| name.starts_with(ours)) && !is_known(name));
    unknown.map(|name| finding(name, &known)).collect()
}

fn finding(name: &str, known: &[String]) -> Finding {
    let nearest = known
        .iter()
        .map(|known| (levenshtein(name, known), known))
        .min()
        .filter(|(distance, _)| *distance <= 3);
    let mend = match nearest {
        Some((_, nearest)) => format!("Perhaps {nearest} was meant."),
        None => "docs/configuration.md has all names.".to_owned(),
    };
    Finding::remark(format!("{name} is set, and nothing reads it."), mend)
}
