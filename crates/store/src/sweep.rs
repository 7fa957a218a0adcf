//! What time takes away: events that nobody will follow any more, files that no message took.

use protocol::Timestamp;
use tokio_postgres::types::Type;

use crate::row::Time;
use crate::{Db, Error};

/// Runs and files of one step, so that no transaction is long.
const STEP: i64 = 500;

/// What one step took away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    pub runs: i64,
    pub events: i64,
    pub files: i64,
    /// There may be more.
    pub more: bool,
}

/// Removes the events of runs that ended before `before`, and unused files that are older.
///
/// # Errors
/// If the database fails.
pub async fn step(db: &Db, before: Timestamp) -> Result<Swept, Error> {
    let rows = db
        .query(
            "select runs, events, files from latchwork_sweep($1, $2)",
            &[(&Time(before), Type::TIMESTAMPTZ), (&STEP, Type::INT8)],
        )
        .await?;
    let Some(row) = rows.first() else {
        return Ok(Swept::default());
    };
    let (runs, events, files) = (row.get(0), row.get(1), row.get(2));
    Ok(Swept {
        runs,
        events,
        files,
        more: runs == STEP || files == STEP,
    })
}
