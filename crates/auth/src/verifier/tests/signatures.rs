//! Signatures of other systems' algorithms, altered in the ways of Wycheproof's JOSE vectors
//! (C2SP/wycheproof, `json_web_signature_test.json`), which are generated here rather than copied:
//! `ModifiedSignature`, `ModifiedPadding`, `WrongPrimitive`, `AlgIsNone`, `JsonSerialization`, and
//! its special cases of ES256. Ours, Ed25519, is in the server's corpus.

use ring::rand::{SecureRandom, SystemRandom};
use ring::rsa::{KeyPair, KeyPairComponents, PublicKeyComponents};
use ring::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _,
    RSA_PKCS1_SHA256, RSA_PKCS1_SHA384, RSA_PKCS1_SHA512, RSA_PSS_SHA256, RSA_PSS_SHA384,
    RSA_PSS_SHA512, RsaEncoding,
};

use super::*;
use crate::base64url;

/// RFC 7520, section 3.4: a key whose private part is no secret.
const RSA: &str = include_str!("rfc7520.json");

/// The order of P-256's group (SEC 2, section 2.4.2).
const ORDER: &str = "_____wAAAAD__________7zm-q2nF56E87nKwvxjJVE";

fn rsa() -> Value {
    serde_json::from_str(RSA).unwrap()
}

fn bytes(text: &Value) -> Vec<u8> {
    base64url::decode(text.as_str().unwrap()).unwrap()
}

fn rsa_pair() -> KeyPair {
    let key = rsa();
    let part = |name: &str| bytes(&key[name]);
    let (n, e) = (part("n"), part("e"));
    KeyPair::from_components(&KeyPairComponents {
        public_key: PublicKeyComponents { n, e },
        d: part("d"),
        p: part("p"),
        q: part("q"),
        dP: part("dp"),
        dQ: part("dq"),
        qInv: part("qi"),
    })
    .unwrap()
}

fn by_rsa(padding: &'static dyn RsaEncoding, text: &str) -> Vec<u8> {
    let pair = rsa_pair();
    let mut signature = vec![0; pair.public().modulus_len()];
    let random = SystemRandom::new();
    pair.sign(padding, &random, text.as_bytes(), &mut signature)
        .unwrap();
    signature
}

/// A key set with one key of the algorithm, named like it.
fn set_of(alg: &str, mut key: Value) -> KeySet {
    for private in ["d", "p", "q", "dp", "dq", "qi"] {
        key.as_object_mut().unwrap().remove(private);
    }
    (key["alg"], key["kid"]) = (json!(alg), json!(alg));
    KeySet::parse(&json!({ "keys": [key] }).to_string()).unwrap()
}

/// What is signed, for a header with this algorithm and the name of that key.
fn text(alg: &str, kid: &str) -> String {
    let header = json!({"alg": alg, "kid": kid}).to_string();
    let (header, claims) = (base64url::encode(header), claims().to_string());
    format!("{header}.{}", base64url::encode(claims))
}

fn check(keys: &KeySet, text: &str, signature: &[u8]) -> Result<(), ErrorCode> {
    let token = format!("{text}.{}", base64url::encode(signature));
    verify_by(&token, keys, &Policy::of_origin(ORIGIN)).map(|_| ())
}

/// `ModifiedSignature`: whatever was done to it.
fn altered(signature: &[u8]) -> Vec<Vec<u8>> {
    let length = signature.len();
    let flipped = (0..length * 8).step_by(3).map(|bit| {
        let mut flipped = signature.to_vec();
        flipped[bit / 8] ^= 1 << (bit % 8);
        flipped
    });
    let mut altered: Vec<Vec<u8>> = flipped.collect();
    for cut in [0, 1, length / 2, length - 1] {
        altered.push(signature[..cut].to_vec());
        altered.push(signature[length - cut..].to_vec());
    }
    altered.push([signature, &[0]].concat());
    altered.push([&[0], signature].concat());
    altered.push([signature, signature].concat());
    for byte in [0, 0xff] {
        altered.push(vec![byte; length]);
    }
    altered.push([vec![0; length - 1], vec![1]].concat());
    altered
}

