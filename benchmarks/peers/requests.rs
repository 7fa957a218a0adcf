//! One kind of request, many times over a few connections.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use serde_json::json;
use testing::ORIGIN;

use super::contestant::{Contestant, Kind};
use crate::measure::{MEBIBYTE, Samples, cpu, memory, millis};
use crate::report::{Row, beside};
use crate::server::{AUTH, CHATKIT, MCP, Server, TASKS};
use crate::wire::{Answer, Wire};
use crate::world::say;

const CONNECTIONS: usize = 8;
const TIME: Duration = Duration::from_secs(5);
const TASKS_EACH: usize = 10;
const CONVERSATIONS: usize = 20;
const PASSWORD: &str = "correct horse battery";
const EMAIL: &str = "bob@example.com";

/// What is asked, and what has to be said to it.
pub(crate) struct Request {
    method: &'static str,
    path: String,
    headers: String,
    body: String,
    status: u16,
    contains: &'static str,
}

impl Request {
    pub(crate) async fn ask(&self, wire: &mut Wire) -> Answer {
        let answer = wire.ask_with(self.method, &self.path, &self.headers, &self.body);
        let answer = answer.await.expect("the server answers");
        let fits = answer.status == self.status && answer.body.contains(self.contains);
        let what = (self.method, &self.path);
        assert!(fits, "{what:?}: {} {}", answer.status, answer.body);
        answer
    }
}

pub(crate) fn tasks_of(contestant: &Contestant, limit: usize) -> Request {
    Request {
        method: "GET",
        path: format!("/api/tasks?limit={limit}"),
        headers: bearer(&contestant.token),
        body: String::new(),
        status: 200,
        contains: "",
    }
}

pub(crate) fn threads_of(contestant: &Contestant, limit: usize) -> Request {
    let params = json!({"limit": limit, "order": "desc"});
    Request {
        method: "POST",
        path: "/api/chatkit".to_owned(),
        headers: bearer(&contestant.token),
        body: json!({"type": "threads.list", "params": params}).to_string(),
        status: 200,
        contains: "\"data\":[{",
    }
}

fn bearer(token: &str) -> String {
    format!("authorization: Bearer {token}\r\n")
}

pub(crate) async fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    let (mut forged, mut listed) = (Vec::new(), Vec::new());
    for kind in [Kind::Ours(TASKS), Kind::Python, Kind::Node] {
        let contestant = Contestant::new(kind).await;
        let server = contestant.start().await;
        fill(&contestant, TASKS_EACH).await;
        let forgery = forgery(&contestant).await;
        forged.push(load("a forged token refused", &contestant, &server, &forgery).await);
        let what = format!("{TASKS_EACH} tasks, token verified");
        listed.push(load(&what, &contestant, &server, &tasks_of(&contestant, 100)).await);
        server.end().await;
    }
    rows.extend(beside(forged));
    rows.extend(beside(listed));
    rows.extend(people().await);
    rows.extend(conversations().await);
    rows.extend(tools().await);
    rows
}

/// Somebody's tasks, however the contestant keeps them.
pub(crate) async fn fill(contestant: &Contestant, count: usize) {
    let number = count.to_string();
    let words = [("user", "ann"), ("count", number.as_str())];
    match contestant.kind {
        Kind::Ours(_) => {
            let count = i32::try_from(count).unwrap_or(i32::MAX);
            contestant.world.database.fill("ann", count).await;
            contestant
                .world
                .database
                .fill_conversations("ann", count)
                .await;
        }
        Kind::Python => {
            contestant
                .run(include_str!("python/fill.sql"), &words)
                .await
        }
        Kind::Node => contestant.run(include_str!("node/fill.sql"), &words).await,
    }
}

/// One person's claims with the signature of another's, which is checked to the end.
async fn forgery(contestant: &Contestant) -> Request {
    let claims = contestant.world.token("eve").await;
    let (claims, _) = claims.rsplit_once('.').unwrap_or_default();
    let (_, signature) = contestant.token.rsplit_once('.').unwrap_or_default();
    Request {
        headers: bearer(&format!("{claims}.{signature}")),
        status: 401,
        ..tasks_of(contestant, 100)
    }
}

