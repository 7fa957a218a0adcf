//! Every query, on a real Postgres.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod limits;
mod migrate;
mod patience;
mod people;
mod runs;
mod tasks;
mod tls;
mod wall;

/// # Panics
/// If it is none.
fn settings(url: &str) -> store::Settings {
    url.parse().unwrap()
}
