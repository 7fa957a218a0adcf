//! `/api/tasks`

use protocol::TaskId;
use protocol::task::{Changes, NewTask, Task, TaskList, TaskPatch};

use super::Api;
use super::failure::Failure;
use super::http::Call;

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
