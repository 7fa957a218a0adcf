//! Many processes behind one pooler, and what each kind of work costs a function and Postgres:
//! what `docs/capacity.md` is computed from.
//!
//! The processes share a database and nothing else, and none knows how many there are.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use testing::{Database, Pooler};

use crate::measure::{Samples, cpu, millis};
use crate::report::Row;
use crate::server::{AUTH, CHATKIT, Server, TASKS};
use crate::trips::REST;
use crate::wire::Wire;
use crate::world::{World, say};

const PROCESSES: [usize; 5] = [1, 2, 4, 8, 16];
const CLIENTS_EACH: usize = 4;

/// Connections of the pooler to Postgres, however many come to it.
const SERVERS: u32 = 8;

const TIME: Duration = Duration::from_secs(6);

/// One request in so many adds a task; the others read them.
const READS_FOR_A_WRITE: usize = 5;

/// How often each kind of work is done.
const TURNS: u32 = 100;
const REQUESTS: u32 = 1_000;

pub(crate) async fn rows() -> Vec<Row> {
    let mut rows = costs().await;
    let world = World::new().await;
    let Some(pooler) = Pooler::start(&world.database.url, SERVERS) else {
        rows.push(Row::new(
            "behind a pooler: nothing, there is no PgBouncer here",
        ));
        return rows;
    };
    for count in PROCESSES {
        rows.push(processes(&world, &pooler, count).await);
    }
    rows
}

/// What the functions and Postgres compute for one turn, one list and one new token.
async fn costs() -> Vec<Row> {
    let world = World::new().await;
    let database = &world.database;
    let chatkit = Server::function(CHATKIT, &world.environment()).await;
    let (client, token) = (testing::client(), world.token("ann").await);
    let thread = say(&client, &chatkit, &token, None, "Hello").await.thread;
    for _ in 0..20 {
        say(&client, &chatkit, &token, None, "What is open?").await;
    }
    tokio::time::sleep(REST).await;
    let stored = database.size().await;
    let mut turns = measured(
        "a turn with one tool call",
        &chatkit,
        database,
        TURNS,
        async || {
            say(&client, &chatkit, &token, thread.as_deref(), "Add milk").await;
        },
    )
    .await;
    let grown = (database.size().await - stored) as f64 / f64::from(TURNS);
    turns = turns.figure("stored", grown / 1024.0, "KiB each");

    let list = r#"{"type":"threads.list","params":{"limit":20}}"#;
    let lists = asked(
        "a list of 20 conversations",
        &chatkit,
        database,
        async |wire| wire.ask("POST", "/api/chatkit", &token, list).await,
    )
    .await;
    let auth = Server::function(AUTH, &world.environment()).await;
    let tokens = asked("a session's new token", &auth, database, async |wire| {
        wire.ask("GET", "/api/auth/token", "token-ann", "").await
    })
    .await;
    chatkit.end().await;
    auth.end().await;
    vec![turns, lists, tokens]
}

async fn asked(
    what: &str,
    server: &Server,
    database: &Database,
    ask: impl AsyncFn(&mut Wire) -> std::io::Result<crate::wire::Answer>,
) -> Row {
    let mut wire = Wire::open(server.address).await.expect("it listens");
    measured(what, server, database, REQUESTS, async || {
        let answer = ask(&mut wire).await.expect("it answers");
        assert_eq!(answer.status, 200, "{}", answer.body);
    })
    .await
}

async fn measured(
    what: &str,
    server: &Server,
    database: &Database,
    count: u32,
    mut work: impl AsyncFnMut(),
) -> Row {
    // What is done once is done now.
    work().await;
    tokio::time::sleep(REST).await;
    let (function, postgres) = (cpu(server.pid()), Backends::of(database).await);
    for _ in 0..count {
        work().await;
    }
    tokio::time::sleep(REST).await;
    let postgres = postgres.used(database).await;
    let function = cpu(server.pid()) - function;
    Row::new(what)
        .figure("function", millis(function) / f64::from(count), "ms each")
        .figure("Postgres", millis(postgres) / f64::from(count), "ms each")
}

