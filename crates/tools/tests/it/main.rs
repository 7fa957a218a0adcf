//! The operations, and the MCP server in front of them, on a real Postgres.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod consent;
mod desk;
mod import;
mod lists;
mod mcp;
mod operations;
mod properties;
mod public;
mod structure;
mod undo;
