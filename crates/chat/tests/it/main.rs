//! Turns, from the first event to the last, on a real Postgres and a scripted model server.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod approval;
mod assistant;
mod desk;
mod durable;
mod means;
mod memory;
mod operations;
mod own;
mod queue;
mod requests;
mod turns;
