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
    /// Tasks that one person may have outside the bin.
    pub const TASKS: i64 = 200_000;
    /// Tasks in one import: as many as an answer to its undoing can hold.
    pub const IMPORT: usize = 2_000;
    /// Bytes of a file that is imported.
    pub const IMPORT_BYTES: usize = 512 * 1024;
    /// How deep subtasks may lie below each other.
    pub const DEPTH: usize = 4;
    /// Minutes between a reminder and the time the task is due: four weeks.
    pub const REMINDER: i32 = 40_320;
}

#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// RFC 5545's RRULE, as the `when` crate reads it. Completing the task makes the next one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recurrence: Option<String>,
    /// Minutes before `due` at which to be reminded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reminder: Option<i32>,
    /// The task that this one is a part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<TaskId>,
    /// Place in the order by hand; compare byte by byte.
    #[serde(default)]
    pub position: String,
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NewTask {
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// ISO (`2026-11-24`, `2026-11-24T17:00`) or English ("tomorrow at 5", "every Monday").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// RRULE or English ("every second Tuesday").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recurrence: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reminder: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<TaskId>,
}

/// `PATCH /api/tasks/{id}`: what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TaskPatch {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// As in [`NewTask`]; the word `none` takes the date off, and the recurrence with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// As in [`NewTask`]; the word `none` takes it off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recurrence: Option<String>,
    /// −1 takes the reminder off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reminder: Option<i32>,
    /// 0 makes it a task of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<TaskId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completed: Option<bool>,
}

/// Who changed a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    Added,
    Updated,
    Completed,
    Reopened,
    Deleted,
    Restored,
    /// Moved in the order by hand.
    Moved,
    /// An earlier change was taken back.
    Undone,
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
            Self::Moved => "moved",
            Self::Undone => "undone",
        }
    }
}

/// One change of one task, as it was written in the same transaction as the change itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Change {
    /// Counts the user's changes without gaps.
    pub seq: i64,
    /// The `seq` of the first change of the same action: what was done together is undone
    /// together.
    pub action: i64,
    pub kind: ChangeKind,
    pub actor: Actor,
    pub at: Timestamp,
    /// The change that this one takes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Task>,
    pub after: Task,
}

/// `GET /api/tasks/changes?since=` and the data of the `tasks.changed` client effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Changes {
    pub changes: Vec<Change>,
    /// Whether more follow; ask again with `since` set to the last `seq`.
    pub has_more: bool,
}

/// Name of the ChatKit client effect that carries [`Changes`].
pub const TASKS_CHANGED: &str = "tasks.changed";
