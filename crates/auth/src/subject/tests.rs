//! FR-007: which claims name a user, which name nobody, and which name two.

use super::*;
use crate::claims::Claims;

fn named(claims: &str) -> Result<String, Refusal> {
    let user = Claims::parse(claims.as_bytes())?.subject.user()?;
    Ok(user.as_str().to_owned())
}

#[test]
fn every_spelling_gives_the_same_user() {
    for claims in [
        r#"{"sub":"42"}"#,
        r#"{"sub":42}"#,
        r#"{"user_id":"42"}"#,
        r#"{"user_id":42}"#,
        r#"{"userId":42}"#,
        r#"{"id":"42"}"#,
        r#"{"id":42,"email":"ann@example.com"}"#,
        r#"{"sub":"42","user_id":42,"id":"42","userId":42}"#,
        r#"{"s\u0075b":"4\u0032"}"#,
    ] {
        assert_eq!(named(claims).as_deref(), Ok("42"), "{claims}");
    }
}

#[test]
fn ids_of_well_known_issuers_are_taken_as_they_are() {
    for id in [
        "Wt8hGkPz4BqYvN1cXmR7sLdT2fJaE5oU",
        "user_2abcDEF",
        "auth0|5f7c8ec7c33c6c004bbafe82",
        "google-oauth2|103547991597142817347",
        "d4a9b2ce-92e0-4d2f-b7f5-1f0c1f6b7a11",
        "client@clients",
        "user+tag@example.com",
        "urn:user:7",
        "a",
    ] {
        assert_eq!(
            named(&format!(r#"{{"sub":"{id}"}}"#)).as_deref(),
            Ok(id),
            "{id}"
        );
    }
    assert_eq!(
        named(r#"{"id":9007199254740991}"#).as_deref(),
        Ok("9007199254740991")
    );
}

#[test]
fn two_users_are_nobody() {
    for claims in [
        r#"{"sub":"ann","user_id":"bob"}"#,
        r#"{"user_id":"bob","sub":"ann"}"#,
        r#"{"sub":"ann","id":"Ann"}"#,
        r#"{"sub":"42","id":43}"#,
        r#"{"sub":"042","id":42}"#,
        r#"{"id":"ann","userId":"bob"}"#,
        r#"{"sub":"ann","user_id":"ann","userId":"ann","id":"bob"}"#,
    ] {
        assert_eq!(
            named(claims),
            Err(ErrorCode::TokenClaimConflict),
            "{claims}"
        );
    }
}

#[test]
fn what_names_nobody_is_refused() {
    for claims in [
        "{}",
        r#"{"email":"ann@example.com","name":"Ann"}"#,
        r#"{"sub":""}"#,
        r#"{"sub":null}"#,
        r#"{"sub":"undefined"}"#,
        r#"{"sub":"Null"}"#,
        r#"{"sub":"NaN"}"#,
        r#"{"sub":"None"}"#,
        r#"{"sub":"[object Object]"}"#,
        r#"{"sub":1.5}"#,
        r#"{"sub":42.0}"#,
        r#"{"sub":4.2e1}"#,
        r#"{"sub":true}"#,
        r#"{"sub":["ann"]}"#,
        r#"{"sub":{"id":"ann"}}"#,
        r#"{"sub":"a b"}"#,
        r#"{"sub":" ann"}"#,
        r#"{"sub":"ann\n"}"#,
        r#"{"sub":"ann\u0000"}"#,
        r#"{"sub":"аnn"}"#,
        r#"{"sub":"ann\u200b"}"#,
        r#"{"sub":"../ann"}"#,
        r#"{"sub":".."}"#,
        r#"{"sub":"-"}"#,
        r#"{"sub":"ann';--"}"#,
        r#"{"sub":"0"}"#,
        r#"{"sub":0}"#,
        r#"{"sub":-1}"#,
        r#"{"sub":-0}"#,
        r#"{"sub":9007199254740992}"#,
        r#"{"sub":18446744073709551616}"#,
    ] {
        assert_eq!(named(claims), Err(ErrorCode::TokenNoSubject), "{claims}");
    }
    let long = |length| format!(r#"{{"sub":"{}"}}"#, "a".repeat(length));
    assert!(named(&long(255)).is_ok());
    assert_eq!(named(&long(256)), Err(ErrorCode::TokenNoSubject));
}

#[test]
fn one_claim_that_names_nobody_spoils_the_others() {
    for claims in [
        r#"{"sub":"ann","id":""}"#,
        r#"{"id":null,"sub":"ann"}"#,
        r#"{"sub":"ann","userId":"undefined","id":"ann"}"#,
        r#"{"sub":"ann","user_id":"bob","id":false}"#,
    ] {
        assert_eq!(named(claims), Err(ErrorCode::TokenNoSubject), "{claims}");
    }
}
