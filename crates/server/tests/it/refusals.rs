//! A corpus of attacks on tokens, generated rather than typed: each is refused with its code.
//!
//! The process has its keys pinned and a database that is not there. Whatever reached a handler
//! would answer that the database does not, so a refusal here shows two things at once.

mod claims;
mod forms;
mod headers;
mod requests;
mod signatures;

use auth::{Signer, base64url};
use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request};
use http_body_util::BodyExt;
use protocol::ErrorCode;
use serde_json::{Value, json};
use testing::{NOW, ORIGIN};
use tower::ServiceExt;

use crate::desk::{request, serve_with};

const KID: &str = "pinned";

/// A token, what is wrong with it, and the code it must get.
struct Attack {
    name: String,
    token: String,
    code: ErrorCode,
}

fn attack(name: impl Into<String>, token: impl Into<String>, code: ErrorCode) -> Attack {
    Attack {
        name: name.into(),
        token: token.into(),
        code,
    }
}

fn signer() -> Signer {
    Signer::from_seed(KID, &[21; 32])
}

fn header() -> Value {
    json!({"alg": "EdDSA", "kid": KID})
}

fn claims() -> Value {
    let now = NOW.seconds();
    json!({"sub": "ann", "sid": "s1", "iss": ORIGIN, "aud": ORIGIN, "iat": now, "exp": now + 900})
}

fn signed(header: &Value, claims: &Value) -> String {
    signer().sign(&header.to_string(), &claims.to_string())
}

fn good() -> String {
    signed(&header(), &claims())
}

/// The same object with one member set.
fn with(object: &Value, name: &str, value: Value) -> Value {
    let mut object = object.clone();
    object[name] = value;
    object
}

/// A token's three parts.
fn parts(token: &str) -> [String; 3] {
    let parts: Vec<String> = token.split('.').map(str::to_owned).collect();
    parts.try_into().unwrap()
}

fn pinned() -> String {
    let mut key: Value = serde_json::from_str(&signer().public_jwk()).unwrap();
    key["kid"] = json!(KID);
    json!({"keys": [key]}).to_string()
}

/// Nobody listens on the discard port.
const NOWHERE: &str = "postgres://nobody@127.0.0.1:9/nothing";

fn process() -> Router {
    serve_with(NOWHERE, &[("AUTH_JWKS", &pinned())])
}

/// The same without a table in which a key that nobody has heard of would be looked up.
fn process_of_pinned_keys_alone() -> Router {
    let settings = [
        ("AUTH_JWKS", pinned()),
        ("AUTH_ISSUER", ORIGIN.to_owned()),
        ("AUTH_AUDIENCE", ORIGIN.to_owned()),
    ];
    serve_with(
        NOWHERE,
        &settings
            .each_ref()
            .map(|(name, value)| (*name, value.as_str())),
    )
}

async fn code(process: &Router, request: Request<Body>) -> String {
    let response = process.clone().oneshot(request).await.unwrap();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    let body: Value = serde_json::from_slice(&body).unwrap();
    body["code"].as_str().unwrap_or_default().to_owned()
}

/// FR-004, FR-005, FR-007, SC-002.
#[tokio::test]
async fn every_attack_on_a_token_is_refused_with_its_code() {
    let (ours, pinned) = (process(), process_of_pinned_keys_alone());
    let attacks: Vec<Attack> = [
        headers::attacks(),
        claims::attacks(),
        signatures::attacks(),
        forms::attacks(),
    ]
    .into_iter()
    .flatten()
    .collect();

    let mut wrong = Vec::new();
    for attack in &attacks {
        let process = match attack.code {
            ErrorCode::TokenUnknownKey => &pinned,
            _ => &ours,
        };
        let request = request(Some(&attack.token), Method::GET, "/api/tasks", None);
        let code = code(process, request).await;
        if code != attack.code.as_str() {
            wrong.push(format!(
                "{}: {code}, not {}",
                attack.name,
                attack.code.as_str()
            ));
        }
    }

    assert!(attacks.len() >= 300, "{} attacks", attacks.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Otherwise the attacks would be refused for what they have in common.
#[tokio::test]
async fn the_token_that_the_attacks_are_made_from_reaches_the_handler() {
    let process = process();
    let good = request(Some(&good()), Method::GET, "/api/tasks", None);

    assert_eq!(code(&process, good).await, "database.unavailable");
}

/// A corpus that repeats itself would count more than it tries.
#[test]
fn no_attack_is_made_twice() {
    let all = [
        headers::attacks(),
        claims::attacks(),
        signatures::attacks(),
        forms::attacks(),
    ];
    let mut tokens: Vec<String> = all.into_iter().flatten().map(|one| one.token).collect();
    let count = tokens.len();
    tokens.sort();
    tokens.dedup();

    assert_eq!(tokens.len(), count);
}

/// HMAC over the first two parts, as CVE-2016-10555 does with a public key for a secret.
fn by_secret(header: &Value, secret: &str) -> String {
    let body = format!(
        "{}.{}",
        base64url::encode(header.to_string()),
        base64url::encode(claims().to_string())
    );
    let signed = auth::cookie::sign(&body, secret);
    signed.replace('+', "-").replace('/', "_").replace('=', "")
}

/// FR-017. The time that it took to tell who is calling stands beside the whole.
#[tokio::test]
async fn an_answer_says_how_long_the_token_took() {
    let process = process();
    let timings = async |token: Option<&str>| {
        let request = request(token, Method::GET, "/api/tasks", None);
        let response = process.clone().oneshot(request).await.unwrap();
        let lines = response.headers().get_all("server-timing").iter();
        let names = lines.map(|line| line.to_str().unwrap().split(';').next().unwrap().to_owned());
        names.collect::<Vec<_>>()
    };

    assert_eq!(timings(Some(&good())).await, ["auth", "total"]);
    assert_eq!(timings(None).await, ["auth", "total"]);
}
