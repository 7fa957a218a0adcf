//! Answers that are no streams: refusals, limits, pages of other servers, broken connections.

use agent::{Api, ModelError};
use testing::{Step, events, reply};

use crate::scenario::{Scenario, Wanted, delta, end, lines, run};
use serde_json::json;

const JSON: (&str, &str) = ("content-type", "application/json");
const HTML: (&str, &str) = ("content-type", "text/html");

fn good() -> Vec<Step> {
    events(&lines(&[delta(&json!({"content": "Hi"})), end("stop")]))
}

fn scenario(name: &'static str, answers: Vec<Vec<Step>>, wanted: Wanted, asked: usize) -> Scenario {
    Scenario {
        name,
        api: Api::ChatCompletions,
        answers,
        wanted,
        asked,
    }
}

fn refused(name: &'static str, status: u16, body: &str, asked: usize) -> Scenario {
    let fault = ModelError::Refused(status);
    scenario(
        name,
        vec![reply(status, &[JSON], body)],
        Wanted::Fault(fault),
        asked,
    )
}

fn limited(
    name: &'static str,
    headers: &[(&str, &str)],
    seconds: Option<u64>,
    asked: usize,
) -> Scenario {
    let answer = reply(429, headers, r#"{"error":{"message":"slow down"}}"#);
    let fault = ModelError::RateLimited(seconds);
    scenario(name, vec![answer], Wanted::Fault(fault), asked)
}

/// FR-141, SC-142.
#[tokio::test]
async fn refusals_have_names_and_only_passing_ones_are_repeated() {
    let error = r#"{"error":{"message":"no","type":"invalid_request_error","code":"bad"}}"#;
    run(vec![
        refused("400 with an object", 400, error, 1),
        refused("400 with a text", 400, r#"{"error":"no"}"#, 1),
        refused(
            "400 with a numeric code",
            400,
            r#"{"error":{"code":400,"message":"no"}}"#,
            1,
        ),
        refused("401", 401, error, 1),
        refused("403", 403, "", 1),
        refused(
            "404 of a model",
            404,
            r#"{"error":"model not found, try pulling it"}"#,
            1,
        ),
        refused("405", 405, "", 1),
        refused("413", 413, "too large", 1),
        refused("422 with details", 422, r#"{"detail":[{"msg":"no"}]}"#, 1),
        refused("500", 500, error, 3),
        refused("502 with a page", 502, "<html>Bad gateway</html>", 3),
        refused("503 without a body", 503, "", 3),
        refused("504", 504, "", 3),
        refused(
            "529",
            529,
            r#"{"type":"error","error":{"type":"overloaded_error"}}"#,
            3,
        ),
        scenario(
            "503 once",
            vec![reply(503, &[], ""), good()],
            Wanted::Text("Hi"),
            2,
        ),
        scenario(
            "500 twice",
            vec![reply(500, &[], ""), reply(500, &[], ""), good()],
            Wanted::Text("Hi"),
            3,
        ),
        refused("a redirect", 304, "", 1),
    ])
    .await;
}

#[tokio::test]
async fn limits_are_waited_for_only_if_the_wait_is_short() {
    let date = ("date", "Mon, 23 Nov 2026 12:00:00 GMT");
    run(vec![
        limited("429 without a time", &[JSON], None, 3),
        limited("429 for an hour", &[("retry-after", "3600")], Some(3600), 1),
        limited(
            "429 for a minute as a date",
            &[date, ("retry-after", "Mon, 23 Nov 2026 12:01:00 GMT")],
            Some(60),
            1,
        ),
        limited(
            "429 with a date and no clock",
            &[("retry-after", "Mon, 23 Nov 2026 12:01:00 GMT")],
            None,
            3,
        ),
        limited(
            "429 with milliseconds",
            &[("retry-after-ms", "20500")],
            Some(21),
            1,
        ),
        limited("429 with a fraction", &[("retry-after", "6.2")], Some(7), 1),
        limited("429 with nonsense", &[("retry-after", "soon")], None, 3),
        limited(
            "429 with a negative time",
            &[("retry-after", "-5")],
            None,
            3,
        ),
        limited(
            "429 for ages",
            &[("retry-after", "99999999999999999999")],
            Some(u64::MAX),
            1,
        ),
        scenario(
            "429 for no time, then an answer",
            vec![reply(429, &[("retry-after", "0")], "slow down"), good()],
            Wanted::Text("Hi"),
            2,
        ),
        scenario(
            "429 without credit",
            vec![reply(
                429,
                &[JSON],
                r#"{"error":{"code":"insufficient_quota","message":"x"}}"#,
            )],
            Wanted::Fault(ModelError::NoCredit),
            1,
        ),
        scenario(
            "402 of a bill",
            vec![reply(
                402,
                &[JSON],
                r#"{"error":{"message":"billing hard limit"}}"#,
            )],
            Wanted::Fault(ModelError::NoCredit),
            1,
        ),
        scenario(
            "400 of too long a conversation",
            vec![reply(
                400,
                &[JSON],
                r#"{"error":{"code":"context_length_exceeded"}}"#,
            )],
            Wanted::Fault(ModelError::ContextTooLong),
            1,
        ),
        scenario(
            "400 of llama.cpp for the same",
            vec![reply(
                400,
                &[JSON],
                r#"{"error":{"code":400,"type":"exceed_context_size_error"}}"#,
            )],
            Wanted::Fault(ModelError::ContextTooLong),
            1,
        ),
    ])
    .await;
}

#[tokio::test]
async fn what_is_no_stream_is_told_as_such() {
    let whole = r#"{"choices":[{"message":{"content":"Hi"},"finish_reason":"stop"}]}"#;
    let no_stream = || Wanted::Fault(ModelError::NotAStream);
    run(vec![
        scenario(
            "a page with status 200",
            vec![reply(200, &[HTML], "<html>Sign in</html>")],
            no_stream(),
            1,
        ),
        scenario(
            "JSON with status 200",
            vec![reply(200, &[JSON], whole)],
            no_stream(),
            1,
        ),
        scenario(
            "an error with status 200",
            vec![reply(200, &[JSON], r#"{"error":"no"}"#)],
            no_stream(),
            1,
        ),
        scenario(
            "no content type",
            vec![reply(200, &[], whole)],
            no_stream(),
            1,
        ),
        scenario("204", vec![reply(204, &[], "")], no_stream(), 1),
    ])
    .await;
}

#[tokio::test]
async fn connections_that_break_or_hang_end_in_a_fault() {
    let unreachable = || Wanted::Fault(ModelError::Unreachable);
    run(vec![
        scenario("closed before the head", vec![vec![]], unreachable(), 3),
        scenario(
            "reset before the head",
            vec![vec![Step::Reset]],
            unreachable(),
            3,
        ),
        scenario(
            "half a head",
            vec![vec![Step::text("HTTP/1.1 200 O")]],
            unreachable(),
            3,
        ),
        scenario(
            "no HTTP at all",
            vec![vec![Step::text("SSH-2.0-OpenSSH\r\n")]],
            unreachable(),
            3,
        ),
        scenario(
            "silent before the head",
            vec![vec![Step::Hang]],
            Wanted::Fault(ModelError::Stalled),
            1,
        ),
        scenario(
            "closed once, then an answer",
            vec![vec![], good()],
            Wanted::Text("Hi"),
            2,
        ),
        scenario(
            "a refusal whose body hangs",
            vec![vec![
                Step::text("HTTP/1.1 400 Bad\r\ncontent-length: 100\r\n\r\n{"),
                Step::Hang,
            ]],
            Wanted::Fault(ModelError::Refused(400)),
            1,
        ),
    ])
    .await;
}
