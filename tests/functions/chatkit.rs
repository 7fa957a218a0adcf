//! A full run against the real functions, held against the types of the Python package itself.

use std::io::Write;
use std::path::Path;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::site::{Person, answer, cold, with};

/// A Python that has `openai-chatkit`; `cargo xtask test` makes one.
const PYTHON: &str = "LATCHWORK_TEST_PYTHON";

/// Everything that was asked and answered, a line each.
struct Recording<'a> {
    person: &'a Person<'a>,
    lines: Vec<Value>,
}

impl Recording<'_> {
    async fn json(&mut self, request: Value) -> Value {
        let (status, answer) = self.person.post("/api/chatkit", &request).await;
        assert_eq!(status, StatusCode::OK, "{request}: {answer}");
        let line = json!({"request": request, "answer": answer});
        self.lines.push(line);
        answer
    }

    async fn stream(&mut self, request: Value) -> Vec<Value> {
        let sent = with(self.person.request(Method::POST, "/api/chatkit"), &request);
        let response = sent.send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{request}");
        let text = response.text().await.unwrap();
        let events: Vec<Value> = frames(&text)
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        self.lines
            .push(json!({"request": request, "events": events}));
        events
    }

    /// Says something in a conversation that is there.
    async fn say(&mut self, thread: &Value, text: &str) -> Vec<Value> {
        self.stream(json!({
            "type": "threads.add_user_message",
            "params": {"thread_id": thread, "input": input(text)},
        }))
        .await
    }
}

/// The one line of each event. Anything else between them would be a fault.
fn frames(text: &str) -> impl Iterator<Item = &str> {
    let frames = text.strip_suffix("\n\n").unwrap().split("\n\n");
    frames.map(|frame| {
        let line = frame.strip_prefix("data: ").unwrap();
        assert!(!line.contains('\n'), "{line}");
        line
    })
}

/// As the official client writes it.
fn input(text: &str) -> Value {
    json!({
        "content": [{"type": "input_text", "text": text}],
        "quoted_text": "",
        "attachments": [],
        "inference_options": {},
    })
}

fn item<'a>(events: &'a [Value], kind: &str) -> &'a Value {
    let items = events.iter().map(|event| &event["item"]);
    items
        .into_iter()
        .find(|item| item["type"] == kind)
        .unwrap_or_else(|| panic!("no {kind} in {events:?}"))
}

#[tokio::test]
async fn every_answer_and_event_is_one_of_the_python_packages_own() {
    let (_database, site) = cold().await;
    let ann = site.sign_up("ann").await;
    let mut run = Recording {
        person: &ann,
        lines: Vec::new(),
    };

    let file = run
        .json(json!({
            "type": "attachments.create",
            "params": {"name": "cat.png", "size": 12, "mime_type": "image/png"},
        }))
        .await;
    let path = format!("/api/attachments/{}", file["id"].as_str().unwrap());
    let bytes = b"\x89PNG\r\n\x1a\nrest".to_vec();
    let put = ann.request(Method::PUT, &path).body(bytes);
    assert_eq!(answer(put).await.0, StatusCode::OK);
    let unused = run
        .json(json!({
            "type": "attachments.create",
            "params": {"name": "a.txt", "size": 1, "mime_type": "text/plain"},
        }))
        .await;
    run.json(json!({
        "type": "attachments.delete",
        "params": {"attachment_id": unused["id"]},
    }))
    .await;

    let mut first = input("Add a task to buy groceries tomorrow");
    first["attachments"] = json!([file["id"]]);
    first["quoted_text"] = json!("We are out of milk");
    first["content"].as_array_mut().unwrap().push(json!({
        "type": "input_tag", "id": "t1", "text": " please", "data": {"none": null},
    }));
    let begun = run
        .stream(json!({"type": "threads.create", "params": {"input": first}}))
        .await;
    let thread = begun[0]["thread"]["id"].clone();
    let message = item(&begun, "user_message")["id"].clone();
    run.say(&thread, "Add a task to pay rent").await;
    run.say(&thread, "Show me all my tasks").await;
    let asked = run.say(&thread, "Delete task 1").await;
    let question = item(&asked, "structured_input");
    assert_eq!(question["status"], "pending");
    run.stream(json!({
        "type": "threads.add_structured_input",
        "params": {
            "thread_id": thread,
            "item_id": question["id"],
            "input": {"status": "skipped", "answers": {}},
        },
    }))
    .await;
    let asked = run.say(&thread, "Delete task 2").await;
    let question = item(&asked, "structured_input");
    run.stream(json!({
        "type": "threads.add_structured_input",
        "params": {
            "thread_id": thread,
            "item_id": question["id"],
            "input": {"status": "answered", "answers": {
                "approve": {"values": ["Yes"], "skipped": false},
            }},
        },
    }))
    .await;
    let action = json!({
        "thread_id": thread,
        "action": {"type": "complete_tasks", "payload": {"ids": [1]}},
    });
    run.stream(json!({"type": "threads.custom_action", "params": action}))
        .await;
    let action = json!({
        "thread_id": thread,
        "action": {"type": "reopen_tasks", "payload": {"ids": [1]}},
    });
    run.json(json!({"type": "threads.sync_custom_action", "params": action}))
        .await;
    let said = run.say(&thread, "Hello").await;

    run.json(json!({
        "type": "items.feedback",
        "params": {
            "thread_id": thread,
            "item_ids": [item(&said, "assistant_message")["id"]],
            "kind": "positive",
        },
    }))
    .await;
    run.json(json!({"type": "threads.get_by_id", "params": {"thread_id": thread}}))
        .await;
    let mut after = Value::Null;
    loop {
        let mut params = json!({"thread_id": thread, "limit": 5, "order": "desc"});
        if !after.is_null() {
            params["after"] = after;
        }
        let page = run
            .json(json!({"type": "items.list", "params": params}))
            .await;
        after = page["after"].clone();
        if page["has_more"] == false {
            break;
        }
    }
    run.json(json!({
        "type": "threads.update",
        "params": {"thread_id": thread, "title": "Groceries"},
    }))
    .await;
    run.json(json!({"type": "threads.list", "params": {"limit": 9999, "order": "desc"}}))
        .await;
    run.stream(json!({
        "type": "threads.retry_after_item",
        "params": {"thread_id": thread, "item_id": message},
    }))
    .await;
    run.json(json!({"type": "threads.delete", "params": {"thread_id": thread}}))
        .await;

    hold(&run.lines);
}

/// Runs the package over the recording.
fn hold(lines: &[Value]) {
    let Some(python) = testing::tool(PYTHON, "Python with openai-chatkit") else {
        return;
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/functions/validate.py");
    let output = testing::ask_python(&python, &script, lines);
    let said = String::from_utf8_lossy(&output.stdout);
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}{complained}");
    let _ = writeln!(std::io::stderr(), "{}", said.trim_end());
}
