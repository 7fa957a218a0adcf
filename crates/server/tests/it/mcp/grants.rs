//! Who is let in, how far, and for how long.

use axum::http::Method;
use serde_json::json;
use testing::NOW;

use super::{message, personal, rpc, send, titles, token, tool};
use crate::desk::{Desk, pass};

/// FR-121.
#[tokio::test]
async fn a_token_that_may_only_read_is_asked_for_more() {
    let desk = Desk::new().await;
    let ann = desk.person("ann").await;
    let made = personal(&desk, &ann, "tasks:read").await;
    let token = made["token"].as_str().unwrap();
    let list = tool("list_tasks", &json!({}));
    let add = tool("add_tasks", &json!({"tasks": [{"title": "Milk"}]}));

    assert_eq!(send(&desk, token, &list).await.status, 200);
    for write in [
        add,
        tool("undo", &json!({})),
        tool("unheard_of", &json!({})),
    ] {
        let refused = send(&desk, token, &write).await;

        assert_eq!(refused.status, 403);
        assert_eq!(refused.code(), "scope.insufficient");
        let challenge = refused.header("www-authenticate");
        assert!(
            challenge.contains("error=\"insufficient_scope\""),
            "{challenge}"
        );
        assert!(
            challenge.contains("scope=\"tasks:read tasks:write\""),
            "{challenge}"
        );
    }
    assert!(titles(&desk, &ann).await.is_empty());
}

/// FR-125.
#[tokio::test]
async fn a_program_that_was_shut_out_is_refused_at_its_next_call() {
    let desk = Desk::new().await;
    let (ann, bob) = (desk.person("ann").await, desk.person("bob").await);
    let made = personal(&desk, &ann, "tasks:read").await;
    let token = made["token"].as_str().unwrap();
    let place = format!("/api/auth/grants/{}", made["id"].as_str().unwrap());
    let ping = rpc("ping", &json!({}));
    assert_eq!(send(&desk, token, &ping).await.status, 200);

    // Nobody ends what is another's, or learns that it is there.
    let other = desk.call(&bob, Method::DELETE, &place, None).await;
    assert_eq!(other.code(), "grant.not_found");
    assert_eq!(send(&desk, token, &ping).await.status, 200);
    let done = desk.call(&ann, Method::DELETE, &place, None).await;

    assert_eq!(done.status, 204);
    let refused = send(&desk, token, &ping).await;
    assert_eq!(refused.status, 401);
    assert_eq!(refused.code(), "token.unknown_key");
}

/// FR-124.
#[tokio::test]
async fn tokens_are_listed_without_what_they_are() {
    let desk = Desk::new().await;
    let (ann, bob) = (desk.person("ann").await, desk.person("bob").await);
    let made = personal(&desk, &ann, "tasks:read").await;
    let token = made["token"].as_str().unwrap();
    assert!(token.starts_with("lwp_") && token.len() == 47);
    send(&desk, token, &rpc("ping", &json!({}))).await;

    let list = desk.call(&ann, Method::GET, "/api/auth/grants", None).await;

    let grant = &list.json()["grants"][0];
    assert_eq!(grant["name"], "My script");
    assert_eq!(grant["scope"], "tasks:read");
    assert!(grant["last_used_at"].is_string(), "{grant}");
    assert!(!list.body.contains(token));
    let other = desk.call(&bob, Method::GET, "/api/auth/grants", None).await;
    assert_eq!(other.json()["grants"], json!([]));
    let rows = desk.database.client().await;
    let rows = rows
        .query("select g::text from grants g", &[])
        .await
        .unwrap();
    assert!(!rows[0].get::<_, String>(0).contains(token));
}

/// FR-124.
#[tokio::test]
async fn a_token_ends_when_it_was_said_to() {
    let desk = Desk::new().await;
    let ann = desk.person("ann").await;
    let body = json!({"name": "For a day", "days": 1});
    let made = desk
        .call(&ann, Method::POST, "/api/auth/grants", Some(body))
        .await
        .json();
    let token = made["token"].as_str().unwrap();
    let ping = rpc("ping", &json!({}));
    assert_eq!(send(&desk, token, &ping).await.status, 200);

    pass(86_400);

    assert_eq!(send(&desk, token, &ping).await.status, 401);
}

/// FR-122. RFC 8707: each token opens what it was made for.
#[tokio::test]
async fn tokens_of_the_page_and_of_programs_are_not_the_same() {
    let desk = Desk::new().await;
    let ann = desk.person("ann").await;
    let personal = token(&desk, &ann).await;

    let of_page = message(Some(&ann.token(NOW)), &rpc("ping", &json!({})));
    let refused = desk.send(of_page).await;
    let at_page = crate::desk::request(Some(&personal), Method::GET, "/api/tasks", None);

    assert_eq!(refused.status, 401);
    assert_eq!(refused.code(), "token.issuer");
    assert_eq!(desk.send(at_page).await.code(), "token.not_a_jwt");
}

#[tokio::test]
async fn a_token_is_made_within_limits() {
    let desk = Desk::new().await;
    let ann = desk.person("ann").await;
    for body in [
        json!({"name": ""}),
        json!({"name": "a".repeat(101)}),
        json!({"name": "a\nb"}),
        json!({"name": "a", "scope": ""}),
        json!({"name": "a", "scope": "admin"}),
        json!({"name": "a", "scope": "tasks:read admin"}),
        json!({"name": "a", "days": 0}),
        json!({"name": "a", "days": 367}),
        json!({"name": "a", "days": i64::MAX}),
    ] {
        let answer = desk
            .call(&ann, Method::POST, "/api/auth/grants", Some(body.clone()))
            .await;
        assert_eq!(answer.code(), "request.invalid", "{body}");
    }
}

/// SC-120. Nothing of another's is found by number, in any tool.
#[tokio::test]
async fn no_tool_reaches_what_is_anothers() {
    let desk = Desk::new().await;
    let (ann, bob) = (desk.person("ann").await, desk.person("bob").await);
    let mine = json!({"title": "Ann's secret"});
    desk.call(&ann, Method::POST, "/api/tasks", Some(mine))
        .await;
    let token = token(&desk, &bob).await;
    for (name, arguments) in [
        ("list_tasks", json!({})),
        ("find_tasks", json!({"query": "secret"})),
        ("complete_tasks", json!({"ids": [1]})),
        ("reopen_tasks", json!({"ids": [1]})),
        ("reschedule_tasks", json!({"ids": [1], "due": "tomorrow"})),
        (
            "update_tasks",
            json!({"tasks": [{"id": 1, "title": "Bob was here"}]}),
        ),
        ("delete_tasks", json!({"ids": [1]})),
        ("restore_tasks", json!({"ids": [1]})),
        ("undo", json!({})),
        ("undo", json!({"change": 1})),
        ("list_activity", json!({})),
        ("get_overview", json!({})),
    ] {
        let answer = send(&desk, &token, &tool(name, &arguments)).await;

        assert!(
            !answer.body.contains("Ann's secret"),
            "{name}: {}",
            answer.body
        );
    }
    assert_eq!(titles(&desk, &ann).await, ["Ann's secret"]);
}
