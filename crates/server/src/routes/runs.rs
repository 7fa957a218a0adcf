//! `/api/runs…`: following an answer from anywhere, stopping it, and sweeping old ones.

use axum::Json as Answer;
use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::{get, post};
use protocol::run::RunList;
use protocol::{ErrorCode, RunId, ThreadId};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use store::sweep::{self, SignIns};
use tokio::time::Instant;

use super::chatkit::visit;
use crate::book::Book;
use crate::client::{Client, text};
use crate::extract::{Path, Query, SignedIn};
use crate::sse::{self, Form};
use crate::{App, Error};

pub fn router() -> Router<App> {
    Router::new()
        .route("/api/runs", get(list_runs))
        .route("/api/runs/sweep", get(sweep_runs))
        .route("/api/runs/{id}/events", get(follow_run))
        .route("/api/runs/{id}/stop", post(stop_run))
}

pub(super) fn describe(book: &mut Book) {
    let object = || json!({"type": "object"});
    book.route(
        "GET /api/runs",
        "The answers of a conversation, newest first",
    )
    .query::<Of>()
    .answers::<RunList>(200)
    .done();
    book.route(
        "GET /api/runs/{id}/events",
        "Follow an answer from anywhere",
    )
    .query::<After>()
    .gives(&["text/event-stream"])
    .done();
    book.route("POST /api/runs/{id}/stop", "Stop an answer")
        .answers_as(200, &[("application/json", object())])
        .done();
    book.route(
        "GET /api/runs/sweep",
        "Take away what is old; for the platform's clock",
    )
    .by("clock")
    .answers_as(200, &[("application/json", object())])
    .done();
}

/// Seconds for which what happened is kept in numbers.
const COUNTED: i64 = 92 * 24 * 60 * 60;

/// Called by the platform's clock (`crons` in `vercel.json`), which sends `CRON_SECRET` as bearer
/// token. Without that variable nobody is let in.
async fn sweep_runs(
    State(app): State<App>,
    client: Client,
    headers: HeaderMap,
) -> Result<Answer<Value>, Error> {
    let Some(secret) = &app.config.cron_secret else {
        return Err(Error::new(
            ErrorCode::ConfigInvalid,
            "CRON_SECRET is not set; without it nothing is swept.",
        ));
    };
    let given = text(&headers, "authorization").and_then(|value| value.strip_prefix("Bearer "));
    // What is compared is derived, so the time that takes says nothing about the secret.
    let derived = |secret: &str| auth::seal::derived(secret, "cron");
    if given.map(derived) != Some(derived(secret)) {
        return Err(ErrorCode::CronForbidden.into());
    }
    let swept = app.chat().sweep(client.deadline).await?;
    sweep::tallies(&app.db, app.now().plus_seconds(-COUNTED)).await?;
    let over = sweep_sign_ins(&app, client.deadline).await?;
    Ok(Answer(json!({
        "runs": swept.runs,
        "events": swept.events,
        "files": swept.files,
        "sessions": over.sessions,
        "links": over.links,
        "programs": over.programs,
        "counts": over.counts,
        "more": swept.more || over.more,
    })))
}

async fn sweep_sign_ins(app: &App, deadline: Instant) -> Result<SignIns, Error> {
    let mut all = SignIns::default();
    loop {
        let step = sweep::sign_ins(&app.db, app.now()).await?;
        all.sessions += step.sessions;
        all.links += step.links;
        all.programs += step.programs;
        all.counts += step.counts;
        all.more = step.more;
        if !step.more || Instant::now() >= deadline {
            return Ok(all);
        }
    }
}

#[derive(Deserialize, JsonSchema)]
struct Of {
    thread_id: ThreadId,
}

async fn list_runs(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    client: Client,
    Query(of): Query<Of>,
) -> Result<Answer<RunList>, Error> {
    let visit = visit(caller, client);
    Ok(Answer(app.chat().runs(&of.thread_id, &visit).await?))
}

#[derive(Deserialize, JsonSchema)]
struct After {
    after: Option<i64>,
}

/// Where a reader goes on: after the event named in the address, or in the header that a browser
/// sends by itself.
async fn follow_run(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    client: Client,
    Path(run): Path<RunId>,
    Query(query): Query<After>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let background = client.background.clone();
    let last = text(&headers, "last-event-id").and_then(|id| id.parse().ok());
    let after = query.after.or(last).unwrap_or(0);
    let visit = visit(caller, client);
    let stream = app.chat().follow(&run, after, &visit).await?;
    Ok(sse::respond(stream, Form::Numbered, &background))
}

async fn stop_run(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    client: Client,
    Path(run): Path<RunId>,
) -> Result<Answer<Value>, Error> {
    app.chat().stop(&run, &visit(caller, client)).await?;
    Ok(Answer(json!({})))
}
