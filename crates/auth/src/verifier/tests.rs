//! Each refusal of the verifier, one token each.

mod claims;
mod keys;
mod signatures;

use protocol::{ErrorCode, SessionId, UserId};
use serde_json::{Value, json};

use super::*;
use crate::{AccessClaims, GrantClaims, Scopes, Signer};

const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);
const ORIGIN: &str = "https://app.example";

fn signer() -> Signer {
    Signer::from_seed("key-1", &[7; 32])
}

fn keys() -> KeySet {
    let mut keys = KeySet::default();
    keys.add_row("key-1", &signer().public_jwk(), None).unwrap();
    keys
}

fn verify(token: &str) -> Result<Caller, Refusal> {
    verify_by(token, &keys(), &Policy::of_origin(ORIGIN))
}

fn verify_by(token: &str, keys: &KeySet, policy: &Policy) -> Result<Caller, Refusal> {
    Verifier { keys, policy }.verify(token, NOW)
}

fn claims() -> Value {
    let now = NOW.seconds();
    json!({"sub": "ann", "sid": "s1", "iss": ORIGIN, "aud": ORIGIN, "iat": now, "exp": now + 900})
}

fn signed(header: &Value, claims: &Value) -> String {
    signer().sign(&header.to_string(), &claims.to_string())
}

fn with(change: impl FnOnce(&mut Value)) -> Result<Caller, Refusal> {
    let mut claims = claims();
    change(&mut claims);
    verify(&signed(&json!({"alg": "EdDSA", "kid": "key-1"}), &claims))
}

fn with_header(header: &Value) -> Result<Caller, Refusal> {
    verify(&signed(header, &claims()))
}

#[test]
fn our_own_token_names_its_user_and_session() {
    let token = signer().access_token(&AccessClaims {
        user: json!({"id": "ann", "name": "Ann"}),
        subject: &UserId::new("ann"),
        session: &SessionId::new("s1"),
        origin: ORIGIN,
        issued_at: NOW,
        lifetime: 900,
    });

    let caller = verify(&token).unwrap();

    assert_eq!(caller.user(), &UserId::new("ann"));
    assert_eq!(caller.session(), Some(&SessionId::new("s1")));
    assert_eq!(caller.expires_at(), NOW.plus_seconds(900));
}

#[test]
fn a_token_of_better_auth_itself_is_taken() {
    let caller = with(|claims| {
        claims.as_object_mut().unwrap().remove("sid");
        claims["id"] = json!("ann");
    });

    assert_eq!(caller.unwrap().session(), None);
}

#[test]
fn shapes_that_are_no_jwt_have_their_codes() {
    let good = signed(&json!({"alg": "EdDSA", "kid": "key-1"}), &claims());
    for (token, code) in [
        (String::new(), ErrorCode::TokenMissing),
        ("a".repeat(32), ErrorCode::TokenNotAJwt),
        (
            format!("{}.{}=", "a".repeat(32), "b".repeat(43)),
            ErrorCode::TokenNotAJwt,
        ),
        (format!("{good}.x"), ErrorCode::TokenMalformed),
        (format!("{good}.x.y"), ErrorCode::TokenEncrypted),
        (format!("{good}.x.y.z"), ErrorCode::TokenMalformed),
        ("..".to_owned(), ErrorCode::TokenMalformed),
        (format!("{good}="), ErrorCode::TokenMalformed),
        (format!(" {good}"), ErrorCode::TokenMalformed),
        ("a".repeat(9_000), ErrorCode::TokenTooLarge),
    ] {
        assert_eq!(verify(&token), Err(code), "{token}");
    }
}

#[test]
fn the_header_may_not_choose_how_it_is_checked() {
    for (header, code) in [
        (
            json!({"alg": "none", "kid": "key-1"}),
            ErrorCode::TokenAlgorithm,
        ),
        (
            json!({"alg": "HS256", "kid": "key-1"}),
            ErrorCode::TokenAlgorithm,
        ),
        (
            json!({"alg": "eddsa", "kid": "key-1"}),
            ErrorCode::TokenAlgorithm,
        ),
        (
            json!({"alg": "ES256", "kid": "key-1"}),
            ErrorCode::TokenAlgorithm,
        ),
        (
            json!({"alg": "ES512", "kid": "key-1"}),
            ErrorCode::TokenEs512,
        ),
        (
            json!({"alg": ["EdDSA"], "kid": "key-1"}),
            ErrorCode::TokenAlgorithm,
        ),
        (json!({"kid": "key-1"}), ErrorCode::TokenAlgorithm),
        (json!({"alg": "EdDSA"}), ErrorCode::TokenUnknownKey),
        (
            json!({"alg": "EdDSA", "kid": "../../dev/null"}),
            ErrorCode::TokenUnknownKey,
        ),
        (json!({"alg": "EdDSA", "kid": 1}), ErrorCode::TokenHeader),
        (
            json!({"alg": "EdDSA", "kid": "key-1", "crit": []}),
            ErrorCode::TokenHeader,
        ),
        (
            json!({"alg": "EdDSA", "kid": "key-1", "b64": false}),
            ErrorCode::TokenHeader,
        ),
        (
            json!({"alg": "EdDSA", "kid": "key-1", "typ": "dpop+jwt"}),
            ErrorCode::TokenKind,
        ),
        (
            json!({"alg": "EdDSA", "kid": "key-1", "typ": null}),
            ErrorCode::TokenKind,
        ),
        (
            json!({"alg": "EdDSA", "kid": "key-1", "cty": "JWT"}),
            ErrorCode::TokenKind,
        ),
    ] {
        assert_eq!(with_header(&header), Err(code), "{header}");
    }
}

#[test]
fn keys_inside_the_token_are_not_looked_at() {
    let header = json!({"alg": "EdDSA", "kid": "key-1", "jwk": {}, "jku": "https://x", "x5u": 1});

    assert!(with_header(&header).is_ok());
}

#[test]
fn types_of_access_tokens_are_taken_however_they_are_written() {
    for typ in [
        "JWT",
        "jwt",
        "at+jwt",
        "AT+JWT",
        "application/at+jwt",
        "application/jwt",
    ] {
        let header = json!({"alg": "EdDSA", "kid": "key-1", "typ": typ});

        assert!(with_header(&header).is_ok(), "{typ}");
    }
}

#[test]
fn the_full_name_of_the_algorithm_is_the_same_algorithm() {
    assert!(with_header(&json!({"alg": "Ed25519", "kid": "key-1"})).is_ok());
}

#[test]
fn a_member_named_twice_is_malformed() {
    let header = r#"{"alg":"EdDSA","kid":"key-1","alg":"EdDSA"}"#;
    let token = signer().sign(header, &claims().to_string());

    assert_eq!(verify(&token), Err(ErrorCode::TokenMalformed));
}
