//! Streams of the Chat Completions API as servers really send them.

use agent::{Api, ModelError};
use serde_json::{Value, json};
use testing::{Step, events};

use crate::scenario::{Scenario, Wanted, delta, end, lines, run};

fn scenario(name: &'static str, body: &str, wanted: Wanted) -> Scenario {
    steps(name, events(body), wanted)
}

fn steps(name: &'static str, steps: Vec<Step>, wanted: Wanted) -> Scenario {
    Scenario {
        name,
        api: Api::ChatCompletions,
        answers: vec![steps],
        wanted,
        // Once an answer has begun nothing is repeated.
        asked: 1,
    }
}

fn text(text: &str) -> Value {
    delta(&json!({"content": text}))
}

fn call(piece: &Value) -> Value {
    delta(&json!({"tool_calls": [piece]}))
}

fn fault(fault: ModelError) -> Wanted {
    Wanted::Fault(fault)
}

/// FR-141, SC-142.
#[tokio::test]
async fn broken_streams_end_in_a_fault() {
    let hi = lines(&[text("Hi")]);
    let half_a_call = lines(&[call(
        &json!({"index": 0, "id": "a", "function": {"name": "add_tasks", "arguments": "{\"ta"}}),
    )]);
    let chunked =
        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";
    let hanging = |body: &str| {
        let mut steps = events(body);
        steps.push(Step::Hang);
        steps
    };
    let reset = |body: &str| {
        let mut steps = events(body);
        steps.push(Step::Reset);
        steps
    };
    let comments = ": ping\n\n".repeat(50);
    let truncated = || fault(ModelError::Truncated);
    run(vec![
        scenario("an empty stream", "", truncated()),
        scenario("text without an end", &hi, truncated()),
        scenario(
            "[DONE] without a reason",
            &format!("{hi}data: [DONE]\n\n"),
            truncated(),
        ),
        scenario("half a call without an end", &half_a_call, truncated()),
        scenario("half a line", "data: {\"choices\": [{\"del", truncated()),
        scenario("only comments", &comments, truncated()),
        steps(
            "silent after the head",
            hanging(""),
            fault(ModelError::Stalled),
        ),
        steps(
            "silent after a piece",
            hanging(&hi),
            fault(ModelError::Stalled),
        ),
        steps(
            "comments and silence",
            hanging(&comments),
            fault(ModelError::Stalled),
        ),
        steps("reset in the middle", reset(&hi), truncated()),
        steps(
            "a chunk that is cut",
            vec![Step::text(format!("{chunked}ff\r\ndata: {{\"cho"))],
            truncated(),
        ),
        steps(
            "an answer without a last chunk",
            vec![Step::text(format!("{chunked}{:x}\r\n{hi}\r\n", hi.len()))],
            truncated(),
        ),
    ])
    .await;
}

#[tokio::test]
async fn faults_inside_a_stream_are_seen() {
    let inside = |data: &str| {
        format!(
            "{}data: {data}\n\n{}",
            lines(&[text("Hi")]),
            lines(&[end("stop")])
        )
    };
    let in_stream = || fault(ModelError::InStream);
    let long = lines(&vec![text(&"a".repeat(10_000)); 41]);
    let piece = json!({"index": 0, "function": {"arguments": "1".repeat(10_000)}});
    let arguments = lines(&vec![call(&piece); 41]);
    run(vec![
        scenario(
            "an error at the beginning",
            "data: {\"error\":{\"message\":\"overloaded\"}}\n\n",
            in_stream(),
        ),
        scenario(
            "an error in the middle",
            &inside("{\"error\":{\"code\":502}}"),
            in_stream(),
        ),
        scenario(
            "an error as a text",
            &inside("{\"error\":\"no\"}"),
            in_stream(),
        ),
        scenario("a line that is no JSON", &inside("{oops"), in_stream()),
        scenario("a page in a line", &inside("<html>"), in_stream()),
        scenario("text without end", &long, fault(ModelError::TooLong)),
        scenario(
            "arguments without end",
            &arguments,
            fault(ModelError::TooLong),
        ),
        steps(
            "bytes that are no text",
            vec![
                events("data: ").remove(0),
                Step::Send(vec![0xff, 0xfe, b'\n', b'\n']),
            ],
            fault(ModelError::Truncated),
        ),
    ])
    .await;
}

