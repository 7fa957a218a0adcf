//! Reading tasks.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use protocol::task::{Priority, Task, limits};
use protocol::{Due, TaskId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::tasks::{self, Cursor, Filter};

use crate::fields::dates;
use crate::{Call, Error};

/// Lists tasks.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListTasks {
    /// "open" unless given.
    #[serde(default)]
    #[schemars(with = "Option<Status>")]
    pub status: Status,
    /// Words that title or description have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<crate::schema::PrioritySchema>")]
    pub priority: Option<Priority>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    /// First day, ISO or English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_from: Option<String>,
    /// The day after the last, ISO or English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_before: Option<String>,
    /// Only parts of this task.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<i32>")]
    pub parent: Option<TaskId>,
    /// "position" unless given: the order by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<Sort>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub descending: Option<bool>,
    /// How many at the most; 100 unless given, 200 are possible.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<i32>")]
    pub limit: Option<i64>,
    /// "next" of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    #[default]
    #[serde(alias = "pending")]
    Open,
    Completed,
    All,
    Deleted,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    Position,
    Due,
    Priority,
    Created,
    Updated,
    Title,
    Completed,
}

/// A page of tasks.
#[derive(Clone, Debug, PartialEq)]
pub struct Listing {
    pub tasks: Vec<Task>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
    /// Number of the newest change that the page contains.
    pub change: i64,
}

impl ListTasks {
    /// # Errors
    /// If a date cannot be read, or the database fails.
    pub async fn apply(&self, call: &Call<'_>) -> Result<Listing, Error> {
        let filter = self.filter(call)?;
        let tx = call.db.begin(call.scope());
        let (tasks, cursor, change) = tasks::list(tx, &filter).await?;
        Ok(Listing {
            tasks,
            next: cursor.as_ref().and_then(written),
            change,
        })
    }

    pub(crate) fn filter(&self, call: &Call<'_>) -> Result<Filter, Error> {
        Ok(Filter {
            status: match self.status {
                Status::Open => tasks::Status::Open,
                Status::Completed => tasks::Status::Completed,
                Status::All => tasks::Status::All,
                Status::Deleted => tasks::Status::Deleted,
            },
            text: self.query.clone(),
            priority: self.priority,
            tag: self.tag.clone(),
            due_from: moment(self.due_from.as_deref(), call)?,
            due_before: moment(self.due_before.as_deref(), call)?,
            parent: self.parent,
            sort: match self.sort.unwrap_or(Sort::Position) {
                Sort::Position => tasks::Sort::Position,
                Sort::Due => tasks::Sort::Due,
                Sort::Priority => tasks::Sort::Priority,
                Sort::Created => tasks::Sort::Created,
                Sort::Updated => tasks::Sort::Updated,
                Sort::Title => tasks::Sort::Title,
                Sort::Completed => tasks::Sort::Completed,
            },
            descending: self.descending.unwrap_or(false),
            after: self.after.as_deref().map(read).transpose()?,
            limit: self.limit.unwrap_or(100).clamp(1, limits::PAGE),
        })
    }
}

fn moment(text: Option<&str>, call: &Call<'_>) -> Result<Option<Due>, Error> {
    let Some(text) = text else { return Ok(None) };
    let read = dates(text, call).map_err(|refused| Error::Invalid(refused.message))?;
    Ok(read.due)
}

/// A cursor as a text without meaning to anybody else.
fn written(cursor: &Cursor) -> Option<String> {
    let json = serde_json::to_vec(cursor).ok()?;
    Some(URL_SAFE_NO_PAD.encode(json))
}

fn read(text: &str) -> Result<Cursor, Error> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok();
    let cursor = bytes.and_then(|bytes| serde_json::from_slice::<Cursor>(&bytes).ok());
    cursor.ok_or_else(|| Error::Invalid("\"after\" is no place in this list.".to_owned()))
}
