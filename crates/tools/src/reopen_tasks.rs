//! Taking a tick back.

use protocol::TaskId;
use protocol::task::ChangeKind;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::draft::{batch, write};
use crate::{Call, Error, Outcome};

/// Marks done tasks as open again.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReopenTasks {
    /// Numbers of the tasks, 1 to 100 of them.
    #[schemars(with = "Vec<i32>")]
    pub ids: Vec<TaskId>,
}

impl ReopenTasks {
    /// # Errors
    /// If the list is empty or too long, or the database fails.
    pub async fn apply(&self, call: &Call<'_>) -> Result<Outcome, Error> {
        batch(&self.ids)?;
        write(call, ("reopen_tasks", self), &self.ids, |draft| {
            for (index, id) in self.ids.iter().enumerate() {
                let done = draft.change(*id, ChangeKind::Reopened, |task, _| {
                    (task.completed, task.completed_at) = (false, None);
                    Ok(())
                });
                draft.settle(index, Some(*id), done);
            }
        })
        .await
    }
}
