//! Which keys are taken into a set, and why others are not.

use serde_json::{Value, json};

use super::*;
use crate::base64url;

/// RFC 8037, appendix A.2.
const X: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

fn left_out(key: &Value) -> Vec<Unusable> {
    let mut reasons = Vec::new();
    let text = json!({ "keys": [key] }).to_string();
    let set = KeySet::parse_telling(&text, |reason| reasons.push(reason)).unwrap();
    assert_eq!(set.is_empty(), !reasons.is_empty());
    reasons
}

fn rsa(bits: usize, change: impl FnOnce(&mut Value)) -> Value {
    let mut modulus = vec![0xc3; bits / 8];
    modulus[bits / 8 - 1] = 0xc5;
    let mut key = json!({
        "kty": "RSA", "alg": "RS256", "kid": "a", "e": "AQAB", "n": base64url::encode(modulus),
    });
    change(&mut key);
    key
}

#[test]
fn keys_of_each_kind_are_taken() {
    let point = base64url::encode([1; 32]);
    for key in [
        json!({"kty": "OKP", "crv": "Ed25519", "x": X, "kid": "a"}),
        json!({"kty": "OKP", "crv": "Ed25519", "x": X, "kid": "a", "alg": "EdDSA", "use": "sig"}),
        json!({"kty": "OKP", "crv": "Ed25519", "x": X, "kid": "a", "alg": "Ed25519"}),
        json!({"kty": "OKP", "crv": "Ed25519", "x": X, "kid": "a", "key_ops": ["verify"]}),
        json!({"kty": "EC", "crv": "P-256", "x": point, "y": point, "kid": "a", "ext": true}),
        rsa(2048, |_| {}),
        rsa(8192, |key| key["alg"] = json!("PS256")),
    ] {
        assert_eq!(left_out(&key), [], "{key}");
    }
}

#[test]
fn unusable_keys_are_left_out_with_their_reason() {
    let okp = |x: &str| json!({"kty": "OKP", "crv": "Ed25519", "x": x, "kid": "a"});
    let with = |name: &str, value: Value| {
        let mut key = okp(X);
        key[name] = value;
        key
    };
    let ec = |crv: &str, x: &str| json!({"kty": "EC", "crv": crv, "x": x, "y": X, "kid": "a"});
    for (key, reason) in [
        (okp(&X[..40]), Unusable::Unsound),
        (okp(&"AQ".repeat(40)), Unusable::Unsound),
        (okp(&format!("{X}=")), Unusable::Unsound),
        (okp(""), Unusable::Unsound),
        (with("crv", json!("Ed448")), Unusable::Unsupported),
        (with("crv", json!("X25519")), Unusable::Unsupported),
        (with("d", json!(X)), Unusable::Private),
        (with("use", json!("enc")), Unusable::OtherUse),
        (with("key_ops", json!(["sign"])), Unusable::OtherUse),
        (with("key_ops", json!([])), Unusable::OtherUse),
        (with("key_ops", json!("verify")), Unusable::Unsupported),
        (with("alg", json!("ES256")), Unusable::Unsupported),
        (with("alg", json!("none")), Unusable::Unsupported),
        (with("alg", json!("HS256")), Unusable::Unsupported),
        (with("kid", json!("")), Unusable::NoKid),
        (with("kid", json!("a".repeat(129))), Unusable::NoKid),
        (with("kid", Value::Null), Unusable::NoKid),
        (with("kty", json!("oct")), Unusable::Unsupported),
        (
            json!({"kty": "oct", "k": "AQ", "alg": "HS256", "kid": "a"}),
            Unusable::Unsupported,
        ),
        (ec("P-256", "AQ"), Unusable::Unsound),
        (ec("P-384", X), Unusable::Unsupported),
        (ec("secp256k1", X), Unusable::Unsupported),
        (ec("P-521", X), Unusable::Es512),
        (rsa(2040, |_| {}), Unusable::Unsound),
        (rsa(8200, |_| {}), Unusable::Unsound),
        (rsa(2048, |key| key["e"] = json!("Aw")), Unusable::Unsound),
        (
            rsa(2048, |key| key["e"] = json!("AAEAAQ")),
            Unusable::Unsound,
        ),
        (
            rsa(2048, |key| key["n"] = json!(base64url::encode([0xc2; 256]))),
            Unusable::Unsound,
        ),
        (
            rsa(2048, |key| key["n"] = json!(base64url::encode([0x43; 256]))),
            Unusable::Unsound,
        ),
        (
            rsa(2048, |key| key["alg"] = Value::Null),
            Unusable::NoAlgorithm,
        ),
        (
            rsa(2048, |key| key["alg"] = json!("RS512")),
            Unusable::Unsupported,
        ),
        (
            rsa(2048, |key| key["alg"] = json!("RSA-OAEP")),
            Unusable::Unsupported,
        ),
        (
            rsa(2048, |key| key["alg"] = json!("ES512")),
            Unusable::Es512,
        ),
        (rsa(2048, |key| key["d"] = json!("AQ")), Unusable::Private),
        (json!("not a key"), Unusable::Unsupported),
        (json!({}), Unusable::Unsupported),
    ] {
        assert_eq!(left_out(&key), [reason], "{key}");
    }
}

