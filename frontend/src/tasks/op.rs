//! What the person did to the list and the server has not confirmed yet.

use protocol::TaskId;
use protocol::task::{NewTask, Task, TaskPatch};
use serde::{Deserialize, Serialize};
use yew::AttrValue;

use crate::api::Failure;

/// Names an operation: its idempotency key.
pub(super) type OpKey = AttrValue;

#[derive(Clone, Debug, PartialEq)]
pub struct Op {
    pub key: OpKey,
    pub deed: Deed,
    pub phase: Phase,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    Add(NewTask),
    /// The task as the person saw it, and what is to be changed.
    Update(Box<Task>, TaskPatch),
    Delete(TaskId),
    Restore(TaskId),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Phase {
    Ready,
    Sending,
    /// It will not go on by itself; nothing of it is lost.
    Failed(Failure),
    /// The same field was changed elsewhere: the person decides.
    Conflict,
}

impl Deed {
    pub fn task(&self) -> Option<TaskId> {
        match self {
            Self::Add(_) => None,
            Self::Update(seen, _) => Some(seen.id),
            Self::Delete(id) | Self::Restore(id) => Some(*id),
        }
    }

    /// The version to insist on. A tick overwrites nobody's words, so it insists on none.
    pub fn version(&self) -> Option<i32> {
        match self {
            Self::Update(seen, patch) => patch.title.is_some().then_some(seen.version),
            _ => None,
        }
    }

    /// The task as it will be if the server agrees.
    pub fn apply_to(&self, task: &mut Task) {
        if let Self::Update(_, patch) = self {
            if let Some(title) = &patch.title {
                task.title.clone_from(title);
            }
            if let Some(completed) = patch.completed {
                task.completed = completed;
            }
        }
    }

    /// Whether a newer state of the task leaves what the person saw and wants to change.
    pub fn fits(&self, theirs: &Task) -> bool {
        match self {
            Self::Update(seen, patch) => patch.title.is_none() || seen.title == theirs.title,
            _ => true,
        }
    }
}
