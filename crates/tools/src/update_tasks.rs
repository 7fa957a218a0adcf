//! Changing what tasks say.

use protocol::task::{ChangeKind, Priority, Task};
use protocol::{ErrorCode, TaskId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::add_tasks::{set_due, set_parent, set_recurrence, set_reminder};
use crate::complete_tasks::complete;
use crate::draft::{Draft, batch, write};
use crate::fields::{self, Refused};
use crate::{Call, Error, Outcome};

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
    /// "every second Tuesday", or an RRULE; "none" takes it off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recurrence: Option<String>,
    /// Minutes before the due time; -1 takes the reminder off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub reminder: Option<i32>,
    /// Number of the task this is a part of; 0 makes it a task of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub parent: Option<TaskId>,
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
            recurrence: None,
            reminder: None,
            parent: None,
            completed: None,
            if_version: None,
        }
    }

    /// Whether anything but the tick is to change.
    fn says_more(&self) -> bool {
        let tick = Self {
            completed: self.completed,
            if_version: self.if_version,
            ..Self::of(self.id)
        };
        *self != tick
    }

    fn change(&self, task: &mut Task, draft: &Draft<'_>) -> Result<(), Refused> {
        let call = draft.call;
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
            set_due(task, due, call)?;
        }
        if let Some(recurrence) = &self.recurrence {
            set_recurrence(task, recurrence, call)?;
        }
        if let Some(minutes) = self.reminder {
            set_reminder(task, minutes)?;
        }
        if let Some(parent) = self.parent {
            set_parent(task, parent, draft)?;
        }
        Ok(())
    }

    fn apply(&self, draft: &mut Draft<'_>) -> Result<(), Refused> {
        let version = draft.get(self.id)?.version;
        if self.if_version.is_some_and(|expected| expected != version) {
            return Err(Refused {
                code: ErrorCode::TaskChanged,
                message: ErrorCode::TaskChanged.message().to_owned(),
            });
        }
        if self.says_more() {
            let change = |task: &mut Task, draft: &Draft<'_>| self.change(task, draft);
            draft.change(self.id, ChangeKind::Updated, change)?;
        }
        match self.completed {
            Some(true) => complete(draft, self.id),
            Some(false) => draft.change(self.id, ChangeKind::Reopened, |task, _| {
                (task.completed, task.completed_at) = (false, None);
                Ok(())
            }),
            None => Ok(()),
        }
    }
}

impl UpdateTasks {
    /// # Errors
    /// If the list is empty or too long, or the database fails.
    pub async fn apply(&self, call: &Call<'_>) -> Result<Outcome, Error> {
        batch(&self.tasks)?;
        let named = |update: &TaskUpdate| [Some(update.id), update.parent];
        let ids: Vec<TaskId> = self.tasks.iter().flat_map(named).flatten().collect();
        write(call, ("update_tasks", self), &ids, |draft| {
            for (index, update) in self.tasks.iter().enumerate() {
                let done = update.apply(draft);
                draft.settle(index, Some(update.id), done);
            }
        })
        .await
    }
}