/// The eight points of small order, and two spellings of some of them (RFC 7748 has the list for
/// the other form of the curve): under each, a signature of zeros fits many messages.
#[test]
fn points_of_small_order_and_second_spellings_are_no_keys() {
    let with_sign = |mut point: [u8; 32]| {
        point[31] |= 0x80;
        point
    };
    let ending = |first: u8, middle: u8, last: u8| {
        let mut point = [middle; 32];
        (point[0], point[31]) = (first, last);
        point
    };
    let order_8 = "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05";
    let order_8: Vec<u8> = (0..64)
        .step_by(2)
        .map(|at| u8::from_str_radix(&order_8[at..at + 2], 16).unwrap())
        .collect();
    let order_8: [u8; 32] = order_8.try_into().unwrap();
    let minus_one = ending(0xec, 0xff, 0x7f);
    for point in [
        ending(0, 0, 0),
        ending(1, 0, 0),
        minus_one,
        order_8,
        ending(0xed, 0xff, 0x7f),
        ending(0xee, 0xff, 0x7f),
        // Not of small order, but the number is beyond the prime.
        ending(0xf0, 0xff, 0x7f),
        ending(0xff, 0xff, 0x7f),
    ] {
        for point in [point, with_sign(point)] {
            let key = json!({
                "kty": "OKP", "crv": "Ed25519", "x": base64url::encode(point), "kid": "a",
            });
            assert_eq!(left_out(&key), [Unusable::Unsound], "{point:02x?}");
        }
    }
}

#[test]
fn two_keys_of_one_name_spoil_the_set() {
    let key = json!({"kty": "OKP", "crv": "Ed25519", "x": X, "kid": "a"});

    let twice = KeySet::parse(&json!({ "keys": [key, key] }).to_string());

    assert_eq!(twice.err(), Some(KeySetError::DuplicateKid));
}

#[test]
fn what_is_no_key_set_is_refused_whole() {
    for text in [
        "",
        "null",
        "[]",
        "{}",
        r#"{"keys":{}}"#,
        r#"{"keys":[],"keys":[]}"#,
        "<html>",
    ] {
        assert_eq!(
            KeySet::parse(text).err(),
            Some(KeySetError::NotAKeySet),
            "{text}"
        );
    }
    let large = format!(r#"{{"keys":[]{}}}"#, " ".repeat(KeySet::LARGEST));
    assert_eq!(KeySet::parse(&large).err(), Some(KeySetError::TooLarge));
    assert!(KeySet::parse(r#"{"keys":[]}"#).unwrap().is_empty());
}

#[test]
fn a_row_may_keep_its_algorithm_beside_the_key() {
    let mut keys = KeySet::default();
    let mut key = rsa(2048, |_| {});
    key.as_object_mut().unwrap().remove("alg");

    keys.add_row("without", &key.to_string(), None).unwrap();
    keys.add_row("with", &key.to_string(), Some("PS256"))
        .unwrap();
    keys.add_row("nonsense", "{", None).unwrap();

    assert!(keys.has("with"));
    assert!(!keys.has("without") && !keys.has("nonsense"));
    assert_eq!(
        keys.add_row("with", &key.to_string(), Some("RS256")),
        Err(KeySetError::DuplicateKid)
    );
}
