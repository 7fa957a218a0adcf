//! Durable turns: leases, fences, events.
//!
//! **Invariant:** an event is in the database before anybody is shown it, and only the process
//! that holds the newest fence of a run can add one.

mod claim;
mod events;
mod past;
mod start;

pub use claim::{Claim, Held, claim, of_item, resume, waiting};
pub use events::{Followed, Wishes, Written, flush, follow, kept, request_stop};
pub use past::{Past, history};
pub use start::{NewRun, Opening, Started, start};

use protocol::run::{Run, RunStatus};
use protocol::{RunId, ThreadId};
use serde_json::Value;
use tokio_postgres::Row;
use tokio_postgres::types::{Json, Type};

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
