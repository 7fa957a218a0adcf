//! `GET /api/account/export`: everything that is kept of a person, in one file;
//! `/api/account/model`: the model that they have brought; `/api/account/usage`: what it took.

mod model;
mod usage;

use std::io::{Cursor, Write};

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use protocol::ErrorCode;
use serde_json::{Map, Value};
use store::Scope;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::book::Book;
use crate::extract::SignedIn;
use crate::files::rows::Task;
use crate::files::{calendar, csv, markdown};
use crate::{App, Error};

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/api/account/export", get(export))
        .route("/api/account/usage", get(usage::find_usage))
        .route(
            "/api/account/model",
            get(model::find_model)
                .put(model::set_model)
                .delete(model::delete_model),
        )
}

pub(super) fn describe(book: &mut Book) {
    book.route(
        "GET /api/account/export",
        "Everything that is kept of a person, as a zip",
    )
    .gives(&["application/zip"])
    .done();
    model::describe(book);
    usage::describe(book);
}

/// A zip of JSON (all tables), and of Markdown, CSV and iCalendar for the eye and for other
/// programs. Passwords and tokens are not in it.
async fn export(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
) -> Result<impl IntoResponse, Error> {
    let tx = app.db.begin(Scope {
        user: caller.user(),
        session: caller.session(),
    });
    let (tables, attachments) = store::users::export(tx).await?;
    let now = (app.clock)();
    let packed = tokio::task::spawn_blocking(move || pack(&tables, &attachments, now));
    let packed = packed.await.map_err(|_| ErrorCode::Internal)?;
    let packed = packed.ok_or(ErrorCode::Internal)?;
    let headers = [
        (header::CONTENT_TYPE, "application/zip"),
        (header::CACHE_CONTROL, "no-store"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"latchwork.zip\"",
        ),
    ];
    Ok((headers, packed))
}

fn pack(
    tables: &Map<String, Value>,
    attachments: &[(String, Vec<u8>)],
    now: protocol::Timestamp,
) -> Option<Vec<u8>> {
    let tasks = Task::all(tables);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, content: &[u8]| {
        zip.start_file(name, SimpleFileOptions::default()).ok()?;
        zip.write_all(content).ok()
    };
    let json = serde_json::to_vec_pretty(tables).ok()?;
    add("latchwork.json", &json)?;
    add("tasks.md", markdown::tasks(&tasks).as_bytes())?;
    add(
        "conversations.md",
        markdown::conversations(tables).as_bytes(),
    )?;
    add("tasks.csv", csv::tasks(&tasks).as_bytes())?;
    add("tasks.ics", calendar::tasks(&tasks, now).as_bytes())?;
    for (id, content) in attachments {
        add(&format!("attachments/{id}"), content)?;
    }
    Some(zip.finish().ok()?.into_inner())
}
