//! What a program that is let in costs: the first answer of a new process, processor time of a
//! call, memory; and a page of a very long list.
//!
//! Postgres is a process of its own, so the processor time of the function is what a call costs
//! beyond the database.

use std::time::Instant;

use protocol::UserId;
use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};
use store::Scope;
use store::tasks::{self, Filter, Sort, Status};
use testing::ORIGIN;

use crate::measure::{MEBIBYTE, Samples, cpu, memory, millis};
use crate::report::Row;
use crate::server::{AUTH, MCP, Server};
use crate::world::World;

const STARTS: usize = 50;
const CALLS: u32 = 2_000;
const TASKS: i32 = 100_000;
const PAGES: usize = 300;

/// What was aimed at, in milliseconds.
const CALL: f64 = 0.1;
const START: f64 = 20.0;
const PAGE: f64 = 20.0;

pub(crate) async fn rows() -> Vec<Row> {
    let (world, client) = (World::new().await, testing::client());
    let token = personal(&world, &world.token("ann").await).await;
    let mut rows = vec![starts(&world, &client, &token).await];
    rows.extend(calls(&world, &client, &token).await);
    rows.extend(pages(&world).await);
    rows
}

/// A personal token of whose token of the page this is.
pub(crate) async fn personal(world: &World, token: &str) -> String {
    let function = Server::function(AUTH, &world.environment()).await;
    let made = testing::client()
        .post(function.url("/api/auth/grants"))
        .bearer_auth(token)
        .header("content-type", "application/json")
        .body(json!({"name": "Benchmark"}).to_string());
    let made = marked(made).send().await.expect("the function answers");
    let made: Value = made.json().await.expect("it is JSON");
    function.end().await;
    let token = made["token"].as_str();
    token.expect("a token was made").to_owned()
}

/// The runtime tells the end of each request by these names of the platform's.
fn marked(request: RequestBuilder) -> RequestBuilder {
    request
        .header("x-vercel-internal-invocation-id", "bench")
        .header("x-vercel-internal-request-id", "1")
}

struct Program<'a> {
    client: &'a Client,
    function: &'a Server,
    token: &'a str,
}

impl Program<'_> {
    async fn ask(&self, method: &str, params: &Value) -> Value {
        let message = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
        let (_, host) = ORIGIN.split_once("://").unwrap_or_default();
        let request = self
            .client
            .post(self.function.url("/api/mcp"))
            .bearer_auth(self.token)
            .header("host", host)
            .header("accept", "application/json, text/event-stream")
            .header("content-type", "application/json")
            .header("mcp-protocol-version", "2025-11-25")
            .body(message.to_string());
        let answer = marked(request).send().await.expect("the function answers");
        let answer: Value = answer.json().await.expect("it is JSON");
        assert!(answer["result"].is_object(), "{answer}");
        answer
    }
}

async fn starts(world: &World, client: &Client, token: &str) -> Row {
    let (mut walls, mut used, mut held) = (Samples::default(), Samples::default(), 0.0);
    for _ in 0..STARTS {
        let function = Server::function(MCP, &world.environment()).await;
        let program = Program {
            client,
            function: &function,
            token,
        };
        program.ask("tools/list", &json!({})).await;
        walls.put(function.begun.elapsed());
        used.put(cpu(function.pid()));
        held = memory(function.pid()) / MEBIBYTE;
        function.end().await;
    }
    Row::of("a new process to its first tools/list", &walls)
        .figure("processor", used.percentile(50), "ms")
        .figure("memory", held, "MiB")
        .aim("p50", START)
}

async fn calls(world: &World, client: &Client, token: &str) -> Vec<Row> {
    let function = Server::function(MCP, &world.environment()).await;
    let program = Program {
        client,
        function: &function,
        token,
    };
    let mut rows = Vec::new();
    for (tool, arguments) in [
        ("get_overview", json!({})),
        ("list_tasks", json!({"limit": 10})),
        (
            "add_tasks",
            json!({"tasks": [{"title": "Buy milk", "due": "tomorrow at 5pm"}]}),
        ),
    ] {
        let params = json!({"name": tool, "arguments": arguments});
        // Whatever is done once is done now.
        program.ask("tools/call", &params).await;
        let (mut times, before) = (Samples::default(), cpu(function.pid()));
        for _ in 0..CALLS {
            let begun = Instant::now();
            program.ask("tools/call", &params).await;
            times.put(begun.elapsed());
        }
        let each = millis(cpu(function.pid()) - before) / f64::from(CALLS);
        rows.push(
            Row::of(format!("tools/call {tool}"), &times)
                .figure("processor", each, "ms each")
                .figure("memory", memory(function.pid()) / MEBIBYTE, "MiB")
                .aim("processor", CALL),
        );
    }
    function.end().await;
    rows
}

async fn pages(world: &World) -> Vec<Row> {
    world.token("bob").await;
    world.database.fill("bob", TASKS).await;
    let bob = UserId::new("bob");
    let scope = Scope {
        user: &bob,
        session: None,
    };
    let mut rows = Vec::new();
    for (status, sort) in [
        (Status::Open, Sort::Position),
        (Status::Open, Sort::Due),
        (Status::Open, Sort::Priority),
        (Status::Completed, Sort::Completed),
        (Status::All, Sort::Updated),
        (Status::All, Sort::Title),
    ] {
        let mut filter = Filter {
            status,
            sort,
            limit: 100,
            ..Filter::default()
        };
        let mut times = Samples::default();
        for _ in 0..PAGES {
            let begun = Instant::now();
            let page = tasks::list(world.database.db.begin(scope), &filter).await;
            let (_, next, _) = page.expect("the database answers");
            times.put(begun.elapsed());
            // From page to page, far into the list.
            filter.after = next;
        }
        let plan = tasks::explained(world.database.db.begin(scope), &filter).await;
        let plan = plan.expect("the database answers");
        let node = plan.iter().find(|line| line.contains("Scan"));
        let node = node.and_then(|line| line.trim().split("  (").next());
        let what = format!(
            "100 of {TASKS} tasks, {status:?} by {sort:?}: {}",
            node.unwrap_or("no scan").trim_start_matches("->").trim()
        );
        rows.push(Row::of(what, &times).aim("p95", PAGE));
    }
    for (how, text) in [("rare", "task 1999"), ("common", "task")] {
        let mut times = Samples::default();
        for _ in 0..PAGES / 10 {
            let filter = Filter {
                text: Some(text.to_owned()),
                limit: 100,
                ..Filter::default()
            };
            let begun = Instant::now();
            let page = tasks::list(world.database.db.begin(scope), &filter).await;
            page.expect("the database answers");
            times.put(begun.elapsed());
        }
        let what = format!("{how} words among {TASKS} tasks");
        rows.push(Row::of(what, &times).aim("p95", PAGE));
    }
    rows
}
