//! Adding tasks.

use protocol::task::Priority;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::draft::{batch, write};
use crate::{Call, Error, Outcome, fields};

/// Adds tasks, each with the next number of its owner.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddTasks {
    /// What to add, in order; 1 to 100 tasks.
    pub tasks: Vec<NewTask>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
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
    /// The person's own words ("tomorrow at 5pm") or ISO (2026-11-24, 2026-11-24T17:00) in
    /// their time zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
}

impl From<protocol::task::NewTask> for NewTask {
    fn from(new: protocol::task::NewTask) -> Self {
        Self {
            title: new.title,
            description: new.description,
            priority: new.priority,
            tags: new.tags,
            due: new.due,
        }
    }
}

impl AddTasks {
    /// # Errors
    /// If the list is empty or too long, or the database fails.
    pub async fn apply(&self, call: &Call<'_>) -> Result<Outcome, Error> {
        batch(&self.tasks)?;
        write(call, ("add_tasks", self), &[], |draft| {
            for (index, new) in self.tasks.iter().enumerate() {
                draft.add(index, |task| {
                    task.title = fields::title(&new.title)?;
                    task.priority = new.priority.unwrap_or_default();
                    if let Some(description) = &new.description {
                        task.description = fields::description(description)?;
                    }
                    if let Some(tags) = &new.tags {
                        task.tags = fields::tags(tags)?;
                    }
                    if let Some(due) = &new.due {
                        (task.due, task.time_zone) = fields::due(due, call)?;
                    }
                    Ok(())
                });
            }
        })
        .await
    }
}
