//! What is read here is what `serde` reads.

use std::fmt::Debug;
use std::fs;
use std::path::Path;

use protocol::chatkit::{Attachment, Event, Item, Page, Thread};
use protocol::run::RunList;
use protocol::task::{Changes, NewTask, TaskList, TaskPatch};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{Read, parse};

fn same<T: Read + DeserializeOwned + PartialEq + Debug>(place: &str, value: &Value) {
    let expected: T = serde_json::from_value(value.clone()).unwrap();

    assert_eq!(parse(&value.to_string()), Some(expected), "{place}");
}

#[test]
fn every_recorded_answer_and_event_is_read_as_serde_reads_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/protocol/tests/golden");
    let mut events = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).unwrap();
        let text = text.replace("<ts>", "2026-11-23T13:17:46.237Z");
        let recording: Value = serde_json::from_str(&text).unwrap();
        for event in recording["events"].as_array().into_iter().flatten() {
            same::<Event>(&name, event);
            events += 1;
        }
        let body = &recording["body"];
        match recording["request"]["type"].as_str().unwrap() {
            "threads.get_by_id" | "threads.update" => same::<Thread>(&name, body),
            "threads.list" => same::<Page<Thread>>(&name, body),
            "items.list" => same::<Page<Item>>(&name, body),
            "attachments.create" => same::<Attachment>(&name, body),
            _ => {}
        }
    }
    assert!(events > 200, "only {events} events were recorded");
}

#[test]
fn tasks_and_their_changes_are_read_as_serde_reads_them() {
    let bare = json!({
        "id": 3, "title": "Milk", "completed": false, "version": 1,
        "created_at": "2026-11-23T13:17:46.237Z", "updated_at": "2026-11-23T13:17:46.237Z",
    });
    let full = json!({
        "id": 3, "title": "Milk", "description": "Oat", "priority": "high", "tags": ["home"],
        "due": "2026-11-24T17:00", "time_zone": "Europe/Berlin", "recurrence": "FREQ=DAILY",
        "reminder": 30, "parent_id": 2, "position": "a0", "completed": true,
        "completed_at": "2026-11-23T13:17:46.237Z", "deleted_at": "2026-11-23T13:17:46.237Z",
        "version": 7, "created_at": "2026-11-23T13:17:46.237Z",
        "updated_at": "2026-11-23T13:17:46.237Z",
    });
    let change = |actor: Value| {
        json!({
            "seq": 9, "action": 8, "undoes": 3, "kind": "undone", "actor": actor, "at": "2026-11-23T13:17:46.237Z",
            "before": full, "after": bare,
        })
    };

    same::<TaskList>(
        "list",
        &json!({"tasks": [bare, full], "has_more": true, "after": "x", "change": 4}),
    );
    same::<Changes>(
        "changes",
        &json!({
            "changes": [
                change(json!({"type": "user"})),
                change(json!({"type": "assistant", "run_id": "run_1"})),
                change(json!({"type": "client", "name": "Claude"})),
            ],
            "has_more": false,
        }),
    );
    same::<NewTask>(
        "new",
        &json!({"title": "Milk", "tags": ["a"], "due": "tomorrow"}),
    );
    same::<TaskPatch>("patch", &json!({"completed": true, "priority": "low"}));
}

#[test]
fn runs_are_read_as_serde_reads_them() {
    let run = |status: &str| {
        json!({
            "id": "run_1", "thread_id": "thr_1", "status": status, "last_event": 7,
            "created_at": "2026-11-23T13:17:46.237Z",
        })
    };
    for status in ["queued", "running", "waiting", "done", "stopped", "failed"] {
        same::<RunList>(status, &json!({"runs": [run(status)]}));
    }
}

#[test]
fn what_is_of_another_shape_is_nothing() {
    for text in [
        "",
        "<html>",
        "null",
        "[]",
        "7",
        r#"{"runs":{}}"#,
        r#"{"runs":[{}]}"#,
    ] {
        assert_eq!(parse::<RunList>(text), None, "{text}");
    }
}
