//! The log of changes.

use protocol::task::{Change, Changes};
use protocol::{TaskId, Timestamp};
use serde_json::Value;
use tokio_postgres::Row;
use tokio_postgres::types::{Json, Type};

use crate::row::Time;
use crate::{Error, Tx};

const CHANGE: &str = "jsonb_strip_nulls(jsonb_build_object('undoes', undoes))
    || case when before is null then '{}' else jsonb_build_object('before', before) end
    || jsonb_build_object('seq', seq, 'action', coalesce(action, seq), 'kind', kind,
        'actor', actor, 'after', after,
        'at', to_char(at at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'))";

fn read(rows: &[Row]) -> Result<Vec<Change>, Error> {
    rows.iter()
        .map(|row| Ok(serde_json::from_value(row.get::<_, Json<Value>>(0).0)?))
        .collect()
}

/// What happened after the change numbered `since`, oldest first.
///
/// # Errors
/// If the database fails.
pub async fn changes(tx: Tx<'_>, since: i64, limit: i64) -> Result<Changes, Error> {
    let owner = tx.owner().to_owned();
    let sql = format!(
        "select {CHANGE} from task_changes where user_id = $1 and seq > $2 order by seq limit $3"
    );
    let rows = tx
        .finish(
            &sql,
            &[
                (&owner, Type::TEXT),
                (&since, Type::INT8),
                (&(limit + 1), Type::INT8),
            ],
        )
        .await?;
    page(&rows, limit)
}

fn page(rows: &[Row], limit: i64) -> Result<Changes, Error> {
    let mut changes = read(rows)?;
    let limit = usize::try_from(limit).unwrap_or_default();
    let has_more = changes.len() > limit;
    changes.truncate(limit);
    Ok(Changes { changes, has_more })
}

/// Which part of the log to look at.
#[derive(Clone, Debug, Default)]
pub struct Activity {
    /// Only what came before this change.
    pub before: Option<i64>,
    pub task: Option<TaskId>,
    pub limit: i64,
}

/// The log, newest first.
///
/// # Errors
/// If the database fails.
pub async fn activity(tx: Tx<'_>, wanted: &Activity) -> Result<Changes, Error> {
    let owner = tx.owner().to_owned();
    let sql = format!(
        "select {CHANGE} from task_changes
        where user_id = $1 and ($2::bigint is null or seq < $2)
          and ($3::integer is null or task_id = $3)
        order by seq desc limit $4"
    );
    let rows = tx
        .finish(
            &sql,
            &[
                (&owner, Type::TEXT),
                (&wanted.before, Type::INT8),
                (&wanted.task.map(|id| id.0), Type::INT4),
                (&(wanted.limit + 1), Type::INT8),
            ],
        )
        .await?;
    page(&rows, wanted.limit)
}

/// Changes to take back.
#[derive(Clone, Debug, PartialEq)]
pub enum Wanted {
    /// What was done last and is not taken back yet.
    Last,
    /// Everything that was done together with this change.
    Action(i64),
    /// Everything the assistant did in this run.
    Run(String),
    /// Everything that was done after this moment.
    Since(Timestamp),
}

/// The changes to take back, newest first.
///
/// # Errors
/// If the database fails.
pub async fn wanted(tx: &mut Tx<'_>, wanted: &Wanted, limit: i64) -> Result<Vec<Change>, Error> {
    let owner = tx.owner().to_owned();
    let (action, run, since) = match wanted {
        Wanted::Last => (None, None, None),
        Wanted::Action(action) => (Some(*action), None, None),
        Wanted::Run(run) => (None, Some(run.as_str()), None),
        Wanted::Since(moment) => (None, None, Some(Time(*moment))),
    };
    let condition = match wanted {
        Wanted::Last => {
            "undone_by is null and action = (select action from task_changes
                where user_id = $1 and undone_by is null and kind <> 'undone'
                order by seq desc limit 1)"
        }
        Wanted::Action(_) => {
            "undone_by is null
                and action = (select action from task_changes where user_id = $1 and seq = $2)"
        }
        Wanted::Run(_) => {
            "undone_by is null and kind <> 'undone'
                and actor ? 'run_id' and actor ->> 'run_id' = $3"
        }
        // Whatever was done and undone since: taken back one by one, it leads to the moment.
        Wanted::Since(_) => "at > $4",
    };
    let sql = format!(
        "select {CHANGE} from task_changes
        where user_id = $1 and {condition}
          and ($2::bigint is null or true) and ($3::text is null or true)
          and ($4::timestamptz is null or true)
        order by seq desc limit $5"
    );
    let rows = tx
        .query(
            &sql,
            &[
                (&owner, Type::TEXT),
                (&action, Type::INT8),
                (&run, Type::TEXT),
                (&since, Type::TIMESTAMPTZ),
                (&limit, Type::INT8),
            ],
        )
        .await?;
    read(&rows)
}
