//! What a model can be told of a conversation.

use protocol::{RunId, ThreadId};
use serde_json::Value;
use tokio_postgres::Row;
use tokio_postgres::types::{Json, Type};

use crate::model_keys::{self, ModelKey};
use crate::switches::MODELS_OFF;
use crate::{Error, Tx};

/// What there is of a conversation beside its items.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Past {
    /// What the conversation is called.
    pub title: Option<String>,
    /// Notes on the turns up to this run.
    pub summary: Option<String>,
    pub summary_upto: Option<RunId>,
    /// The turns after it, each with the state in which it ended, oldest first.
    pub turns: Vec<(RunId, Value)>,
    /// The person's own, if they have brought one.
    pub model: Option<ModelKey>,
    /// No model is to be asked at the moment.
    pub models_off: bool,
}

/// Parameters: the owner and the conversation.
pub(super) const NOTES: &str =
    "select summary, summary_upto, title from threads where user_id = $1 and id = $2";

/// Parameters: the owner, the conversation, the run that asks, and how many at the most.
pub(super) const TURNS: &str = "
    select id, state from runs
    where user_id = $1 and thread_id = $2 and not superseded and id <> $3
      and finished_at is not null
      and (created_at, id) > (
        select coalesce(max(u.created_at), '-infinity'), coalesce(max(u.id), '')
        from threads t join runs u on u.id = t.summary_upto
        where t.user_id = $1 and t.id = $2)
    order by created_at desc, id desc limit $4";

/// Notes, and the newest turns that are not in them.
///
/// # Errors
/// If the database fails.
pub async fn history(
    tx: Tx<'_>,
    thread: &ThreadId,
    before: &RunId,
    limit: i64,
) -> Result<Past, Error> {
    let owner = tx.owner().to_owned();
    let (thread, before) = (thread.as_str(), before.as_str());
    let [notes, turns, model, off] = tx
        .finish_all([
            (NOTES, &[(&owner, Type::TEXT), (&thread, Type::TEXT)]),
            (
                TURNS,
                &[
                    (&owner, Type::TEXT),
                    (&thread, Type::TEXT),
                    (&before, Type::TEXT),
                    (&limit, Type::INT8),
                ],
            ),
            (model_keys::FIND, &[(&owner, Type::TEXT)]),
            (MODELS_OFF, &[]),
        ])
        .await?;
    Ok(read(&notes, &turns, &model, &off))
}

/// From the rows of [`NOTES`], of [`TURNS`], of the person's own model and of [`MODELS_OFF`].
pub(super) fn read(notes: &[Row], turns: &[Row], model: &[Row], off: &[Row]) -> Past {
    let turns = turns.iter().rev().map(|row| {
        let state: Json<Value> = row.get(1);
        (RunId::new(row.get::<_, String>(0)), state.0)
    });
    let notes = notes.first();
    let upto = notes.and_then(|row| row.get::<_, Option<String>>(1));
    Past {
        title: notes.and_then(|row| row.get(2)),
        summary: notes.and_then(|row| row.get(0)),
        summary_upto: upto.map(RunId::new),
        turns: turns.collect(),
        model: model.first().map(model_keys::read),
        models_off: !off.is_empty(),
    }
}
