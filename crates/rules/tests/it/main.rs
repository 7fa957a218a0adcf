//! The built-in assistant, talked to as a person would, with tools that keep tasks in memory.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod cases;
mod dev;
mod eval;
mod fake;
mod properties;
mod session;
