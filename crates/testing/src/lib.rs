//! What tests share: a database of their own, and people who are signed in. Never a dependency
//! of anything that is deployed.

use std::path::PathBuf;

mod audit;
mod clock;
mod database;
mod dial;
mod http;
mod issuer;
mod mailbox;
mod model;
mod people;
mod pooler;
mod postgres;
mod raw;
mod tools;

/// Whether every request is to be answered by a process of its own, which proves that none of
/// them needs what another remembers: `cargo xtask test --cold`.
pub fn is_cold() -> bool {
    told("LATCHWORK_TEST_COLD").is_some()
}

/// Where a test writes much that nobody keeps.
pub fn scratch() -> PathBuf {
    let folder = told("LATCHWORK_TEST_SCRATCH").map(PathBuf::from);
    folder.unwrap_or_else(std::env::temp_dir)
}

pub use audit::Audit;
pub use clock::now;
pub use database::Database;
pub use dial::{Wire, dial};
pub use http::{client, free_port};
pub use issuer::{Answer, Issuer};
pub use mailbox::Mailbox;
pub use model::{ModelServer, Part, answering};
pub use people::{NOW, ORIGIN, Person, signer};
pub use pooler::{Pool, Pooler};
pub use postgres::Postgres;
pub use raw::{RawServer, Step, events, reply};
pub use tools::{ask_python, provided, told, tool};
