//! FR-209: traces, as a collector gets them.

use std::path::Path;

use axum::http::{HeaderValue, Method, StatusCode};
use serde_json::{Value, json};
use testing::{ModelServer, NOW, Part};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::desk::{Desk, request};

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const ASKER: &str = "00f067aa0ba902b7";

/// What must not be seen.
const TITLE: &str = "planted title of a task";
const MESSAGE: &str = "planted message";

fn endpoint(collector: &ModelServer) -> String {
    collector.base_url.trim_end_matches("/v1").to_owned()
}

/// Every span of a request that was sent, once it is found to be one of the protocol's.
fn spans(sent: &Value) -> Vec<Value> {
    let resource = &sent["resourceSpans"][0];
    let service = json!({"key": "service.name", "value": {"stringValue": "tasks-of-ann"}});
    assert_eq!(resource["resource"]["attributes"][0], service);
    let spans = resource["scopeSpans"][0]["spans"].as_array().unwrap();
    let is_hex = |text: &Value, length: usize| {
        let text = text.as_str().unwrap();
        text.len() == length && text.bytes().all(|byte| b"0123456789abcdef".contains(&byte))
    };
    for span in spans {
        assert!(
            is_hex(&span["traceId"], 32) && is_hex(&span["spanId"], 16),
            "{span}"
        );
        assert!(span["parentSpanId"].is_null() || is_hex(&span["parentSpanId"], 16));
        assert!((1..=5).contains(&span["kind"].as_i64().unwrap()), "{span}");
        assert!([0, 2].contains(&span["status"]["code"].as_i64().unwrap()));
        let nanos = |name: &str| span[name].as_str().unwrap().parse::<u128>().unwrap();
        assert!(
            nanos("startTimeUnixNano") <= nanos("endTimeUnixNano"),
            "{span}"
        );
        for attribute in span["attributes"].as_array().unwrap() {
            let value = attribute["value"].as_object().unwrap();
            assert_eq!(value.len(), 1, "{attribute}");
            let (kind, value) = value.iter().next().unwrap();
            assert!(
                ["stringValue", "intValue"].contains(&kind.as_str()),
                "{attribute}"
            );
            assert!(value.is_string(), "{attribute}");
        }
    }
    spans.clone()
}

/// Reads what was sent with OpenTelemetry's own definitions, which must find all of it.
fn hold(lines: &[Value], count: usize) {
    let what = "Python with opentelemetry-proto";
    let Some(python) = testing::tool("LATCHWORK_TEST_PYTHON", what) else {
        return;
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/traces/otlp.py");
    let read = |lines: &[Value]| testing::ask_python(&python, &script, lines);
    let output = read(lines);
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{complained}");
    let found = String::from_utf8_lossy(&output.stdout);
    assert_eq!(found.trim(), count.to_string());
    // It would not have overlooked a name that is none of the protocol's.
    assert!(!read(&[json!({"resourceSpan": []})]).status.success());
}

fn named<'a>(spans: &'a [Value], name: &str) -> &'a Value {
    let found = spans.iter().find(|span| span["name"] == name);
    found.unwrap_or_else(|| panic!("no `{name}` in {spans:#?}"))
}

fn attribute<'a>(span: &'a Value, key: &str) -> &'a Value {
    let all = span["attributes"].as_array().unwrap().iter();
    let mut found = all.filter(|attribute| attribute["key"] == key);
    let value = &found.next().unwrap()["value"];
    value
        .get("stringValue")
        .or_else(|| value.get("intValue"))
        .unwrap()
}

/// A model server that tells the head of the one request that it gets.
async fn listening() -> (String, tokio::task::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let head = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut bytes = Vec::new();
        while !bytes.windows(4).any(|window| window == b"\r\n\r\n") {
            stream.read_buf(&mut bytes).await.unwrap();
        }
        let refusal = "HTTP/1.1 400 No\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
        stream.write_all(refusal.as_bytes()).await.unwrap();
        String::from_utf8_lossy(&bytes).into_owned()
    });
    (format!("http://{address}/v1"), head)
}

fn say(text: &str) -> Value {
    let content = json!([{"type": "input_text", "text": text}]);
    json!({"type": "threads.create", "params": {"input": {"content": content}}})
}