/// Signing in, and what a session's cookie is worth.
async fn people() -> Vec<Row> {
    let (mut signed, mut resolved) = (Vec::new(), Vec::new());
    for kind in [Kind::Ours(AUTH), Kind::Node] {
        let contestant = Contestant::new(kind).await;
        let server = contestant.start().await;
        let mut wire = Wire::open(server.address).await.expect("it listens");
        let mut request = Request {
            method: "POST",
            path: "/api/auth/sign-up/email".to_owned(),
            headers: format!("origin: {ORIGIN}\r\nx-forwarded-for: 192.0.2.1\r\n"),
            body: json!({"name": "Bob", "email": EMAIL, "password": PASSWORD}).to_string(),
            status: 200,
            contains: "\"token\"",
        };
        request.ask(&mut wire).await;
        request.path = "/api/auth/sign-in/email".to_owned();
        request.body = json!({"email": EMAIL, "password": PASSWORD}).to_string();
        let answer = request.ask(&mut wire).await;
        let cookie = answer
            .header("set-cookie")
            .and_then(|cookie| cookie.split(';').next());
        let session = Request {
            method: "GET",
            path: "/api/auth/get-session".to_owned(),
            headers: format!("cookie: {}\r\n", cookie.expect("a session began")),
            body: String::new(),
            status: 200,
            contains: EMAIL,
        };
        resolved.push(load("a session resolved", &contestant, &server, &session).await);
        signed.push(load("a sign-in", &contestant, &server, &request).await);
        server.end().await;
    }
    let mut rows = beside(signed);
    rows.extend(beside(resolved));
    rows
}

async fn conversations() -> Vec<Row> {
    let mut rows = Vec::new();
    let client = testing::client();
    for kind in [Kind::Ours(CHATKIT), Kind::Python] {
        let contestant = Contestant::new(kind).await;
        let server = contestant.start().await;
        for _ in 0..CONVERSATIONS {
            say(&client, &server, &contestant.token, None, "What is open?").await;
        }
        let what = format!("threads.list of {CONVERSATIONS}");
        rows.push(load(&what, &contestant, &server, &threads_of(&contestant, 9999)).await);
        server.end().await;
    }
    beside(rows)
}

/// By MCP of 2026-07-28, with a token of the page.
async fn tools() -> Vec<Row> {
    let calls = [
        ("list_tasks", json!({"limit": 10})),
        ("add_tasks", json!({"tasks": [{"title": "Buy milk"}]})),
    ];
    let mut rows = [Vec::new(), Vec::new()];
    for kind in [Kind::Ours(MCP), Kind::Node] {
        let contestant = Contestant::new(kind).await;
        let server = contestant.start().await;
        let token = match kind {
            Kind::Ours(_) => crate::programs::personal(&contestant.world, &contestant.token).await,
            _ => contestant.token.clone(),
        };
        fill(&contestant, TASKS_EACH).await;
        for ((name, arguments), rows) in calls.iter().zip(&mut rows) {
            let meta = json!({
                "io.modelcontextprotocol/protocolVersion": "2026-07-28",
                "io.modelcontextprotocol/clientCapabilities": {},
                "io.modelcontextprotocol/clientInfo": {"name": "bench", "version": "1"},
            });
            let params = json!({"name": name, "arguments": arguments, "_meta": meta});
            let call = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params});
            let request = Request {
                method: "POST",
                path: "/api/mcp".to_owned(),
                headers: format!(
                    "{}accept: application/json, text/event-stream\r\n\
                     mcp-protocol-version: 2026-07-28\r\nmcp-method: tools/call\r\n\
                     mcp-name: {name}\r\n",
                    bearer(&token)
                ),
                body: call.to_string(),
                status: 200,
                contains: "\"structuredContent\"",
            };
            let what = format!("MCP tools/call {name}");
            rows.push(load(&what, &contestant, &server, &request).await);
        }
        server.end().await;
    }
    rows.into_iter().flat_map(beside).collect()
}

/// As many as the core answers; first a while that does not count.
pub(crate) async fn load(
    what: &str,
    contestant: &Contestant,
    server: &Server,
    request: &Request,
) -> Row {
    ask_until(server, request, Instant::now() + TIME / 5).await;
    let (begun, busy) = (Instant::now(), cpu(server.pid()));
    let until = begun + TIME;
    let all = join_all((0..CONNECTIONS).map(|_| ask_until(server, request, until))).await;
    let (busy, took) = (cpu(server.pid()) - busy, begun.elapsed());
    let mut samples = Samples::default();
    all.into_iter().for_each(|some| samples.extend(some));
    let count = f64::from(u32::try_from(samples.len()).unwrap_or(u32::MAX));
    Row::of(what, &samples)
        .by(contestant.who())
        .figure("rate", count / took.as_secs_f64(), "requests/s")
        .figure("processor", millis(busy) / count, "ms each")
        .figure("memory", memory(server.pid()) / MEBIBYTE, "MiB")
}

async fn ask_until(server: &Server, request: &Request, until: Instant) -> Samples {
    let mut wire = Wire::open(server.address).await.expect("it listens");
    let mut samples = Samples::default();
    while Instant::now() < until {
        let begun = Instant::now();
        request.ask(&mut wire).await;
        samples.put(begun.elapsed());
    }
    samples
}
