//! What an operation answers.

use protocol::task::{Change, Priority, Task};
use protocol::{ErrorCode, TaskId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What became of a write: the tasks it touched, as they are now, and what could not be done.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    pub done: Vec<Task>,
    pub failed: Vec<Failure>,
    /// What was written to the log, with the state before and after; the person's receipt.
    pub changes: Vec<Change>,
}

/// One thing of several that could not be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Failure {
    /// Place in the list of arguments, from 0.
    pub index: usize,
    /// Number of the task, if the argument named one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub id: Option<TaskId>,
    #[schemars(with = "String")]
    pub code: ErrorCode,
    /// A sentence that helps to do better.
    pub message: String,
}

/// A task in as few words as a model needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct View {
    /// Its number: "task 3".
    #[schemars(with = "i32")]
    pub id: TaskId,
    pub title: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    #[serde(default, skip_serializing_if = "is_none")]
    #[schemars(with = "String")]
    pub priority: Priority,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Local date or date and time, such as 2026-11-24 or 2026-11-24T17:00.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub due: Option<protocol::Due>,
    /// How it repeats, in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub repeats: Option<String>,
    /// Minutes before the due time at which the person is reminded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub reminder: Option<i32>,
    /// Number of the task it is a part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub parent: Option<TaskId>,
    pub completed: bool,
    /// It lies in the bin.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deleted: bool,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the form that serde asks for"
)]
fn is_none(priority: &Priority) -> bool {
    *priority == Priority::None
}

impl From<&Task> for View {
    fn from(task: &Task) -> Self {
        Self {
            id: task.id,
            title: task.title.clone(),
            description: task.description.clone(),
            priority: task.priority,
            tags: task.tags.clone(),
            due: task.due,
            repeats: task
                .recurrence
                .as_deref()
                .and_then(|rule| when::Recurrence::parse(rule).ok())
                .map(|rule| rule.english()),
            reminder: task.reminder,
            parent: task.parent_id,
            completed: task.completed,
            deleted: task.deleted_at.is_some(),
        }
    }
}
