//! Messages that are sent while another is being answered.

use std::sync::Arc;

use serde_json::json;
use testing::Part;
use tokio::sync::Notify;

use crate::desk::{Desk, add, answers, create, events, types, whole};

#[tokio::test]
async fn a_message_waits_for_the_answer_before_it() {
    let go = Arc::new(Notify::new());
    let desk = Desk::new(vec![
        vec![Part::Text("First."), Part::Wait(go.clone()), Part::End],
        vec![Part::Text("Second."), Part::End],
    ])
    .await;
    let mut first = desk.stream(create("One")).await;
    let created = first.frames.recv().await.unwrap();
    let created: serde_json::Value = serde_json::from_str(&created.body).unwrap();
    let first = tokio::spawn(whole(first));
    let thread = &created["thread"]["id"];

    let second = desk.stream(add(thread, "Two")).await;
    let second = tokio::spawn(whole(second));
    go.notify_one();

    first.await.unwrap();
    let said = events(&second.await.unwrap());
    assert_eq!(
        types(&said)[..3],
        ["progress_update", "thread.item.done", "stream_options"]
    );
    assert_eq!(answers(&said), ["Second."]);
    let request = json!({"type": "items.list", "params": {"thread_id": thread, "order": "asc"}});
    let items = desk.json(request).await;
    let texts: Vec<_> = items["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["content"][0]["text"].clone())
        .collect();
    assert_eq!(texts, ["One", "First.", "Two", "Second."]);
}

#[tokio::test]
async fn a_message_behind_a_dead_turn_sees_it_finished_first() {
    let desk = Desk::new(vec![
        vec![Part::Text("First."), Part::End],
        vec![Part::Text("Second."), Part::End],
    ])
    .await;
    let mut first = desk.stream(create("One")).await;
    let created = first.frames.recv().await.unwrap();
    let created: serde_json::Value = serde_json::from_str(&created.body).unwrap();
    drop(first);
    desk.expire_leases().await;

    let second = desk.stream(add(&created["thread"]["id"], "Two")).await;
    let said = events(&whole(second).await);

    assert_eq!(answers(&said), ["Second."]);
    let done = "select count(*) from runs where status = 'done'";
    assert_eq!(desk.count(done).await, 2);
}
