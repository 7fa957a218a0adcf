//! The operations, and the MCP server in front of them, on a real Postgres.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod mcp;
mod operations;
