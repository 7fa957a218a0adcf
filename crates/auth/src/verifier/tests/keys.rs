//! Which key may have signed what.

use super::*;
use crate::base64url;

#[test]
fn another_signature_is_refused() {
    let header = json!({"alg": "EdDSA", "kid": "key-1"});
    let foreign = Signer::from_seed("key-1", &[8; 32]);
    let token = foreign.sign(&header.to_string(), &claims().to_string());

    assert_eq!(verify(&token), Err(ErrorCode::TokenSignature));
    let (unsigned, _) = token.rsplit_once('.').unwrap();
    assert_eq!(
        verify(&format!("{unsigned}.")),
        Err(ErrorCode::TokenSignature)
    );
}

fn by_secret(header: &Value, secret: &[u8]) -> String {
    use hmac::Mac;

    let parts = format!(
        "{}.{}",
        base64url::encode(header.to_string()),
        base64url::encode(claims().to_string())
    );
    let mut mac = hmac::Hmac::<sha2::Sha256>::new_from_slice(secret).unwrap();
    mac.update(parts.as_bytes());
    format!("{parts}.{}", base64url::encode(mac.finalize().into_bytes()))
}

#[test]
fn a_shared_secret_verifies_its_own_tokens_and_no_others() {
    let secret = "tI9f3kQ0vB7mZx2LwR8sYc5HdN1pJ6aE";
    let policy = Policy::of_origin(ORIGIN);
    let by = |token: &str| verify_by(token, &KeySet::shared(secret), &policy).map(|_| ());
    let hs256 = json!({"alg": "HS256", "typ": "JWT"});

    assert_eq!(by(&by_secret(&hs256, secret.as_bytes())), Ok(()));
    assert_eq!(
        by(&by_secret(
            &json!({"alg": "HS256", "kid": "any"}),
            secret.as_bytes()
        )),
        Ok(())
    );
    assert_eq!(
        by(&by_secret(&hs256, b"another")),
        Err(ErrorCode::TokenSignature)
    );
    let by_key = signed(&json!({"alg": "EdDSA", "kid": "key-1"}), &claims());
    assert_eq!(by(&by_key), Err(ErrorCode::TokenAlgorithm));
}

/// CVE-2015-9235, CVE-2016-10555, CVE-2022-29217: a public key is no secret.
#[test]
fn a_token_made_with_the_public_key_as_secret_is_refused() {
    for header in [
        json!({"alg": "HS256", "kid": "key-1"}),
        json!({"alg": "HS256"}),
        json!({"alg": "HS384", "kid": "key-1"}),
    ] {
        let token = by_secret(&header, signer().public_jwk().as_bytes());

        assert_eq!(verify(&token), Err(ErrorCode::TokenAlgorithm), "{header}");
    }
}

#[test]
fn an_elliptic_curve_key_verifies_its_own_tokens() {
    use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING as ES256, EcdsaKeyPair, KeyPair as _};

    let chance = ring::rand::SystemRandom::new();
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ES256, &chance).unwrap();
    let pair = EcdsaKeyPair::from_pkcs8(&ES256, pkcs8.as_ref(), &chance).unwrap();
    let (x, y) = pair.public_key().as_ref()[1..].split_at(32);
    let jwk = |y: &[u8]| {
        let (x, y) = (base64url::encode(x), base64url::encode(y));
        json!({"kty": "EC", "crv": "P-256", "x": x, "y": y}).to_string()
    };
    let mut keys = KeySet::default();
    keys.add_row("ec", &jwk(y), None).unwrap();
    // A point beside the curve is found out when it is used.
    keys.add_row("beside", &jwk(&[1; 32]), None).unwrap();
    let token = |kid: &str| {
        let parts = format!(
            "{}.{}",
            base64url::encode(json!({"alg": "ES256", "kid": kid}).to_string()),
            base64url::encode(claims().to_string())
        );
        let signature = pair.sign(&chance, parts.as_bytes()).unwrap();
        format!("{parts}.{}", base64url::encode(signature))
    };
    let policy = Policy::of_origin(ORIGIN);

    assert!(verify_by(&token("ec"), &keys, &policy).is_ok());
    assert_eq!(
        verify_by(&token("beside"), &keys, &policy),
        Err(ErrorCode::TokenSignature)
    );
    let as_eddsa = signed(&json!({"alg": "EdDSA", "kid": "ec"}), &claims());
    assert_eq!(
        verify_by(&as_eddsa, &keys, &policy),
        Err(ErrorCode::TokenAlgorithm)
    );
}
