//! Putting tasks into the bin.

use protocol::TaskId;
use protocol::task::ChangeKind;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::draft::{batch, write};
use crate::{Call, Error, Outcome};

/// Puts tasks into the bin, from where they can be restored.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeleteTasks {
    /// Numbers of the tasks, 1 to 100 of them.
    #[schemars(with = "Vec<i32>")]
    pub ids: Vec<TaskId>,
}

impl DeleteTasks {
    /// # Errors
    /// If the list is empty or too long, or the database fails.
    pub async fn apply(&self, call: &Call<'_>) -> Result<Outcome, Error> {
        batch(&self.ids)?;
        write(call, ("delete_tasks", self), &self.ids, |draft| {
            for (index, id) in self.ids.iter().enumerate() {
                draft.change(index, *id, ChangeKind::Deleted, |task| {
                    task.deleted_at = task.deleted_at.or(Some(call.now));
                    Ok(())
                });
            }
        })
        .await
    }
}
