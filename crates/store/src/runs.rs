//! Durable turns: leases, fences, events.
//!
//! **Invariant:** an event is in the database before anybody is shown it, and only the process
//! that holds the newest fence of a run can add one.

mod claim;
mod events;
mod start;

pub use claim::{Claim, Held, claim, of_item, resume, waiting};
pub use events::{Followed, Written, flush, follow, kept, request_stop};
pub use start::{NewRun, Opening, Started, start};

use protocol::run::{Run, RunStatus};
use protocol::{RunId, ThreadId};
use serde_json::Value;
use tokio_postgres::Row;
use tokio_postgres::types::{Json, Type};

use crate::model_keys::{self, ModelKey};
use crate::row::Time;
use crate::{Error, Tx};

const COLUMNS: &str = "id, thread_id, status, last_event, created_at";

fn read(row: &Row) -> Run {
    Run {
        id: RunId::new(row.get::<_, String>(0)),
        thread_id: ThreadId::new(row.get::<_, String>(1)),
        status: status(row.get(2)),
        last_event: row.get(3),
        created_at: row.get::<_, Time>(4).0,
    }
}

fn status(text: &str) -> RunStatus {
    match text {
        "queued" => RunStatus::Queued,
        "running" => RunStatus::Running,
        "waiting" => RunStatus::Waiting,
        "done" => RunStatus::Done,
        "stopped" => RunStatus::Stopped,
        _ => RunStatus::Failed,
    }
}

const fn text(status: RunStatus) -> &'static str {
    match status {
        RunStatus::Queued => "queued",
        RunStatus::Running => "running",
        RunStatus::Waiting => "waiting",
        RunStatus::Done => "done",
        RunStatus::Stopped => "stopped",
        RunStatus::Failed => "failed",
    }
}

/// The newest runs of a conversation, newest first.
///
/// # Errors
/// If the database fails.
pub async fn list(tx: Tx<'_>, thread: &ThreadId, limit: i64) -> Result<Vec<Run>, Error> {
    let owner = tx.owner().to_owned();
    let sql = format!(
        "select {COLUMNS} from runs where user_id = $1 and thread_id = $2
        order by created_at desc, id desc limit $3"
    );
    let rows = tx
        .finish(
            &sql,
            &[
                (&owner, Type::TEXT),
                (&thread.as_str(), Type::TEXT),
                (&limit, Type::INT8),
            ],
        )
        .await?;
    Ok(rows.iter().map(read).collect())
}

/// What there is of a conversation beside its items.
#[derive(Clone, Debug, Default)]
pub struct Past {
    /// Notes on the turns up to this run.
    pub summary: Option<String>,
    pub summary_upto: Option<RunId>,
    /// The turns after it, each with the state in which it ended, oldest first.
    pub turns: Vec<(RunId, Value)>,
    /// The person's own, if they have brought one.
    pub model: Option<ModelKey>,
}

/// What a model can be told of earlier turns: notes, and the newest turns that are not in them.
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
    let [notes, turns, model] = tx
        .finish_all([
            (
                "select summary, summary_upto from threads where user_id = $1 and id = $2",
                &[(&owner, Type::TEXT), (&thread, Type::TEXT)],
            ),
            (
                "select id, state from runs
                where user_id = $1 and thread_id = $2 and not superseded and id <> $3
                  and finished_at is not null
                  and (created_at, id) > (
                    select coalesce(max(u.created_at), '-infinity'), coalesce(max(u.id), '')
                    from threads t join runs u on u.id = t.summary_upto
                    where t.user_id = $1 and t.id = $2)
                order by created_at desc, id desc limit $4",
                &[
                    (&owner, Type::TEXT),
                    (&thread, Type::TEXT),
                    (&before, Type::TEXT),
                    (&limit, Type::INT8),
                ],
            ),
            (model_keys::FIND, &[(&owner, Type::TEXT)]),
        ])
        .await?;
    let turns = turns.iter().rev().map(|row| {
        let state: Json<Value> = row.get(1);
        (RunId::new(row.get::<_, String>(0)), state.0)
    });
    let notes = notes.first();
    let upto = notes.and_then(|row| row.get::<_, Option<String>>(1));
    Ok(Past {
        summary: notes.and_then(|row| row.get(0)),
        summary_upto: upto.map(RunId::new),
        turns: turns.collect(),
        model: model.first().map(model_keys::read),
    })
}

/// The loop's state of one run.
///
/// # Errors
/// If the database fails.
pub async fn state(tx: Tx<'_>, run: &RunId) -> Result<Option<Value>, Error> {
    let owner = tx.owner().to_owned();
    let rows = tx
        .finish(
            "select state from runs where user_id = $1 and id = $2",
            &[(&owner, Type::TEXT), (&run.as_str(), Type::TEXT)],
        )
        .await?;
    Ok(rows.first().map(|row| row.get::<_, Json<Value>>(0).0))
}
