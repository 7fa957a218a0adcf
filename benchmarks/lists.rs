//! What a list of conversations costs.

use std::time::{Duration, Instant};

use futures_util::future::join_all;

use crate::measure::{Samples, cpu, millis};
use crate::report::Row;
use crate::server::{CHATKIT, Server};
use crate::wire::Wire;
use crate::world::{World, say};

const CONVERSATIONS: usize = 20;
const CONNECTIONS: usize = 8;
const TIME: Duration = Duration::from_secs(10);
const LIST: &str = r#"{"type":"threads.list","params":{"limit":9999,"order":"desc"}}"#;

/// What the Python reference uses for one such request, and how many times less ours should.
const REFERENCE: f64 = 8.5;
const TIMES_LESS: f64 = 100.0;

pub(crate) async fn rows() -> Vec<Row> {
    let world = World::new().await;
    let function = Server::function(CHATKIT, &world.environment()).await;
    let client = testing::client();
    let token = world.token("ann").await;
    for _ in 0..CONVERSATIONS {
        say(&client, &function, &token, None, "What is open?").await;
    }
    let mut alone = Samples::default();
    let until = Instant::now() + TIME / 2;
    list(&function, &token, until, &mut alone).await;

    let begun = Instant::now();
    let busy = cpu(function.pid());
    let until = begun + TIME;
    let reader = async || {
        let mut samples = Samples::default();
        list(&function, &token, until, &mut samples).await;
        samples
    };
    let all = join_all((0..CONNECTIONS).map(|_| reader())).await;
    let (busy, took) = (cpu(function.pid()) - busy, begun.elapsed());
    function.end().await;

    let count: usize = all.iter().map(Samples::len).sum();
    let count = f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    let each = millis(busy) / count;
    vec![
        Row::of("threads.list of 20, one connection", &alone),
        Row::new(format!("threads.list of 20, {CONNECTIONS} connections"))
            .figure("rate", count / took.as_secs_f64(), "requests/s")
            .figure("processor", each, "ms each")
            .figure("ratio", REFERENCE / each, "times less than the reference")
            .aim("processor", REFERENCE / TIMES_LESS),
    ]
}

async fn list(function: &Server, token: &str, until: Instant, samples: &mut Samples) {
    let mut wire = Wire::open(function.address).await.expect("it listens");
    while Instant::now() < until {
        let begun = Instant::now();
        let answer = wire.ask("POST", "/api/chatkit", token, LIST).await;
        let answer = answer.expect("the function answers");
        assert_eq!(answer.status, 200);
        samples.put(begun.elapsed());
    }
}
