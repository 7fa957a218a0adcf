//! One user, whatever the claims are called; two that differ name nobody (FR-007).

use std::borrow::Cow;

use protocol::{ErrorCode, UserId};

use crate::Refusal;
use crate::json::Json;

/// The largest number that every JSON parser reads alike (RFC 7493, section 2.2). Beyond it, two
/// users of an issuer that rounds could become one.
const LARGEST_NUMBER: i64 = (1 << 53) - 1;

/// What `sub`, `user_id`, `userId` and `id` say together. It does not matter in which order they
/// come: whatever names nobody is told first, a conflict second.
#[derive(Debug, Default)]
pub(crate) struct Subject {
    found: Option<String>,
    is_unusable: bool,
    is_conflicting: bool,
}

impl Subject {
    pub(crate) fn add(&mut self, value: &Json<'_>) {
        let Some(named) = identifier(value) else {
            self.is_unusable = true;
            return;
        };
        match &self.found {
            Some(known) => self.is_conflicting |= *known != named,
            None => self.found = Some(named.into_owned()),
        }
    }

    pub(crate) fn user(self) -> Result<UserId, Refusal> {
        match self.found {
            Some(_) if self.is_unusable => Err(ErrorCode::TokenNoSubject),
            Some(_) if self.is_conflicting => Err(ErrorCode::TokenClaimConflict),
            Some(user) => Ok(UserId::new(user)),
            None => Err(ErrorCode::TokenNoSubject),
        }
    }
}

/// Numbers are taken as their decimal text, because some issuers count their users.
fn identifier<'a>(value: &'a Json<'_>) -> Option<Cow<'a, str>> {
    match value {
        Json::Text(text) if is_identifier(text) => Some(Cow::Borrowed(text)),
        Json::Whole(number @ 1..=LARGEST_NUMBER) => Some(Cow::Owned(number.to_string())),
        _ => None,
    }
}

/// Ids travel in logs, settings of the database and file names, so they hold nothing that means
/// something there; and the words that a missing value turns into are nobody's id.
pub(crate) fn is_identifier(text: &str) -> bool {
    const NOBODY: [&str; 7] = ["undefined", "null", "nan", "none", "nil", "0", "-1"];
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.|:@+".contains(c);
    (1..=255).contains(&text.len())
        && text.chars().all(plain)
        && text.contains(|c: char| c.is_ascii_alphanumeric())
        && !NOBODY.iter().any(|word| text.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests;
