//! What telling the caller costs: beside the bare check of a signature, and for nonsense.

use std::hint::black_box;

use auth::{AccessClaims, KeySet, Policy, Signer, Verifier};
use criterion::{Criterion, criterion_group, criterion_main};
use ed25519_dalek::{Signer as _, SigningKey};
use protocol::{SessionId, Timestamp, UserId};
use serde_json::json;

const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);
const ORIGIN: &str = "https://app.example";

fn verification(bench: &mut Criterion) {
    let signer = Signer::from_seed("key-1", &[7; 32]);
    let mut keys = KeySet::default();
    let added = keys.add_row("key-1", &signer.public_jwk(), None);
    assert_eq!(added, Ok(()));
    let policy = Policy::of_origin(ORIGIN);
    let verifier = Verifier {
        keys: &keys,
        policy: &policy,
    };
    let token = signer.access_token(&AccessClaims {
        user: json!({"id": "ann", "name": "Ann", "email": "ann@example.com"}),
        subject: &UserId::new("ann"),
        session: &SessionId::new("s1"),
        origin: ORIGIN,
        issued_at: NOW,
        lifetime: 900,
    });
    let late = NOW.plus_seconds(3600);
    let forged = Signer::from_seed("other", &[7; 32])
        .sign(r#"{"alg":"EdDSA","kid":"other"}"#, r#"{"sub":"ann"}"#);

    bench.bench_function("a bare signature", |bench| {
        let key = SigningKey::from_bytes(&[7; 32]);
        let (text, _) = token.rsplit_once('.').unwrap_or_default();
        let signature = key.sign(text.as_bytes());
        let public = key.verifying_key();
        bench.iter(|| public.verify_strict(black_box(text.as_bytes()), &signature));
    });
    bench.bench_function("a good token", |bench| {
        bench.iter(|| verifier.verify(black_box(&token), NOW));
    });
    bench.bench_function("an expired token", |bench| {
        bench.iter(|| verifier.verify(black_box(&token), late));
    });
    bench.bench_function("an unknown key", |bench| {
        bench.iter(|| verifier.verify(black_box(&forged), NOW));
    });
    bench.bench_function("an opaque token", |bench| {
        bench.iter(|| verifier.verify(black_box("0123456789abcdefghijklmnopqrstuv"), NOW));
    });
}

criterion_group!(benches, verification);
criterion_main!(benches);
