//! Whole turns, by the same messages and the same model, which answers at once.

use std::sync::Arc;

use super::contestant::{Contestant, Kind};
use crate::measure::{MEBIBYTE, Samples, cpu, memory, millis};
use crate::proxy::{self, Counts};
use crate::report::{Row, beside};
use crate::server::{CHATKIT, Server};
use crate::streams::{open, raise_limit_of_files, says_little};
use crate::trips::REST;
use crate::world::{World, say};

const CONVERSATIONS: u32 = 10;
const TURNS: u32 = 10;
const COUNTED: u32 = 10;
const STREAMS: u32 = 200;

const CONTESTANTS: [Kind; 2] = [Kind::Ours(CHATKIT), Kind::Python];

pub(crate) async fn rows() -> Vec<Row> {
    let (mut first, mut whole) = (Vec::new(), Vec::new());
    for kind in CONTESTANTS {
        let contestant = Contestant::new(kind).await;
        let [word, turn] = turns(&contestant).await;
        first.push(word);
        whole.push(turn.figure("round trips", trips(&contestant).await, ""));
    }
    let mut rows = beside(first);
    rows.extend(beside(whole));
    rows.extend(streams().await);
    rows
}

/// Time to the answer's first word, and everything else of turns with one tool call.
async fn turns(contestant: &Contestant) -> [Row; 2] {
    let server = contestant.start().await;
    let (client, token) = (testing::client(), &contestant.token);
    say(&client, &server, token, None, "Hello").await;
    let (mut words, mut ends) = (Samples::default(), Samples::default());
    let mut busy = 0.0;
    for _ in 0..CONVERSATIONS {
        let thread = say(&client, &server, token, None, "What is open?")
            .await
            .thread;
        // What the beginning of a conversation leaves to be done is not of these turns.
        tokio::time::sleep(REST).await;
        let before = cpu(server.pid());
        for _ in 0..TURNS {
            let turn = say(&client, &server, token, thread.as_deref(), "Add milk").await;
            words.put(turn.first_text.expect("it spoke") - turn.sent);
            ends.put(turn.ended);
        }
        tokio::time::sleep(REST).await;
        busy += millis(cpu(server.pid()) - before);
    }
    let held = memory(server.pid()) / MEBIBYTE;
    server.end().await;
    let each = busy / f64::from(CONVERSATIONS * TURNS);
    [
        Row::of("a turn with one tool call: to the first word", &words).by(contestant.who()),
        Row::of("a turn with one tool call: to its end", &ends)
            .by(contestant.who())
            .figure("processor", each, "ms each")
            .figure("memory", held, "MiB"),
    ]
}

/// Round trips to the database of one such turn.
async fn trips(contestant: &Contestant) -> f64 {
    let counts = Arc::new(Counts::default());
    let database = contestant.url().parse().expect("the URL is Postgres's");
    let port = proxy::open(database, Arc::clone(&counts)).await;
    let server = contestant.start_by_port(port).await;
    let (client, token) = (testing::client(), &contestant.token);
    let thread = say(&client, &server, token, None, "Hello").await.thread;
    tokio::time::sleep(REST).await;
    let (before, _) = counts.now();
    for _ in 0..COUNTED {
        say(&client, &server, token, thread.as_deref(), "Add milk").await;
        tokio::time::sleep(REST).await;
    }
    let (after, _) = counts.now();
    server.end().await;
    let counted = u32::try_from(after - before).unwrap_or(u32::MAX);
    f64::from(counted) / f64::from(COUNTED)
}

/// Answers that go on for as long as the model does.
async fn streams() -> Vec<Row> {
    raise_limit_of_files();
    let mut rows = Vec::new();
    for kind in CONTESTANTS {
        let world = World::thinking(says_little).await;
        let contestant = Contestant::in_world(kind, world).await;
        rows.push(held(&contestant, &contestant.start().await).await);
    }
    beside(rows)
}

async fn held(contestant: &Contestant, server: &Server) -> Row {
    let (client, token) = (testing::client(), &contestant.token);
    for _ in 0..20 {
        say(&client, server, token, None, "Hello").await;
    }
    let (before, used) = (memory(server.pid()), cpu(server.pid()));
    let (open, opened) = open(&client, server, token, STREAMS).await;
    let count = f64::from(STREAMS);
    let used = millis(cpu(server.pid()) - used) / count;
    let after = memory(server.pid());
    assert_eq!(open.len(), STREAMS as usize);
    Row::new(format!("{STREAMS} answers open in one process"))
        .by(contestant.who())
        .figure("opened within", opened.as_secs_f64(), "s")
        .figure("processor", used, "ms each")
        .figure("memory", after / MEBIBYTE, "MiB")
        .figure("each", (after - before) / count / 1024.0, "KiB")
}
