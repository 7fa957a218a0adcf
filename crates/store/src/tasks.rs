//! Tasks and their changes.
//!
//! A write is always the same four steps: [`lock`] the person's ledger, load what is to be
//! changed, work out the changes without the database, [`save`] them.

use protocol::task::{Change, Changes, Task};
use protocol::{Due, TaskId, Timestamp};
use serde_json::Value;
use tokio_postgres::Row;
use tokio_postgres::types::{Json, Type};

use crate::row::Time;
use crate::{Error, Tx};

const COLUMNS: &str = "id, title, description, priority, tags, due_date::text, \
    to_char(due_time, 'HH24:MI'), time_zone, completed_at, deleted_at, version, \
    created_at, updated_at";

fn read(row: &Row) -> Task {
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
        returning last_task, last_change";
    let receipt = "select request_hash, answer from task_receipts where user_id = $1 and key = $2";
    let [counter, receipt] = tx
        .queries([
            (counter, &[(&owner, Type::TEXT)]),
            (receipt, &[(&owner, Type::TEXT), (&key, Type::TEXT)]),
        ])
        .await?;
    Ok(Ledger {
        last_task: counter.first().map_or(0, |row| row.get(0)),
        last_change: counter.first().map_or(0, |row| row.get(1)),
        receipt: receipt.first().map(|row| Receipt {
            request_hash: row.get(0),
            answer: row.get::<_, Json<Value>>(1).0,
        }),
    })
}

/// Those of the tasks that exist, deleted ones among them.
///
/// # Errors
/// If the database fails.
pub async fn by_ids(tx: &mut Tx<'_>, ids: &[TaskId]) -> Result<Vec<Task>, Error> {
    let owner = tx.owner().to_owned();
    let ids: Vec<i32> = ids.iter().map(|id| id.0).collect();
    let sql = format!("select {COLUMNS} from tasks where user_id = $1 and id = any($2)");
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

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    #[default]
    Open,
    Completed,
    /// Open and completed ones.
    All,
    Deleted,
}

impl Status {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Completed => "completed",
            Self::All => "all",
            Self::Deleted => "deleted",
        }
    }
}

/// Which tasks to list.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub status: Status,
    /// Words that title or description must contain, in any case.
    pub text: Option<String>,
    /// The last task of the page before.
    pub after: Option<TaskId>,
    pub limit: i64,
}

/// One more task than `limit`, where there is one, and the number of the newest change. In the
/// order of their numbers.
///
/// # Errors
/// If the database fails.
pub async fn list(tx: Tx<'_>, filter: &Filter) -> Result<(Vec<Task>, i64), Error> {
    let owner = tx.owner().to_owned();
    let sql = format!(
        "select {COLUMNS} from tasks
        where user_id = $1 and id > $2
          and case $3
            when 'open' then deleted_at is null and completed_at is null
            when 'completed' then deleted_at is null and completed_at is not null
            when 'all' then deleted_at is null
            else deleted_at is not null
          end
          and ($4::text is null or position(lower($4) in lower(title || ' ' || description)) > 0)
        order by id limit $5"
    );
    let [rows, newest] = tx
        .finish_all([
            (
                &sql,
                &[
                    (&owner, Type::TEXT),
                    (&filter.after.map_or(0, |id| id.0), Type::INT4),
                    (&filter.status.as_str(), Type::TEXT),
                    (&filter.text, Type::TEXT),
                    (&(filter.limit + 1), Type::INT8),
                ],
            ),
            (
                "select last_change from task_counters where user_id = $1",
                &[(&owner, Type::TEXT)],
            ),
        ])
        .await?;
    let newest = newest.first().map_or(0, |row| row.get(0));
    Ok((rows.iter().map(read).collect(), newest))
}

