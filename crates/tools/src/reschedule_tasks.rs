//! Moving tasks to another day.

use protocol::TaskId;
use protocol::task::ChangeKind;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::add_tasks::set_due;
use crate::draft::{batch, write};
use crate::{Call, Error, Outcome};

/// Gives tasks another due date. One that repeats goes on repeating by its rule.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RescheduleTasks {
    /// Numbers of the tasks, 1 to 100 of them.
    #[schemars(with = "Vec<i32>")]
    pub ids: Vec<TaskId>,
    /// The person's own words ("next Friday at 9") or ISO; "none" takes the date off.
    pub due: String,
}

impl RescheduleTasks {
    /// # Errors
    /// If the list is empty or too long, or the database fails.
    pub async fn apply(&self, call: &Call<'_>) -> Result<Outcome, Error> {
        batch(&self.ids)?;
        write(call, ("reschedule_tasks", self), &self.ids, |draft| {
            for (index, id) in self.ids.iter().enumerate() {
                let done = draft.change(*id, ChangeKind::Updated, |task, draft| {
                    let time = task.due.and_then(protocol::Due::time);
                    set_due(task, &self.due, draft.call)?;
                    // Another day is another day at the same hour.
                    if let (Some((hour, minute)), Some(due)) = (time, task.due)
                        && due.time().is_none()
                    {
                        task.due = due.at(hour, minute);
                        task.time_zone = Some(draft.call.zone.name().to_owned());
                    }
                    Ok(())
                });
                draft.settle(index, Some(*id), done);
            }
        })
        .await
    }
}
