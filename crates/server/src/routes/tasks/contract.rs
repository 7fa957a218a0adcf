//! `/api/{user_id}/tasks…`: the addresses and shapes that many front ends of this family know.

use axum::Json as Answer;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, patch};
use protocol::task::{NewTask, Task, TaskPatch, limits};
use protocol::{TaskId, UserId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tools::{AddTasks, CompleteTasks, DeleteTasks, ListTasks, ReopenTasks, Status};

use super::{call, find, only, patched};
use crate::book::Book;
use crate::client::Client;
use crate::extract::{Json, Path, Query, SignedInAs};
use crate::{App, Error};

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/api/{user}/tasks", get(list_tasks).post(create_task))
        .route(
            "/api/{user}/tasks/{id}",
            get(find_task).put(update_task).delete(delete_task),
        )
        .route("/api/{user}/tasks/{id}/complete", patch(toggle_task))
}

pub(super) fn describe(book: &mut Book) {
    let of_user = "/api/{user}/tasks, as older front ends know it";
    book.route("GET /api/{user}/tasks", of_user)
        .query::<Filter>()
        .answers::<Vec<Owned>>(200)
        .done();
    book.route("POST /api/{user}/tasks", of_user)
        .writes()
        .body::<NewTask>()
        .answers::<Owned>(201)
        .done();
    book.route("GET /api/{user}/tasks/{id}", of_user)
        .answers::<Owned>(200)
        .done();
    book.route("PUT /api/{user}/tasks/{id}", of_user)
        .writes()
        .body::<TaskPatch>()
        .answers::<Owned>(200)
        .done();
    book.route("DELETE /api/{user}/tasks/{id}", of_user)
        .writes()
        .answers::<Owned>(200)
        .done();
    book.route("PATCH /api/{user}/tasks/{id}/complete", of_user)
        .writes()
        .answers::<Owned>(200)
        .done();
}

/// A task with its owner, as the contract's tables have it.
#[derive(Serialize, JsonSchema)]
struct Owned {
    user_id: UserId,
    #[serde(flatten)]
    task: Task,
}

fn owned(caller: &auth::Caller, task: Task) -> Answer<Owned> {
    Answer(Owned {
        user_id: caller.user().clone(),
        task,
    })
}

/// The contract says "pending" for open.
#[derive(Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Which {
    #[default]
    All,
    Pending,
    Completed,
}

#[derive(Deserialize, JsonSchema)]
struct Filter {
    #[serde(default)]
    status: Which,
}

async fn list_tasks(
    State(app): State<App>,
    SignedInAs(caller): SignedInAs,
    client: Client,
    Query(filter): Query<Filter>,
) -> Result<Answer<Vec<Owned>>, Error> {
    let list = ListTasks {
        status: match filter.status {
            Which::All => Status::All,
            Which::Pending => Status::Open,
            Which::Completed => Status::Completed,
        },
        limit: Some(limits::PAGE),
        ..ListTasks::default()
    };
    let listing = list.apply(&call(&app, &caller, &client)).await?;
    let tasks = listing.tasks.into_iter();
    Ok(Answer(tasks.map(|task| owned(&caller, task).0).collect()))
}

async fn create_task(
    State(app): State<App>,
    SignedInAs(caller): SignedInAs,
    client: Client,
    Json(new): Json<NewTask>,
) -> Result<Response, Error> {
    let tasks = vec![new.into()];
    let add = AddTasks { tasks };
    let task = only(add.apply(&call(&app, &caller, &client)).await?)?;
    Ok((StatusCode::CREATED, owned(&caller, task)).into_response())
}

async fn find_task(
    State(app): State<App>,
    SignedInAs(caller): SignedInAs,
    Path((_, id)): Path<(String, TaskId)>,
) -> Result<Answer<Owned>, Error> {
    Ok(owned(&caller, find(&app, &caller, id).await?))
}

async fn update_task(
    State(app): State<App>,
    SignedInAs(caller): SignedInAs,
    client: Client,
    Path((_, id)): Path<(String, TaskId)>,
    Json(patch): Json<TaskPatch>,
) -> Result<Answer<Owned>, Error> {
    let update = patched(id, patch, None);
    let outcome = update.apply(&call(&app, &caller, &client)).await?;
    Ok(owned(&caller, only(outcome)?))
}

async fn delete_task(
    State(app): State<App>,
    SignedInAs(caller): SignedInAs,
    client: Client,
    Path((_, id)): Path<(String, TaskId)>,
) -> Result<Answer<Owned>, Error> {
    let delete = DeleteTasks { ids: vec![id] };
    let outcome = delete.apply(&call(&app, &caller, &client)).await?;
    Ok(owned(&caller, only(outcome)?))
}

/// Done becomes open and open becomes done.
async fn toggle_task(
    State(app): State<App>,
    SignedInAs(caller): SignedInAs,
    client: Client,
    Path((_, id)): Path<(String, TaskId)>,
) -> Result<Answer<Owned>, Error> {
    let task = find(&app, &caller, id).await?;
    let (ids, call) = (vec![id], call(&app, &caller, &client));
    let outcome = if task.completed {
        ReopenTasks { ids }.apply(&call).await?
    } else {
        CompleteTasks { ids }.apply(&call).await?
    };
    Ok(owned(&caller, only(outcome)?))
}