/// Tokens that lack a part, or say more than there is: none of them is anybody's.
fn assert_structure(keys: &KeySet, text: &str, signature: &[u8]) {
    let (header, claims) = text.split_once('.').unwrap();
    let signature = base64url::encode(signature);
    let none = base64url::encode(r#"{"alg":"none"}"#);
    for token in [
        format!("{header}.{claims}."),
        format!("{header}.{claims}"),
        format!("{header}..{signature}"),
        format!("{header}.{signature}"),
        format!(".{claims}.{signature}"),
        format!("{claims}.{signature}"),
        format!(".{claims}."),
        claims.to_owned(),
        String::new(),
        format!("{text}.{signature}."),
        format!("{text}.{signature}.{claims}"),
        format!("{none}.{claims}."),
        format!("{none}.{claims}.{signature}"),
        json!({"payload": claims, "signatures": [{"protected": header, "signature": signature}]})
            .to_string(),
    ] {
        let refused = verify_by(&token, keys, &Policy::of_origin(ORIGIN));

        assert!(refused.is_err(), "{token}");
    }
}

#[test]
fn rsa_signatures_are_taken_as_they_were_made_and_in_no_other_way() {
    let kinds: [(&str, &'static dyn RsaEncoding); 2] =
        [("RS256", &RSA_PKCS1_SHA256), ("PS256", &RSA_PSS_SHA256)];
    for (alg, padding) in kinds {
        let keys = set_of(alg, rsa());
        let text = text(alg, alg);
        let good = by_rsa(padding, &text);

        assert_eq!(check(&keys, &text, &good), Ok(()));
        let mut wrong = altered(&good);
        let modulus = bytes(&rsa()["n"]);
        wrong.extend([minus_one(&modulus), plus(&good, &modulus), modulus]);
        for signature in wrong {
            let refused = check(&keys, &text, &signature);

            assert_eq!(refused, Err(ErrorCode::TokenSignature), "{signature:02x?}");
        }
        assert_structure(&keys, &text, &good);
    }
}

/// `WrongPrimitive`: a key is for one padding and one hash, whatever the header says.
#[test]
fn an_rsa_key_is_for_one_padding_and_one_hash() {
    let all: [(&str, &'static dyn RsaEncoding); 6] = [
        ("RS256", &RSA_PKCS1_SHA256),
        ("RS384", &RSA_PKCS1_SHA384),
        ("RS512", &RSA_PKCS1_SHA512),
        ("PS256", &RSA_PSS_SHA256),
        ("PS384", &RSA_PSS_SHA384),
        ("PS512", &RSA_PSS_SHA512),
    ];
    for alg in ["RS256", "PS256"] {
        let keys = set_of(alg, rsa());
        for (other, padding) in all.iter().filter(|(other, _)| *other != alg) {
            let (honest, lying) = (text(other, alg), text(alg, alg));

            let refused = check(&keys, &honest, &by_rsa(*padding, &honest));
            assert_eq!(refused, Err(ErrorCode::TokenAlgorithm), "{other}");
            let refused = check(&keys, &lying, &by_rsa(*padding, &lying));
            assert_eq!(refused, Err(ErrorCode::TokenSignature), "{other}");
        }
    }
}

/// `rejectWrongUse`, `rejectWrongKeyOps`, and the curve of another algorithm.
#[test]
fn a_key_for_something_else_checks_nothing() {
    for (name, value) in [
        ("use", json!("enc")),
        ("key_ops", json!(["encrypt"])),
        ("key_ops", json!(["sign"])),
        ("alg", json!("RSA-OAEP")),
        ("kty", json!("EC")),
    ] {
        let mut key = rsa();
        for private in ["d", "p", "q", "dp", "dq", "qi"] {
            key.as_object_mut().unwrap().remove(private);
        }
        key["alg"] = json!("RS256");
        key[name] = value;

        let keys = KeySet::parse(&json!({ "keys": [key] }).to_string()).unwrap();

        assert!(keys.is_empty(), "{name}");
    }
}

fn p256() -> (KeySet, EcdsaKeyPair, EcdsaKeyPair) {
    let random = SystemRandom::new();
    let (fixed, der) = (
        &ECDSA_P256_SHA256_FIXED_SIGNING,
        &ECDSA_P256_SHA256_ASN1_SIGNING,
    );
    let made = EcdsaKeyPair::generate_pkcs8(fixed, &random).unwrap();
    let pair = EcdsaKeyPair::from_pkcs8(fixed, made.as_ref(), &random).unwrap();
    let in_der = EcdsaKeyPair::from_pkcs8(der, made.as_ref(), &random).unwrap();
    let (x, y) = pair.public_key().as_ref()[1..].split_at(32);
    let (x, y) = (base64url::encode(x), base64url::encode(y));
    let key = json!({"kty": "EC", "crv": "P-256", "x": x, "y": y});
    (set_of("ES256", key), pair, in_der)
}

#[test]
fn signatures_by_curve_are_taken_as_they_were_made_and_in_no_other_way() {
    let (keys, pair, in_der) = p256();
    let (random, text) = (SystemRandom::new(), text("ES256", "ES256"));
    let good = pair.sign(&random, text.as_bytes()).unwrap();
    let good = good.as_ref();

    assert_eq!(check(&keys, &text, good), Ok(()));
    let mut wrong = altered(good);
    wrong.push(
        in_der
            .sign(&random, text.as_bytes())
            .unwrap()
            .as_ref()
            .to_vec(),
    );
    wrong.push([&good[32..], &good[..32]].concat());
    let order = base64url::decode(ORDER).unwrap();
    let zero = vec![0; 32];
    let one = [vec![0; 31], vec![1]].concat();
    let special = [zero, one, minus_one(&order), order.clone()];
    for r in &special {
        for s in &special {
            wrong.push([r.as_slice(), s].concat());
        }
    }
    let (r, s) = good.split_at(32);
    let (r_too_big, s_too_big) = (plus(r, &order), plus(s, &order));
    wrong.push([r_too_big.as_slice(), s].concat());
    wrong.push([r, s_too_big.as_slice()].concat());
    for signature in wrong {
        let refused = check(&keys, &text, &signature);

        assert_eq!(refused, Err(ErrorCode::TokenSignature), "{signature:02x?}");
    }
    assert_structure(&keys, &text, good);
}

/// `rejectsSymmetryConfusionAttacks`, and the same without a name.
#[test]
fn a_public_key_of_any_kind_is_no_secret() {
    use hmac::Mac;

    let ec = p256().0;
    let rsa_keys = set_of("RS256", rsa());
    let modulus = bytes(&rsa()["n"]);
    for (keys, kid, secret) in [(&rsa_keys, "RS256", modulus), (&ec, "ES256", vec![4; 65])] {
        let text = text("HS256", kid);
        let mut mac = hmac::Hmac::<sha2::Sha256>::new_from_slice(&secret).unwrap();
        mac.update(text.as_bytes());

        let refused = check(keys, &text, &mac.finalize().into_bytes());

        assert_eq!(refused, Err(ErrorCode::TokenAlgorithm));
    }
}

#[test]
fn a_code_by_secret_is_taken_as_it_was_made_and_in_no_other_way() {
    use hmac::Mac;

    let mut secret = [0; 32];
    SystemRandom::new().fill(&mut secret).unwrap();
    let secret = base64url::encode(secret);
    let keys = KeySet::shared(&secret);
    let text = text("HS256", "any");
    let mut mac = hmac::Hmac::<sha2::Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(text.as_bytes());
    let good = mac.finalize().into_bytes();

    assert_eq!(check(&keys, &text, &good), Ok(()));
    for code in altered(&good) {
        let refused = check(&keys, &text, &code);

        assert_eq!(refused, Err(ErrorCode::TokenSignature), "{code:02x?}");
    }
    assert_structure(&keys, &text, &good);
}

/// The sum of two numbers, with a further byte if it needs one.
fn plus(a: &[u8], b: &[u8]) -> Vec<u8> {
    let mut carry = 0;
    let mut sum: Vec<u8> = (a.iter().rev().zip(b.iter().rev()))
        .map(|(a, b)| {
            carry += u16::from(*a) + u16::from(*b);
            let [low, high] = carry.to_le_bytes();
            carry = u16::from(high);
            low
        })
        .collect();
    if carry > 0 {
        sum.push(1);
    }
    sum.reverse();
    sum
}

/// Of an odd number, or one whose last byte is not zero.
fn minus_one(number: &[u8]) -> Vec<u8> {
    let mut number = number.to_vec();
    if let Some(last) = number.last_mut() {
        *last -= 1;
    }
    number
}
