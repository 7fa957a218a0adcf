//! From a cold start to the first answer for somebody whose token was verified.

use super::contestant::{Contestant, Kind};
use super::requests::tasks_of;
use crate::measure::{MEBIBYTE, Samples, cpu, memory, millis};
use crate::report::{Row, beside};
use crate::server::TASKS;
use crate::wire::Wire;

const STARTS: usize = 20;

pub(crate) async fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for kind in [Kind::Ours(TASKS), Kind::Python, Kind::Node] {
        let contestant = Contestant::new(kind).await;
        rows.push(starts(&contestant).await);
    }
    beside(rows)
}

async fn starts(contestant: &Contestant) -> Row {
    let (mut walls, mut used, mut held) =
        (Samples::default(), Samples::default(), Samples::default());
    // Files are in the system's memory from the first start on, and tables are made.
    for number in 0..=STARTS {
        let server = contestant.start().await;
        let mut wire = Wire::open(server.address).await.expect("it listens");
        tasks_of(contestant, 100).ask(&mut wire).await;
        let wall = server.begun.elapsed();
        if number > 0 {
            walls.put(wall);
            used.put_millis(millis(cpu(server.pid())));
            held.put_value(memory(server.pid()) / MEBIBYTE);
        }
        server.end().await;
    }
    Row::of("a new process to its first answer, token verified", &walls)
        .by(contestant.who())
        .figure("processor", used.percentile(50), "ms")
        .figure("memory", held.percentile(50), "MiB")
}
