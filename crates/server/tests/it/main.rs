//! Every route through the whole stack of a function, on a real Postgres.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod account;
mod auth;
mod chat;
mod cors;
mod desk;
mod errors;
mod golden;
mod isolation;
mod issuers;
mod letters;
mod limits;
mod matrix;
mod mcp;
mod means;
mod oauth;
mod openapi;
mod refusals;
mod status;
mod tasks;
mod times;
mod traces;
