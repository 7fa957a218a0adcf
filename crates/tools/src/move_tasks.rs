//! Putting tasks into another order by hand.

use protocol::TaskId;
use protocol::task::ChangeKind;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::draft::{batch, write};
use crate::{Call, Error, Outcome, order};

/// Puts tasks between two others, in the order given. Without a neighbour on one side, they come
/// first or last.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MoveTasks {
    #[schemars(with = "Vec<i32>")]
    pub ids: Vec<TaskId>,
    #[serde(default)]
    #[schemars(with = "Option<i32>")]
    pub after: Option<TaskId>,
    #[serde(default)]
    #[schemars(with = "Option<i32>")]
    pub before: Option<TaskId>,
}

impl MoveTasks {
    /// # Errors
    /// If the list is empty or too long, or the database fails.
    pub async fn apply(&self, call: &Call<'_>) -> Result<Outcome, Error> {
        batch(&self.ids)?;
        let neighbours = [self.after, self.before].into_iter().flatten();
        let ids: Vec<TaskId> = self.ids.iter().copied().chain(neighbours).collect();
        write(call, ("move_tasks", self), &ids, |draft| {
            let place = |id: Option<TaskId>| Some(draft.get(id?).ok()?.position.clone());
            let mut low = place(self.after).unwrap_or_default();
            let high = place(self.before);
            for (index, id) in self.ids.iter().enumerate() {
                let position = order::between(&low, high.as_deref());
                low.clone_from(&position);
                let done = draft.change(*id, ChangeKind::Moved, |task, _| {
                    task.position = position;
                    Ok(())
                });
                draft.settle(index, Some(*id), done);
            }
        })
        .await
    }
}
