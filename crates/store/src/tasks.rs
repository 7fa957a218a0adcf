//! Tasks and their changes.
//!
//! A write is always the same four steps: [`lock`] the person's ledger, load what is to be
//! changed, work out the changes without the database, [`save`] them.

mod changes;
mod list;
mod overview;
mod save;
mod search;

pub use changes::{Activity, Wanted, activity, changes, wanted};

pub use list::{Cursor, Filter, Sort, Status, explained, list};
pub use overview::{Overview, overview};
pub use save::{NewReceipt, save};
pub(crate) use search::words;

use protocol::task::Task;
use protocol::{Due, TaskId};
use serde_json::Value;
use tokio_postgres::Row;
use tokio_postgres::types::{Json, Type};

use crate::row::Time;
use crate::{Error, Tx};

pub(crate) const COLUMNS: &str = "id, title, description, priority, tags, due_date::text, \
    to_char(due_time, 'HH24:MI'), time_zone, completed_at, deleted_at, version, \
    created_at, updated_at, recurrence, reminder, parent_id, position";

pub(crate) fn read(row: &Row) -> Task {
    let time = |column: usize| row.get::<_, Option<Time>>(column).map(|time| time.0);
    let priority: String = row.get(3);
    Task {
        id: TaskId(row.get(0)),
        title: row.get(1),
        description: row.get(2),
        priority: serde_json::from_value(priority.into()).unwrap_or_default(),
        tags: row.get(4),
        due: due(row.get(5), row.get(6)),
        time_zone: row.get(7),
        recurrence: row.get(13),
        reminder: row.get(14),
        parent_id: row.get::<_, Option<i32>>(15).map(TaskId),
        position: row.get(16),
        completed: time(8).is_some(),
        completed_at: time(8),
        deleted_at: time(9),
        version: row.get(10),
        created_at: time(11).unwrap_or_default(),
        updated_at: time(12).unwrap_or_default(),
    }
}

fn due(date: Option<String>, time: Option<String>) -> Option<Due> {
    let date = date?;
    let text = time.map_or(date.clone(), |time| format!("{date}T{time}"));
    text.parse().ok()
}

/// The state of a person's tasks while a write holds it.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    pub last_task: i32,
    pub last_change: i64,
    /// Tasks outside the bin.
    pub live: i64,
    /// What an earlier write with the same idempotency key answered.
    pub receipt: Option<Receipt>,
}

#[derive(Clone, Debug)]
pub struct Receipt {
    pub request_hash: Vec<u8>,
    pub answer: Value,
}

/// Begins a write: no other of the same person goes on until this transaction ends.
///
/// # Errors
/// If the database fails or the session has ended.
pub async fn lock(tx: &mut Tx<'_>, key: Option<&str>) -> Result<Ledger, Error> {
    let owner = tx.owner().to_owned();
    let counter = "insert into task_counters (user_id) values ($1)
        on conflict (user_id) do update set user_id = excluded.user_id
        returning last_task, last_change, live";
    let receipt = "select request_hash, answer from task_receipts where user_id = $1 and key = $2";
    let [counter, receipt] = tx
        .queries([
            (counter, &[(&owner, Type::TEXT)]),
            (receipt, &[(&owner, Type::TEXT), (&key, Type::TEXT)]),
        ])
        .await?;
    let counter = counter.first();
    Ok(Ledger {
        last_task: counter.map_or(0, |row| row.get(0)),
        last_change: counter.map_or(0, |row| row.get(1)),
        live: counter.map_or(0, |row| row.get(2)),
        receipt: receipt.first().map(|row| Receipt {
            request_hash: row.get(0),
            answer: row.get::<_, Json<Value>>(1).0,
        }),
    })
}

/// Those of the tasks that exist, deleted ones among them, with everything below and above them.
///
/// # Errors
/// If the database fails.
pub async fn family(tx: &mut Tx<'_>, ids: &[TaskId]) -> Result<Vec<Task>, Error> {
    let owner = tx.owner().to_owned();
    let ids: Vec<i32> = ids.iter().map(|id| id.0).collect();
    let sql = format!(
        "with recursive below (id) as (
            select id from tasks where user_id = $1 and id = any($2)
            union
            select tasks.id from tasks join below on tasks.parent_id = below.id
            where tasks.user_id = $1
        ), above (id, parent) as (
            select id, parent_id from tasks where user_id = $1 and id = any($2)
            union
            select tasks.id, tasks.parent_id from tasks join above on tasks.id = above.parent
            where tasks.user_id = $1
        )
        select {COLUMNS} from tasks where user_id = $1
            and id in (select id from below union select id from above)"
    );
    let rows = tx
        .query(&sql, &[(&owner, Type::TEXT), (&ids, Type::INT4_ARRAY)])
        .await?;
    Ok(rows.iter().map(read).collect())
}

/// One task that is not deleted.
///
/// # Errors
/// If the database fails.
pub async fn find(tx: Tx<'_>, id: TaskId) -> Result<Option<Task>, Error> {
    let owner = tx.owner().to_owned();
    let sql = format!(
        "select {COLUMNS} from tasks where user_id = $1 and id = $2 and deleted_at is null"
    );
    let rows = tx
        .finish(&sql, &[(&owner, Type::TEXT), (&id.0, Type::INT4)])
        .await?;
    Ok(rows.first().map(read))
}

/// How many tasks lie outside the bin.
///
/// # Errors
/// If the database fails.
pub async fn live(tx: Tx<'_>) -> Result<i64, Error> {
    let owner = tx.owner().to_owned();
    let sql = "select live from task_counters where user_id = $1";
    let rows = tx.finish(sql, &[(&owner, Type::TEXT)]).await?;
    Ok(rows.first().map_or(0, |row| row.get(0)))
}

/// Every task outside the bin, in the order of their numbers.
///
/// # Errors
/// If the database fails.
pub async fn all(tx: Tx<'_>) -> Result<Vec<Task>, Error> {
    let owner = tx.owner().to_owned();
    let sql = format!(
        "select {COLUMNS} from tasks where user_id = $1 and deleted_at is null order by id"
    );
    let rows = tx.finish(&sql, &[(&owner, Type::TEXT)]).await?;
    Ok(rows.iter().map(read).collect())
}
