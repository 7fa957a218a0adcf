//! Whole turns.

use serde_json::json;
use testing::Part;

use crate::desk::{Desk, add, answers, events, thread_of, types, whole};

fn adds_milk() -> Vec<Vec<Part>> {
    vec![
        vec![
            Part::Text("Let me "),
            Part::Text("see."),
            Part::Call("add_tasks", json!({"tasks": [{"title": "Buy milk"}]})),
            Part::End,
        ],
        vec![Part::Text("Added “Buy milk”."), Part::End],
    ]
}

#[tokio::test]
async fn a_turn_says_what_it_does_in_the_order_of_the_protocol() {
    let desk = Desk::new(adds_milk()).await;

    let said = desk.say("Add milk").await;

    // How many pieces the text comes in depends on the clock.
    let mut kinds = types(&said);
    kinds.dedup();
    assert_eq!(
        kinds,
        [
            "thread.created",
            "thread.item.done",
            "stream_options",
            "thread.item.added",
            "thread.item.updated",
            "thread.item.done",
            "thread.item.added",
            "thread.item.updated",
            "client_effect",
            "thread.item.done",
            "thread.item.added",
            "thread.item.updated",
            "thread.item.done",
        ]
    );
    assert_eq!(answers(&said), ["Let me see.", "Added “Buy milk”."]);
    let of_kind = |kind: &'static str| said.iter().filter(move |event| event["type"] == kind);
    let workflow = of_kind("thread.item.done")
        .find(|event| event["item"]["type"] == "workflow")
        .map(|event| &event["item"]["workflow"])
        .unwrap();
    assert_eq!(workflow["tasks"][0]["status_indicator"], "complete");
    assert_eq!(workflow["tasks"][0]["title"], "Add tasks");
    let change = &of_kind("client_effect").next().unwrap()["data"]["changes"][0];
    assert_eq!(change["after"]["title"], "Buy milk");
    assert_eq!(change["actor"]["type"], "assistant");
}

