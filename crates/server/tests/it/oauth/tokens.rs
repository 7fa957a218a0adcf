//! Tokens, from their first to their last.

use axum::http::Method;
use serde_json::json;

use super::{CALLBACK, Stage, form};
use crate::desk::{pass, request};

#[tokio::test]
async fn a_refresh_token_is_replaced_at_each_use() {
    let stage = Stage::new().await;
    let first = stage.tokens().await;
    pass(1000);
    assert_eq!(stage.call(&first["access_token"]).await, "token.expired");

    let second = stage
        .refresh(first["refresh_token"].as_str().unwrap())
        .await
        .json();

    assert_ne!(second["refresh_token"], first["refresh_token"]);
    assert_eq!(stage.call(&second["access_token"]).await, "ok");
}

/// FR-129: RFC 9700, section 4.14.2.
#[tokio::test]
async fn a_refresh_token_that_comes_again_ends_everything() {
    let stage = Stage::new().await;
    let first = stage.tokens().await;
    let stolen = first["refresh_token"].as_str().unwrap();
    let second = stage.refresh(stolen).await.json();
    // An answer that was lost on the way is asked for again at once.
    pass(5);
    assert_eq!(stage.refresh(stolen).await.status, 200);
    pass(20);

    let again = stage.refresh(stolen).await;

    assert_eq!(again.status, 400);
    assert_eq!(again.json()["error"], "invalid_grant");
    assert_eq!(stage.call(&second["access_token"]).await, "session.ended");
    let next = stage
        .refresh(second["refresh_token"].as_str().unwrap())
        .await;
    assert_eq!(next.json()["error"], "invalid_grant");
}

#[tokio::test]
async fn a_refresh_token_is_over_after_a_month_without_use() {
    let stage = Stage::new().await;
    let first = stage.tokens().await;
    pass(29 * 86_400);
    let second = stage
        .refresh(first["refresh_token"].as_str().unwrap())
        .await
        .json();
    pass(29 * 86_400);
    let third = stage
        .refresh(second["refresh_token"].as_str().unwrap())
        .await;
    assert_eq!(third.status, 200, "{}", third.body);
    pass(31 * 86_400);

    let late = stage
        .refresh(third.json()["refresh_token"].as_str().unwrap())
        .await;

    assert_eq!(late.json()["error"], "invalid_grant");
}

#[tokio::test]
async fn a_program_gives_back_what_it_was_given() {
    for kind in ["refresh_token", "access_token"] {
        let stage = Stage::new().await;
        let tokens = stage.tokens().await;
        let token = tokens[kind].as_str().unwrap();
        let fields = [("token", token), ("client_id", &stage.client)];

        let answer = stage
            .desk
            .send(form("/api/auth/oauth2/revoke", &fields))
            .await;

        assert_eq!(answer.status, 200);
        assert_eq!(
            stage.call(&tokens["access_token"]).await,
            "session.ended",
            "{kind}"
        );
        let again = stage
            .desk
            .send(form("/api/auth/oauth2/revoke", &fields))
            .await;
        assert_eq!(again.status, 200);
    }
}

#[tokio::test]
async fn less_is_given_where_less_is_asked_for() {
    let stage = Stage::new().await;
    let first = stage.tokens().await;
    let fields = [
        ("grant_type", "refresh_token"),
        ("refresh_token", first["refresh_token"].as_str().unwrap()),
        ("client_id", &stage.client),
        ("scope", "tasks:read"),
    ];

    let answer = stage
        .desk
        .send(form("/api/auth/oauth2/token", &fields))
        .await
        .json();

    assert_eq!(answer["scope"], "tasks:read");
}

#[tokio::test]
async fn registrations_are_checked() {
    let stage = Stage::new().await;
    for body in [
        json!({}),
        json!([]),
        json!({"redirect_uris": []}),
        json!({"redirect_uris": ["http://example.com/"]}),
        json!({"redirect_uris": ["javascript:alert(1)"]}),
        json!({"redirect_uris": ["https://example.com/#a"]}),
        json!({"redirect_uris": vec![CALLBACK; 21]}),
    ] {
        let register = request(
            None,
            Method::POST,
            "/api/auth/oauth2/register",
            Some(body.clone()),
        );
        let answer = stage.desk.send(register).await;

        assert_eq!(answer.status, 400, "{body}");
    }
    // Whoever asks for a secret is told that there is none.
    let body = json!({
        "redirect_uris": [CALLBACK],
        "token_endpoint_auth_method": "client_secret_basic",
    });
    let register = request(None, Method::POST, "/api/auth/oauth2/register", Some(body));
    let answer = stage.desk.send(register).await.json();
    assert_eq!(answer["token_endpoint_auth_method"], "none");
    assert_eq!(answer["client_secret"], json!(null));
}
