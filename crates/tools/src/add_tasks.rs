//! Adding tasks.

use protocol::TaskId;
use protocol::task::{Priority, Task, limits};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::draft::{Draft, batch, write};
use crate::fields::{self, Refused};
use crate::{Call, Error, Outcome};

/// Adds tasks, each with the next number of its owner.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddTasks {
    /// What to add, in order; 1 to 100 tasks.
    pub tasks: Vec<NewTask>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTask {
    /// A short line in the person's words, without its date, priority and tags.
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "crate::schema::PrioritySchema")]
    pub priority: Option<Priority>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// The person's own words ("tomorrow at 5pm", "every Monday") or ISO (2026-11-24,
    /// 2026-11-24T17:00) in their time zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// "every second Tuesday", or an RRULE.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recurrence: Option<String>,
    /// Minutes before the due time to be reminded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub reminder: Option<i32>,
    /// Number of the task this is a part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub parent: Option<TaskId>,
}

impl From<protocol::task::NewTask> for NewTask {
    fn from(new: protocol::task::NewTask) -> Self {
        Self {
            title: new.title,
            description: new.description,
            priority: new.priority,
            tags: new.tags,
            due: new.due,
            recurrence: new.recurrence,
            reminder: new.reminder,
            parent: new.parent_id,
        }
    }
}

impl NewTask {
    pub(crate) fn fill(&self, task: &mut Task, draft: &Draft<'_>) -> Result<(), Refused> {
        let call = draft.call;
        task.title = fields::title(&self.title)?;
        task.priority = self.priority.unwrap_or_default();
        if let Some(description) = &self.description {
            task.description = fields::description(description)?;
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
}

/// A new date leaves the rule as it is, unless the same words name another; no date, no rule.
pub(crate) fn set_due(task: &mut Task, text: &str, call: &Call<'_>) -> Result<(), Refused> {
    let dates = fields::dates(text, call)?;
    (task.due, task.time_zone) = (dates.due, dates.time_zone);
    task.recurrence = match task.due {
        None => None,
        Some(_) => dates.recurrence.or_else(|| task.recurrence.take()),
    };
    if task.due.is_none() {
        task.reminder = None;
    }
    Ok(())
}

/// A rule needs a date to count from: the one there is, or the first that the words name.
pub(crate) fn set_recurrence(task: &mut Task, text: &str, call: &Call<'_>) -> Result<(), Refused> {
    let dates = fields::recurrence(text, call)?;
    if dates.recurrence.is_some() && task.due.is_none() {
        if dates.due.is_none() {
            return Err(Refused::invalid(
                "A recurrence needs a due date to count from.",
            ));
        }
        (task.due, task.time_zone) = (dates.due, dates.time_zone);
    }
    task.recurrence = dates.recurrence;
    Ok(())
}

pub(crate) fn set_reminder(task: &mut Task, minutes: i32) -> Result<(), Refused> {
    task.reminder = fields::reminder(minutes)?;
    if task.reminder.is_some() && task.due.is_none() {
        return Err(Refused::invalid("A reminder needs a due date."));
    }
    Ok(())
}

/// Number 0 makes it a task of its own.
pub(crate) fn set_parent(
    task: &mut Task,
    parent: TaskId,
    draft: &Draft<'_>,
) -> Result<(), Refused> {
    if parent.0 == 0 {
        task.parent_id = None;
        return Ok(());
    }
    draft.get(parent)?;
    let below = draft.below(task.id);
    if parent == task.id || below.contains(&parent) {
        return Err(Refused::invalid("A task cannot be a part of itself."));
    }
    let deepest = below.iter().map(|id| draft.depth(*id)).max();
    let height = deepest.map_or(0, |depth| depth - draft.depth(task.id));
    if draft.depth(parent) + 1 + height >= limits::DEPTH {
        return Err(Refused::invalid(format!(
            "Tasks lie at most {} deep below each other.",
            limits::DEPTH
        )));
    }
    task.parent_id = Some(parent);
    Ok(())
}

impl AddTasks {
    /// # Errors
    /// If the list is empty or too long, or the database fails.
    pub async fn apply(&self, call: &Call<'_>) -> Result<Outcome, Error> {
        batch(&self.tasks)?;
        let parents: Vec<TaskId> = self.tasks.iter().filter_map(|new| new.parent).collect();
        write(call, ("add_tasks", self), &parents, |draft| {
            for (index, new) in self.tasks.iter().enumerate() {
                let added = draft.add(|task, draft| new.fill(task, draft));
                draft.settle(index, None, added);
            }
        })
        .await
    }
}
