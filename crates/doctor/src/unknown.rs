//! Names that look like ours and mean nothing: a misspelt limit is a limit that does not hold.

use strsim::levenshtein;

use crate::{Finding, Variables};

/// What integrations of databases set beside `DATABASE_URL`.
const OF_OTHERS: [&str; 1] = ["DATABASE_URL_UNPOOLED"];

/// How many letters may be wrong in a name that begins as none of ours does.
const SLIPS: usize = 2;
/// And in one that does, for the other to be named as what was meant.
const SLIPS_OF_OURS: usize = 3;

pub(crate) fn names(variables: &Variables) -> Vec<Finding> {
    variables
        .names()
        .filter(|name| variables::find(name).is_none() && !OF_OTHERS.contains(name))
        .filter_map(finding)
        .collect()
}

fn finding(name: &str) -> Option<Finding> {
    let (distance, nearest) = variables::all()
        .map(|known| (levenshtein(name, known.name), known.name))
        .min()?;
    let begins_as_ours = variables::of_functions()
        .filter(|known| !known.name.starts_with("VERCEL"))
        .any(|known| first_word(known.name) == first_word(name));
    // Short names of others, such as `HOME`, are near to anything.
    let is_slip = distance <= SLIPS && name.len() > 3 * SLIPS;
    if !begins_as_ours && !is_slip {
        return None;
    }
    let mend = if distance <= SLIPS_OF_OURS {
        format!("Perhaps {nearest} was meant.")
    } else {
        "docs/configuration.md has all names.".to_owned()
    };
    Some(Finding::remark(
        format!("{name} is set, and nothing reads it."),
        mend,
    ))
}

/// `RATE` of `RATE_LIMIT_MAIL`.
fn first_word(name: &str) -> &str {
    name.split('_').next().unwrap_or(name)
}
