//! Changing what tasks say.

use protocol::task::{ChangeKind, Priority, Task};
use protocol::{ErrorCode, TaskId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::draft::{batch, write};
use crate::fields::Refused;
use crate::{Call, Error, Outcome, fields};

/// Changes titles, descriptions, priorities, tags and dates; what is left out stays.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateTasks {
    /// 1 to 100 tasks.
    pub tasks: Vec<TaskUpdate>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TaskUpdate {
    /// The task's number.
    #[schemars(with = "i32")]
    pub id: TaskId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "crate::schema::PrioritySchema")]
    pub priority: Option<Priority>,
    /// All tags the task shall have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// The person's own words or ISO; "none" takes the date off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// For callers that change everything at once; models have tools of their own for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(skip)]
    pub completed: Option<bool>,
    /// The version the change was made from; nothing is changed if the task has another by now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(skip)]
    pub if_version: Option<i32>,
}

impl TaskUpdate {
    pub const fn of(id: TaskId) -> Self {
        Self {
            id,
            title: None,
            description: None,
            priority: None,
            tags: None,
            due: None,
            completed: None,
            if_version: None,
        }
    }

    /// What the log calls the change.
    fn kind(&self) -> ChangeKind {
        let only_completed = Self {
            completed: self.completed,
            if_version: self.if_version,
            ..Self::of(self.id)
        };
        match self.completed {
            Some(true) if *self == only_completed => ChangeKind::Completed,
            Some(false) if *self == only_completed => ChangeKind::Reopened,
            _ => ChangeKind::Updated,
        }
    }

    fn change(&self, task: &mut Task, call: &Call<'_>) -> Result<(), Refused> {
        if self
            .if_version
            .is_some_and(|version| version != task.version)
        {
            return Err(Refused {
                code: ErrorCode::TaskChanged,
                message: ErrorCode::TaskChanged.message().to_owned(),
            });
        }
        if let Some(title) = &self.title {
            task.title = fields::title(title)?;
        }
        if let Some(description) = &self.description {
            task.description = fields::description(description)?;
        }
        if let Some(priority) = self.priority {
            task.priority = priority;
        }
        if let Some(tags) = &self.tags {
            task.tags = fields::tags(tags)?;
        }
        if let Some(due) = &self.due {
            (task.due, task.time_zone) = fields::due(due, call)?;
        }
        if let Some(completed) = self.completed {
            task.completed = completed;
            task.completed_at = task.completed_at.or(Some(call.now)).filter(|_| completed);
        }
        Ok(())
    }
}

impl UpdateTasks {
    /// # Errors
    /// If the list is empty or too long, or the database fails.
    pub async fn apply(&self, call: &Call<'_>) -> Result<Outcome, Error> {
        batch(&self.tasks)?;
        let ids: Vec<TaskId> = self.tasks.iter().map(|update| update.id).collect();
        write(call, ("update_tasks", self), &ids, |draft| {
            for (index, update) in self.tasks.iter().enumerate() {
                draft.change(index, update.id, update.kind(), |task| {
                    update.change(task, call)
                });
            }
        })
        .await
    }
}
