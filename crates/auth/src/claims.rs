//! What a token claims, and who that makes the caller.

use protocol::{ErrorCode, SessionId, Timestamp, UserId};
use serde_json::{Map, Value};

use crate::verifier::Policy;
use crate::{Caller, Refusal};

/// The claims that may name the user, all of which must agree.
const SUBJECTS: [&str; 4] = ["sub", "user_id", "userId", "id"];

/// Decides by the claims alone; the signature has been checked before.
pub(crate) fn accept(
    claims: &Map<String, Value>,
    policy: &Policy,
    now: Timestamp,
) -> Result<Caller, Refusal> {
    let expires_at = check_times(claims, policy, now)?;
    let issuer = claims.get("iss").and_then(Value::as_str);
    if !issuer.is_some_and(|issuer| policy.issuers.iter().any(|known| known == issuer)) {
        return Err(ErrorCode::TokenIssuer);
    }
    if !audience_is(claims.get("aud"), &policy.audience) {
        return Err(ErrorCode::TokenAudience);
    }
    let user = subject(claims)?;
    let session = match claims.get("sid") {
        None => None,
        Some(Value::String(id)) if is_identifier(id) => Some(SessionId::new(id)),
        Some(_) => return Err(ErrorCode::TokenClaims),
    };
    Ok(Caller::verified(user, session, expires_at))
}

/// One user, whatever the claims are called; two that differ name nobody.
///
/// Numbers are taken as their decimal text, because some issuers count their users.
///
/// # Errors
/// `token.no_subject` where no claim names a user, `token.claim_conflict` where two disagree.
pub fn subject(claims: &Map<String, Value>) -> Result<UserId, Refusal> {
    let mut found: Option<String> = None;
    for name in SUBJECTS {
        let named = match claims.get(name) {
            None => continue,
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) if number.is_i64() || number.is_u64() => number.to_string(),
            Some(_) => return Err(ErrorCode::TokenNoSubject),
        };
        if !is_identifier(&named) {
            return Err(ErrorCode::TokenNoSubject);
        }
        match &found {
            Some(other) if *other != named => return Err(ErrorCode::TokenClaimConflict),
            _ => found = Some(named),
        }
    }
    found.map(UserId::new).ok_or(ErrorCode::TokenNoSubject)
}

/// Ids travel in logs, settings of the database and file names, so they hold nothing that means
/// something there; and the words that a missing JavaScript value turns into are nobody's id.
fn is_identifier(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.|:@+".contains(c);
    (1..=255).contains(&text.len())
        && text.chars().all(plain)
        && !["undefined", "null", "NaN", "None", "nil"].contains(&text)
}

/// RFC 7519, sections 4.1.4 to 4.1.6: `exp` and `iat` are demanded, `nbf` is obeyed.
fn check_times(
    claims: &Map<String, Value>,
    policy: &Policy,
    now: Timestamp,
) -> Result<Timestamp, Refusal> {
    let now = now.seconds();
    let required = |name| whole_seconds(claims.get(name)).ok_or(ErrorCode::TokenClaims);
    let (expires, issued) = (required("exp")?, required("iat")?);
    if expires <= now - policy.leeway {
        return Err(ErrorCode::TokenExpired);
    }
    let not_before = match claims.get("nbf") {
        None => issued,
        Some(nbf) => whole_seconds(Some(nbf)).ok_or(ErrorCode::TokenClaims)?,
    };
    if issued > now + policy.leeway || not_before > now + policy.leeway {
        return Err(ErrorCode::TokenNotYetValid);
    }
    if expires <= issued || expires - issued > policy.longest_life {
        return Err(ErrorCode::TokenClaims);
    }
    Ok(Timestamp::from_seconds(expires))
}

/// A `NumericDate` within the years that a signed-in person may meet. Fractions are allowed by
/// the RFC and written by nobody we trust, so they are refused with the rest.
fn whole_seconds(value: Option<&Value>) -> Option<i64> {
    value?
        .as_i64()
        .filter(|seconds| (0..=253_402_300_799).contains(seconds))
}

/// Exactly us: alone, or as the only entry of a list. A token for several audiences could be
/// replayed here by the others (RFC 8725, section 3.9).
fn audience_is(aud: Option<&Value>, ours: &str) -> bool {
    match aud {
        Some(Value::String(aud)) => aud == ours,
        Some(Value::Array(list)) => matches!(list.as_slice(), [Value::String(aud)] if aud == ours),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(claims: serde_json::Value) -> Result<UserId, Refusal> {
        let Value::Object(claims) = claims else {
            panic!("claims are an object");
        };
        subject(&claims)
    }

    #[test]
    fn every_spelling_gives_the_same_user() {
        for claims in [
            serde_json::json!({"sub": "42"}),
            serde_json::json!({"user_id": 42}),
            serde_json::json!({"id": "42"}),
            serde_json::json!({"sub": "42", "user_id": 42, "id": "42", "userId": 42}),
        ] {
            assert_eq!(named(claims), Ok(UserId::new("42")));
        }
    }

    #[test]
    fn two_users_are_nobody() {
        let both = named(serde_json::json!({"sub": "ann", "user_id": "bob"}));

        assert_eq!(both, Err(ErrorCode::TokenClaimConflict));
    }

    #[test]
    fn what_names_nobody_is_refused() {
        for claims in [
            serde_json::json!({}),
            serde_json::json!({"sub": ""}),
            serde_json::json!({"sub": null}),
            serde_json::json!({"sub": "undefined"}),
            serde_json::json!({"sub": "null"}),
            serde_json::json!({"sub": 1.5}),
            serde_json::json!({"sub": true}),
            serde_json::json!({"sub": ["ann"]}),
            serde_json::json!({"sub": "a b"}),
            serde_json::json!({"sub": "ann\u{0}"}),
            serde_json::json!({"sub": "a".repeat(256)}),
            serde_json::json!({"id": "ann", "sub": ""}),
        ] {
            assert_eq!(
                named(claims.clone()),
                Err(ErrorCode::TokenNoSubject),
                "{claims}"
            );
        }
    }
}
