//! Taking back what was done.

use protocol::task::{Change, ChangeKind, Task};
use protocol::{ErrorCode, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use store::tasks::{self, Wanted};

use crate::draft::{Draft, write_loading};
use crate::fields::Refused;
use crate::{Call, Error, Outcome};

/// Takes back the last action, or the one named. What came after and does not touch the same
/// fields stays.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Undo {
    /// Number of a change, from `list_activity`: everything done together with it is taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub change: Option<i64>,
    /// Everything the assistant did in one turn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run_id: Option<String>,
    /// Everything since a moment, as RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub since: Option<Timestamp>,
}

/// Changes that one undo takes back at the most.
const MOST: i64 = 5_000;

impl Undo {
    /// # Errors
    /// If there is nothing to take back, or the database fails.
    pub async fn apply(&self, call: &Call<'_>) -> Result<Outcome, Error> {
        let wanted = self.wanted()?;
        let outcome = write_loading(
            call,
            ("undo", self),
            async |tx| {
                let changes = tasks::wanted(tx, &wanted, MOST).await?;
                let ids: Vec<_> = changes.iter().map(|change| change.after.id).collect();
                Ok((tasks::family(tx, &ids).await?, changes))
            },
            |draft, changes: Vec<Change>| {
                for (index, change) in changes.iter().enumerate() {
                    let done = take_back(draft, change);
                    draft.settle(index, Some(change.after.id), done);
                }
            },
        )
        .await?;
        if outcome.done.is_empty() && outcome.failed.is_empty() {
            return Err(Error::Invalid("There is nothing to undo.".to_owned()));
        }
        Ok(outcome)
    }

    fn wanted(&self) -> Result<Wanted, Error> {
        match (self.change, &self.run_id, self.since) {
            (None, None, None) => Ok(Wanted::Last),
            (Some(change), None, None) => Ok(Wanted::Action(change)),
            (None, Some(run), None) => Ok(Wanted::Run(run.clone())),
            (None, None, Some(since)) => Ok(Wanted::Since(since)),
            _ => Err(Error::Invalid(
                "Name a change, a turn or a moment, and only one of them.".to_owned(),
            )),
        }
    }
}

/// Gives each field back that the change has changed, unless it was changed again since.
fn take_back(draft: &mut Draft<'_>, change: &Change) -> Result<(), Refused> {
    let id = change.after.id;
    let now = draft.anywhere(id).ok_or_else(|| Refused::not_found(id))?;
    let Some(before) = &change.before else {
        // It was added; what is taken back lies in the bin like everything that is deleted.
        let gone = Task {
            deleted_at: now.deleted_at.or(Some(draft.call.now)),
            ..now.clone()
        };
        draft.replace(ChangeKind::Undone, gone, Some(change.seq));
        return Ok(());
    };
    let [was, became, mut is] = [before, &change.after, now].map(fields);
    for name in NAMES {
        if was.get(name) == became.get(name) {
            continue;
        }
        if is.get(name) != became.get(name) {
            return Err(Refused {
                code: ErrorCode::TaskChanged,
                message: format!("Task {id} was changed again since, so it stays as it is."),
            });
        }
        match was.get(name) {
            Some(value) => is.insert(name.to_owned(), value.clone()),
            None => is.remove(name),
        };
    }
    let restored = serde_json::from_value(Value::Object(is)).map_err(|_| Refused::not_found(id))?;
    draft.replace(ChangeKind::Undone, restored, Some(change.seq));
    Ok(())
}

/// What can be given back, by its names on the wire.
const NAMES: [&str; 13] = [
    "title",
    "description",
    "priority",
    "tags",
    "due",
    "time_zone",
    "recurrence",
    "reminder",
    "parent_id",
    "position",
    "completed",
    "completed_at",
    "deleted_at",
];

fn fields(task: &Task) -> Map<String, Value> {
    match serde_json::to_value(task) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}
