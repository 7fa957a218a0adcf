//! Round trips to the database, counted on the wire.

use std::sync::Arc;
use std::time::Duration;

use reqwest::Client;

use crate::proxy::{self, Counts};
use crate::report::Row;
use crate::server::{CHATKIT, Server};
use crate::wire::Wire;
use crate::world::{World, message, say};

const TURNS: u32 = 20;

/// What a turn leaves to be done after its stream has ended is done by then.
pub(crate) const REST: Duration = Duration::from_millis(200);

struct Counted<'a> {
    function: &'a Server,
    client: Client,
    token: String,
    counts: Arc<Counts>,
}

impl Counted<'_> {
    async fn row(&self, what: &str, mut turn: impl AsyncFnMut(&Self)) -> Row {
        let (trips, statements) = self.counts.now();
        for _ in 0..TURNS {
            turn(self).await;
            tokio::time::sleep(REST).await;
        }
        let (trips_after, statements_after) = self.counts.now();
        let each = |before: u64, after: u64| {
            let counted = u32::try_from(after - before).unwrap_or(u32::MAX);
            f64::from(counted) / f64::from(TURNS)
        };
        Row::new(what)
            .figure("round trips", each(trips, trips_after), "")
            .figure("statements", each(statements, statements_after), "")
    }

    async fn say(&self, thread: Option<&str>, text: &str) -> Option<String> {
        let turn = say(&self.client, self.function, &self.token, thread, text).await;
        turn.thread
    }
}

pub(crate) async fn rows() -> Vec<Row> {
    let world = World::new().await;
    let counts = Arc::new(Counts::default());
    let server = world.database.url.parse().expect("the URL is Postgres's");
    let port = proxy::open(server, Arc::clone(&counts)).await;
    let environment = world.environment_by(&by_port(&world.database.url, port));
    let function = Server::function(CHATKIT, &environment).await;
    let counted = Counted {
        function: &function,
        client: testing::client(),
        token: world.token("ann").await,
        counts,
    };
    let thread = counted.say(None, "Hello").await;
    let thread = thread.as_deref();
    tokio::time::sleep(REST).await;

    let list = r#"{"type":"threads.list","params":{"limit":20}}"#;
    let mut wire = Wire::open(function.address).await.expect("it listens");
    let rows = vec![
        counted
            .row("threads.list", async |counted| {
                let answer = wire.ask("POST", "/api/chatkit", &counted.token, list).await;
                assert_eq!(answer.map(|answer| answer.status).ok(), Some(200));
            })
            .await,
        counted
            .row("a new conversation, answered at once", async |counted| {
                counted.say(None, "What is open?").await;
            })
            .await,
        counted
            .row("a further message, answered at once", async |counted| {
                counted.say(thread, "And else?").await;
            })
            .await,
        counted
            .row("a further message with one tool call", async |counted| {
                counted.say(thread, "Add milk").await;
            })
            .await,
        repeated(&counted).await,
    ];
    function.end().await;
    rows
}

/// The same request twice with one key: the second attaches to the turn of the first.
async fn repeated(counted: &Counted<'_>) -> Row {
    let mut number = 0;
    counted
        .row(
            "a new conversation, sent twice with one key",
            async |counted| {
                number += 1;
                for _ in 0..2 {
                    let request = crate::world::request(
                        &counted.client,
                        counted.function,
                        &counted.token,
                        message(None, "What is open?"),
                    );
                    let request = request.header("idempotency-key", format!("bench-{number}"));
                    let response = request.send().await.expect("the function answers");
                    let _ = response.bytes().await;
                }
            },
        )
        .await
}

/// The same database, by another port of this machine.
pub(crate) fn by_port(url: &str, port: u16) -> String {
    let (_, rest) = url.split_once("://").expect("the URL has a scheme");
    let (role, address) = rest.rsplit_once('@').expect("the URL names a role");
    let address = address
        .split_once('?')
        .map_or(address, |(address, _)| address);
    let (_, name) = address.rsplit_once('/').expect("the URL names a database");
    format!("postgres://{role}@127.0.0.1:{port}/{name}")
}
