//! The operations beside messages: files, feedback, buttons, results of the page, speech.

use std::sync::Arc;

use agent::{Endpoint, Transcriber};
use chat::{Error, Reply};
use serde_json::{Value, json};
use testing::{Part, Person};

use crate::desk::{Desk, add, answers, create, events, thread_of, types, visit, whole};

fn answer() -> Vec<Part> {
    vec![Part::Text("Hi."), Part::End]
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\nthe rest";

fn announce(name: &str, size: usize, kind: &str) -> Value {
    json!({
        "type": "attachments.create",
        "params": {"name": name, "size": size, "mime_type": kind},
    })
}

fn with_files(mut request: Value, ids: &[&Value]) -> Value {
    request["params"]["input"]["attachments"] = json!(ids);
    request
}

#[tokio::test]
async fn files_go_with_a_message_and_reach_the_model() {
    let desk = Desk::new(vec![answer()]).await;
    let picture = desk.json(announce("cat.png", PNG.len(), "image/png")).await;
    let text = desk
        .json(announce("list.txt", 5, "text/plain; charset=utf-8"))
        .await;
    assert_eq!(picture["type"], "image");
    assert_eq!(picture["upload_descriptor"]["method"], "PUT");
    assert_eq!(picture["preview_url"], picture["upload_descriptor"]["url"]);
    let id = |file: &Value| file["id"].as_str().unwrap().to_owned();

    let early = with_files(create("Look"), &[&picture["id"]]);
    assert!(matches!(
        desk.refusal(early).await,
        Error::AttachmentNotFound
    ));
    desk.chat
        .upload(&id(&picture), PNG, &desk.visit)
        .await
        .unwrap();
    desk.chat
        .upload(&id(&text), b"milk\n", &desk.visit)
        .await
        .unwrap();
    let said = desk
        .stream(with_files(create("Look"), &[&picture["id"], &text["id"]]))
        .await;
    let said = events(&whole(said).await);

    let sent = &said[1]["item"]["attachments"];
    assert_eq!(sent[0]["name"], "cat.png");
    assert_eq!(sent[0]["thread_id"], said[0]["thread"]["id"]);
    assert_eq!(sent[0].get("upload_descriptor"), None);
    let asked = desk.model.request().await["messages"][1]["content"].clone();
    assert_eq!(asked[0]["text"], "Look");
    let url = asked[1]["image_url"]["url"].as_str().unwrap();
    assert!(url.starts_with("data:image/png;base64,iVBO"), "{url}");
    assert!(asked[2]["text"].as_str().unwrap().contains("milk"));
    let read = desk
        .chat
        .download(&id(&picture), &desk.visit)
        .await
        .unwrap();
    assert_eq!(read.content, PNG);
    // A file belongs to one conversation, and goes with it.
    let elsewhere = with_files(create("Again"), &[&picture["id"]]);
    assert!(matches!(desk.refusal(elsewhere).await, Error::Invalid(_)));
    let delete = json!({"type": "threads.delete", "params": {"thread_id": thread_of(&said)}});
    desk.json(delete).await;
    assert_eq!(desk.count("select count(*) from attachments").await, 0);
}

#[tokio::test]
async fn files_of_other_kinds_and_sizes_are_refused() {
    let desk = Desk::new(vec![]).await;

    for (request, expected) in [
        (announce("a.svg", 10, "image/svg+xml"), "AttachmentType"),
        (
            announce("a.exe", 10, "application/octet-stream"),
            "AttachmentType",
        ),
        (
            announce("a.png", 2_000_000, "image/png"),
            "AttachmentTooLarge",
        ),
        (announce("a.png", 0, "image/png"), "Invalid"),
        (announce(" ", 10, "image/png"), "Invalid"),
    ] {
        let refused = format!("{:?}", desk.refusal(request).await);
        assert!(refused.starts_with(expected), "{refused}");
    }
    let file = desk.json(announce("a.png", 4, "image/png")).await;
    let id = file["id"].as_str().unwrap();
    for content in [&b"abcd"[..], PNG] {
        let refused = desk
            .chat
            .upload(id, content, &desk.visit)
            .await
            .err()
            .unwrap();
        assert!(matches!(refused, Error::AttachmentMismatch));
    }
    let unread = desk.chat.download(id, &desk.visit).await.err().unwrap();
    assert!(matches!(unread, Error::AttachmentNotFound));
}

#[tokio::test]
async fn nobody_reaches_the_file_of_another() {
    let mut desk = Desk::new(vec![]).await;
    let file = desk.json(announce("a.txt", 4, "text/plain")).await;
    let id = file["id"].as_str().unwrap().to_owned();
    desk.chat.upload(&id, b"mine", &desk.visit).await.unwrap();
    let bob = Person::sign_up(&desk.database.db, "bob").await;
    desk.visit = visit(&bob);

    let read = desk.chat.download(&id, &desk.visit).await.err().unwrap();
    let written = desk
        .chat
        .upload(&id, b"his!", &desk.visit)
        .await
        .err()
        .unwrap();
    let sent = desk
        .refusal(with_files(create("Look"), &[&json!(id)]))
        .await;
    let delete = json!({"type": "attachments.delete", "params": {"attachment_id": id}});
    let deleted = desk.refusal(delete).await;

    for refused in [read, written, sent, deleted] {
        assert!(matches!(refused, Error::AttachmentNotFound), "{refused}");
    }
}

#[tokio::test]
async fn feedback_is_about_items_that_are_there() {
    let desk = Desk::new(vec![answer()]).await;
    let said = desk.say("Hello").await;
    let thread = thread_of(&said);
    let message = said.last().unwrap()["item"]["id"].clone();
    let feedback = |ids: Value, kind: &str| {
        json!({
            "type": "items.feedback",
            "params": {"thread_id": thread, "item_ids": ids, "kind": kind},
        })
    };

    assert_eq!(
        desk.json(feedback(json!([message]), "positive")).await,
        json!({})
    );
    assert_eq!(
        desk.json(feedback(json!([message]), "negative")).await,
        json!({})
    );
    let unknown = desk
        .refusal(feedback(json!([message, "msg_x"]), "positive"))
        .await;

    assert!(matches!(unknown, Error::ItemNotFound));
    let kept = "select count(*) from item_feedback where kind = 'negative'";
    assert_eq!(desk.count(kept).await, 1);
}

fn action(operation: &str, thread: &Value, kind: &str, payload: &Value) -> Value {
    json!({
        "type": operation,
        "params": {"thread_id": thread, "action": {"type": kind, "payload": payload}},
    })
}

#[tokio::test]
async fn a_button_is_a_call_of_a_tool_without_the_model() {
    let desk = Desk::new(vec![answer()]).await;
    let thread = thread_of(&desk.say("Hello").await);
    let payload = json!({"tasks": [{"title": "Buy milk"}]});

    let pressed = action("threads.custom_action", &thread, "add_tasks", &payload);
    let said = events(&whole(desk.stream(pressed).await).await);

    assert_eq!(types(&said)[0], "stream_options");
    let effect = said
        .iter()
        .find(|event| event["type"] == "client_effect")
        .unwrap();
    let change = &effect["data"]["changes"][0];
    assert_eq!(change["after"]["title"], "Buy milk");
    assert_eq!(change["actor"]["type"], "user");
    // What is kept for the model only is sent to nobody.
    let list = json!({"type": "items.list", "params": {"thread_id": thread, "order": "asc"}});
    let items = desk.json(list).await;
    let kinds: Vec<&Value> = items["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| &item["type"])
        .collect();
    assert_eq!(kinds, ["user_message", "assistant_message", "workflow"]);
    let hidden = "select count(*) from items where hidden";
    assert_eq!(desk.count(hidden).await, 1);

    let at_once = action("threads.sync_custom_action", &thread, "add_tasks", &payload);
    assert_eq!(desk.json(at_once).await, json!({}));
    assert_eq!(desk.count("select count(*) from tasks").await, 2);
}

#[tokio::test]
async fn actions_that_do_not_exist_are_refused_before_the_stream() {
    let desk = Desk::new(vec![answer()]).await;
    let said = desk.say("Hello").await;
    let thread = thread_of(&said);
    for operation in ["threads.custom_action", "threads.sync_custom_action"] {
        let unknown = action(operation, &thread, "format_disk", &json!({}));
        assert!(matches!(desk.refusal(unknown).await, Error::Invalid(_)));
        let shapeless = action(operation, &thread, "add_tasks", &json!([1]));
        assert!(matches!(desk.refusal(shapeless).await, Error::Invalid(_)));
        let nowhere = action(operation, &json!("thr_x"), "list_tasks", &json!({}));
        assert!(matches!(desk.refusal(nowhere).await, Error::ThreadNotFound));
        let mut no_widget = action(operation, &thread, "list_tasks", &json!({}));
        no_widget["params"]["item_id"] = said[1]["item"]["id"].clone();
        assert!(matches!(
            desk.refusal(no_widget.clone()).await,
            Error::Invalid(_)
        ));
        no_widget["params"]["item_id"] = json!("msg_x");
        assert!(matches!(desk.refusal(no_widget).await, Error::ItemNotFound));
    }
    let wrong = action(
        "threads.sync_custom_action",
        &thread,
        "add_tasks",
        &json!({"tasks": 1}),
    );
    assert!(matches!(desk.refusal(wrong).await, Error::Tool(_)));
}

#[tokio::test]
async fn the_result_of_a_call_of_the_page_goes_on_with_the_conversation() {
    let desk = Desk::new(vec![answer(), vec![Part::Text("I see."), Part::End]]).await;
    let thread = thread_of(&desk.say("Hello").await);
    let output = |result: Value| {
        json!({
            "type": "threads.add_client_tool_output",
            "params": {"thread_id": thread, "result": result},
        })
    };
    assert!(matches!(
        desk.refusal(output(json!(1))).await,
        Error::NotPending
    ));
    // As another server of the protocol has left it.
    let call = format!(
        "insert into items (user_id, thread_id, id, created_at, body) select user_id, id, 'tc_1',
            now(), jsonb_build_object('id', 'tc_1', 'thread_id', id, 'created_at',
            '2026-11-23T12:00:00Z', 'type', 'client_tool_call', 'status', 'pending',
            'call_id', 'c1', 'name', 'get_selection', 'arguments', '{{}}'::jsonb)
        from threads where id = '{}'",
        thread.as_str().unwrap()
    );
    desk.database
        .client()
        .await
        .batch_execute(&call)
        .await
        .unwrap();

    let result = json!({"ids": [1], "none": null});
    let said = events(&whole(desk.stream(output(result.clone())).await).await);

    assert_eq!(types(&said)[..2], ["stream_options", "thread.item.added"]);
    assert_eq!(said.last().unwrap()["item"]["content"][0]["text"], "I see.");
    let list = json!({"type": "items.list", "params": {"thread_id": thread, "order": "asc"}});
    let call = desk.json(list).await["data"][2].clone();
    assert_eq!(call["status"], "completed");
    assert_eq!(call["output"], result);
    let again = desk.refusal(output(json!(2))).await;
    assert!(matches!(again, Error::NotPending));
}

#[tokio::test]
async fn speech_becomes_text_where_a_model_for_it_is_configured() {
    let mut desk = Desk::new(vec![]).await;
    let speak = |kind: &str, audio: &str| {
        json!({
            "type": "input.transcribe",
            "params": {"audio_base64": audio, "mime_type": kind},
        })
    };
    let kind = "audio/webm;codecs=opus";
    assert!(matches!(
        desk.refusal(speak(kind, "YWJj")).await,
        Error::TranscriptionOff
    ));

    let server = testing::answering(r#"{"text": "Buy milk"}"#).await;
    desk.chat.transcriber = Some(Arc::new(Transcriber::at(Endpoint {
        model: "ears".to_owned(),
        base_url: server,
        api_key: "none".to_owned(),
    })));

    assert_eq!(
        desk.json(speak(kind, "YWJj")).await,
        json!({"text": "Buy milk"})
    );
    let refused = desk.refusal(speak("video/mp4", "YWJj")).await;
    assert!(matches!(refused, Error::AudioType));
    let refused = desk.refusal(speak(kind, "!")).await;
    assert!(matches!(refused, Error::Invalid(_)));
}

#[tokio::test]
async fn another_answer_reads_the_files_again() {
    let desk = Desk::new(vec![answer(), answer()]).await;
    let file = desk.json(announce("list.txt", 5, "text/plain")).await;
    let id = file["id"].as_str().unwrap();
    desk.chat.upload(id, b"milk\n", &desk.visit).await.unwrap();
    let said = desk
        .stream(with_files(create("Look"), &[&file["id"]]))
        .await;
    let said = events(&whole(said).await);
    assert_eq!(answers(&said), ["Hi."]);

    let again = json!({
        "type": "threads.retry_after_item",
        "params": {"thread_id": thread_of(&said), "item_id": said[1]["item"]["id"]},
    });
    whole(desk.stream(again).await).await;

    desk.model.request().await;
    let asked = desk.model.request().await.to_string();
    assert!(asked.contains("milk"), "{asked}");
    // A further message may show the file again.
    let more = with_files(add(&thread_of(&said), "And?"), &[&file["id"]]);
    assert!(matches!(desk.request(more).await, Ok(Reply::Stream(_))));
}
