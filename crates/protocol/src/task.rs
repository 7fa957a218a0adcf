//! Tasks and what happens to them.

use serde::{Deserialize, Serialize};

use crate::{Due, TaskId, Timestamp};

/// Limits that both sides state: the browser before sending, the server always.
pub mod limits {
    /// Characters in a title.
    pub const TITLE: usize = 500;
    /// Characters in a description.
    pub const DESCRIPTION: usize = 10_000;
    /// Characters in a tag.
    pub const TAG: usize = 50;
    /// Tags on one task.
    pub const TAGS: usize = 20;
    /// Tasks in one call of an operation.
    pub const BATCH: usize = 100;
    /// Tasks in one answer.
    pub const PAGE: i64 = 200;
}

#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Priority {
    #[default]
    None,
    Low,
    Medium,
    High,
}

impl Priority {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    pub id: TaskId,
    pub title: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    #[serde(default)]
    pub priority: Priority,
    #[serde(default)]
    pub tags: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
    /// The IANA zone `due` is meant in; present when `due` has a time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    pub completed: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completed_at: Option<Timestamp>,
    /// Set while the task lies in the bin, from where it can be restored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<Timestamp>,
    /// Counts the changes; `If-Match` and `ETag` carry it.
    pub version: i32,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// `GET /api/tasks`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskList {
    pub tasks: Vec<Task>,
    pub has_more: bool,
    /// Pass it back as `after` for the next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// The newest change this answer contains; `changes?since=` continues from it.
    pub change: i64,
}

/// `POST /api/tasks`. Also one entry of the `add_tasks` tool.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewTask {
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// ISO (`2026-11-24`, `2026-11-24T17:00`) or English ("tomorrow at 5").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
}

/// `PATCH /api/tasks/{id}`: what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskPatch {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// As in [`NewTask`]; the word `none` takes the date off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completed: Option<bool>,
}

/// Who changed a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Actor {
    /// The person, with mouse or keyboard.
    User,
    /// The assistant, in this run.
    Assistant { run_id: String },
    /// A foreign MCP client, by the name it registered with.
    Client { name: String },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    Added,
    Updated,
    Completed,
    Reopened,
    Deleted,
    Restored,
}

impl ChangeKind {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Updated => "updated",
            Self::Completed => "completed",
            Self::Reopened => "reopened",
            Self::Deleted => "deleted",
            Self::Restored => "restored",
        }
    }
}

/// One change of one task, as it was written in the same transaction as the change itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Counts the user's changes without gaps.
    pub seq: i64,
    pub kind: ChangeKind,
    pub actor: Actor,
    pub at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Task>,
    pub after: Task,
}

/// `GET /api/tasks/changes?since=` and the data of the `tasks.changed` client effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    pub changes: Vec<Change>,
    /// Whether more follow; ask again with `since` set to the last `seq`.
    pub has_more: bool,
}

/// Name of the ChatKit client effect that carries [`Changes`].
pub const TASKS_CHANGED: &str = "tasks.changed";