/// What happened after the change numbered `since`, oldest first.
///
/// # Errors
/// If the database fails.
pub async fn changes(tx: Tx<'_>, since: i64, limit: i64) -> Result<Changes, Error> {
    let owner = tx.owner().to_owned();
    let sql =
        "select jsonb_strip_nulls(jsonb_build_object('before', before)) || jsonb_build_object(
            'seq', seq, 'kind', kind, 'actor', actor, 'after', after,
            'at', to_char(at at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'))
        from task_changes where user_id = $1 and seq > $2 order by seq limit $3";
    let rows = tx
        .finish(
            sql,
            &[
                (&owner, Type::TEXT),
                (&since, Type::INT8),
                (&(limit + 1), Type::INT8),
            ],
        )
        .await?;
    let mut changes = rows
        .iter()
        .map(|row| serde_json::from_value(row.get::<_, Json<Value>>(0).0))
        .collect::<Result<Vec<Change>, _>>()?;
    let limit = usize::try_from(limit).unwrap_or_default();
    let has_more = changes.len() > limit;
    changes.truncate(limit);
    Ok(Changes { changes, has_more })
}

/// The answer to keep for repeats of a write.
#[derive(Clone, Copy, Debug)]
pub struct NewReceipt<'a> {
    pub key: &'a str,
    pub request_hash: &'a [u8],
    pub answer: &'a Value,
}

/// Ends a write: the tasks as they are after the changes, the changes, the numbers given out and
/// the receipt are committed together or not at all.
///
/// # Errors
/// If the database fails.
pub async fn save(
    tx: Tx<'_>,
    changes: &[Change],
    receipt: Option<NewReceipt<'_>>,
    now: Timestamp,
) -> Result<(), Error> {
    let owner = tx.owner().to_owned();
    let rows = serde_json::to_value(changes)?;
    let last_task = changes.iter().map(|change| change.after.id.0).max();
    let last_change = changes.iter().map(|change| change.seq).max();
    let now = Time(now);
    tx.finish_all([
        (SAVE_TASKS, &[(&owner, Type::TEXT), (&rows, Type::JSONB)]),
        (SAVE_CHANGES, &[(&owner, Type::TEXT), (&rows, Type::JSONB)]),
        (
            "update task_counters set last_task = greatest(last_task, $2),
                last_change = greatest(last_change, $3) where user_id = $1",
            &[
                (&owner, Type::TEXT),
                (&last_task, Type::INT4),
                (&last_change, Type::INT8),
            ],
        ),
        (
            "insert into task_receipts (user_id, key, request_hash, answer, at)
                select $1, $2, $3, $4, $5 where $2 is not null",
            &[
                (&owner, Type::TEXT),
                (&receipt.map(|receipt| receipt.key), Type::TEXT),
                (&receipt.map(|receipt| receipt.request_hash), Type::BYTEA),
                (&receipt.map(|receipt| receipt.answer), Type::JSONB),
                (&now, Type::TIMESTAMPTZ),
            ],
        ),
    ])
    .await?;
    Ok(())
}

/// A task that changed twice in one write is kept as it was last.
const SAVE_TASKS: &str = "
    insert into tasks (user_id, id, title, description, priority, tags, due_date, due_time,
        time_zone, completed_at, deleted_at, version, created_at, updated_at)
    select $1, id, task ->> 'title', coalesce(task ->> 'description', ''), task ->> 'priority',
        array(select jsonb_array_elements_text(task -> 'tags')),
        left(task ->> 'due', 10)::date, nullif(substr(task ->> 'due', 12), '')::time,
        task ->> 'time_zone', (task ->> 'completed_at')::timestamptz,
        (task ->> 'deleted_at')::timestamptz, (task ->> 'version')::integer,
        (task ->> 'created_at')::timestamptz, (task ->> 'updated_at')::timestamptz
    from (
        select distinct on (id) (change -> 'after' ->> 'id')::integer as id, change -> 'after' as task
        from jsonb_array_elements($2) as change
        order by id, (change ->> 'seq')::bigint desc
    ) as newest
    on conflict (user_id, id) do update set
        title = excluded.title, description = excluded.description, priority = excluded.priority,
        tags = excluded.tags, due_date = excluded.due_date, due_time = excluded.due_time,
        time_zone = excluded.time_zone, completed_at = excluded.completed_at,
        deleted_at = excluded.deleted_at, version = excluded.version,
        updated_at = excluded.updated_at";

const SAVE_CHANGES: &str = "
    insert into task_changes (user_id, seq, task_id, kind, actor, at, before, after)
    select $1, seq, (after ->> 'id')::integer, kind, actor, at, before, after
    from jsonb_to_recordset($2)
        as t(seq bigint, kind text, actor jsonb, at timestamptz, before jsonb, after jsonb)";
