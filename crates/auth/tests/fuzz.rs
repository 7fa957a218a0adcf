//! Whatever bytes come, reading them ends in an answer and never in a panic.

use auth::{KeySet, Policy, Presented, Signer, Verifier, base64url, cookie};
use proptest::prelude::*;
use protocol::{ErrorCode, Timestamp};
use serde_json::{Value, json};

const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);
const ORIGIN: &str = "https://app.example";

fn signer() -> Signer {
    Signer::from_seed("key-1", &[7; 32])
}

fn verify(token: &str) -> Result<auth::Caller, ErrorCode> {
    let mut keys = KeySet::default();
    let added = keys.add_row("key-1", &signer().public_jwk(), None);
    assert_eq!(added, Ok(()));
    let policy = Policy::of_origin(ORIGIN);
    Verifier {
        keys: &keys,
        policy: &policy,
    }
    .verify(token, NOW)
}

/// Any JSON, three levels deep.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,20}".prop_map(Value::from),
        Just(json!(ORIGIN)),
        Just(json!("ann")),
        (-10_000..10_000_i64).prop_map(|seconds| json!(NOW.seconds() + seconds)),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(".{0,8}", inner, 0..4).prop_map(|map| json!(map)),
        ]
    })
}

/// Objects of the names that are looked at, with any values.
fn any_object() -> impl Strategy<Value = Value> {
    let names = prop::sample::select(vec![
        "alg", "kid", "typ", "cty", "crit", "jwk", "exp", "iat", "nbf", "iss", "aud", "azp", "sid",
        "sub", "id", "user_id", "userId", "nonce", "other",
    ]);
    prop::collection::btree_map(names, any_json(), 0..10).prop_map(|map| json!(map))
}

proptest! {
    #[test]
    fn no_text_is_a_token(text in ".{0,300}") {
        prop_assert!(verify(&text).is_err());
    }

    #[test]
    fn no_three_parts_are_a_token_without_a_key(
        header in prop::collection::vec(any::<u8>(), 0..80),
        claims in prop::collection::vec(any::<u8>(), 0..80),
        signature in prop::collection::vec(any::<u8>(), 0..80),
    ) {
        let parts = [header, claims, signature].map(base64url::encode);
        let token = parts.join(".");
        prop_assert!(verify(&token).is_err());
        let _ = Presented::read(&token).map(|token| token.kid().map(str::to_owned));
    }

    /// Signed by us, and still only good if every claim is.
    #[test]
    fn claims_of_any_kind_name_nobody_or_ann(claims in any_object()) {
        let token = signer().sign(r#"{"alg":"EdDSA","kid":"key-1"}"#, &claims.to_string());
        if let Ok(caller) = verify(&token) {
            prop_assert_eq!(&claims["iss"], ORIGIN);
            prop_assert!(claims["aud"] == ORIGIN || claims["aud"] == json!([ORIGIN]));
            prop_assert!(caller.expires_at().seconds() > NOW.seconds() - 5);
        }
    }

    #[test]
    fn headers_of_any_kind_are_read(header in any_object(), name in "alg|typ|kid") {
        let mut header = header;
        header["alg"] = json!("EdDSA");
        header[name] = json!("EdDSA");
        let token = signer().sign(&header.to_string(), "{}");
        prop_assert!(verify(&token).is_err());
    }

    #[test]
    fn sets_of_keys_of_any_kind_are_read(keys in prop::collection::vec(any_object(), 0..4)) {
        let _ = KeySet::parse(&json!({ "keys": keys }).to_string());
        let _ = KeySet::parse(&json!(keys).to_string());
    }

    #[test]
    fn no_text_is_a_signed_cookie(text in ".{0,200}") {
        let decoded = cookie::decode(&text);
        let signed = decoded.as_deref().unwrap_or(&text);
        prop_assert_eq!(cookie::verify(signed, "a secret"), None);
    }

    #[test]
    fn what_is_signed_for_a_cookie_comes_back(value in ".{0,100}") {
        let signed = cookie::sign(&value, "a secret");
        let back = cookie::decode(&cookie::encode(&signed));
        prop_assert_eq!(back.as_deref(), Some(signed.as_str()));
        prop_assert_eq!(cookie::verify(&signed, "a secret"), Some(value.as_str()));
        prop_assert_eq!(cookie::verify(&signed, "another"), None);
    }
}