#[tokio::test]
async fn a_turn_is_one_trace_from_the_request_to_the_call_of_a_tool() {
    let collector = ModelServer::start(Vec::new()).await;
    let call = Part::Call("add_tasks", json!({"tasks": [{"title": TITLE}]}));
    let model = ModelServer::with_mind(move |asked| {
        let asked = asked["messages"].as_array().unwrap();
        match asked.iter().any(|message| message["role"] == "tool") {
            false => vec![call.clone(), Part::Usage(70, 7), Part::End],
            true => vec![Part::Text(TITLE), Part::Usage(80, 8), Part::End],
        }
    })
    .await;
    let endpoint = endpoint(&collector);
    let desk = Desk::with(&[
        ("OTEL_EXPORTER_OTLP_ENDPOINT", &endpoint),
        ("OTEL_EXPORTER_OTLP_HEADERS", "api-key=planted-key"),
        ("OTEL_SERVICE_NAME", "tasks-of-ann"),
        ("OPENAI_BASE_URL", &model.base_url),
        ("OPENAI_MODEL", "scripted"),
    ])
    .await;
    let ann = desk.person("ann").await;
    let token = ann.token(NOW);
    let mut said = request(
        Some(&token),
        Method::POST,
        "/api/chatkit",
        Some(say(MESSAGE)),
    );
    let parent = format!("00-{TRACE}-{ASKER}-01");
    let headers = said.headers_mut();
    headers.insert("traceparent", HeaderValue::try_from(parent).unwrap());

    let answer = desk.send(said).await;

    let run = answer.header("x-run-id");
    let (mut all, mut lines) = (Vec::new(), Vec::new());
    while !all.iter().any(|span: &Value| span["name"] == "turn") {
        let sent = collector.request().await;
        let told = sent.to_string();
        for planted in [
            TITLE,
            MESSAGE,
            &token,
            "ann@example.com",
            "planted-key",
            "\"ann\"",
        ] {
            assert!(!told.contains(planted), "{planted} in {told}");
        }
        all.extend(spans(&sent));
        lines.push(sent);
    }
    hold(&lines, all.len());
    assert!(all.iter().all(|span| span["traceId"] == TRACE));
    let asked = named(&all, "POST /api/chatkit");
    assert_eq!(
        (&asked["kind"], &asked["parentSpanId"]),
        (&json!(2), &json!(ASKER))
    );
    assert_eq!(attribute(asked, "http.response.status_code"), "200");
    assert_eq!(attribute(asked, "http.route"), "/api/chatkit");
    assert_eq!(
        attribute(asked, "latchwork.request.id"),
        answer.header("x-request-id")
    );
    for below in ["auth", "postgresql", "turn"] {
        assert_eq!(
            named(&all, below)["parentSpanId"],
            asked["spanId"],
            "{below}"
        );
    }
    let turn = named(&all, "turn");
    assert_eq!(attribute(turn, "latchwork.run.id"), run);
    assert_eq!(attribute(turn, "latchwork.turn.ending"), "done");
    for below in ["chat scripted", "execute_tool add_tasks"] {
        assert_eq!(
            named(&all, below)["parentSpanId"],
            turn["spanId"],
            "{below}"
        );
    }
    assert_eq!(
        attribute(named(&all, "chat scripted"), "gen_ai.usage.input_tokens"),
        "70"
    );
}

#[tokio::test]
async fn the_model_is_told_of_the_trace_where_there_is_one() {
    for is_traced in [true, false] {
        let collector = ModelServer::start(Vec::new()).await;
        let (address, head) = listening().await;
        let endpoint = endpoint(&collector);
        let mut variables = vec![
            ("OPENAI_BASE_URL", &*address),
            ("OPENAI_MODEL", "scripted"),
            ("OTEL_SERVICE_NAME", "tasks-of-ann"),
        ];
        if is_traced {
            variables.push(("OTEL_EXPORTER_OTLP_ENDPOINT", &endpoint));
        }
        let desk = Desk::with(&variables).await;
        let ann = desk.person("ann").await;

        let said = desk
            .call(&ann, Method::POST, "/api/chatkit", Some(say("Hello")))
            .await;

        assert_eq!(said.status, StatusCode::OK);
        let head = head.await.unwrap().to_lowercase();
        assert_eq!(head.contains("\r\ntraceparent: 00-"), is_traced, "{head}");
    }
}

/// Neither to who is let in nor to who is refused; whether it refuses or never says a word.
#[tokio::test]
async fn a_dead_collector_changes_no_answer() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let silent = format!("http://{}", listener.local_addr().unwrap());
    for endpoint in ["http://127.0.0.1:1", &silent] {
        let desk = Desk::with(&[("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint)]).await;
        let ann = desk.person("ann").await;

        let read = desk.call(&ann, Method::GET, "/api/tasks", None).await;
        let refused = desk
            .send(request(None, Method::GET, "/api/tasks", None))
            .await;

        assert_eq!(read.status, StatusCode::OK);
        assert_eq!(refused.code(), "token.missing");
    }
}
