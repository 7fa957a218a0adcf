//! The end of a write.

use protocol::Timestamp;
use protocol::task::Change;
use serde_json::Value;
use tokio_postgres::types::Type;

use crate::row::Time;
use crate::{Error, Tx};

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
    let grown: i64 = changes.iter().map(growth).sum();
    tx.finish_all([
        (SAVE_TASKS, &[(&owner, Type::TEXT), (&rows, Type::JSONB)]),
        (SAVE_CHANGES, &[(&owner, Type::TEXT), (&rows, Type::JSONB)]),
        (TAKE_BACK, &[(&owner, Type::TEXT), (&rows, Type::JSONB)]),
        (
            "update task_counters set last_task = greatest(last_task, $2),
                last_change = greatest(last_change, $3), live = live + $4 where user_id = $1",
            &[
                (&owner, Type::TEXT),
                (&last_task, Type::INT4),
                (&last_change, Type::INT8),
                (&grown, Type::INT8),
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
                (&Time(now), Type::TIMESTAMPTZ),
            ],
        ),
    ])
    .await?;
    Ok(())
}

/// How many more tasks are outside the bin after the change.
fn growth(change: &Change) -> i64 {
    let was = change
        .before
        .as_ref()
        .is_some_and(|task| task.deleted_at.is_none());
    let is = change.after.deleted_at.is_none();
    i64::from(is) - i64::from(was)
}

/// A task that changed twice in one write is kept as it was last.
const SAVE_TASKS: &str = "
    insert into tasks (user_id, id, title, description, priority, tags, due_date, due_time,
        time_zone, recurrence, reminder, parent_id, position, completed_at, deleted_at, version,
        created_at, updated_at)
    select $1, id, task ->> 'title', coalesce(task ->> 'description', ''), task ->> 'priority',
        array(select jsonb_array_elements_text(task -> 'tags')),
        left(task ->> 'due', 10)::date, nullif(substr(task ->> 'due', 12), '')::time,
        task ->> 'time_zone', task ->> 'recurrence', (task ->> 'reminder')::integer,
        (task ->> 'parent_id')::integer, task ->> 'position',
        (task ->> 'completed_at')::timestamptz, (task ->> 'deleted_at')::timestamptz,
        (task ->> 'version')::integer, (task ->> 'created_at')::timestamptz,
        (task ->> 'updated_at')::timestamptz
    from (
        select distinct on (id) (change -> 'after' ->> 'id')::integer as id, change -> 'after' as task
        from jsonb_array_elements($2) as change
        order by id, (change ->> 'seq')::bigint desc
    ) as newest
    on conflict (user_id, id) do update set
        title = excluded.title, description = excluded.description, priority = excluded.priority,
        tags = excluded.tags, due_date = excluded.due_date, due_time = excluded.due_time,
        time_zone = excluded.time_zone, recurrence = excluded.recurrence,
        reminder = excluded.reminder, parent_id = excluded.parent_id,
        position = excluded.position, completed_at = excluded.completed_at,
        deleted_at = excluded.deleted_at, version = excluded.version,
        updated_at = excluded.updated_at";

/// Marks what was taken back. Taking back an undo lets stand again what it had taken back, and so
/// on down the chain.
const TAKE_BACK: &str = "
    with recursive chain (seq, undoes, by, depth) as (
        select c.seq, c.undoes, new.seq, 0
        from jsonb_to_recordset($2) as new(seq bigint, undoes bigint)
        join task_changes c on c.user_id = $1 and c.seq = new.undoes
        union all
        select c.seq, c.undoes, chain.seq, chain.depth + 1
        from chain join task_changes c on c.user_id = $1 and c.seq = chain.undoes
    )
    update task_changes set undone_by = case when chain.depth % 2 = 0 then chain.by end
    from chain where task_changes.user_id = $1 and task_changes.seq = chain.seq";

const SAVE_CHANGES: &str = "
    insert into task_changes
        (user_id, seq, action, task_id, kind, actor, at, undoes, before, after)
    select $1, seq, action, (after ->> 'id')::integer, kind, actor, at, undoes, before, after
    from jsonb_to_recordset($2) as t(seq bigint, action bigint, kind text, actor jsonb,
        at timestamptz, undoes bigint, before jsonb, after jsonb)";
