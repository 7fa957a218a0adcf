//! Putting tasks into the bin.

use protocol::TaskId;
use protocol::task::ChangeKind;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::draft::{Draft, batch, write};
use crate::fields::Refused;
use crate::{Call, Error, Outcome};

/// Puts tasks into the bin with everything below them, from where they can be restored.
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
                let done = delete(draft, *id);
                draft.settle(index, Some(*id), done);
            }
        })
        .await
    }
}

/// One that lies in the bin already stays there.
fn delete(draft: &mut Draft<'_>, id: TaskId) -> Result<(), Refused> {
    if draft.anywhere(id).is_none() {
        return Err(Refused::not_found(id));
    }
    draft.touch(id);
    let now = draft.call.now;
    for id in [id].into_iter().chain(draft.below(id)) {
        if draft.get(id).is_ok() {
            draft.change(id, ChangeKind::Deleted, |task, _| {
                task.deleted_at = Some(now);
                Ok(())
            })?;
        }
    }
    Ok(())
}
