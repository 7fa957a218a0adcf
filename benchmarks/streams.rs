//! What a thousand open streams cost one process.

use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::{Client, Response};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use serde_json::Value;
use testing::Part;
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::{Notify, Semaphore};
use tokio::task::JoinSet;

use crate::measure::{MEBIBYTE, cpu, memory};
use crate::report::Row;
use crate::server::{CHATKIT, Server};
use crate::world::{World, message, request, say};

const STREAMS: u32 = 1000;

/// How many begin at the same time.
const AT_ONCE: usize = 16;

/// Several signs of life of every turn.
const STEADY: Duration = Duration::from_secs(10);

pub(crate) async fn rows() -> Vec<Row> {
    let files = raise_limit_of_files();
    let world = World::thinking(says_little).await;
    let function = Server::function(CHATKIT, &world.environment()).await;
    let client = testing::client();
    let token = world.token("ann").await;
    for _ in 0..20 {
        say(&client, &function, &token, None, "Hello").await;
    }
    let before = memory(function.pid());

    let (open, opened) = open(&client, &function, &token, STREAMS).await;
    let busy = cpu(function.pid());
    tokio::time::sleep(STEADY).await;
    let busy = cpu(function.pid()) - busy;
    let after = memory(function.pid());
    let living = world.database.audit().await.open;
    let count = f64::from(STREAMS);
    assert_eq!(open.len(), STREAMS as usize);
    function.end().await;
    vec![
        Row::new(format!("{STREAMS} turns of their own, open in one process"))
            .figure("memory", after / MEBIBYTE, "MiB")
            .figure("before", before / MEBIBYTE, "MiB")
            .figure("each", (after - before) / count / 1024.0, "KiB")
            .aim("memory", 128.0),
        Row::new("… while the model thinks")
            .figure(
                "processor",
                busy.as_secs_f64() / STEADY.as_secs_f64() * 100.0,
                "% of a core",
            )
            .figure("alive", living as f64, "turns")
            .figure("opened within", opened.as_secs_f64(), "s")
            .figure("limit of files", files, ""),
    ]
}

/// Says something, and to those who wait nothing more.
pub(crate) fn says_little(request: &Value, _: UnboundedSender<Instant>) -> Vec<Part> {
    let text = request["messages"].to_string();
    let mut answer = vec![Part::Text("Let me see.")];
    if text.contains("Wait") {
        answer.push(Part::Wait(Arc::new(Notify::new())));
    }
    answer.push(Part::End);
    answer
}

/// So many turns of new conversations, each of which has said something, and how long it took to
/// open them all. Held, or they would end.
pub(crate) async fn open(
    client: &Client,
    server: &Server,
    token: &str,
    count: u32,
) -> (Vec<Response>, Duration) {
    let begun = Instant::now();
    let mut streams = JoinSet::new();
    let gate = Arc::new(Semaphore::new(AT_ONCE));
    for number in 0..count {
        let body = message(None, &format!("Wait {number}"));
        let request = request(client, server, token, body);
        let gate = Arc::clone(&gate);
        streams.spawn(async move {
            let permit = gate.acquire_owned().await;
            let mut response = request.send().await.expect("the server answers");
            assert_eq!(response.status(), 200);
            let mut heard = Vec::new();
            while !heard.windows(10).any(|window| window == b"text_delta") {
                let chunk = response.chunk().await.ok().flatten();
                heard.extend_from_slice(&chunk.expect("the stream is open"));
            }
            drop(permit);
            response
        });
    }
    (streams.join_all().await, begun.elapsed())
}

/// Each stream is a connection to us and one to the model, in the process and in this one.
pub(crate) fn raise_limit_of_files() -> f64 {
    let limit = getrlimit(Resource::Nofile);
    let wanted = u64::from(STREAMS) * 4 + 500;
    let raised = Rlimit {
        current: limit.current.map(|current| current.max(wanted)),
        ..limit
    };
    // Where it may not be raised, opening fails and says so.
    let _ = setrlimit(Resource::Nofile, raised);
    getrlimit(Resource::Nofile)
        .current
        .map_or(f64::INFINITY, |limit| limit as f64)
}
