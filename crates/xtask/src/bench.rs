//! `cargo xtask bench`: prints how fast the release binaries are, and keeps the figures in
//! `benchmarks/` with the machine they were taken on.

use crate::fault::Result;
use crate::postgres::Server;
use crate::root::Root;
use crate::suite::SERVER;
use crate::tool::Tool;

/// The topic for which the pure part is measured by itself.
const IDENTITY: &str = "identity";

/// All of it, or the topics that are named.
pub(crate) fn run(root: &Root, topics: &[String]) -> Result<()> {
    if topics.is_empty() || topics.iter().any(|topic| topic == IDENTITY) {
        Tool::cargo(root.path())
            .args(["bench", "--package", "auth", "--bench", "verify"])
            .run()?;
    }
    let server = Server::throw_away()?;
    println!("  {}", server.describe());
    Tool::cargo(root.path())
        .args([
            "bench",
            "--package",
            "latchwork",
            "--bench",
            "product",
            "--",
        ])
        .args(topics)
        .env(SERVER, server.superuser_url())
        // A developer's own database is not for this.
        .without_env("DATABASE_URL")
        .run()
}
