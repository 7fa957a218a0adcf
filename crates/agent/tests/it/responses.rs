//! Streams of the Responses API.

use agent::{Api, ModelError};
use serde_json::{Value, json};
use testing::{Step, events, reply};

use crate::scenario::{Scenario, Wanted, lines, run};

fn scenario(name: &'static str, body: &str, wanted: Wanted) -> Scenario {
    steps(name, events(body), wanted)
}

fn steps(name: &'static str, steps: Vec<Step>, wanted: Wanted) -> Scenario {
    Scenario {
        name,
        api: Api::Responses,
        answers: vec![steps],
        wanted,
        asked: 1,
    }
}

fn text(delta: &str) -> Value {
    json!({"type": "response.output_text.delta", "delta": delta})
}

fn message() -> Value {
    json!({"type": "message", "id": "msg_1", "status": "completed", "role": "assistant",
        "content": [{"type": "output_text", "text": "Hi", "annotations": []}]})
}

fn function(arguments: &Value) -> Value {
    json!({"type": "function_call", "id": "fc_1", "call_id": "call_x", "status": "completed",
        "name": "add_tasks", "arguments": arguments})
}

fn completed(output: &[Value]) -> Value {
    json!({"type": "response.completed", "response": {"output": output,
        "usage": {"input_tokens": 5, "output_tokens": 2}}})
}

fn item(item: &Value) -> Value {
    json!({"type": "response.output_item.done", "item": item})
}

fn fault(fault: ModelError) -> Wanted {
    Wanted::Fault(fault)
}

#[tokio::test]
async fn whole_answers_are_read() {
    let hi = || Wanted::Text("Hi");
    let call = || Wanted::Call("add_tasks", json!({"a": 1}));
    run(vec![
        scenario(
            "the usual",
            &lines(&[
                json!({"type": "response.created"}),
                text("H"),
                text("i"),
                completed(&[message()]),
            ]),
            hi(),
        ),
        scenario("no deltas", &lines(&[completed(&[message()])]), hi()),
        scenario(
            "a refusal",
            &lines(&[
                json!({"type": "response.refusal.delta", "delta": "Hi"}),
                completed(&[message()]),
            ]),
            hi(),
        ),
        scenario(
            "unknown events",
            &lines(&[
                json!({"type": "response.news"}),
                json!({"x": 1}),
                text("Hi"),
                completed(&[message()]),
            ]),
            hi(),
        ),
        scenario(
            "unknown items",
            &lines(&[text("Hi"), completed(&[json!({"type": "news"}), message()])]),
            hi(),
        ),
        scenario(
            "no output at the end",
            &lines(&[text("Hi"), item(&message()), completed(&[])]),
            hi(),
        ),
        scenario(
            "[DONE] behind the end",
            &format!(
                "{}data: [DONE]\n\n",
                lines(&[text("Hi"), completed(&[message()])])
            ),
            hi(),
        ),
        scenario(
            "a byte order mark",
            &format!("\u{feff}{}", lines(&[text("Hi"), completed(&[message()])])),
            hi(),
        ),
        scenario(
            "a call",
            &lines(&[completed(&[function(&json!("{\"a\":1}"))])]),
            call(),
        ),
        scenario(
            "a call with an object",
            &lines(&[completed(&[function(&json!({"a": 1}))])]),
            call(),
        ),
        scenario(
            "a call told before the end only",
            &lines(&[item(&function(&json!("{\"a\":1}"))), completed(&[])]),
            call(),
        ),
        scenario(
            "a call with broken arguments",
            &lines(&[completed(&[function(&json!("{oops"))])]),
            Wanted::Call("add_tasks", json!("{oops")),
        ),
        scenario(
            "two calls",
            &lines(&[completed(&[function(&json!("{}")), function(&json!("{}"))])]),
            Wanted::Calls(2),
        ),
    ])
    .await;
}

/// FR-141, SC-142.
#[tokio::test]
async fn broken_answers_end_in_a_fault() {
    let failed =
        json!({"type": "response.failed", "response": {"error": {"code": "server_error"}}});
    let incomplete = json!({"type": "response.incomplete", "response": {"incomplete_details": {"reason": "max_output_tokens"}}});
    let half =
        lines(&[json!({"type": "response.function_call_arguments.delta", "delta": "{\"ta"})]);
    let mut hanging = events(&lines(&[text("Hi")]));
    hanging.push(Step::Hang);
    let truncated = || fault(ModelError::Truncated);
    let in_stream = || fault(ModelError::InStream);
    run(vec![
        scenario("an empty stream", "", truncated()),
        scenario("text without an end", &lines(&[text("Hi")]), truncated()),
        scenario(
            "an item without an end",
            &lines(&[item(&function(&json!("{}")))]),
            truncated(),
        ),
        scenario("half of a call's arguments", &half, truncated()),
        scenario(
            "an incomplete answer",
            &lines(&[text("Hi"), incomplete]),
            truncated(),
        ),
        scenario(
            "a failed answer",
            &lines(&[text("Hi"), failed]),
            in_stream(),
        ),
        scenario(
            "an error",
            &lines(&[json!({"type": "error", "code": "x", "message": "no"})]),
            in_stream(),
        ),
        scenario(
            "an error without a type",
            &lines(&[json!({"error": {"message": "no"}})]),
            in_stream(),
        ),
        scenario("a line that is no JSON", "data: {oops\n\n", in_stream()),
        steps("silence in the middle", hanging, fault(ModelError::Stalled)),
        steps(
            "a page with status 200",
            reply(200, &[("content-type", "text/html")], "<html>"),
            fault(ModelError::NotAStream),
        ),
        steps(
            "404 where it is not spoken",
            reply(404, &[], "page not found"),
            fault(ModelError::Refused(404)),
        ),
    ])
    .await;
}
