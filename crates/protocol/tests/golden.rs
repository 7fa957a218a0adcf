//! The recorded exchanges of the Python reference server, read by our types and written again:
//! nothing may be lost, added or become `null`.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::Path;

use protocol::chatkit::{Attachment, Event, Item, Page, Request, Thread};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

fn read_as<T: DeserializeOwned + Serialize>(place: &str, recorded: &Value) {
    let read: T = serde_json::from_value(recorded.clone())
        .unwrap_or_else(|error| panic!("{place}: {error}: {recorded}"));

    assert_eq!(&serde_json::to_value(read).unwrap(), recorded, "{place}");
}

fn recordings() -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            let text = text.replace("<ts>", "2026-11-23T13:17:46.237Z");
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (name, serde_json::from_str(&text).unwrap())
        })
        .collect()
}

#[test]
fn every_recorded_event_survives_the_round_trip() {
    let mut seen = 0;
    for (name, recording) in recordings() {
        for event in recording["events"].as_array().into_iter().flatten() {
            read_as::<Event>(&name, event);
            seen += 1;
        }
    }
    assert!(seen > 200, "only {seen} events were recorded");
}

#[test]
fn every_recorded_request_is_understood() {
    for (name, recording) in recordings() {
        let request: Request = serde_json::from_value(recording["request"].clone())
            .unwrap_or_else(|error| panic!("{name}: {error}"));

        let written = serde_json::to_value(request).unwrap();
        assert_eq!(written["type"], recording["request"]["type"], "{name}");
    }
}

#[test]
fn every_recorded_answer_survives_the_round_trip() {
    for (name, recording) in recordings() {
        let body = &recording["body"];
        match recording["request"]["type"].as_str().unwrap() {
            "threads.get_by_id" | "threads.update" => read_as::<Thread>(&name, body),
            "threads.list" => read_as::<Page<Thread>>(&name, body),
            "items.list" => read_as::<Page<Item>>(&name, body),
            "attachments.create" => read_as::<Attachment>(&name, body),
            _ => {}
        }
    }
}

#[test]
fn unknown_extra_fields_are_ignored() {
    let request = serde_json::json!({
        "type": "threads.get_by_id",
        "params": {"thread_id": "thr_1", "newer": true},
        "metadata": {"anything": 1},
    });

    let read: Request = serde_json::from_value(request).unwrap();

    assert!(matches!(read, Request::ThreadsGetById { .. }));
}
