//! Taking tasks out of the bin.

use protocol::TaskId;
use protocol::task::{ChangeKind, Task};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::draft::{Draft, batch, write};
use crate::fields::Refused;
use crate::{Call, Error, Outcome};

/// Brings deleted tasks back as they were, with what was deleted together with them.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RestoreTasks {
    /// Numbers of the tasks, 1 to 100 of them.
    #[schemars(with = "Vec<i32>")]
    pub ids: Vec<TaskId>,
}

impl RestoreTasks {
    /// # Errors
    /// If the list is empty or too long, or the database fails.
    pub async fn apply(&self, call: &Call<'_>) -> Result<Outcome, Error> {
        batch(&self.ids)?;
        write(call, ("restore_tasks", self), &self.ids, |draft| {
            for (index, id) in self.ids.iter().enumerate() {
                let done = restore(draft, *id);
                draft.settle(index, Some(*id), done);
            }
        })
        .await
    }
}

fn restore(draft: &mut Draft<'_>, id: TaskId) -> Result<(), Refused> {
    let task = draft.anywhere(id).ok_or_else(|| Refused::not_found(id))?;
    let deleted_at = task.deleted_at;
    // What it was a part of may still lie in the bin; then it comes back on its own.
    let parent = task.parent_id.filter(|parent| draft.get(*parent).is_ok());
    let root = Task {
        parent_id: parent,
        deleted_at: None,
        ..task.clone()
    };
    draft.replace(ChangeKind::Restored, root, None);
    let together = draft.below(id).into_iter().filter_map(|id| {
        let task = draft.anywhere(id)?;
        (deleted_at.is_some() && task.deleted_at == deleted_at).then(|| task.clone())
    });
    for task in together.collect::<Vec<_>>() {
        let task = Task {
            deleted_at: None,
            ..task
        };
        draft.replace(ChangeKind::Restored, task, None);
    }
    Ok(())
}
