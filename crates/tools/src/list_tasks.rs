//! Reading tasks.

use protocol::TaskId;
use protocol::task::{Task, limits};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::tasks::{self, Filter};

use crate::{Call, Error};

/// Lists tasks in the order of their numbers.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListTasks {
    /// "open" unless given.
    #[serde(default)]
    #[schemars(with = "Option<Status>")]
    pub status: Status,
    /// Words that title or description contain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// How many at the most; 100 unless given, 200 are possible.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<i32>")]
    pub limit: Option<i64>,
    /// The number after which to go on: "next" of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<i32>")]
    pub after: Option<TaskId>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    #[default]
    Open,
    Completed,
    All,
    Deleted,
}

/// A page of tasks.
#[derive(Clone, Debug, PartialEq)]
pub struct Listing {
    pub tasks: Vec<Task>,
    pub has_more: bool,
    /// Number of the newest change that the page contains.
    pub change: i64,
}

impl ListTasks {
    /// # Errors
    /// If the database fails.
    pub async fn apply(&self, call: &Call<'_>) -> Result<Listing, Error> {
        let limit = self.limit.unwrap_or(100).clamp(1, limits::PAGE);
        let filter = Filter {
            status: match self.status {
                Status::Open => tasks::Status::Open,
                Status::Completed => tasks::Status::Completed,
                Status::All => tasks::Status::All,
                Status::Deleted => tasks::Status::Deleted,
            },
            // A NUL cannot be in any task, and Postgres would refuse to look for it.
            text: self.query.as_ref().map(|text| text.replace('\0', "")),
            after: self.after,
            limit,
        };
        let (mut tasks, change) = tasks::list(call.db.begin(call.scope()), &filter).await?;
        let limit = usize::try_from(limit).unwrap_or_default();
        let has_more = tasks.len() > limit;
        tasks.truncate(limit);
        Ok(Listing {
            tasks,
            has_more,
            change,
        })
    }
}
