//! `/api/tasks`

use protocol::task::{Change, Changes, NewTask, Task, TaskList, TaskPatch};
use protocol::{TaskId, Timestamp};

use serde::Serialize;
use serde_json::Value;

use super::Api;
use super::failure::Failure;
use super::http::Call;
use crate::wire::read_struct;

/// What is taken back: the last action where neither is named.
#[derive(Default, Serialize)]
pub struct Undo {
    /// Everything that the assistant did in this run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run_id: Option<String>,
    /// Everything after this moment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Timestamp>,
}

/// What was done at once, and how much could not be.
pub struct Undone {
    pub changes: Vec<Change>,
    pub failed: Vec<Value>,
}

read_struct! {
    Undone { changes, failed }
}

/// The neighbours of a place in the order by hand; without one it is the first or the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Between {
    pub after: Option<TaskId>,
    pub before: Option<TaskId>,
}

#[derive(Serialize)]
struct Move {
    ids: [TaskId; 1],
    after: Option<TaskId>,
    before: Option<TaskId>,
}

const NOTHING: Option<&()> = None;

impl Api {
    /// `GET /api/tasks`: all tasks outside the bin, page by page.
    pub async fn tasks(&self, after: Option<&str>) -> Result<TaskList, Failure> {
        let after = after
            .map(|after| format!("&after={after}"))
            .unwrap_or_default();
        self.get(&format!("/api/tasks?status=all&limit=200{after}"))
            .await
    }

    /// `GET /api/tasks/changes`
    pub async fn task_changes(&self, since: i64) -> Result<Changes, Failure> {
        self.get(&format!("/api/tasks/changes?since={since}")).await
    }

    /// `GET /api/tasks/activity`: the newest changes, newest first.
    pub async fn task_activity(&self, limit: u32) -> Result<Changes, Failure> {
        self.get(&format!("/api/tasks/activity?limit={limit}"))
            .await
    }

    /// `POST /api/tasks/undo`
    pub async fn undo_tasks(&self, key: &str, undo: &Undo) -> Result<Undone, Failure> {
        self.write("POST", "/api/tasks/undo", key, Some(undo)).await
    }

    /// `POST /api/tasks/move`
    pub async fn move_tasks(
        &self,
        key: &str,
        id: TaskId,
        Between { after, before }: Between,
    ) -> Result<Undone, Failure> {
        let to = Move {
            ids: [id],
            after,
            before,
        };
        self.write("POST", "/api/tasks/move", key, Some(&to)).await
    }

    /// `GET /api/tasks/{id}`
    pub async fn task(&self, id: TaskId) -> Result<Task, Failure> {
        self.get(&format!("/api/tasks/{id}")).await
    }

    /// `POST /api/tasks`
    pub async fn add_task(&self, key: &str, task: &NewTask) -> Result<Task, Failure> {
        self.write("POST", "/api/tasks", key, Some(task)).await
    }

    /// `PATCH /api/tasks/{id}`, refused when the task is no longer of that version.
    pub async fn update_task(
        &self,
        key: &str,
        id: TaskId,
        version: Option<i32>,
        patch: &TaskPatch,
    ) -> Result<Task, Failure> {
        let mut call = Call::new("PATCH", &format!("/api/tasks/{id}"))
            .key(key)
            .json(patch);
        if let Some(version) = version {
            call = call.header("if-match", &format!("\"{version}\""));
        }
        self.json(call).await
    }

    /// `DELETE /api/tasks/{id}`: into the bin.
    pub async fn delete_task(&self, key: &str, id: TaskId) -> Result<Task, Failure> {
        self.write("DELETE", &format!("/api/tasks/{id}"), key, NOTHING)
            .await
    }

    /// `POST /api/tasks/{id}/restore`: out of the bin.
    pub async fn restore_task(&self, key: &str, id: TaskId) -> Result<Task, Failure> {
        self.write("POST", &format!("/api/tasks/{id}/restore"), key, NOTHING)
            .await
    }
}