#[tokio::test]
async fn what_servers_do_otherwise_is_understood() {
    let hi = || Wanted::Text("Hi");
    let stop = || end("stop");
    let whole = |data: &[Value]| lines(data);
    run(vec![
        scenario("the usual", &format!("{}data: [DONE]\n\n", whole(&[text("H"), text("i"), stop()])), hi()),
        scenario("[DONE] with a space", &format!("{}data: [DONE] \n\n", whole(&[text("Hi"), stop()])), hi()),
        scenario("a byte order mark", &format!("\u{feff}{}", whole(&[text("Hi"), stop()])), hi()),
        scenario("carriage returns", &whole(&[text("Hi"), stop()]).replace('\n', "\r\n"), hi()),
        scenario("comments between", &format!(": a\n\n{}: b\n\n{}", whole(&[text("Hi")]), whole(&[stop()])), hi()),
        scenario("names of events", &whole(&[text("Hi"), stop()]).replace("data:", "event: x\ndata:"), hi()),
        scenario("an empty reason at first", &whole(&[json!({"choices": [{"delta": {"content": "Hi"}, "finish_reason": ""}]}), stop()]), hi()),
        scenario("an unknown reason", &whole(&[text("Hi"), end("eos")]), hi()),
        scenario("an answer that is too long for its limit", &whole(&[text("Hi"), end("length")]), hi()),
        scenario("usage after the end", &whole(&[text("Hi"), stop(), json!({"choices": [], "usage": {"prompt_tokens": 3}})]), hi()),
        scenario("no choices at first", &whole(&[json!({"choices": []}), json!({}), text("Hi"), stop()]), hi()),
        scenario("content that is null", &whole(&[delta(&json!({"role": "model", "content": null})), text("Hi"), stop()]), hi()),
        scenario("error that is null", &whole(&[json!({"error": null, "choices": [{"delta": {"content": "Hi"}}]}), stop()]), hi()),
        scenario("odd types beside it", &whole(&[json!({"created": 1.5, "id": 7, "service_tier": "on_demand", "choices": [{"delta": {"content": "Hi"}}]}), stop()]), hi()),
    ])
    .await;
}

#[tokio::test]
async fn calls_are_put_together_however_they_come() {
    let add = |arguments: Value| json!({"index": 0, "id": "a", "function": {"name": "add_tasks", "arguments": arguments}});
    let body = |pieces: &[Value], reason: &str| {
        let mut data: Vec<Value> = pieces.iter().map(call).collect();
        data.push(end(reason));
        lines(&data)
    };
    let none = || Wanted::Call("add_tasks", json!({}));
    run(vec![
        scenario(
            "arguments in pieces",
            &body(
                &[
                    add(json!("{\"a\"")),
                    json!({"index": 0, "function": {"arguments": ": 1}"}}),
                ],
                "tool_calls",
            ),
            Wanted::Call("add_tasks", json!({"a": 1})),
        ),
        scenario(
            "arguments as an object",
            &body(&[add(json!({"a": 1}))], "tool_calls"),
            Wanted::Call("add_tasks", json!({"a": 1})),
        ),
        scenario(
            "arguments that are no JSON",
            &body(&[add(json!("{oops"))], "tool_calls"),
            Wanted::Call("add_tasks", json!("{oops")),
        ),
        scenario(
            "empty arguments",
            &body(&[add(json!(""))], "tool_calls"),
            none(),
        ),
        scenario(
            "no arguments",
            &body(
                &[json!({"index": 0, "function": {"name": "add_tasks"}})],
                "tool_calls",
            ),
            none(),
        ),
        scenario(
            "no index and no id",
            &body(
                &[json!({"function": {"name": "add_tasks", "arguments": "{}"}})],
                "tool_calls",
            ),
            none(),
        ),
        scenario(
            "the reason says stop",
            &body(&[add(json!("{}"))], "stop"),
            none(),
        ),
        scenario(
            "two under one index",
            &body(
                &[
                    add(json!("{}")),
                    json!({"index": 0, "id": "b", "function": {"name": "undo", "arguments": "{}"}}),
                ],
                "stop",
            ),
            Wanted::Calls(2),
        ),
        scenario(
            "two that interleave",
            &body(
                &[
                    add(json!("")),
                    json!({"index": 1, "id": "b", "function": {"name": "undo"}}),
                    json!({"index": 0, "function": {"arguments": "{}"}}),
                ],
                "stop",
            ),
            Wanted::Calls(2),
        ),
        scenario(
            "a call without a name",
            &body(
                &[json!({"index": 0, "id": "a", "function": {"arguments": "{}"}})],
                "stop",
            ),
            Wanted::Calls(0),
        ),
        scenario(
            "an unknown tool",
            &body(
                &[json!({"index": 0, "id": "a", "function": {"name": "rm_rf", "arguments": "{}"}})],
                "stop",
            ),
            Wanted::Call("rm_rf", json!({})),
        ),
    ])
    .await;
}
