//! SC-006, the other half: no route and no tool is forgotten. Routes are read out of the source,
//! tools out of their own list, so a new one fails here until it was tried with another's ids.

use std::fs;
use std::path::Path;

use axum::body::Body;
use axum::http::{Method, Request};
use serde_json::{Value, json};

use crate::desk::Desk;
use crate::isolation::ATTEMPTED;

/// Routes that take no id of anything: they act for whoever holds the cookie, or for nobody.
const WITHOUT_IDS: &[&str] = &[
    "/api/auth/",
    "/api/health",
    "/api/openapi.json",
    "/api/ready",
    "/api/runs/sweep",
    "/api/mcp",
    "/api/account/export",
    "/api/account/model",
    "/api/account/usage",
    "/api/status",
];

/// The texts of all `.route("…")` calls.
fn routes(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            routes(&path, found);
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for call in text.split(".route(").skip(1) {
            // A description names the method as well.
            let route = call
                .split('"')
                .nth(1)
                .filter(|route| route.starts_with('/'));
            found.extend(route.map(str::to_owned));
        }
    }
}

/// Whether an address was tried that this route answers.
fn fits(route: &str, uri: &str) -> bool {
    let path = uri.split('?').next().unwrap_or_default();
    let (route, path): (Vec<&str>, Vec<&str>) =
        (route.split('/').collect(), path.split('/').collect());
    route.len() == path.len()
        && route
            .iter()
            .zip(&path)
            .all(|(route, path)| route == path || route.starts_with('{'))
}

#[test]
fn every_route_was_tried_with_anothers_ids() {
    let mut all = Vec::new();
    routes(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src/routes"),
        &mut all,
    );
    assert!(all.len() > 30, "{all:?}");

    let forgotten: Vec<&String> = all
        .iter()
        .filter(|route| {
            let has_ids = !WITHOUT_IDS.iter().any(|start| route.starts_with(start));
            has_ids || *route == "/api/auth/grants/{id}"
        })
        .filter(|route| !ATTEMPTED.iter().any(|uri| fits(route, uri)))
        .collect();

    assert!(forgotten.is_empty(), "{forgotten:?}");
}

fn rpc(token: &str, method: &str, params: &Value) -> Request<Body> {
    let body = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
    Request::post("/api/mcp")
        .header("host", testing::ORIGIN.split_once("://").unwrap().1)
        .header("content-type", "application/json")
        .header("accept", "application/json, text/event-stream")
        .header("mcp-protocol-version", "2025-11-25")
        .header("authorization", format!("Bearer {token}"))
        .body(Body::from(body.to_string()))
        .unwrap()
}

/// What each tool is asked for with Ann's numbers.
fn arguments(tool: &str) -> Value {
    match tool {
        "list_tasks" => json!({"status": "all"}),
        "get_overview" | "list_activity" => json!({}),
        "find_tasks" => json!({"query": "secret"}),
        "add_tasks" => json!({"tasks": [{"title": "Bob's own", "parent_id": 1}]}),
        "update_tasks" => json!({"tasks": [{"id": 1, "title": "Bob was here"}]}),
        "reschedule_tasks" => json!({"ids": [1], "due": "tomorrow"}),
        "undo" => json!({"change": 1}),
        "complete_tasks" | "reopen_tasks" | "delete_tasks" | "restore_tasks" => {
            json!({"ids": [1]})
        }
        "complete_task" | "delete_task" => json!({"task_id": 1}),
        "update_task" => json!({"task_id": 1, "title": "Bob was here"}),
        "add_task" => json!({"title": "Bob's own"}),
        "search" => json!({"query": "secret"}),
        "fetch" => json!({"id": "1"}),
        other => panic!("{other} was not tried with another's ids"),
    }
}

#[tokio::test]
async fn no_tool_shows_or_changes_what_is_anothers() {
    let desk = Desk::new().await;
    let (ann, bob) = (desk.person("ann").await, desk.person("bob").await);
    let body = json!({"title": "Ann's secret"});
    desk.call(&ann, Method::POST, "/api/tasks", Some(body))
        .await;
    let tasks = "/api/tasks?status=all";
    let before = desk.call(&ann, Method::GET, tasks, None).await.json();
    let made = json!({"name": "script", "scope": "tasks:read tasks:write"});
    let made = desk
        .call(&bob, Method::POST, "/api/auth/grants", Some(made))
        .await;
    let token = made.json()["token"].as_str().unwrap().to_owned();
    let list = desk
        .send(rpc(&token, "tools/list", &json!({})))
        .await
        .json();
    let tools = list["result"]["tools"].as_array().unwrap();
    assert!(tools.len() >= 10, "{list}");

    for tool in tools {
        let name = tool["name"].as_str().unwrap();
        let call = json!({"name": name, "arguments": arguments(name)});

        let seen = desk.send(rpc(&token, "tools/call", &call)).await;

        assert!(!seen.body.contains("Ann's secret"), "{name}: {}", seen.body);
    }
    let after = desk.call(&ann, Method::GET, tasks, None).await.json();
    assert_eq!(before, after);
}
