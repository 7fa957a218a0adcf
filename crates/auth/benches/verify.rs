//! What telling the caller costs: beside the bare check of a signature, and for nonsense.
//!
//! The bare check is that of the library which the product uses for the algorithm, with the key
//! in the form in which that library wants it, so the difference is all that we add: reading the
//! token, its header and its claims, and holding them to the policy.

use std::hint::black_box;

use auth::{AccessClaims, KeySet, Policy, Signer, Verifier, base64url};
use criterion::{Criterion, criterion_group, criterion_main};
use ed25519_dalek::{Signature, Signer as _, SigningKey};
use protocol::{SessionId, Timestamp, UserId};
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair,
    UnparsedPublicKey,
};
use serde_json::json;

const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);
const ORIGIN: &str = "https://app.example";

/// One of ours, as every page has it.
fn token(signer: &Signer) -> String {
    signer.access_token(&AccessClaims {
        user: json!({"id": "ann", "name": "Ann", "email": "ann@example.com"}),
        subject: &UserId::new("ann"),
        session: &SessionId::new("s1"),
        origin: ORIGIN,
        issued_at: NOW,
        lifetime: 900,
    })
}

fn ed25519(bench: &mut Criterion) {
    let signer = Signer::from_seed("key-1", &[7; 32]);
    let mut keys = KeySet::default();
    let added = keys.add_row("key-1", &signer.public_jwk(), None);
    assert_eq!(added, Ok(()));
    let policy = Policy::of_origin(ORIGIN);
    let verifier = Verifier {
        keys: &keys,
        policy: &policy,
    };
    let token = token(&signer);
    assert!(verifier.verify(&token, NOW).is_ok());

    bench.bench_function("EdDSA: a bare signature", |bench| {
        let key = SigningKey::from_bytes(&[7; 32]);
        let (text, _) = token.rsplit_once('.').unwrap_or_default();
        let signature = key.sign(text.as_bytes()).to_bytes();
        let public = key.verifying_key();
        bench.iter(|| {
            let signature = Signature::from_slice(black_box(&signature));
            let genuine = |signature| public.verify_strict(black_box(text.as_bytes()), &signature);
            signature.and_then(genuine).is_ok()
        });
    });
    bench.bench_function("EdDSA: a good token", |bench| {
        bench.iter(|| verifier.verify(black_box(&token), NOW).is_ok());
    });
    refusals(bench, &verifier, &token);
}

fn refusals(bench: &mut Criterion, verifier: &Verifier<'_>, token: &str) {
    let late = NOW.plus_seconds(3600);
    let forged = Signer::from_seed("other", &[7; 32])
        .sign(r#"{"alg":"EdDSA","kid":"other"}"#, r#"{"sub":"ann"}"#);
    bench.bench_function("an expired token", |bench| {
        bench.iter(|| verifier.verify(black_box(token), late).is_err());
    });
    bench.bench_function("an unknown key", |bench| {
        bench.iter(|| verifier.verify(black_box(&forged), NOW).is_err());
    });
    bench.bench_function("an opaque token", |bench| {
        let opaque = "0123456789abcdefghijklmnopqrstuv";
        bench.iter(|| verifier.verify(black_box(opaque), NOW).is_err());
    });
}

/// The same claims, signed by the algorithm that Clerk's and Auth0's peers offer most.
fn p256(bench: &mut Criterion) {
    let random = SystemRandom::new();
    let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
    let made = EcdsaKeyPair::generate_pkcs8(algorithm, &random).ok();
    let made = made.as_ref().map(AsRef::as_ref).unwrap_or_default();
    let Ok(pair) = EcdsaKeyPair::from_pkcs8(algorithm, made, &random) else {
        return;
    };
    let point = pair.public_key().as_ref();
    let (x, y) = point[1..].split_at(32);
    let set = json!({"keys": [{
        "kty": "EC", "crv": "P-256", "alg": "ES256", "kid": "key-1",
        "x": base64url::encode(x), "y": base64url::encode(y),
    }]});
    let Ok(keys) = KeySet::parse(&set.to_string()) else {
        return;
    };
    let policy = Policy::of_origin(ORIGIN);
    let verifier = Verifier {
        keys: &keys,
        policy: &policy,
    };
    let ours = token(&Signer::from_seed("key-1", &[7; 32]));
    let claims = ours.split('.').nth(1).unwrap_or_default();
    let header = base64url::encode(r#"{"alg":"ES256","kid":"key-1"}"#);
    let text = format!("{header}.{claims}");
    let Ok(signature) = pair.sign(&random, text.as_bytes()) else {
        return;
    };
    let token = format!("{text}.{}", base64url::encode(signature.as_ref()));
    assert!(verifier.verify(&token, NOW).is_ok());

    bench.bench_function("ES256: a bare signature", |bench| {
        let public = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point);
        let check = || public.verify(black_box(text.as_bytes()), black_box(signature.as_ref()));
        bench.iter(|| check().is_ok());
    });
    bench.bench_function("ES256: a good token", |bench| {
        bench.iter(|| verifier.verify(black_box(&token), NOW).is_ok());
    });
}

criterion_group!(benches, ed25519, p256);
criterion_main!(benches);
