//! `/api/health` and `/api/ready`: whether the deployment is up.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use protocol::ErrorCode;
use protocol::status::Switches;
use serde_json::{Value, json};
use store::migrate::{self, Standing};
use store::role::{self, Wall};
use store::switches;

use super::openapi;
use crate::book::Book;
use crate::{App, Error};

/// Everything works, and one thing that should hold if something else fails does not.
const OPEN: &str = "Row-level security stands open: DATABASE_URL connects as a role that owns \
    the tables or may pass it. Give functions a role of their own (DATABASE_OWNER_URL).";

pub fn router() -> Router<App> {
    Router::new()
        .route("/api/health", get(health))
        .route("/api/ready", get(ready))
        .route("/api/openapi.json", get(openapi::show))
}

pub(super) fn describe(book: &mut Book) {
    let object = |names: &[&str]| {
        [(
            "application/json",
            json!({"type": "object", "required": names}),
        )]
    };
    book.route("GET /api/health", "Whether the deployment is up")
        .open()
        .answers_as(200, &object(&["status"]))
        .done();
    book.route("GET /api/ready", "Whether a person could work now")
        .open()
        .answers_as(200, &object(&["database", "schema", "model"]))
        .done();
    book.route("GET /api/openapi.json", "This description")
        .open()
        .answers_as(200, &object(&["openapi", "info", "paths"]))
        .done();
}

/// Touches nothing: that it answers is the answer.
async fn health() -> Json<Value> {
    Json(json!({"status": "ok"}))
}

/// Whether a person could work now.
async fn ready(State(app): State<App>) -> Result<Response, Error> {
    let schema = match migrate::standing(&app.db).await? {
        Standing::Current => "current",
        Standing::Behind => "behind",
        Standing::Ahead => "ahead",
    };
    let is_behind = schema == "behind";
    let wall = match is_behind {
        true => None,
        false => Some(role::wall(&app.db).await?),
    };
    let switches = match is_behind {
        true => Switches::default(),
        false => switches::find(&app.db).await?,
    };
    let model = match app.config.asked_model() {
        _ if switches.models_off || !app.config.model_calls => "switched off",
        Some(_) => "configured",
        None => "built-in",
    };
    let mut body = json!({"database": "ok", "schema": schema, "model": model});
    if switches.read_only || app.config.read_only {
        body["read_only"] = json!(true);
    }
    if wall == Some(Wall::Open) {
        body["warnings"] = json!([OPEN]);
    }
    let status = match schema {
        // A newer schema still serves an older build (expand, then contract).
        "behind" => ErrorCode::SchemaMismatch.status(),
        _ => 200,
    };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
    Ok((status, Json(body)).into_response())
}
