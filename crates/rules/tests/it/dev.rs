//! The development set of utterances, with the tools as they are named here.

use rules::{Call, Message};
use serde_json::{Value, json};

use crate::session::{Heard, Session};

/// A conversation in which the list was shown and a task was touched, as the context says.
fn session(context: &Value, reopened: bool) -> Session {
    let mut tasks = context["tasks"].as_array().unwrap().clone();
    let last = &context["last_task"];
    for task in &mut tasks {
        if reopened && task["id"] == *last {
            task["completed"] = json!(true);
        }
    }
    let mut session = Session::new(&tasks);
    let of = |id: &Value| {
        session
            .tools
            .tasks
            .iter()
            .find(|task| task.view["id"] == *id)
            .unwrap()
            .view
            .clone()
    };
    let list: Vec<_> = context["last_list"]
        .as_array()
        .unwrap()
        .iter()
        .map(of)
        .collect();
    let lines: Vec<String> = list
        .iter()
        .zip(1..)
        .map(|(task, place)| format!("{place}. {}", task["title"].as_str().unwrap()))
        .collect();
    let touched = json!({ "tasks": [of(last)] });
    let call = |tool: &str, arguments: Value| Call {
        id: "call_1".to_owned(),
        tool: tool.to_owned(),
        arguments,
    };
    let result = |content: Value| Message::ToolResult {
        call_id: "call_1".to_owned(),
        content,
        is_error: false,
    };
    let asks = |call: Call| Message::Assistant {
        text: String::new(),
        calls: vec![call],
    };
    let says = |text: String| Message::Assistant {
        text,
        calls: Vec::new(),
    };
    let messages = vec![
        Message::User("show my tasks".to_owned()),
        asks(call("list_tasks", json!({}))),
        result(json!({ "tasks": list })),
        says(format!("Your tasks:\n{}", lines.join("\n"))),
        Message::User("make the rent important".to_owned()),
        asks(call(
            "update_tasks",
            json!({"tasks": [{"id": last, "priority": "high"}]}),
        )),
        result(touched),
        says("Done.".to_owned()),
    ];
    session.messages = messages;
    session
}

/// What a tool call of the set is here.
fn translated(call: &Value) -> Vec<String> {
    let args = &call["args"];
    let tool = call["tool"].as_str().unwrap();
    let ids = match &args["ids"] {
        Value::Array(ids) => ids.clone(),
        _ => vec![args["id"].clone()],
    };
    let verb = tool.trim_end_matches("_tasks").trim_end_matches("_task");
    match verb {
        "add" => vec![format!(
            "add {}{}",
            args["title"].as_str().unwrap(),
            details(args)
        )],
        "update" => vec![format!("update {}{}", ids[0], details(args))],
        "list" => Vec::new(),
        _ => ids.iter().map(|id| format!("{verb} {id}")).collect(),
    }
}

fn details(args: &Value) -> String {
    let mut details = Vec::new();
    if let Some(due) = args.get("due") {
        details.push(format!("due {}", due.as_str().unwrap_or("none")));
    }
    if let Some(priority) = args["priority"].as_str() {
        details.push(priority.to_owned());
    }
    if let Some(tags) = args["tags"].as_array().or(args["add_tags"].as_array()) {
        details.push(
            tags.iter()
                .map(|tag| format!("#{}", tag.as_str().unwrap()))
                .collect::<Vec<_>>()
                .join(" "),
        );
    }
    if let Some(title) = args["title"].as_str().filter(|_| args.get("id").is_some()) {
        details.push(format!("title {title}"));
    }
    details.sort_unstable();
    details.iter().map(|detail| format!("; {detail}")).collect()
}

fn done(heard: &Heard) -> Vec<String> {
    crate::cases::written(heard)
        .into_iter()
        .flat_map(|line| {
            let (verb, rest) = line.split_once(' ').unwrap_or((&line, ""));
            match verb {
                "complete" | "reopen" | "delete" | "restore" => {
                    rest.split(' ').map(|id| format!("{verb} {id}")).collect()
                }
                _ => vec![line],
            }
        })
        .collect()
}

#[test]
fn the_development_set_is_understood() {
    let mut faults = Vec::new();
    for line in include_str!("../offline-dev.jsonl").lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let expected = case["expect"].as_array().unwrap();
        let reopens = expected.iter().any(|call| call["tool"] == "reopen_task");
        let mut session = session(&case["context"], reopens);
        // The set knows no tool that takes things back.
        session.names.retain(|name| name != "undo");
        let said = case["say"].as_str().unwrap();
        session.agrees = expected.iter().any(|call| call["tool"] == "delete_task");
        let mut heard = session.say(said);
        let wanted: Vec<String> = expected.iter().flat_map(translated).collect();
        let lists = expected.iter().any(|call| call["tool"] == "list_tasks");
        let bulk = expected.iter().any(|call| call["tool"] == "delete_tasks");
        if bulk {
            let ends = heard.text.ends_with('?') || heard.text.contains("no completed");
            assert!(heard.writes().is_empty(), "{said}");
            assert!(!heard.asked.is_empty() || ends, "{said}: {}", heard.text);
            heard = session.say("yes");
        }
        let mut got = done(&heard);
        let mut sorted = wanted.clone();
        got.sort_unstable();
        sorted.sort_unstable();
        sorted.retain(|line| line != "delete null");
        // A repetition has a first date of its own.
        if expected
            .iter()
            .any(|call| !call["args"]["recur"].is_null() && call["args"]["due"].is_null())
        {
            got.iter_mut()
                .for_each(|line| line.truncate(line.find("; due").unwrap_or(line.len())));
        }
        for line in &mut got {
            line.truncate(line.find("; recurrence").unwrap_or(line.len()));
        }
        // Titles are kept with a capital at the beginning, which the set knows nothing of.
        let got: Vec<String> = got.iter().map(|line| line.to_lowercase()).collect();
        let sorted: Vec<String> = sorted.iter().map(|line| line.to_lowercase()).collect();
        let listed = heard.calls.iter().any(|call| call.tool == "list_tasks");
        if got != sorted || lists && !listed {
            faults.push(format!(
                "{said}\n  wanted {sorted:?}\n  got    {got:?}\n  {:?}",
                heard.text
            ));
        }
    }
    assert!(
        faults.is_empty(),
        "{} wrong\n{}",
        faults.len(),
        faults.join("\n")
    );
}
