//! `/api/mcp`, as other programs see it.

mod grants;
mod protocol;

use axum::body::Body;
use axum::http::{Method, Request};
use serde_json::{Value, json};
use testing::{ORIGIN, Person};

use crate::desk::{Answer, Desk};

/// A request of a client of 2025-11-25, as the SDKs send it.
fn message(token: Option<&str>, body: &Value) -> Request<Body> {
    let mut request = Request::post("/api/mcp")
        .header("host", host())
        .header("content-type", "application/json")
        .header("accept", "application/json, text/event-stream")
        .header("mcp-protocol-version", "2025-11-25");
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    request.body(Body::from(body.to_string())).unwrap()
}

fn host() -> &'static str {
    ORIGIN.split_once("://").unwrap().1
}

fn rpc(method: &str, params: &Value) -> Value {
    json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
}

fn tool(name: &str, arguments: &Value) -> Value {
    rpc("tools/call", &json!({"name": name, "arguments": arguments}))
}

/// A personal token that the person makes for themselves.
async fn personal(desk: &Desk, person: &Person, scope: &str) -> Value {
    let body = json!({"name": "My script", "scope": scope});
    let answer = desk
        .call(person, Method::POST, "/api/auth/grants", Some(body))
        .await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    answer.json()
}

async fn token(desk: &Desk, person: &Person) -> String {
    let made = personal(desk, person, "tasks:read tasks:write").await;
    made["token"].as_str().unwrap().to_owned()
}

async fn send(desk: &Desk, token: &str, body: &Value) -> Answer {
    desk.send(message(Some(token), body)).await
}

async fn titles(desk: &Desk, person: &Person) -> Vec<String> {
    let list = desk
        .call(person, Method::GET, "/api/tasks", None)
        .await
        .json();
    let tasks = list["tasks"].as_array().unwrap().iter();
    tasks
        .map(|task| task["title"].as_str().unwrap().to_owned())
        .collect()
}

/// The same as a request of 2026-07-28, which says everything each time.
fn modern(token: &str, method: &str, name: Option<&str>, mut params: Value) -> Request<Body> {
    params["_meta"] = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": {"elicitation": {}},
        "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
    });
    let mut request = message(Some(token), &rpc(method, &params));
    let headers = request.headers_mut();
    headers.insert("mcp-protocol-version", "2026-07-28".parse().unwrap());
    headers.insert("mcp-method", method.parse().unwrap());
    if let Some(name) = name {
        headers.insert("mcp-name", name.parse().unwrap());
    }
    request
}

/// FR-123.
#[tokio::test]
async fn what_a_client_does_carries_its_name() {
    let desk = Desk::new().await;
    let ann = desk.person("ann").await;
    let token = token(&desk, &ann).await;

    let add = tool("add_tasks", &json!({"tasks": [{"title": "Milk"}]}));
    let answer = send(&desk, &token, &add).await.json();

    assert_eq!(answer["result"]["isError"], json!(false), "{answer}");
    assert_eq!(titles(&desk, &ann).await, ["Milk"]);
    let activity = desk
        .call(&ann, Method::GET, "/api/tasks/activity", None)
        .await
        .json();
    let actor = &activity["changes"][0]["actor"];
    assert_eq!(actor["name"], "My script", "{activity}");
}

/// FR-126.
#[tokio::test]
async fn a_delete_is_asked_for_within_the_call() {
    let desk = Desk::new().await;
    let ann = desk.person("ann").await;
    let token = token(&desk, &ann).await;
    let add = tool("add_tasks", &json!({"tasks": [{"title": "Milk"}]}));
    send(&desk, &token, &add).await;
    let arguments = json!({"name": "delete_tasks", "arguments": {"ids": [1]}});

    let call = modern(
        &token,
        "tools/call",
        Some("delete_tasks"),
        arguments.clone(),
    );
    let asked = desk.send(call).await.json();

    assert_eq!(asked["result"]["resultType"], "input_required", "{asked}");
    assert_eq!(titles(&desk, &ann).await, ["Milk"]);
    let mut again = arguments;
    again["requestState"] = asked["result"]["requestState"].clone();
    let requests = asked["result"]["inputRequests"].as_object().unwrap();
    let name = requests.keys().next().unwrap();
    again["inputResponses"] = json!({name: {"action": "accept", "content": {}}});
    let call = modern(&token, "tools/call", Some("delete_tasks"), again.clone());
    let done = desk.send(call).await.json();
    assert_eq!(done["result"]["resultType"], "complete", "{done}");
    assert!(titles(&desk, &ann).await.is_empty());
    // The consent was for this call, of this person.
    let bob = desk.person("bob").await;
    let other = self::token(&desk, &bob).await;
    let stolen = modern(&other, "tools/call", Some("delete_tasks"), again);
    let stolen = desk.send(stolen).await.json();
    assert_eq!(stolen["error"]["code"], -32602, "{stolen}");
}
