//! What the person did to the list and the server has not confirmed yet.

use protocol::task::{NewTask, Priority, Task, TaskPatch};
use protocol::{Due, TaskId};
use serde::Serialize;
use serde_json::Value;
use yew::AttrValue;

use crate::api::Failure;
use crate::wire::{self, Read, read_struct};

/// Names an operation: its idempotency key.
pub(super) type OpKey = AttrValue;

/// Takes a date or a recurrence off a task.
pub(super) const NONE: &str = "none";

#[derive(Clone, Debug, PartialEq)]
pub struct Op {
    pub key: OpKey,
    pub deed: Deed,
    pub phase: Phase,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    Add(NewTask),
    Update(Seen, TaskPatch),
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

/// What the person saw of a task when they changed it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Seen {
    pub id: TaskId,
    pub version: i32,
    pub title: String,
    pub description: String,
    pub priority: Priority,
    pub tags: Vec<String>,
    pub due: Option<Due>,
    pub recurrence: Option<String>,
}

read_struct! {
    Seen { id, version, title, description, priority, tags, due, recurrence }
}

impl From<&Task> for Seen {
    fn from(task: &Task) -> Self {
        Self {
            id: task.id,
            version: task.version,
            title: task.title.clone(),
            description: task.description.clone(),
            priority: task.priority,
            tags: task.tags.clone(),
            due: task.due,
            recurrence: task.recurrence.clone(),
        }
    }
}

impl Read for Deed {
    fn read(value: Value) -> Option<Self> {
        let (name, value) = wire::fields(value)?.into_iter().next()?;
        match name.as_str() {
            "add" => NewTask::read(value).map(Self::Add),
            "update" => {
                let [seen, patch] = <[Value; 2]>::try_from(Vec::read(value)?).ok()?;
                Some(Self::Update(Seen::read(seen)?, TaskPatch::read(patch)?))
            }
            "delete" => TaskId::read(value).map(Self::Delete),
            "restore" => TaskId::read(value).map(Self::Restore),
            _ => None,
        }
    }
}

impl Deed {
    pub fn task(&self) -> Option<TaskId> {
        match self {
            Self::Add(_) => None,
            Self::Update(seen, _) => Some(seen.id),
            Self::Delete(id) | Self::Restore(id) => Some(*id),
        }
    }

    /// Whether it completes a task that repeats.
    pub fn ends_a_round(&self) -> bool {
        matches!(self, Self::Update(seen, patch)
            if patch.completed == Some(true) && seen.recurrence.is_some())
    }

    /// The version to insist on. A tick overwrites nobody's words, so it insists on none.
    pub fn version(&self) -> Option<i32> {
        match self {
            Self::Update(seen, patch) => patch.completed.is_none().then_some(seen.version),
            _ => None,
        }
    }

    /// The task as it will be if the server agrees.
    pub fn apply_to(&self, task: &mut Task) {
        if let Self::Update(_, patch) = self {
            if let Some(title) = &patch.title {
                task.title.clone_from(title);
            }
            if let Some(description) = &patch.description {
                task.description.clone_from(description);
            }
            if let Some(priority) = patch.priority {
                task.priority = priority;
            }
            if let Some(tags) = &patch.tags {
                task.tags.clone_from(tags);
            }
            if let Some(due) = &patch.due {
                task.due = due.parse().ok();
            }
            if let Some(recurrence) = &patch.recurrence {
                task.recurrence = Some(recurrence.clone()).filter(|rule| rule != NONE);
            }
            if let Some(reminder) = patch.reminder {
                task.reminder = Some(reminder).filter(|minutes| *minutes >= 0);
            }
            if let Some(completed) = patch.completed {
                task.completed = completed;
            }
        }
    }

    /// Whether a newer state of the task leaves what the person saw and wants to change.
    pub fn fits(&self, theirs: &Task) -> bool {
        match self {
            Self::Update(seen, patch) => {
                let stays = |is_changed: bool, is_same: bool| !is_changed || is_same;
                stays(patch.title.is_some(), seen.title == theirs.title)
                    && stays(
                        patch.description.is_some(),
                        seen.description == theirs.description,
                    )
                    && stays(patch.priority.is_some(), seen.priority == theirs.priority)
                    && stays(patch.tags.is_some(), seen.tags == theirs.tags)
                    && stays(patch.due.is_some(), seen.due == theirs.due)
                    && stays(
                        patch.recurrence.is_some(),
                        seen.recurrence == theirs.recurrence,
                    )
            }
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_again() {
        let seen = Seen {
            id: TaskId(3),
            version: 2,
            title: "Milk".to_owned(),
            description: String::new(),
            priority: Priority::High,
            tags: vec!["home".to_owned()],
            due: "2026-11-24".parse().ok(),
            recurrence: Some("FREQ=DAILY".to_owned()),
        };
        let patch = TaskPatch {
            title: Some("Oat milk".to_owned()),
            ..TaskPatch::default()
        };
        for deed in [
            Deed::Add(NewTask {
                title: "Bread".to_owned(),
                ..NewTask::default()
            }),
            Deed::Update(seen, patch),
            Deed::Delete(TaskId(3)),
            Deed::Restore(TaskId(3)),
        ] {
            let kept = serde_json::to_string(&deed).unwrap();

            assert_eq!(wire::parse(&kept), Some(deed));
        }
    }
}
