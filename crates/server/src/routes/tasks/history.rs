//! `/api/tasks/{changes,activity,undo,move,overview}`: what was done, and taking it back.

use axum::Json as Answer;
use axum::Router;
use axum::extract::State;
use axum::routing::{get, post};
use protocol::TaskId;
use protocol::task::{Change, Changes, Task, limits};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::tasks::Overview;
use tools::{Failure, GetOverview, ListActivity, MoveTasks, Outcome, Undo};

use super::{call, scope};
use crate::book::Book;
use crate::client::Client;
use crate::extract::{Json, Query, SignedIn};
use crate::{App, Error};

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/api/tasks/changes", get(list_changes))
        .route("/api/tasks/activity", get(list_activity))
        .route("/api/tasks/overview", get(overview))
        .route("/api/tasks/undo", post(undo))
        .route("/api/tasks/move", post(move_tasks))
}

pub(super) fn describe(book: &mut Book) {
    book.route(
        "GET /api/tasks/changes",
        "What happened after a change, oldest first",
    )
    .query::<Since>()
    .answers::<Changes>(200)
    .done();
    book.route("GET /api/tasks/activity", "What happened, newest first")
        .query::<Activity>()
        .answers::<Changes>(200)
        .done();
    book.route("GET /api/tasks/overview", "How things stand today")
        .zoned()
        .answers_as(200, &[("application/json", counts())])
        .done();
    book.route(
        "POST /api/tasks/undo",
        "Take back an action, a turn, or all since a moment",
    )
    .writes()
    .body::<Undo>()
    .answers::<Written>(200)
    .done();
    book.route(
        "POST /api/tasks/move",
        "Put tasks into another order by hand",
    )
    .writes()
    .body::<MoveTasks>()
    .answers::<Written>(200)
    .done();
}

fn counts() -> Value {
    let overview = serde_json::to_value(Overview::default()).unwrap_or_default();
    let names: Vec<&String> = overview
        .as_object()
        .into_iter()
        .flat_map(|all| all.keys())
        .collect();
    let number = |name: &&String| ((*name).clone(), json!({"type": "integer"}));
    let properties: serde_json::Map<String, Value> = names.iter().map(number).collect();
    json!({"type": "object", "required": names, "properties": properties})
}

#[derive(Deserialize, JsonSchema)]
struct Since {
    #[serde(default)]
    since: i64,
}

/// What happened after a change, oldest first: how a list that was away catches up.
async fn list_changes(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Query(query): Query<Since>,
) -> Result<Answer<Changes>, Error> {
    let tx = app.db.begin(scope(&caller));
    let changes = store::tasks::changes(tx, query.since, limits::PAGE).await?;
    Ok(Answer(changes))
}

#[derive(Deserialize, JsonSchema)]
struct Activity {
    task: Option<TaskId>,
    before: Option<i64>,
    limit: Option<i64>,
}

async fn list_activity(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    client: Client,
    Query(query): Query<Activity>,
) -> Result<Answer<Changes>, Error> {
    let activity = ListActivity {
        task: query.task,
        before: query.before,
        limit: query.limit,
    };
    Ok(Answer(activity.apply(&call(&app, &caller, &client)).await?))
}

async fn overview(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    client: Client,
) -> Result<Answer<Overview>, Error> {
    let overview = GetOverview::default();
    Ok(Answer(overview.apply(&call(&app, &caller, &client)).await?))
}

/// A write of several tasks.
#[derive(Serialize, JsonSchema)]
struct Written {
    tasks: Vec<Task>,
    failed: Vec<Failure>,
    changes: Vec<Change>,
}

impl From<Outcome> for Written {
    fn from(outcome: Outcome) -> Self {
        Self {
            tasks: outcome.done,
            failed: outcome.failed,
            changes: outcome.changes,
        }
    }
}

async fn undo(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    client: Client,
    Json(undo): Json<Undo>,
) -> Result<Answer<Written>, Error> {
    let outcome = undo.apply(&call(&app, &caller, &client)).await?;
    Ok(Answer(outcome.into()))
}

async fn move_tasks(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    client: Client,
    Json(order): Json<MoveTasks>,
) -> Result<Answer<Written>, Error> {
    let outcome = order.apply(&call(&app, &caller, &client)).await?;
    Ok(Answer(outcome.into()))
}
