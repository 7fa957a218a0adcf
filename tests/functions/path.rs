//! The path itself: from signing up to a task added by chat.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use testing::Database;

use crate::site::{Site, cold, with};

fn create(text: &str) -> Value {
    json!({
        "type": "threads.create",
        "params": {"input": {"content": [{"type": "input_text", "text": text}]}},
    })
}

#[tokio::test]
async fn a_stranger_signs_up_and_adds_a_task_by_chat() {
    let (_database, site) = cold().await;
    let ann = site.sign_up("ann").await;

    let request = ann.request(Method::POST, "/api/chatkit");
    let response = with(request, &create("Add a task to buy groceries"))
        .send()
        .await;
    let stream = response.unwrap().text().await.unwrap();

    assert!(stream.contains("\"name\":\"tasks.changed\""), "{stream}");
    let titles = ann.titles("open").await;
    assert_eq!(titles.len(), 1);
    assert!(titles[0].to_lowercase().contains("buy groceries"));
    // Each request had a process of its own.
    assert!(site.gateway.starts() >= 4, "{}", site.gateway.starts());
}

#[tokio::test]
async fn everything_is_there_after_every_process_was_killed() {
    let database = Database::new().await;
    let first = Site::start(&database.url, false);
    let ann = first.sign_up("ann").await;
    let request = ann.request(Method::POST, "/api/chatkit");
    let response = with(request, &create("Add a task to buy groceries"))
        .send()
        .await;
    let before = response.unwrap().text().await.unwrap();
    assert!(!first.gateway.pids().is_empty());
    first.gateway.kill_all();
    drop(ann);
    drop(first);

    let second = Site::start(&database.url, false);
    let ann = second.sign_in("ann").await;

    assert_eq!(ann.titles("open").await.len(), 1);
    let list = json!({"type": "threads.list", "params": {}});
    let (_, threads) = ann.post("/api/chatkit", &list).await;
    let thread = threads["data"][0]["id"].clone();
    assert!(before.contains(thread.as_str().unwrap()));
    let items = json!({"type": "items.list", "params": {"thread_id": thread}});
    let (_, items) = ann.post("/api/chatkit", &items).await;
    for item in items["data"].as_array().unwrap() {
        assert!(before.contains(item["id"].as_str().unwrap()));
    }
    assert!(items["data"].as_array().unwrap().len() >= 3);
}

#[tokio::test]
async fn a_second_person_sees_none_of_it() {
    let (_database, site) = cold().await;
    let ann = site.sign_up("ann").await;
    ann.ask(&mut Value::Null, "Add a task to buy groceries")
        .await;

    let bob = site.sign_up("bob").await;

    assert!(bob.titles("all").await.is_empty());
    let list = json!({"type": "threads.list", "params": {}});
    let (_, threads) = bob.post("/api/chatkit", &list).await;
    assert_eq!(threads["data"], json!([]));
}

#[tokio::test]
async fn every_function_but_health_and_sign_in_refuses_a_stranger() {
    let (_database, site) = cold().await;
    for (method, path) in [
        (Method::GET, "/api/tasks"),
        (Method::GET, "/api/tasks/1"),
        (Method::GET, "/api/ann/tasks"),
        (Method::POST, "/api/chatkit"),
        (Method::POST, "/api/chat"),
        (Method::POST, "/api/ann/chat"),
        (Method::GET, "/api/attachments/atc_1"),
        (Method::PUT, "/api/attachments/atc_1"),
        (Method::POST, "/api/mcp"),
        (Method::GET, "/api/auth/grants"),
        (Method::GET, "/api/runs/run_1/events"),
        (Method::GET, "/api/threads"),
        (Method::GET, "/api/threads/thr_1/export"),
        (Method::GET, "/api/auth/token"),
    ] {
        let (status, body) = crate::site::answer(site.request(method, path)).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{path}: {body}");
    }
    assert_eq!(site.get("/api/health").await.0, StatusCode::OK);
    assert_eq!(site.get("/api/ready").await.0, StatusCode::OK);
    assert_eq!(
        site.get("/api/auth/get-session").await,
        (StatusCode::OK, Value::Null)
    );
}
