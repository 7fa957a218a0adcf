//! What time takes away: events that nobody will follow any more, files that no message took,
//! and what sign-ins leave behind.

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

/// Removes counts that are older than `before`, all at once: there are few for each hour.
///
/// # Errors
/// If the database fails.
pub async fn tallies(db: &Db, before: Timestamp) -> Result<(), Error> {
    let sql = "delete from tallies where hour < $1";
    let before = Time(before);
    db.query(sql, &[(&before, Type::TIMESTAMPTZ)]).await?;
    Ok(())
}

/// What one step took away of sign-ins that are over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SignIns {
    pub sessions: i64,
    /// Mailed links that nobody opened.
    pub links: i64,
    /// Grants to programs, and their codes and tokens.
    pub programs: i64,
    /// Rows of limits that no longer count.
    pub counts: i64,
    /// There may be more.
    pub more: bool,
}

/// Removes what was over an hour before `now`.
///
/// # Errors
/// If the database fails.
pub async fn sign_ins(db: &Db, now: Timestamp) -> Result<SignIns, Error> {
    let rows = db
        .query(
            "select sessions, links, programs, counts from latchwork_sweep_sign_ins($1, $2)",
            &[(&Time(now), Type::TIMESTAMPTZ), (&STEP, Type::INT8)],
        )
        .await?;
    let Some(row) = rows.first() else {
        return Ok(SignIns::default());
    };
    let swept: [i64; 4] = std::array::from_fn(|at| row.get(at));
    let [sessions, links, programs, counts] = swept;
    Ok(SignIns {
        sessions,
        links,
        programs,
        counts,
        more: swept.iter().any(|count| *count >= STEP),
    })
}
