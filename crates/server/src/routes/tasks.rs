//! `/api/tasks…`, and the same below `/api/{user_id}/tasks…` for older front ends.

mod contract;
mod history;
mod transfer;

use axum::Json as Answer;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use protocol::task::{Actor, NewTask, Priority, Task, TaskList, TaskPatch};
use protocol::{ErrorCode, TaskId};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;
use tools::{
    AddTasks, Call, DeleteTasks, ListTasks, Outcome, RestoreTasks, Sort, Status, TaskUpdate,
    UpdateTasks,
};

use crate::book::Book;
use crate::client::{Client, text};
use crate::extract::{Json, Path, Query, SignedIn};
use crate::{App, Error};

pub fn router() -> Router<App> {
    Router::new()
        .route("/api/tasks", get(list_tasks).post(create_task))
        .route(
            "/api/tasks/{id}",
            get(find_task).patch(update_task).delete(delete_task),
        )
        .route("/api/tasks/{id}/restore", post(restore_task))
        .merge(contract::router())
        .merge(history::router())
        .merge(transfer::router())
}

pub(super) fn describe(book: &mut Book) {
    let version = json!({"type": "string", "pattern": "^\"[0-9]{1,9}\"$"});
    book.route("GET /api/tasks", "A page of tasks")
        .query::<Filter>()
        .zoned()
        .answers::<TaskList>(200)
        .done();
    book.route("POST /api/tasks", "Add a task")
        .writes()
        .body::<NewTask>()
        .answers::<Task>(201)
        .done();
    book.route(
        "GET /api/tasks/{id}",
        "One task, with its version as `ETag`",
    )
    .answers::<Task>(200)
    .done();
    book.route("PATCH /api/tasks/{id}", "Change what is named of a task")
        .writes()
        .header("If-Match", "The version it was changed from.", &version)
        .body::<TaskPatch>()
        .answers::<Task>(200)
        .done();
    book.route("DELETE /api/tasks/{id}", "Put a task into the bin")
        .writes()
        .answers::<Task>(200)
        .done();
    book.route("POST /api/tasks/{id}/restore", "Take a task out of the bin")
        .writes()
        .answers::<Task>(200)
        .done();
    contract::describe(book);
    history::describe(book);
    transfer::describe(book);
}

/// The circumstances in which a person does something by hand.
fn call<'a>(app: &'a App, caller: &'a auth::Caller, client: &'a Client) -> Call<'a> {
    Call {
        db: &app.db,
        caller,
        actor: &Actor::User,
        key: client.key.as_deref(),
        now: (app.clock)(),
        zone: &client.zone,
    }
}

const fn scope(caller: &auth::Caller) -> store::Scope<'_> {
    store::Scope {
        user: caller.user(),
        session: caller.session(),
    }
}

#[derive(Deserialize, JsonSchema)]
struct Filter {
    #[serde(default)]
    status: Status,
    q: Option<String>,
    priority: Option<Priority>,
    tag: Option<String>,
    due_from: Option<String>,
    due_before: Option<String>,
    parent: Option<i32>,
    sort: Option<Sort>,
    descending: Option<bool>,
    limit: Option<i64>,
    after: Option<String>,
}

async fn list_tasks(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    client: Client,
    Query(filter): Query<Filter>,
) -> Result<Answer<TaskList>, Error> {
    let list = ListTasks {
        status: filter.status,
        query: filter.q,
        priority: filter.priority,
        tag: filter.tag,
        due_from: filter.due_from,
        due_before: filter.due_before,
        parent: filter.parent.map(TaskId),
        sort: filter.sort,
        descending: filter.descending,
        limit: filter.limit,
        after: filter.after,
    };
    let listing = list.apply(&call(&app, &caller, &client)).await?;
    Ok(Answer(TaskList {
        has_more: listing.next.is_some(),
        after: listing.next,
        change: listing.change,
        tasks: listing.tasks,
    }))
}

async fn create_task(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    client: Client,
    Json(new): Json<NewTask>,
) -> Result<Response, Error> {
    let add = AddTasks {
        tasks: vec![new.into()],
    };
    let task = only(add.apply(&call(&app, &caller, &client)).await?)?;
    let location = format!("/api/tasks/{}", task.id);
    Ok((
        StatusCode::CREATED,
        [(header::LOCATION, location)],
        tagged(task),
    )
        .into_response())
}

async fn find_task(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path(id): Path<TaskId>,
) -> Result<Response, Error> {
    Ok(tagged(find(&app, &caller, id).await?).into_response())
}

async fn find(app: &App, caller: &auth::Caller, id: TaskId) -> Result<Task, Error> {
    let found = store::tasks::find(app.db.begin(scope(caller)), id).await?;
    found.ok_or_else(|| ErrorCode::TaskNotFound.into())
}

async fn update_task(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    client: Client,
    Path(id): Path<TaskId>,
    headers: HeaderMap,
    Json(patch): Json<TaskPatch>,
) -> Result<Response, Error> {
    let update = patched(id, patch, if_match(&headers)?);
    let outcome = update.apply(&call(&app, &caller, &client)).await?;
    Ok(tagged(only(outcome)?).into_response())
}

fn patched(id: TaskId, patch: TaskPatch, if_version: Option<i32>) -> UpdateTasks {
    let update = TaskUpdate {
        id,
        title: patch.title,
        description: patch.description,
        priority: patch.priority,
        tags: patch.tags,
        due: patch.due,
        recurrence: patch.recurrence,
        reminder: patch.reminder,
        parent: patch.parent_id,
        completed: patch.completed,
        if_version,
    };
    UpdateTasks {
        tasks: vec![update],
    }
}

async fn delete_task(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    client: Client,
    Path(id): Path<TaskId>,
) -> Result<Response, Error> {
    let delete = DeleteTasks { ids: vec![id] };
    let outcome = delete.apply(&call(&app, &caller, &client)).await?;
    Ok(tagged(only(outcome)?).into_response())
}

async fn restore_task(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    client: Client,
    Path(id): Path<TaskId>,
) -> Result<Response, Error> {
    let restore = RestoreTasks { ids: vec![id] };
    let outcome = restore.apply(&call(&app, &caller, &client)).await?;
    Ok(tagged(only(outcome)?).into_response())
}

/// What a write of one task answers, or why it was not done.
fn only(outcome: Outcome) -> Result<Task, Error> {
    if let Some(failure) = outcome.failed.into_iter().next() {
        return Err(failure.into());
    }
    let task = outcome.done.into_iter().next();
    task.ok_or_else(|| ErrorCode::TaskNotFound.into())
}

/// A task with its version as the entity tag (RFC 9110, section 8.8.3).
fn tagged(task: Task) -> impl IntoResponse {
    (
        [(header::ETAG, format!("\"{}\"", task.version))],
        Answer(task),
    )
}

/// The version that the change was made from (RFC 9110, section 13.1.1).
fn if_match(headers: &HeaderMap) -> Result<Option<i32>, Error> {
    let Some(tag) = text(headers, "if-match") else {
        return Ok(None);
    };
    if tag == "*" {
        return Ok(None);
    }
    let version = tag.trim_matches('"').parse();
    version.map(Some).map_err(|_| {
        Error::new(
            ErrorCode::TaskChanged,
            "If-Match is no version of this task.",
        )
    })
}
