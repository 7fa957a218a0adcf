//! What was done, and by whom.

use protocol::TaskId;
use protocol::task::{Changes, limits};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::tasks::{self, Activity};

use crate::{Call, Error};

/// Lists changes, newest first: what was done, by whom, and what was before.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListActivity {
    /// Only changes of this task.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub task: Option<TaskId>,
    /// Only what came before this change: "next" of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub before: Option<i64>,
    /// How many at the most; 20 unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub limit: Option<i64>,
}

impl ListActivity {
    /// # Errors
    /// If the database fails.
    pub async fn apply(&self, call: &Call<'_>) -> Result<Changes, Error> {
        let activity = Activity {
            before: self.before,
            task: self.task,
            limit: self.limit.unwrap_or(20).clamp(1, limits::PAGE),
        };
        Ok(tasks::activity(call.db.begin(call.scope()), &activity).await?)
    }
}
