//! Keys that rotate, and people of another system.

use auth::{AccessClaims, Signer};
use axum::http::{Method, StatusCode};
use protocol::{SessionId, UserId};
use serde_json::{Value, json};
use testing::{Answer, Issuer, NOW};

use crate::desk::{Desk, request};

const ISSUER: &str = "https://issuer.example/";

fn signer(kid: &str) -> Signer {
    Signer::from_seed(kid, &[kid.len() as u8; 32])
}

fn token(kid: &str, user: &str, origin: &str, session: &str) -> String {
    signer(kid).access_token(&AccessClaims {
        user: json!({}),
        subject: &UserId::new(user),
        session: &SessionId::new(session),
        origin,
        issued_at: NOW,
        lifetime: 900,
    })
}

async fn get(desk: &Desk, token: &str) -> (StatusCode, String) {
    let answer = desk
        .send(request(Some(token), Method::GET, "/api/tasks", None))
        .await;
    let code = answer.json()["code"].as_str().unwrap_or("ok").to_owned();
    (answer.status, code)
}

#[tokio::test]
async fn an_old_key_verifies_until_its_grace_is_over() {
    let desk = Desk::new().await;
    let ann = desk.person("ann").await;
    let client = desk.database.client().await;
    for (kid, expired) in [
        ("resting", "29 days"),
        ("dead", "31 days"),
        ("newest", "-1 day"),
    ] {
        let sql = "insert into jwks values
            ($1, $2, '', to_timestamp(0), to_timestamp($3) - $4::text::interval, 'EdDSA', null)";
        let now = NOW.seconds() as f64;
        let key = signer(kid).public_jwk();
        client
            .execute(sql, &[&kid, &key, &now, &expired])
            .await
            .unwrap();
    }
    let with = async |kid: &str| {
        let token = token(kid, "ann", testing::ORIGIN, ann.session.id.as_str());
        get(&desk, &token).await.1
    };

    assert_eq!(with("newest").await, "ok");
    assert_eq!(with("resting").await, "ok");
    assert_eq!(with("dead").await, "token.unknown_key");
    // The key of the desk itself, which has no end.
    assert_eq!(get(&desk, &ann.token(NOW)).await.1, "ok");
}

/// A token is used in the moment its key was made, by a process that has just looked.
#[tokio::test]
async fn a_key_that_was_made_a_moment_ago_is_found() {
    let desk = Desk::new().await;
    let ann = desk.person("ann").await;
    let forged = token("forged", "ann", testing::ORIGIN, "s");
    for _ in 0..2 {
        assert_eq!(get(&desk, &forged).await.1, "token.unknown_key");
    }
    let client = desk.database.client().await;
    let sql = "insert into jwks values ('new', $1, '', now(), null, null, null)";
    let key = signer("new").public_jwk();
    client.execute(sql, &[&key]).await.unwrap();

    let token = token("new", "ann", testing::ORIGIN, ann.session.id.as_str());

    assert_eq!(get(&desk, &token).await.1, "ok");
}

fn jwks(kids: &[&str]) -> String {
    let keys: Vec<Value> = kids
        .iter()
        .map(|kid| {
            let mut key: Value = serde_json::from_str(&signer(kid).public_jwk()).unwrap();
            key["kid"] = json!(kid);
            key
        })
        .collect();
    json!({ "keys": keys }).to_string()
}

async fn behind(issuer: &Issuer) -> Desk {
    Desk::with(&[
        ("AUTH_ISSUER", ISSUER),
        ("AUTH_AUDIENCE", ISSUER),
        ("AUTH_JWKS_URL", &issuer.url),
    ])
    .await
}

