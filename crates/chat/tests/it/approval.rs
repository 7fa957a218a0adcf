//! Turns that ask the person before they do something.

use chat::{Error, Stream};
use serde_json::{Value, json};
use testing::Part;

use crate::desk::{Desk, add, answers, events, thread_of, types, whole};

/// A model that adds, deletes what it is told to and says so.
fn script(delete: &Value) -> Vec<Vec<Part>> {
    let tasks = json!({"tasks": [{"title": "Milk"}, {"title": "Bread"}, {"title": "Eggs"}]});
    vec![
        vec![Part::Call("add_tasks", tasks), Part::End],
        vec![Part::Text("Added."), Part::End],
        vec![Part::Call("delete_tasks", delete.clone()), Part::End],
        vec![Part::Text("As you say."), Part::End],
        vec![Part::Text("Another matter."), Part::End],
    ]
}

/// Up to the question: the conversation and the item that asks.
async fn asked(desk: &Desk) -> (Value, Value) {
    let thread = thread_of(&desk.say("Add three").await);
    let said = events(&whole(desk.stream(add(&thread, "Delete some")).await).await);
    let card = said.last().unwrap()["item"].clone();
    assert_eq!(card["type"], "structured_input", "{said:?}");
    assert_eq!(card["status"], "pending");
    (thread, card)
}

fn reply(thread: &Value, card: &Value, input: &Value) -> Value {
    json!({
        "type": "threads.add_structured_input",
        "params": {"thread_id": thread, "item_id": card["id"], "input": input},
    })
}

fn choose(values: &[&str]) -> Value {
    json!({"status": "answered", "answers": {"approve": {"values": values}}})
}

async fn left(desk: &Desk) -> i64 {
    desk.count("select count(*) from tasks where deleted_at is null")
        .await
}

#[tokio::test]
async fn what_was_ticked_is_done_and_the_rest_is_not() {
    let desk = Desk::new(script(&json!({"ids": [1, 2, 3]}))).await;
    let (thread, card) = asked(&desk).await;
    let input = &card["inputs"][0];
    assert_eq!(input["question"], "Delete 3 tasks?");
    assert_eq!(input["multiple"], true);
    assert_eq!(input["options"][1]["value"], "#2 Bread");
    assert_eq!(left(&desk).await, 3);

    let stream = desk
        .stream(reply(&thread, &card, &choose(&["#1 Milk", "#3 Eggs"])))
        .await;
    let after = stream.after;
    let frames = whole(stream).await;

    assert_eq!(frames[0].seq, after + 1);
    let said = events(&frames);
    assert_eq!(
        types(&said)[..3],
        [
            "stream_options",
            "thread.item.replaced",
            "thread.item.added"
        ]
    );
    assert_eq!(said[1]["item"]["status"], "answered");
    let answer = &said[1]["item"]["inputs"][0]["answer"];
    assert_eq!(answer["values"], json!(["#1 Milk", "#3 Eggs"]));
    assert!(types(&said).contains(&"client_effect"));
    assert_eq!(left(&desk).await, 1);
    // The same answer once more shows what came of the first.
    let again = reply(&thread, &card, &choose(&["#1 Milk", "#3 Eggs"]));
    assert_eq!(whole(desk.stream(again).await).await, frames);
    assert_eq!(left(&desk).await, 1);
}

#[tokio::test]
async fn skipping_is_a_no() {
    let desk = Desk::new(script(&json!({"ids": [1, 2]}))).await;
    let (thread, card) = asked(&desk).await;

    let skipped = reply(&thread, &card, &json!({"status": "skipped"}));
    let said = events(&whole(desk.stream(skipped).await).await);

    assert_eq!(said[1]["item"]["status"], "skipped");
    assert_eq!(left(&desk).await, 3);
    for _ in 0..3 {
        desk.model.request().await;
    }
    let told = desk.model.request().await.to_string();
    assert!(told.contains("\\\"declined\\\":true"), "{told}");
}

#[tokio::test]
async fn a_yes_in_words_is_an_answer_too() {
    let desk = Desk::new(script(&json!({"ids": [2]}))).await;
    let (thread, card) = asked(&desk).await;
    assert_eq!(card["inputs"][0]["question"], "Delete “Bread”?");
    assert_eq!(card["inputs"][0]["options"][0]["value"], "Yes");

    let said = events(&whole(desk.stream(add(&thread, "Yes!")).await).await);

    assert_eq!(said[0]["item"]["content"][0]["text"], "Yes!");
    assert_eq!(said[2]["item"]["status"], "answered");
    assert_eq!(left(&desk).await, 2);
}

#[tokio::test]
async fn other_words_leave_everything_as_it_is() {
    let desk = Desk::new(script(&json!({"ids": [2]}))).await;
    let (thread, card) = asked(&desk).await;

    let said = events(&whole(desk.stream(add(&thread, "What is the weather?")).await).await);

    assert_eq!(answers(&said).last().unwrap(), "Another matter.");
    assert_eq!(left(&desk).await, 3);
    let items = json!({"type": "items.list", "params": {"thread_id": thread, "order": "asc"}});
    let items = desk.json(items).await;
    let closed = items["data"].as_array().unwrap().iter();
    let closed = closed
        .filter(|item| item["id"] == card["id"])
        .collect::<Vec<_>>();
    assert_eq!(closed[0]["status"], "skipped");
}

#[tokio::test]
async fn what_was_answered_is_not_answered_otherwise() {
    let desk = Desk::new(script(&json!({"ids": [2]}))).await;
    let (thread, card) = asked(&desk).await;
    let message = json!({"id": "msg_unknown"});
    let unknown = desk
        .refusal(reply(&thread, &message, &choose(&["Yes"])))
        .await;
    assert!(matches!(unknown, Error::ItemNotFound));

    whole(desk.stream(reply(&thread, &card, &choose(&["No"]))).await).await;
    whole(desk.stream(reply(&thread, &card, &choose(&["Yes"]))).await).await;

    assert_eq!(left(&desk).await, 3);
}

#[tokio::test]
async fn an_answer_survives_the_death_of_its_process() {
    let desk = Desk::new(script(&json!({"ids": [2]}))).await;
    let (thread, card) = asked(&desk).await;

    // The run is taken up, and the process dies before it does anything.
    let Stream { run, work, .. } = desk.stream(reply(&thread, &card, &choose(&["Yes"]))).await;
    drop(work);
    desk.expire_leases().await;
    let stream = desk.chat.follow(&run, 0, &desk.visit).await.unwrap();
    let said = events(&whole(stream).await);

    // Its request never got as far as writing the answer down, so the question is still open.
    assert_eq!(said.last().unwrap()["item"]["status"], "pending");
    let again = desk.stream(reply(&thread, &card, &choose(&["Yes"]))).await;
    whole(again).await;
    assert_eq!(left(&desk).await, 2);
}