#[tokio::test]
async fn what_was_said_is_in_the_conversation() {
    let desk = Desk::new(adds_milk()).await;
    let said = desk.say("Add milk").await;

    let thread = desk
        .json(json!({"type": "threads.get_by_id", "params": {"thread_id": thread_of(&said)}}))
        .await;

    assert_eq!(thread["title"], "Add milk");
    let kinds: Vec<_> = thread["items"]["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["type"].clone())
        .collect();
    assert_eq!(
        kinds,
        [
            "user_message",
            "assistant_message",
            "workflow",
            "assistant_message"
        ]
    );
}

#[tokio::test]
async fn the_model_is_told_of_earlier_turns_with_their_calls() {
    let mut script = adds_milk();
    script.push(vec![Part::Text("Milk."), Part::End]);
    let desk = Desk::new(script).await;
    let said = desk.say("Add milk").await;
    for _ in 0..2 {
        desk.model.request().await;
    }

    whole(desk.stream(add(&thread_of(&said), "What did I add?")).await).await;

    let asked = desk.model.request().await;
    let roles: Vec<_> = asked["messages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|message| message["role"].clone())
        .collect();
    assert_eq!(
        roles,
        ["system", "user", "assistant", "tool", "assistant", "user"]
    );
    assert_eq!(asked["messages"][2]["tool_calls"][0]["id"], "call_1");
    assert_eq!(asked["tools"].as_array().unwrap().len(), 12);
}

/// FR-143.
#[tokio::test]
async fn mistakes_of_the_model_come_back_to_it() {
    let desk = Desk::new(vec![
        vec![Part::Call("drop_tables", json!({})), Part::End],
        vec![
            Part::Call("complete_tasks", json!({"ids": "all"})),
            Part::End,
        ],
        vec![Part::Text("I could not do that."), Part::End],
    ])
    .await;

    let said = desk.say("Break something").await;

    assert_eq!(answers(&said).last().unwrap(), "I could not do that.");
    desk.model.request().await;
    let second = desk.model.request().await.to_string();
    assert!(second.contains("There is no tool drop_tables"), "{second}");
    let third = desk.model.request().await.to_string();
    assert!(third.contains("do not fit"), "{third}");
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_kept_and_said_to_be_broken() {
    let desk = Desk::new(vec![vec![Part::Text("Half an ans")]]).await;

    let said = desk.say("Hello").await;

    let last = said.last().unwrap();
    assert_eq!(last["type"], "error");
    assert_eq!(last["allow_retry"], true);
    assert_eq!(answers(&said), ["Half an ans"]);
    let status = desk.count("select count(*) from runs where status = 'failed'");
    assert_eq!(status.await, 1);
}

#[tokio::test]
async fn another_answer_replaces_the_first() {
    let desk = Desk::new(vec![
        vec![Part::Text("One"), Part::End],
        vec![Part::Text("Two"), Part::End],
    ])
    .await;
    let said = desk.say("Count").await;
    let (thread, message) = (thread_of(&said), said[1]["item"]["id"].clone());

    let again = json!({
        "type": "threads.retry_after_item",
        "params": {"thread_id": thread, "item_id": message},
    });
    let said = events(&whole(desk.stream(again).await).await);

    assert_eq!(types(&said)[0], "stream_options");
    let request = json!({"type": "items.list", "params": {"thread_id": thread, "order": "asc"}});
    let items = desk.json(request).await;
    let texts: Vec<_> = items["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["content"][0]["text"].clone())
        .collect();
    assert_eq!(texts, ["Count", "Two"]);
    desk.model.request().await;
    let asked = desk.model.request().await;
    assert_eq!(asked["messages"].as_array().unwrap().len(), 2);
}

/// FR-142.
#[tokio::test]
async fn calls_that_only_read_run_together_and_are_told_in_order() {
    let list = |status: &str| Part::Call("list_tasks", json!({"status": status}));
    let add = Part::Call("add_tasks", json!({"tasks": [{"title": "Bread"}]}));
    let script = vec![
        vec![list("open"), list("all"), add, list("open"), Part::End],
        vec![Part::Text("Done."), Part::End],
    ];
    let desk = Desk::new(script).await;
    let mut holder = desk.database.client().await;
    let lock = holder.transaction().await.unwrap();
    let hold = "lock table tasks in access exclusive mode";
    lock.batch_execute(hold).await.unwrap();
    // Two readers wait at the same time, or this never ends.
    let both_wait = async {
        let waiting = "select count(*) from pg_locks \
            where relation = 'tasks'::regclass and not granted";
        let watch = desk.database.client().await;
        while watch
            .query_one(waiting, &[])
            .await
            .unwrap()
            .get::<_, i64>(0)
            < 2
        {
            tokio::task::yield_now().await;
        }
        lock.rollback().await.unwrap();
    };

    let (said, waited) = tokio::join!(
        desk.say("Look twice, add, look again"),
        tokio::time::timeout(std::time::Duration::from_secs(30), both_wait),
    );

    assert!(waited.is_ok(), "the reads came one after the other");
    let told: Vec<_> = said
        .iter()
        .filter(|event| event["update"]["type"] == "workflow.task.updated")
        .map(|event| event["update"]["task_index"].clone())
        .collect();
    assert_eq!(told, [0, 1, 2, 3]);
    desk.model.request().await;
    let asked = desk.model.request().await;
    let results: Vec<_> = asked["messages"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|message| message["role"] == "tool")
        .map(|message| {
            (
                message["tool_call_id"].clone(),
                message["content"].to_string(),
            )
        })
        .collect();
    let ids: Vec<_> = results.iter().map(|(id, _)| id.clone()).collect();
    assert_eq!(ids, ["call_1", "call_2", "call_3", "call_4"]);
    // What is read after the write sees it, what is read before does not.
    let has_bread: Vec<_> = results
        .iter()
        .map(|(_, text)| text.contains("Bread"))
        .collect();
    assert_eq!(has_bread, [false, false, true, true]);
}
