//! `GET /api/openapi.json`: what there is at every other address.

use std::sync::OnceLock;

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use serde_json::Value;

use super::{account, auth, chat, chatkit, health, mcp, runs, status, tasks, threads};
use crate::App;
use crate::book::Book;

/// The same for everybody until the next deployment.
pub(super) async fn show(State(app): State<App>) -> impl IntoResponse {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    let document = DOCUMENT.get_or_init(|| document(app.config.origin()));
    let fresh = [(header::CACHE_CONTROL, "public, max-age=300")];
    (fresh, Json(document))
}

fn document(origin: &str) -> Value {
    let mut book = Book::new();
    tasks::describe(&mut book);
    chatkit::describe(&mut book);
    chat::describe(&mut book);
    threads::describe(&mut book);
    runs::describe(&mut book);
    account::describe(&mut book);
    status::describe(&mut book);
    auth::describe(&mut book);
    mcp::describe(&mut book);
    health::describe(&mut book);
    book.finished(origin)
}
