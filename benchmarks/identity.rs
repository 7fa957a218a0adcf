//! What it takes to tell who is calling: SC-001.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use testing::{Person, now, signer};

use crate::measure::Samples;
use crate::report::Row;
use crate::server::{CHATKIT, Environment, Server, TASKS};
use crate::wire::{Answer, Wire};
use crate::world::{World, bare};

const WARM: usize = 5000;
const STARTS: usize = 100;

/// A port on which nobody answers.
const NO_DATABASE: &str = "postgres://nobody@127.0.0.1:1/nowhere";

pub(crate) async fn rows() -> Vec<Row> {
    let mut rows = verification();
    let world = World::new().await;
    let person = Person::sign_up_at(&world.database.db, "ann", now()).await;
    let token = person.token(now());
    rows.push(warm(&world, &token).await);

    let mut with_pins = world.environment();
    with_pins.push(pins());
    rows.extend(cold("keys of the table", &world.environment(), &token, 200).await);
    rows.extend(cold("pinned keys", &with_pins, &token, 200).await);

    let mut alone = bare(NO_DATABASE);
    alone.push(pins());
    let expired = person.token(now().plus_seconds(-7200));
    rows.extend(cold("a refusal without a database", &alone, &expired, 401).await);
    rows
}

/// What `cargo bench -p auth` has measured, if it has run.
fn verification() -> Vec<Row> {
    let folder = Path::new(CHATKIT).ancestors().nth(2);
    let folder = folder.unwrap_or(Path::new(".")).join("criterion");
    let micros = |name: &str| {
        let text = fs::read_to_string(folder.join(name).join("new/estimates.json")).ok()?;
        let estimates: Value = serde_json::from_str(&text).ok()?;
        let nanos = estimates["median"]["point_estimate"].as_f64()?;
        Some(nanos / 1000.0)
    };
    let mut rows = Vec::new();
    for algorithm in ["EdDSA", "ES256"] {
        let (Some(bare), Some(whole)) = (
            micros(&format!("{algorithm}_ a bare signature")),
            micros(&format!("{algorithm}_ a good token")),
        ) else {
            continue;
        };
        let row = Row::new(format!("one verification, {algorithm}"))
            .figure("whole", whole, "µs")
            .figure("bare signature", bare, "µs")
            .figure("ratio", whole / bare, "")
            .aim("ratio", 1.5);
        rows.push(row);
    }
    for refusal in ["an expired token", "an unknown key", "an opaque token"] {
        let figure = micros(refusal).map(|time| Row::new(refusal).figure("refusal", time, "µs"));
        rows.extend(figure);
    }
    rows
}

/// `Server-Timing: auth` of a process that knows the keys.
async fn warm(world: &World, token: &str) -> Row {
    let function = Server::function(CHATKIT, &world.environment()).await;
    let mut wire = Wire::open(function.address).await.expect("it listens");
    let list = r#"{"type":"threads.list","params":{}}"#;
    let mut samples = Samples::default();
    for number in 0..WARM + 100 {
        let answer = wire.ask("POST", "/api/chatkit", token, list).await;
        let timing = answer.ok().and_then(|answer| answer.timing("auth"));
        if number >= 100 {
            samples.put_millis(timing.expect("the answer tells"));
        }
    }
    function.end().await;
    Row::of("Server-Timing auth, warm", &samples).aim("p99", 1.0)
}

/// A new process for each request.
async fn cold(what: &str, environment: &Environment, token: &str, status: u16) -> Vec<Row> {
    let (mut listening, mut answered, mut auth) =
        (Samples::default(), Samples::default(), Samples::default());
    for _ in 0..STARTS {
        let function = Server::function(TASKS, environment).await;
        let answer = first(&function, token).await;
        answered.put(function.begun.elapsed());
        listening.put(function.listening);
        assert_eq!(answer.status, status);
        auth.put_millis(answer.timing("auth").unwrap_or_default());
        function.end().await;
    }
    let row = |part: &str, samples| Row::of(format!("{what}: {part}"), samples);
    vec![
        row("process start to first answer", &answered)
            .aim("p50", 6.0)
            .aim("p95", 15.0),
        row("… until it listens", &listening),
        row("… Server-Timing auth of that answer", &auth),
    ]
}

async fn first(function: &Server, token: &str) -> Answer {
    let mut wire = Wire::open(function.address).await.expect("it listens");
    let answer = wire.ask("GET", "/api/tasks", token, "").await;
    answer.expect("the function answers")
}

/// The key of tests, told by the environment.
fn pins() -> (&'static str, String) {
    let mut key: Value = serde_json::from_str(&signer().public_jwk()).unwrap_or_default();
    key["kid"] = json!("test-key");
    ("AUTH_JWKS", json!({ "keys": [key] }).to_string())
}
