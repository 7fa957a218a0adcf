//! `/api/threads…`: what ChatKit has no request for, searching and exporting conversations.

use axum::Json as Answer;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chat::Format;
use protocol::ThreadId;
use protocol::chatkit::{Page, Thread};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;

use super::chatkit::visit;
use crate::book::Book;
use crate::client::Client;
use crate::extract::{Path, Query, SignedIn};
use crate::{App, Error};

pub fn router() -> Router<App> {
    Router::new()
        .route("/api/threads", get(search_threads))
        .route("/api/threads/{id}/export", get(export_thread))
}

pub(super) fn describe(book: &mut Book) {
    let page = json!({
        "type": "object",
        "required": ["data", "has_more"],
        "properties": {
            "data": {"type": "array", "items": {"type": "object", "required": ["id", "created_at"]}},
            "has_more": {"type": "boolean"},
            "after": {"type": "string"},
        },
    });
    book.route("GET /api/threads", "Conversations that have these words")
        .query::<Search>()
        .answers_as(200, &[("application/json", page)])
        .done();
    book.route("GET /api/threads/{id}/export", "A conversation as a file")
        .query::<As>()
        .gives(&["text/markdown", "application/json"])
        .done();
}

#[derive(Deserialize, JsonSchema)]
struct Search {
    #[serde(default)]
    query: String,
    limit: Option<i64>,
    after: Option<String>,
}

async fn search_threads(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    client: Client,
    Query(search): Query<Search>,
) -> Result<Answer<Page<Thread>>, Error> {
    let visit = visit(caller, client);
    let found = app
        .chat()
        .search(&search.query, search.limit, search.after, &visit)
        .await?;
    Ok(Answer(found))
}

#[derive(Deserialize, JsonSchema)]
struct As {
    #[serde(default)]
    format: Name,
}

#[derive(Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Name {
    #[default]
    Markdown,
    Json,
}

async fn export_thread(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    client: Client,
    Path(id): Path<ThreadId>,
    Query(wanted): Query<As>,
) -> Result<Response, Error> {
    let (format, kind, disposition) = match wanted.format {
        Name::Markdown => (
            Format::Markdown,
            "text/markdown; charset=utf-8",
            "attachment; filename=\"conversation.md\"",
        ),
        Name::Json => (
            Format::Json,
            "application/json",
            "attachment; filename=\"conversation.json\"",
        ),
    };
    let visit = visit(caller, client);
    let text = app.chat().export(&id, format, &visit).await?;
    let mut response = text.into_response();
    let fixed: [(HeaderName, &'static str); 4] = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, disposition),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    for (name, value) in fixed {
        let value = HeaderValue::from_static(value);
        response.headers_mut().insert(name, value);
    }
    Ok(response)
}
