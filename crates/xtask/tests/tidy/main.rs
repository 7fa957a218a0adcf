//! The walls of the house, as tests. `ARCHITECTURE.md` says why they stand where they do; a
//! change of one is a change of both.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod api;
mod docs;
mod graph;
mod migrations;
mod sources;
mod specs;
mod tree;
