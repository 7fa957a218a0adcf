//! Becoming the one process that works on a run.

use protocol::chatkit::Item;
use protocol::run::RunStatus;
use protocol::{ItemId, RunId, ThreadId, UserId};
use serde_json::Value;
use tokio_postgres::Row;
use tokio_postgres::types::{Json, Type};

use super::{Past, status};
use crate::{Error, Tx};

/// A run with everything needed to go on with it.
#[derive(Clone, Debug)]
pub struct Held {
    pub id: RunId,
    pub user: UserId,
    pub thread: ThreadId,
    pub fence: i32,
    pub last_event: i64,
    pub user_item: Item,
    pub state: Value,
    pub time_zone: String,
    /// What it was before.
    pub was: RunStatus,
    /// What came before it, where that was read along.
    pub past: Option<Box<Past>>,
}

#[derive(Clone, Debug)]
pub enum Claim {
    /// The caller works on this run from now on. It may be another run of the same conversation,
    /// left behind by a process that died; the asked-for one comes after it.
    Held(Box<Held>),
    /// Somebody else works on it, or its turn has not come.
    Wait,
    Over,
    NotFound,
}

const COLUMNS: &str =
    "id, user_id, thread_id, fence, last_event, user_item, state, time_zone, status";

/// Asks for the right to work on a run.
///
/// # Errors
/// If the database fails or the session has ended.
pub async fn claim(mut tx: Tx<'_>, run: &RunId, lease_seconds: f64) -> Result<Claim, Error> {
    let owner = tx.owner().to_owned();
    // The thread's row orders everybody who wants one of its runs.
    let locked = tx
        .query(
            "select r.status from runs r join threads t on t.id = r.thread_id
            where r.user_id = $1 and r.id = $2 for update of t",
            &[(&owner, Type::TEXT), (&run.as_str(), Type::TEXT)],
        )
        .await?;
    let Some(row) = locked.first() else {
        return Ok(Claim::NotFound);
    };
    if status(row.get(0)).is_over() {
        return Ok(Claim::Over);
    }
    let sql = format!(
        "with next as (
            select id, status as was from runs
            where user_id = $1 and status in ('queued', 'running', 'waiting')
              and thread_id = (select thread_id from runs where user_id = $1 and id = $2)
            order by status = 'queued', created_at, id limit 1
        )
        update runs set fence = fence + 1, status = 'running',
            lease_until = now() + make_interval(secs => $3)
        from next
        where runs.user_id = $1 and runs.id = next.id
          and (next.was = 'queued' or (next.was = 'running' and runs.lease_until < now())
            or (next.was = 'waiting' and next.id <> $2))
        returning {}, next.was",
        COLUMNS
            .split(", ")
            .map(|column| format!("runs.{column}"))
            .collect::<Vec<_>>()
            .join(", ")
    );
    let rows = tx
        .finish(
            &sql,
            &[
                (&owner, Type::TEXT),
                (&run.as_str(), Type::TEXT),
                (&lease_seconds, Type::FLOAT8),
            ],
        )
        .await?;
    match rows.first() {
        Some(row) => Ok(Claim::Held(Box::new(held(row)?))),
        None => Ok(Claim::Wait),
    }
}

/// Takes up a run that waits for the person, whose answer has come; `None` if none of the
/// conversation waits.
///
/// # Errors
/// If the database fails or the session has ended.
pub async fn resume(
    tx: Tx<'_>,
    thread: &ThreadId,
    lease_seconds: f64,
) -> Result<Option<Held>, Error> {
    let owner = tx.owner().to_owned();
    let sql = format!(
        "update runs set fence = fence + 1, status = 'running',
            lease_until = now() + make_interval(secs => $3)
        where user_id = $1 and thread_id = $2 and status = 'waiting'
        returning {}, 'waiting'",
        COLUMNS
    );
    let rows = tx
        .finish(
            &sql,
            &[
                (&owner, Type::TEXT),
                (&thread.as_str(), Type::TEXT),
                (&lease_seconds, Type::FLOAT8),
            ],
        )
        .await?;
    rows.first().map(held).transpose()
}

/// The run of the conversation that waits for the person, with its state; if none does, the
/// newest.
///
/// # Errors
/// If the database fails or the session has ended.
pub async fn waiting(tx: Tx<'_>, thread: &ThreadId) -> Result<Option<(RunId, Value)>, Error> {
    let owner = tx.owner().to_owned();
    let rows = tx
        .finish(
            "select id, state from runs where user_id = $1 and id = coalesce(
                (select id from runs where user_id = $1 and thread_id = $2 and status = 'waiting'),
                (select id from runs where user_id = $1 and thread_id = $2
                    order by created_at desc, id desc limit 1))",
            &[(&owner, Type::TEXT), (&thread.as_str(), Type::TEXT)],
        )
        .await?;
    Ok(rows.first().map(|row| {
        (
            RunId::new(row.get::<_, String>(0)),
            row.get::<_, Json<Value>>(1).0,
        )
    }))
}

/// The run that an item came from, with its state.
///
/// # Errors
/// If the database fails or the session has ended.
pub async fn of_item(
    tx: Tx<'_>,
    thread: &ThreadId,
    item: &ItemId,
) -> Result<Option<(RunId, Value)>, Error> {
    let owner = tx.owner().to_owned();
    let rows = tx
        .finish(
            "select runs.id, runs.state from items join runs on runs.id = items.run_id
            where items.user_id = $1 and items.thread_id = $2 and items.id = $3",
            &[
                (&owner, Type::TEXT),
                (&thread.as_str(), Type::TEXT),
                (&item.as_str(), Type::TEXT),
            ],
        )
        .await?;
    Ok(rows.first().map(|row| {
        (
            RunId::new(row.get::<_, String>(0)),
            row.get::<_, Json<Value>>(1).0,
        )
    }))
}

fn held(row: &Row) -> Result<Held, Error> {
    let item: Json<Value> = row.get(5);
    let was: String = row.get(9);
    Ok(Held {
        id: RunId::new(row.get::<_, String>(0)),
        user: UserId::new(row.get::<_, String>(1)),
        thread: ThreadId::new(row.get::<_, String>(2)),
        fence: row.get(3),
        last_event: row.get(4),
        user_item: serde_json::from_value(item.0)?,
        state: row.get::<_, Json<Value>>(6).0,
        time_zone: row.get(7),
        was: status(&was),
        past: None,
    })
}
