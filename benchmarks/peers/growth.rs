//! The same requests of people who have little and of people who have very much.

use super::contestant::{Contestant, Kind};
use super::requests::{Request, fill, load, tasks_of, threads_of};
use crate::measure::{Samples, cpu, millis};
use crate::report::{Row, beside};
use crate::server::{CHATKIT, TASKS};
use crate::trips::REST;
use crate::world::say;

const SIZES: [u32; 3] = [10, 1_000, 100_000];
const PAGE: usize = 100;
const TURNS: u32 = 30;

pub(crate) async fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for size in SIZES {
        let (mut tasks, mut threads, mut turns) = (Vec::new(), Vec::new(), Vec::new());
        for kind in [Kind::Ours(TASKS), Kind::Python, Kind::Node] {
            tasks.push(list_of(&format!("a page of {PAGE} tasks"), tasks_of, kind, size).await);
        }
        for kind in [Kind::Ours(CHATKIT), Kind::Python] {
            threads.push(list_of(&format!("threads.list of {PAGE}"), threads_of, kind, size).await);
            turns.push(turn_among(kind, size).await);
        }
        rows.extend([tasks, threads, turns].into_iter().flat_map(beside));
    }
    rows
}

/// A page of what there are so many of, named for the table.
async fn list_of(
    what: &str,
    request: fn(&Contestant, usize) -> Request,
    kind: Kind,
    size: u32,
) -> Row {
    let contestant = Contestant::new(kind).await;
    let server = contestant.start().await;
    fill(&contestant, size as usize).await;
    let what = format!("{what} among {size}");
    let row = load(&what, &contestant, &server, &request(&contestant, PAGE)).await;
    server.end().await;
    row
}

/// In a conversation that has been going on for so many items, two for each turn.
async fn turn_among(kind: Kind, size: u32) -> Row {
    let contestant = Contestant::new(kind).await;
    let server = contestant.start().await;
    let (client, token) = (testing::client(), &contestant.token);
    let thread = say(&client, &server, token, None, "Hello").await.thread;
    tokio::time::sleep(REST).await;
    let thread = thread.expect("it has an id");
    let copies = size / 2;
    match kind {
        Kind::Ours(_) => {
            let copies = i32::try_from(copies).unwrap_or(i32::MAX);
            contestant.world.database.fill_turns(&thread, copies).await;
        }
        _ => {
            let copies = copies.to_string();
            let words = [("thread", thread.as_str()), ("count", &copies)];
            contestant
                .run(include_str!("python/repeat.sql"), &words)
                .await;
        }
    }
    let mut ends = Samples::default();
    say(&client, &server, token, Some(&thread), "And else?").await;
    let before = cpu(server.pid());
    for _ in 0..TURNS {
        let turn = say(&client, &server, token, Some(&thread), "And else?").await;
        ends.put(turn.ended);
    }
    tokio::time::sleep(REST).await;
    let each = millis(cpu(server.pid()) - before) / f64::from(TURNS);
    server.end().await;
    Row::of(
        format!("a message among {size} items: to the end of the answer"),
        &ends,
    )
    .by(contestant.who())
    .figure("processor", each, "ms each")
}
