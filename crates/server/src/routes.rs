//! One routing table per resource; each becomes a function of its own.

mod account;
mod attachments;
pub mod auth;
pub mod chat;
pub mod chatkit;
pub mod health;
pub mod mcp;
mod openapi;
pub mod runs;
mod status;
pub mod tasks;
pub mod threads;

use axum::Router;

use crate::App;

/// All of them together, for platforms that run one program.
pub fn all() -> Router<App> {
    Router::new()
        .merge(health::router())
        .merge(auth::router())
        .merge(tasks::router())
        .merge(chatkit::router())
        .merge(chat::router())
        .merge(runs::router())
        .merge(threads::router())
        .merge(mcp::router())
}
