//! What somebody tries who has seen too much (RFC 9700, sections 4.5 to 4.8).

use axum::http::Method;
use futures_util::future::join_all;
use serde_json::{Value, json};

use super::{CALLBACK, Stage, VERIFIER, form, register};
use crate::desk::{Answer, pass, request};

/// Requests that are sent at the same moment: more than there are connections, which queue and open
/// them all, then as few as overtake each other.
const RACERS: [usize; 9] = [8, 2, 3, 4, 5, 2, 3, 4, 5];

/// What the token endpoint has issued; its refusals say that the grant is no good.
fn issued(answer: &Answer) -> Option<Value> {
    if answer.status == 200 {
        return Some(answer.json());
    }
    assert_eq!(answer.status, 400, "{}", answer.body);
    assert_eq!(answer.json()["error"], "invalid_grant");
    None
}

/// FR-129. A code that comes twice was stolen: what the first one got is taken back.
#[tokio::test]
async fn a_code_works_once_and_its_replay_ends_everything() {
    let stage = Stage::new().await;
    let code = stage.code().await;
    let tokens = stage.exchange(&code, &[]).await.json();
    assert_eq!(stage.call(&tokens["access_token"]).await, "ok");

    let replayed = stage.exchange(&code, &[]).await;

    assert_eq!(replayed.status, 400);
    assert_eq!(replayed.json()["error"], "invalid_grant");
    assert_eq!(stage.call(&tokens["access_token"]).await, "session.ended");
}

/// FR-129. Wherever the others are caught by the one that burns the grant, they are refused as
/// RFC 6749 says (section 5.2).
#[tokio::test]
async fn a_code_is_taken_by_one_of_many_at_once_and_the_rest_end_it() {
    let stage = Stage::new().await;
    for racers in RACERS {
        let code = stage.code().await;

        let answers = join_all((0..racers).map(|_| stage.exchange(&code, &[]))).await;

        let tokens: Vec<Value> = answers.iter().filter_map(issued).collect();
        assert!(tokens.len() <= 1, "{tokens:?}");
        for tokens in tokens {
            assert_eq!(stage.call(&tokens["access_token"]).await, "session.ended");
            assert_eq!(issued(&stage.refreshed(&tokens).await), None);
        }
    }
    assert_eq!(stage.grants().await, json!([]));
}

/// FR-129. Two thieves with two generations of a family, and its owner.
#[tokio::test]
async fn refresh_tokens_that_come_again_by_many_at_once_end_everything() {
    let stage = Stage::new().await;
    for racers in RACERS {
        let first = stage.tokens().await;
        let second = issued(&stage.refreshed(&first).await).unwrap();
        pass(20);
        let third = issued(&stage.refreshed(&second).await).unwrap();
        pass(20);
        let [old, older] =
            [&second, &first].map(|tokens| join_all((0..racers).map(|_| stage.refreshed(tokens))));

        let (old, older, owners) = tokio::join!(old, older, stage.refreshed(&third));

        let stolen: Vec<Value> = old.iter().chain(&older).filter_map(issued).collect();
        assert!(stolen.is_empty(), "{stolen:?}");
        for tokens in issued(&owners).iter().chain([&third]) {
            assert_eq!(stage.call(&tokens["access_token"]).await, "session.ended");
            assert_eq!(issued(&stage.refreshed(tokens).await), None);
        }
    }
    assert_eq!(stage.grants().await, json!([]));
}

#[tokio::test]
async fn a_code_is_of_no_use_to_others() {
    let stage = Stage::new().await;
    let other = register(&stage.desk, CALLBACK).await;
    let long = "v".repeat(129);
    for change in [
        (
            "code_verifier",
            "another-verifier-of-at-least-forty-three-letters",
        ),
        ("code_verifier", ""),
        ("code_verifier", &VERIFIER[..42]),
        ("code_verifier", long.as_str()),
        ("redirect_uri", "https://client.example.com/other"),
        ("redirect_uri", "https://evil.example/callback"),
        ("client_id", other.as_str()),
        ("client_id", "client_unknown"),
        ("code", "guessed"),
        ("code", ""),
    ] {
        let code = stage.code().await;
        let answer = stage.exchange(&code, &[change]).await;

        assert_eq!(answer.json()["error"], "invalid_grant", "{change:?}");
        // And it is spent: whoever has it may not try again.
        if change.0 != "code" {
            let again = stage.exchange(&code, &[]).await;
            assert_eq!(again.json()["error"], "invalid_grant", "{change:?}");
        }
    }
    let code = stage.code().await;
    let elsewhere = stage
        .exchange(&code, &[("resource", "https://other.example/mcp")])
        .await;
    assert_eq!(elsewhere.json()["error"], "invalid_target");
}

#[tokio::test]
async fn a_code_is_over_after_two_minutes() {
    let stage = Stage::new().await;
    let code = stage.code().await;

    pass(121);

    assert_eq!(
        stage.exchange(&code, &[]).await.json()["error"],
        "invalid_grant"
    );
}

#[tokio::test]
async fn a_refresh_token_is_of_no_use_to_another_client() {
    let stage = Stage::new().await;
    let tokens = stage.tokens().await;
    let other = register(&stage.desk, CALLBACK).await;
    let token = tokens["refresh_token"].as_str().unwrap();
    let fields = [
        ("grant_type", "refresh_token"),
        ("refresh_token", token),
        ("client_id", &other),
    ];

    let stolen = stage
        .desk
        .send(form("/api/auth/oauth2/token", &fields))
        .await;
    let revoked = [("token", token), ("client_id", &other)];
    stage
        .desk
        .send(form("/api/auth/oauth2/revoke", &revoked))
        .await;

    assert_eq!(stolen.json()["error"], "invalid_grant");
    assert_eq!(stage.call(&tokens["access_token"]).await, "ok");
    assert_eq!(stage.refresh(token).await.status, 200);
}

/// FR-122.
#[tokio::test]
async fn a_token_for_a_program_opens_nothing_of_the_page() {
    let stage = Stage::new().await;
    let tokens = stage.tokens().await;
    let token = tokens["access_token"].as_str();
    for (method, path) in [
        (Method::GET, "/api/tasks"),
        (Method::GET, "/api/auth/grants"),
        (Method::POST, "/api/auth/grants"),
        (Method::POST, "/api/chatkit"),
        (Method::GET, "/api/ann/tasks"),
    ] {
        let answer = stage
            .desk
            .send(request(token, method, path, Some(json!({}))))
            .await;
        assert_eq!(answer.code(), "token.issuer", "{path}");
    }
}

#[tokio::test]
async fn other_ways_to_a_token_are_not_open() {
    let stage = Stage::new().await;
    for kind in [
        "password",
        "client_credentials",
        "implicit",
        "urn:ietf:params:oauth:grant-type:jwt-bearer",
        "urn:ietf:params:oauth:grant-type:token-exchange",
        "",
    ] {
        let fields = [("grant_type", kind), ("client_id", &stage.client)];
        let answer = stage
            .desk
            .send(form("/api/auth/oauth2/token", &fields))
            .await;
        assert_eq!(answer.json()["error"], "unsupported_grant_type", "{kind}");
    }
    let code = stage.code().await;
    let twice = [
        ("grant_type", "authorization_code"),
        ("client_id", &stage.client),
        ("client_id", &stage.client),
        ("code", &code),
        ("code_verifier", VERIFIER),
    ];
    let answer = stage
        .desk
        .send(form("/api/auth/oauth2/token", &twice))
        .await;
    assert_eq!(answer.json()["error"], "invalid_request");
}
