//! Ticking tasks off.

use protocol::TaskId;
use protocol::task::ChangeKind;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::draft::{batch, write};
use crate::{Call, Error, Outcome};

/// Marks tasks as done. One that is done already stays so.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CompleteTasks {
    /// Numbers of the tasks, 1 to 100 of them.
    #[schemars(with = "Vec<i32>")]
    pub ids: Vec<TaskId>,
}

impl CompleteTasks {
    /// # Errors
    /// If the list is empty or too long, or the database fails.
    pub async fn apply(&self, call: &Call<'_>) -> Result<Outcome, Error> {
        batch(&self.ids)?;
        write(call, ("complete_tasks", self), &self.ids, |draft| {
            for (index, id) in self.ids.iter().enumerate() {
                draft.change(index, *id, ChangeKind::Completed, |task| {
                    task.completed = true;
                    task.completed_at = task.completed_at.or(Some(call.now));
                    Ok(())
                });
            }
        })
        .await
    }
}
