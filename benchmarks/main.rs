//! How fast the deployed functions are: `cargo xtask bench`, or `cargo xtask bench -- turns`.
//!
//! The functions are the release binaries, each a process of its own that is spoken to as the
//! platform does it, on a real Postgres, with a model server that answers at once. Nothing fails
//! for being slow: figures are printed and kept, beside what they should be.
#![expect(clippy::print_stdout, reason = "a benchmark tells what it found")]

mod function;
mod identity;
mod lists;
mod machine;
mod measure;
mod programs;
mod proxy;
mod report;
mod streams;
mod trips;
mod turns;
mod wire;
mod world;

use report::Row;

/// What a group of figures is about.
type Topic = (&'static str, fn() -> Vec<Row>);

const TOPICS: [Topic; 6] = [
    ("identity", || run(identity::rows())),
    ("turns", || run(turns::rows())),
    ("trips", || run(trips::rows())),
    ("streams", || run(streams::rows())),
    ("lists", || run(lists::rows())),
    ("programs", || run(programs::rows())),
];

fn main() {
    let wanted: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with('-'))
        .collect();
    let mut report = report::Report::read();
    for (name, rows) in TOPICS {
        if wanted.is_empty() || wanted.iter().any(|wanted| wanted == name) {
            let rows = rows();
            println!("\n{}", report::table(name, &rows));
            report.put(name, &rows);
        }
    }
    report.write();
}

/// One thread: the figures are those of the functions, which have theirs beside it.
fn run<T>(work: impl Future<Output = T>) -> T {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_all().build();
    runtime.expect("the system has a thread").block_on(work)
}
