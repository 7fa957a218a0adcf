//! `/api/tasks/{import,export}`: tasks from and for other programs, as files.

use axum::Json as Answer;
use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use protocol::import::{Import, NewImport};
use serde::Deserialize;
use tools::ImportTasks;

use super::{call, scope};
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

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Format {
    #[default]
    Csv,
    Ics,
    Md,
    Json,
}

#[derive(Deserialize)]
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