/// So many processes under load, each with clients of its own.
async fn processes(world: &World, pooler: &Pooler, count: usize) -> Row {
    let environment = world.environment_by(&pooler.url());
    let mut servers = Vec::new();
    for number in 0..count {
        let token = world.token(&format!("p{count}-{number}")).await;
        servers.push((Server::function(TASKS, &environment).await, token));
    }
    let begun = Instant::now();
    let used = servers.iter().map(|(server, _)| cpu(server.pid()));
    let (functions, pooled) = (used.sum::<Duration>(), cpu(pooler.pid()));
    let postgres = Backends::of(&world.database).await;
    let until = begun + TIME;
    let clients = servers
        .iter()
        .flat_map(|one| std::iter::repeat_n(one, CLIENTS_EACH));
    let clients = join_all(clients.map(|(server, token)| client(server, token, until)));
    // Seen in the middle of it.
    let seen = async {
        tokio::time::sleep(TIME / 2).await;
        pooler.pool().await
    };
    let (clients, pool) = tokio::join!(clients, seen);
    let took = begun.elapsed();
    let used = servers.iter().map(|(server, _)| cpu(server.pid()));
    let functions = used.sum::<Duration>() - functions;
    let pooled = cpu(pooler.pid()) - pooled;
    let postgres = postgres.used(&world.database).await;
    let (mut samples, mut errors) = (Samples::default(), 0);
    for (some, failed) in clients {
        samples.extend(some);
        errors += failed;
    }
    for (server, _) in servers {
        server.end().await;
    }
    let answers = f64::from(u32::try_from(samples.len()).unwrap_or(u32::MAX));
    let each = |time: Duration| millis(time) / answers;
    let name = if count == 1 { "process" } else { "processes" };
    Row::of(format!("{count} {name} behind one pooler"), &samples)
        .figure("rate", answers / took.as_secs_f64(), "requests/s")
        .figure("errors", f64::from(errors), "")
        .figure("function", each(functions), "ms each")
        .figure("pooler", each(pooled), "ms each")
        .figure("Postgres", each(postgres), "ms each")
        .figure("connections to the pooler", f64::from(pool.clients), "")
        .figure("waiting there", f64::from(pool.waiting), "")
        .figure("connections to Postgres", f64::from(pool.servers), "")
}

/// The times of what was answered, and how much was not.
async fn client(server: &Server, token: &str, until: Instant) -> (Samples, u32) {
    let mut wire = Wire::open(server.address).await.expect("it listens");
    let (mut samples, mut errors) = (Samples::default(), 0);
    let mut number = 0;
    while Instant::now() < until {
        number += 1;
        let begun = Instant::now();
        let answer = if number % READS_FOR_A_WRITE == 0 {
            let task = r#"{"title":"Buy milk"}"#;
            wire.ask("POST", "/api/tasks", token, task).await
        } else {
            wire.ask("GET", "/api/tasks?limit=20", token, "").await
        };
        match answer {
            Ok(answer) if answer.status < 300 => samples.put(begun.elapsed()),
            _ => errors += 1,
        }
    }
    (samples, errors)
}

/// What each of Postgres's processes for a database had used at some time.
struct Backends(HashMap<u32, Duration>);

impl Backends {
    async fn of(database: &Database) -> Self {
        let pids = database.backends().await;
        Self(pids.into_iter().map(|pid| (pid, cpu(pid))).collect())
    }

    /// Since then, by those that are there still or were not there yet.
    async fn used(&self, database: &Database) -> Duration {
        let now = Self::of(database).await;
        let used = now.0.iter().map(|(pid, now)| {
            let before = self.0.get(pid).copied().unwrap_or_default();
            now.saturating_sub(before)
        });
        used.sum()
    }
}
