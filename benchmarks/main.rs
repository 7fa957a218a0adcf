//! How fast the deployed functions are: `cargo xtask bench`, or `cargo xtask bench -- turns`.
//!
//! The functions are the release binaries, each a process of its own that is spoken to as the
//! platform does it, on a real Postgres, with a model server that answers at once. Nothing fails
//! for being slow: figures are printed and kept, beside what they should be.
#![expect(clippy::print_stdout, reason = "a benchmark tells what it found")]

#[expect(
    dead_code,
    clippy::unwrap_used,
    reason = "it is the tests', which do more with a page, and may panic"
)]
#[path = "../tests/browser/page.rs"]
mod browser;
mod capacity;
mod cores;
#[expect(clippy::unwrap_used, reason = "it is the tests', which may panic")]
#[path = "../tests/browser/driver.rs"]
mod driver;
mod identity;
mod lists;
mod machine;
mod measure;
mod page;
mod peers;
mod programs;
mod proxy;
mod report;
mod server;
#[expect(
    dead_code,
    clippy::unwrap_used,
    reason = "it is the tests', which do more with a site, and may panic"
)]
#[path = "../tests/shared/site.rs"]
mod site;
mod streams;
mod trips;
mod turns;
mod wire;
mod world;

use report::Row;

/// What a group of figures is about.
type Topic = (&'static str, fn() -> Vec<Row>);

const TOPICS: [Topic; 12] = [
    ("identity", || run(identity::rows())),
    ("turns", || run(turns::rows())),
    ("trips", || run(trips::rows())),
    ("streams", || run(streams::rows())),
    ("lists", || run(lists::rows())),
    ("programs", || run(programs::rows())),
    ("peers-starts", || run(peers::starts())),
    ("peers-requests", || run(peers::requests())),
    ("peers-turns", || run(peers::turns())),
    ("peers-growth", || run(peers::growth())),
    ("page", || run(page::rows())),
    ("capacity", || run(capacity::rows())),
];

fn main() {
    let wanted: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with('-'))
        .collect();
    cores::keep_to_the_first();
    let mut report = report::Report::read();
    for (name, rows) in TOPICS {
        if wanted.is_empty() || wanted.iter().any(|wanted| is_of(name, wanted)) {
            let rows = rows();
            println!("\n{}", report::table(name, &rows));
            report.put(name, &rows);
            // A later topic may fail.
            report.write();
        }
    }
}

/// `peers` is all of `peers-starts`, `peers-requests` and so on.
fn is_of(topic: &str, wanted: &str) -> bool {
    topic
        .strip_prefix(wanted)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// One thread: the figures are those of the functions, which have theirs beside it.
fn run<T>(work: impl Future<Output = T>) -> T {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_all().build();
    runtime.expect("the system has a thread").block_on(work)
}
