//! Requests that are refused, and those that are answered with JSON.

use chat::Error;
use serde_json::json;
use testing::{Part, Person};

use crate::desk::{Desk, add, create, thread_of, visit};

fn answer() -> Vec<Part> {
    vec![Part::Text("Hi."), Part::End]
}

#[tokio::test]
async fn empty_and_endless_messages_are_refused() {
    let desk = Desk::new(vec![]).await;

    let empty = desk.refusal(create(" \n ")).await;
    let endless = desk.refusal(create(&"a".repeat(100_000))).await;

    assert!(matches!(empty, Error::MessageEmpty));
    assert!(matches!(endless, Error::MessageTooLong(100_000)));
    assert_eq!(desk.count("select count(*) from threads").await, 0);
}

#[tokio::test]
async fn a_locked_conversation_takes_no_message() {
    let desk = Desk::new(vec![answer()]).await;
    let said = desk.say("Hello").await;
    let client = desk.database.client().await;
    client
        .batch_execute("update threads set status = '{\"type\": \"locked\", \"reason\": \"Done\"}'")
        .await
        .unwrap();

    let refused = desk.refusal(add(&thread_of(&said), "More")).await;

    assert!(matches!(refused, Error::ThreadLocked(Some(reason)) if reason == "Done"));
}

#[tokio::test]
async fn conversations_are_listed_renamed_and_deleted() {
    let desk = Desk::new(vec![answer(), answer()]).await;
    let first = thread_of(&desk.say("One").await);
    let second = thread_of(&desk.say("Two").await);
    let list = json!({"type": "threads.list", "params": {"limit": 9999, "order": "desc"}});

    let renamed = desk
        .json(json!({
            "type": "threads.update",
            "params": {"thread_id": first, "title": " New  name "},
        }))
        .await;
    assert_eq!(renamed["title"], "New name");
    assert_eq!(
        desk.json(list.clone()).await["data"]
            .as_array()
            .unwrap()
            .len(),
        2
    );

    let delete = json!({"type": "threads.delete", "params": {"thread_id": second}});
    assert_eq!(desk.json(delete.clone()).await, json!({}));

    assert!(matches!(desk.refusal(delete).await, Error::ThreadNotFound));
    let listed = desk.json(list).await;
    assert_eq!(listed["data"][0]["id"], first);
    assert_eq!(
        listed["data"][0]["items"],
        json!({"data": [], "has_more": false})
    );
    let left = "select count(*) from run_events where run_id not in (select id from runs)";
    assert_eq!(desk.count(left).await, 0);
    assert_eq!(desk.count("select count(*) from runs").await, 1);
}

#[tokio::test]
async fn pages_of_items_follow_each_other() {
    let desk = Desk::new(vec![answer()]).await;
    let thread = thread_of(&desk.say("Hello").await);
    let page = |after: serde_json::Value| {
        json!({
            "type": "items.list",
            "params": {"thread_id": thread, "limit": 1, "order": "asc", "after": after},
        })
    };

    let first = desk.json(page(json!(null))).await;
    let second = desk.json(page(first["after"].clone())).await;

    assert_eq!(first["data"][0]["type"], "user_message");
    assert_eq!(first["has_more"], true);
    assert_eq!(second["data"][0]["type"], "assistant_message");
    assert_eq!(second["has_more"], false);
    assert_eq!(second.get("after"), None);
}

#[tokio::test]
async fn nobody_reaches_the_conversation_of_another() {
    let mut desk = Desk::new(vec![answer()]).await;
    let stream = desk.stream(create("Secret")).await;
    let run = stream.run.clone();
    let said = crate::desk::events(&crate::desk::whole(stream).await);
    let (thread, message) = (thread_of(&said), said[1]["item"]["id"].clone());
    let bob = Person::sign_up(&desk.database.db, "bob").await;
    desk.visit = visit(&bob);

    for request in [
        json!({"type": "threads.get_by_id", "params": {"thread_id": thread}}),
        json!({"type": "items.list", "params": {"thread_id": thread}}),
        json!({"type": "threads.update", "params": {"thread_id": thread, "title": "Mine"}}),
        json!({"type": "threads.delete", "params": {"thread_id": thread}}),
        add(&thread, "Hello"),
    ] {
        let refused = desk.refusal(request).await;
        assert!(matches!(refused, Error::ThreadNotFound), "{refused}");
    }
    let again = json!({
        "type": "threads.retry_after_item",
        "params": {"thread_id": thread, "item_id": message},
    });
    assert!(matches!(desk.refusal(again).await, Error::ItemNotFound));
    let followed = desk.chat.follow(&run, 0, &desk.visit).await.err().unwrap();
    assert!(matches!(followed, Error::RunNotFound));
    let stopped = desk.chat.stop(&run, &desk.visit).await;
    assert!(matches!(stopped, Err(Error::RunNotFound)));
    let list = json!({"type": "threads.list", "params": {}});
    assert_eq!(desk.json(list).await["data"], json!([]));
}
