//! SC-006: nobody's token opens what is another's, on any route.

use axum::http::Method;
use serde_json::{Value, json};

use crate::desk::{Desk, request};

/// One address for each route that names something; the ids are put in below.
pub(crate) const ATTEMPTED: &[&str] = &[
    "/api/tasks?status=all",
    "/api/tasks/1",
    "/api/tasks/2/restore",
    "/api/tasks/changes?since=0",
    "/api/tasks/activity",
    "/api/tasks/overview",
    "/api/tasks/move",
    "/api/tasks/undo",
    "/api/tasks/export?format=json",
    "/api/tasks/import",
    "/api/ann/tasks",
    "/api/ann/tasks/1",
    "/api/ann/tasks/1/complete",
    "/api/ann/chat",
    "/api/runs?thread_id=THREAD",
    "/api/runs/RUN/events",
    "/api/runs/RUN/stop",
    "/api/attachments/ATTACHMENT",
    "/api/threads?query=secret",
    "/api/threads/THREAD/export",
    "/api/auth/grants/GRANT",
    "/api/chat",
    "/api/chatkit",
];

#[tokio::test]
async fn no_route_shows_or_changes_what_is_anothers() {
    let desk = Desk::new().await;
    let (ann, bob) = (desk.person("ann").await, desk.person("bob").await);
    let secret = "Ann's secret";
    for title in [secret, secret] {
        let body = json!({"title": title});
        desk.call(&ann, Method::POST, "/api/tasks", Some(body))
            .await;
    }
    let said = json!({
        "type": "threads.create",
        "params": {"input": {"content": [{"type": "input_text", "text": secret}]}},
    });
    let stream = desk
        .call(&ann, Method::POST, "/api/chatkit", Some(said))
        .await;
    let run = stream.header("x-run-id").to_owned();
    let first = stream.body.split("\n\n").next().unwrap();
    let created: Value = serde_json::from_str(first.strip_prefix("data: ").unwrap()).unwrap();
    let thread = created["thread"]["id"].as_str().unwrap().to_owned();
    let grant = json!({"name": "script", "scope": "tasks:read"});
    let grant = desk
        .call(&ann, Method::POST, "/api/auth/grants", Some(grant))
        .await;
    let grant = grant.json()["id"].as_str().unwrap().to_owned();
    let file = json!({
        "type": "attachments.create",
        "params": {"name": "secret.txt", "size": 3, "mime_type": "text/plain"},
    });
    let file = desk
        .call(&ann, Method::POST, "/api/chatkit", Some(file))
        .await;
    let file = file.json()["id"].as_str().unwrap().to_owned();
    let before = desk
        .call(&ann, Method::GET, "/api/tasks?status=all", None)
        .await;

    let chatkit = |kind: &str, params: Value| {
        let body = json!({"type": kind, "params": params});
        (Method::POST, "/api/chatkit".to_owned(), Some(body))
    };
    let title = || Some(json!({"title": "Bob was here"}));
    let attempts = [
        (Method::GET, "/api/tasks?status=all".to_owned(), None),
        (Method::GET, "/api/tasks/1".to_owned(), None),
        (Method::PATCH, "/api/tasks/1".to_owned(), title()),
        (Method::DELETE, "/api/tasks/2".to_owned(), None),
        (Method::POST, "/api/tasks/2/restore".to_owned(), None),
        (Method::GET, "/api/tasks/changes?since=0".to_owned(), None),
        (Method::GET, "/api/tasks/activity".to_owned(), None),
        (
            Method::GET,
            "/api/tasks?q=secret&status=all&sort=due".to_owned(),
            None,
        ),
        (Method::GET, "/api/tasks/overview".to_owned(), None),
        (
            Method::GET,
            "/api/tasks/export?format=json".to_owned(),
            None,
        ),
        (
            Method::POST,
            "/api/tasks/import".to_owned(),
            Some(json!({"text": "id,title,parent\n2,Bob's own,1", "dry_run": false})),
        ),
        (
            Method::POST,
            "/api/tasks/move".to_owned(),
            Some(json!({"ids": [1], "before": 2})),
        ),
        (
            Method::POST,
            "/api/tasks/undo".to_owned(),
            Some(json!({"change": 1})),
        ),
        (
            Method::POST,
            "/api/ann/chat".to_owned(),
            Some(json!({"conversation_id": thread, "message": "What did Ann say?"})),
        ),
        (Method::GET, format!("/api/attachments/{file}"), None),
        (Method::GET, "/api/threads?query=secret".to_owned(), None),
        (Method::GET, format!("/api/threads/{thread}/export"), None),
        (Method::DELETE, format!("/api/auth/grants/{grant}"), None),
        (Method::GET, "/api/ann/tasks".to_owned(), None),
        (Method::PUT, "/api/ann/tasks/1".to_owned(), title()),
        (Method::PATCH, "/api/ann/tasks/1/complete".to_owned(), None),
        (Method::GET, format!("/api/runs?thread_id={thread}"), None),
        (Method::GET, format!("/api/runs/{run}/events"), None),
        (Method::POST, format!("/api/runs/{run}/stop"), None),
        (
            Method::POST,
            "/api/chat".to_owned(),
            Some(json!({"conversation_id": thread, "message": "What did Ann say?"})),
        ),
        chatkit("threads.get_by_id", json!({"thread_id": thread})),
        chatkit("threads.list", json!({})),
        chatkit(
            "threads.update",
            json!({"thread_id": thread, "title": "Bob's"}),
        ),
        chatkit("items.list", json!({"thread_id": thread})),
        chatkit("threads.delete", json!({"thread_id": thread})),
    ];
    for (method, uri, body) in attempts {
        let seen = desk.call(&bob, method, &uri, body).await;

        assert!(!seen.body.contains(secret), "{uri}: {}", seen.body);
        let status = seen.status.as_u16();
        let named = uri.starts_with("/api/ann/");
        // Changes are numbered by their owner: a number of Ann's is one that Bob does not have.
        let is_undo = uri.ends_with("/undo") && status == 422;
        assert!(
            is_undo || status == 404 || (status == 200 && !named) || (status == 403 && named),
            "{uri}: {status} {}",
            seen.body
        );
    }
    // What a person takes along is stored as it is, so a text can be looked for.
    let token = bob.token(testing::NOW);
    let packed = request(Some(&token), Method::GET, "/api/account/export", None);
    let packed = desk.bytes(packed).await;
    assert!(packed.starts_with(b"PK"));
    assert!(
        !packed
            .windows(secret.len())
            .any(|part| part == secret.as_bytes())
    );
    let after = desk
        .call(&ann, Method::GET, "/api/tasks?status=all", None)
        .await;
    assert_eq!(before.json(), after.json());
    let uri = format!("/api/runs/{run}/events");
    let replay = desk.call(&ann, Method::GET, &uri, None).await;
    assert!(replay.body.contains(secret));
}
