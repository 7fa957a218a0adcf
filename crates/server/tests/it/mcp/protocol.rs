//! The transport: both revisions on one endpoint, and what is no message.

use axum::body::Body;
use axum::http::{Method, Request};
use serde_json::{Value, json};
use testing::ORIGIN;

use super::{host, message, modern, rpc, send, token};
use crate::desk::{Desk, request};

/// FR-120.
#[tokio::test]
async fn a_client_of_2025_begins_and_lists_the_tools() {
    let desk = Desk::new().await;
    let ann = desk.person("ann").await;
    let token = token(&desk, &ann).await;
    let hello = rpc(
        "initialize",
        &json!({
            "protocolVersion": "2025-11-25",
            "capabilities": {},
            "clientInfo": {"name": "test", "version": "1"},
        }),
    );

    let begun = send(&desk, &token, &hello).await;
    let listed = send(&desk, &token, &rpc("tools/list", &json!({}))).await;

    assert_eq!(begun.json()["result"]["protocolVersion"], "2025-11-25");
    assert_eq!(begun.header("mcp-session-id"), "");
    assert_eq!(begun.header("content-type"), "application/json");
    let tools = listed.json()["result"]["tools"].clone();
    assert!(tools.as_array().unwrap().len() >= 12, "{tools}");
}

/// FR-120.
#[tokio::test]
async fn a_client_of_2026_says_everything_in_one_request() {
    let desk = Desk::new().await;
    let ann = desk.person("ann").await;
    let token = token(&desk, &ann).await;

    let found = modern(&token, "server/discover", None, json!({}));
    let found = desk.send(found).await.json();
    let listed = modern(&token, "tools/list", None, json!({}));
    let listed = desk.send(listed).await.json();

    assert_eq!(found["result"]["resultType"], "complete", "{found}");
    let versions = found["result"]["supportedVersions"].to_string();
    assert!(versions.contains("2026-07-28"), "{found}");
    assert_eq!(listed["result"]["cacheScope"], "public", "{listed}");
    assert_eq!(listed["result"]["ttlMs"], 300_000);
}

#[tokio::test]
async fn what_is_no_message_is_told_so_in_json() {
    let desk = Desk::new().await;
    let ann = desk.person("ann").await;
    let token = token(&desk, &ann).await;
    for (body, code) in [
        ("", -32700),
        ("{", -32700),
        ("[]", -32600),
        ("7", -32600),
        (r#"[{"jsonrpc":"2.0","id":1,"method":"ping"}]"#, -32600),
    ] {
        let mut request = message(Some(&token), &Value::Null);
        *request.body_mut() = Body::from(body);
        let answer = desk.send(request).await;

        assert_eq!(answer.status, 400, "{body}");
        assert_eq!(answer.json()["error"]["code"], code, "{body}");
    }
    let large = json!({"padding": "x".repeat(300_000)});
    let answer = send(&desk, &token, &rpc("ping", &large)).await;
    assert_eq!(answer.code(), "request.too_large");
}

#[tokio::test]
async fn there_is_no_stream_to_wait_on() {
    let desk = Desk::new().await;
    for method in [Method::GET, Method::DELETE] {
        let answer = desk.send(request(None, method, "/api/mcp", None)).await;

        assert_eq!(answer.status, 405);
        assert_eq!(answer.header("allow"), "POST");
    }
}

/// DNS rebinding: a page of another site that a browser takes for this one.
#[tokio::test]
async fn only_our_own_pages_and_hosts_are_heard() {
    let desk = Desk::new().await;
    let ann = desk.person("ann").await;
    let token = token(&desk, &ann).await;
    let with = |name: &'static str, value: &str| {
        let mut request = message(Some(&token), &rpc("ping", &json!({})));
        request.headers_mut().insert(name, value.parse().unwrap());
        request
    };

    assert_eq!(desk.send(with("origin", ORIGIN)).await.status, 200);
    for origin in [
        "https://evil.example",
        "null",
        "http://localhost:4001",
        "http://localhost",
    ] {
        assert_eq!(
            desk.send(with("origin", origin)).await.status,
            403,
            "{origin}"
        );
    }
    assert_eq!(desk.send(with("host", host())).await.status, 200);
    assert_eq!(desk.send(with("host", "evil.example")).await.status, 403);
}

/// FR-121.
#[tokio::test]
async fn a_stranger_is_told_where_to_sign_in() {
    let desk = Desk::new().await;
    let stranger = message(None, &rpc("tools/list", &json!({})));

    let refused = desk.send(stranger).await;

    assert_eq!(refused.status, 401);
    assert_eq!(refused.code(), "token.missing");
    let place = format!("{ORIGIN}/api/mcp/.well-known/oauth-protected-resource");
    assert_eq!(
        refused.header("www-authenticate"),
        format!("Bearer scope=\"tasks:read tasks:write\", resource_metadata=\"{place}\"")
    );
    let path = place.strip_prefix(ORIGIN).unwrap();
    let told = Request::get(path).body(Body::empty()).unwrap();
    let told = desk.send(told).await.json();
    assert_eq!(told["resource"], format!("{ORIGIN}/api/mcp"));
    assert_eq!(
        told["authorization_servers"],
        json!([format!("{ORIGIN}/api/auth")])
    );
}