#[tokio::test]
async fn people_of_another_system_are_known_at_first_sight() {
    let issuer = Issuer::start(Answer::Body(jwks(&["k"]))).await;
    let desk = behind(&issuer).await;
    let ann = token("k", "auth0|ann@example.com", ISSUER, "not-of-ours");
    let bob = token("k", "auth0|bob", ISSUER, "not-of-ours");
    let add = |token: &str| {
        let body = json!({"title": "Milk"});
        request(Some(token), Method::POST, "/api/tasks", Some(body))
    };

    for _ in 0..2 {
        assert_eq!(desk.send(add(&ann)).await.status, StatusCode::CREATED);
    }

    let list = async |token: &str| {
        let answer = desk
            .send(request(Some(token), Method::GET, "/api/tasks", None))
            .await;
        answer.json()["tasks"].as_array().unwrap().len()
    };
    assert_eq!(list(&ann).await, 2);
    assert_eq!(list(&bob).await, 0);
    let people = r#"select "id", "email" from "user" order by "id""#;
    let people = desk
        .database
        .client()
        .await
        .query(people, &[])
        .await
        .unwrap();
    let people: Vec<(String, String)> = people.iter().map(|row| (row.get(0), row.get(1))).collect();
    let known = |id: &str| (id.to_owned(), format!("foreign:{id}"));
    assert_eq!(people, [known("auth0|ann@example.com"), known("auth0|bob")]);
    assert_eq!(issuer.requests(), 1);
}

#[tokio::test]
async fn behind_another_system_our_own_tokens_are_refused() {
    let issuer = Issuer::start(Answer::Body(jwks(&["k"]))).await;
    let desk = behind(&issuer).await;
    let ann = desk.person("ann").await;

    // Neither the key nor the issuer is the other system's.
    assert_eq!(get(&desk, &ann.token(NOW)).await.1, "token.unknown_key");
    let token = token("k", "ann", testing::ORIGIN, ann.session.id.as_str());
    assert_eq!(get(&desk, &token).await.1, "token.issuer");
}

#[tokio::test]
async fn behind_another_system_nobody_signs_in_here() {
    let issuer = Issuer::start(Answer::Body(jwks(&["k"]))).await;
    let desk = behind(&issuer).await;
    let ann = json!({"name": "Ann", "email": "ann@example.com", "password": "correct horse"});
    for (method, uri, body) in [
        (Method::POST, "/api/auth/sign-up/email", Some(ann)),
        (Method::GET, "/api/auth/get-session", None),
        (Method::GET, "/api/auth/token", None),
        (Method::GET, "/api/auth/jwks", None),
    ] {
        let answer = desk.send(request(None, method, uri, body)).await;

        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{uri}");
        assert_eq!(answer.code(), "auth.elsewhere");
    }
    let ok = desk
        .send(request(None, Method::GET, "/api/auth/ok", None))
        .await;
    assert_eq!(ok.status, StatusCode::OK);
}

#[tokio::test]
async fn nobody_is_made_known_by_a_request_that_is_refused() {
    let issuer = Issuer::start(Answer::Body(jwks(&["k"]))).await;
    let desk = behind(&issuer).await;
    let ann = token("k", "ann", ISSUER, "s");

    let other = desk
        .send(request(Some(&ann), Method::GET, "/api/bob/tasks", None))
        .await;

    assert_eq!(other.code(), "user.mismatch");
    let people = r#"select from "user""#;
    let people = desk
        .database
        .client()
        .await
        .query(people, &[])
        .await
        .unwrap();
    assert!(people.is_empty());
}

#[tokio::test]
async fn an_issuer_that_is_away_is_said_to_be() {
    let issuer = Issuer::start(Answer::Status(502)).await;
    let desk = behind(&issuer).await;
    let ann = token("k", "ann", ISSUER, "s");

    let answer = desk
        .send(request(Some(&ann), Method::GET, "/api/tasks", None))
        .await;

    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.code(), "keys.unavailable");
    assert_eq!(answer.header("retry-after"), "2");
    assert!(!answer.body.contains("502") && !answer.body.contains("127.0.0.1"));
}
