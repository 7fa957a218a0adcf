//! `/api/tasks/{import,export}`: tasks from and for other programs, as files.

use axum::Json as Answer;
use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use protocol::import::{Import, NewImport};
use schemars::JsonSchema;
use serde::Deserialize;
use tools::ImportTasks;

use super::{call, scope};
use crate::book::Book;
use crate::client::Client;
use crate::extract::{Json, Query, SignedIn};
use crate::files::rows::Task;
use crate::files::{calendar, csv, markdown};
use crate::{App, Error};

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/api/tasks/import", post(import))
        .route("/api/tasks/export", get(export))
}

pub(super) fn describe(book: &mut Book) {
    book.route(
        "POST /api/tasks/import",
        "Take tasks over from a file, or see what would be",
    )
    .writes()
    .body::<NewImport>()
    .answers::<Import>(200)
    .done();
    let kinds = [
        "text/csv",
        "text/calendar",
        "text/markdown",
        "application/json",
    ];
    book.route(
        "GET /api/tasks/export",
        "Every task outside the bin, as a file",
    )
    .query::<Wanted>()
    .gives(&kinds)
    .done();
}

async fn import(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    client: Client,
    Json(new): Json<NewImport>,
) -> Result<Answer<Import>, Error> {
    let call = call(&app, &caller, &client);
    let import = ImportTasks {
        text: new.text,
        format: new.format,
    };
    let answer = if new.dry_run {
        import.preview(&call).await?
    } else {
        import.apply(&call).await?
    };
    Ok(Answer(answer))
}

#[derive(Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Format {
    #[default]
    Csv,
    Ics,
    Md,
    Json,
}

#[derive(Deserialize, JsonSchema)]
struct Wanted {
    #[serde(default)]
    format: Format,
}

/// Every task outside the bin.
async fn export(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Error> {
    let tasks = store::tasks::all(app.db.begin(scope(&caller))).await?;
    let rows: Vec<Task> = tasks.iter().map(Task::from).collect();
    let (kind, name, file) = match wanted.format {
        Format::Csv => ("text/csv; charset=utf-8", "tasks.csv", csv::tasks(&rows)),
        Format::Ics => (
            "text/calendar; charset=utf-8",
            "tasks.ics",
            calendar::tasks(&rows, (app.clock)()),
        ),
        Format::Md => (
            "text/markdown; charset=utf-8",
            "tasks.md",
            markdown::tasks(&rows),
        ),
        Format::Json => (
            "application/json",
            "tasks.json",
            serde_json::json!({"tasks": tasks}).to_string(),
        ),
    };
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
    ];
    Ok((headers, file).into_response())
}
