//! What a run says, written by the one process that holds it and read by everybody else.

use protocol::chatkit::Item;
use protocol::run::{Run, RunStatus};
use protocol::{ItemId, RunId};
use serde_json::Value;
use tokio_postgres::Row;
use tokio_postgres::types::Type;

use super::{COLUMNS, read, status, text};
use crate::db::Param;
use crate::row::Time;
use crate::spending::{self, Spent};
use crate::{Error, Tx};

/// One step of the process that holds a run.
#[derive(Clone, Copy, Debug)]
pub struct Written<'a> {
    pub run: &'a RunId,
    pub fence: i32,
    /// Sequence number of the event before the first of these.
    pub after: i64,
    /// What the stream says next.
    pub events: &'a [String],
    /// Items that are final, new or in the place of one of the same id.
    pub items: &'a [Item],
    pub removed: &'a [ItemId],
    /// The loop's state, where it has changed.
    pub state: Option<&'a Value>,
    pub status: RunStatus,
    pub lease_seconds: f64,
    /// What the model has taken since the step before.
    pub spent: Option<&'a Spent>,
}

/// What the process that holds a run is told with each step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wishes {
    /// Somebody asked for the run to stop.
    pub stop: bool,
    /// No model is to be asked any more.
    pub models_off: bool,
}

impl Wishes {
    fn read(row: &Row) -> Self {
        Self {
            stop: row.get(0),
            models_off: row.get(1),
        }
    }
}

/// Writes a step in one round trip and renews the lease: what is wished for, or `None` if nothing
/// was written because the run is no longer the caller's, or this very step was written before and
/// its answer got lost ([`kept`] tells which).
///
/// # Errors
/// If the database fails or the session has ended.
pub async fn flush(tx: Tx<'_>, written: &Written<'_>) -> Result<Option<Wishes>, Error> {
    let owner = tx.owner().to_owned();
    let said = i64::try_from(written.events.len()).unwrap_or_default();
    let items = serde_json::to_value(written.items)?;
    let removed: Vec<&str> = written.removed.iter().map(ItemId::as_str).collect();
    let (id, status) = (written.run.as_str(), text(written.status));
    let step: [Param<'_>; 11] = [
        (&owner, Type::TEXT),
        (&id, Type::TEXT),
        (&written.fence, Type::INT4),
        (&said, Type::INT8),
        (&written.events, Type::TEXT_ARRAY),
        (&items, Type::JSONB),
        (&removed, Type::TEXT_ARRAY),
        (&written.state, Type::JSONB),
        (&status, Type::TEXT),
        (&written.lease_seconds, Type::FLOAT8),
        (&written.after, Type::INT8),
    ];
    let rows = match written.spent {
        None => tx.finish(&format!("{STEP} {WISHES}"), &step).await?,
        Some(spent) => account(tx, step, spent).await?,
    };
    Ok(rows.first().map(Wishes::read))
}

/// A step that keeps an answer, and what the answer took.
async fn account(tx: Tx<'_>, step: [Param<'_>; 11], spent: &Spent) -> Result<Vec<Row>, Error> {
    let sql = format!("{STEP}, {} {WISHES}", spending::counted(step.len()));
    let at = Time(spent.at);
    let mut params = Vec::from(step);
    params.extend(spent.params(&at));
    tx.finish(&sql, &params).await
}

/// Whether a step was written whose answer got lost: `Some` with what is wished for if it was.
///
/// # Errors
/// If the database fails or the session has ended.
pub async fn kept(tx: Tx<'_>, written: &Written<'_>) -> Result<Option<Wishes>, Error> {
    let owner = tx.owner().to_owned();
    let said = i64::try_from(written.events.len()).unwrap_or_default();
    let rows = tx
        .finish(
            "select stop_requested, exists (select from switches where name = 'models_off')
            from runs where user_id = $1 and id = $2 and fence = $3 and last_event = $4",
            &[
                (&owner, Type::TEXT),
                (&written.run.as_str(), Type::TEXT),
                (&written.fence, Type::INT4),
                (&(written.after + said), Type::INT8),
            ],
        )
        .await?;
    Ok(rows.first().map(Wishes::read))
}

const STEP: &str = "
    with held as (
        update runs set last_event = last_event + $4, state = coalesce($8, state), status = $9,
            lease_until = now() + make_interval(secs => $10),
            finished_at = case when $9 in ('done', 'stopped', 'failed') then now() end
        where user_id = $1 and id = $2 and fence = $3 and status = 'running' and last_event = $11
        returning thread_id, last_event, stop_requested
    ), said as (
        insert into run_events (user_id, run_id, seq, body)
        select $1, $2, held.last_event - $4 + e.place, e.body
        from held, unnest($5::text[]) with ordinality as e (body, place)
    ), kept as (
        insert into items (user_id, thread_id, id, created_at, run_id, body)
        select $1, held.thread_id, i.body ->> 'id', (i.body ->> 'created_at')::timestamptz, $2, i.body
        from held, jsonb_array_elements($6) with ordinality as i (body, place)
        order by i.place
        on conflict (thread_id, id) do update set body = excluded.body
    ), gone as (
        delete from items using held
        where items.user_id = $1 and items.thread_id = held.thread_id and items.id = any($7)
    ), let_go as (
        delete from budget_holds using held
        where budget_holds.user_id = $1 and budget_holds.run_id = $2 and $9 <> 'running'
    )";

const WISHES: &str = "
    select stop_requested, exists (select from switches where name = 'models_off') from held";

/// What a reader finds.
#[derive(Clone, Debug)]
pub struct Followed {
    pub run: Run,
    /// Sequence number and body of each event.
    pub events: Vec<(i64, String)>,
    /// Nobody works on the run: the lease is over, or it waits in the queue.
    pub orphaned: bool,
    /// Its events are too old to be kept.
    pub swept: bool,
}

/// The events after the one numbered `after`; `None` if the person has no such run.
///
/// # Errors
/// If the database fails or the session has ended.
pub async fn follow(
    tx: Tx<'_>,
    run: &RunId,
    after: i64,
    limit: i64,
) -> Result<Option<Followed>, Error> {
    let owner = tx.owner().to_owned();
    let id = run.as_str();
    let head = format!(
        "select {COLUMNS}, status = 'queued' or (status = 'running' and lease_until < now()), swept
        from runs where user_id = $1 and id = $2"
    );
    // The status is read first: should the run end in between, the reader comes once more and
    // misses nothing.
    let [head, events] = tx
        .finish_all([
            (&head, &[(&owner, Type::TEXT), (&id, Type::TEXT)]),
            (
                "select seq, body from run_events where user_id = $1 and run_id = $2 and seq > $3
                    order by seq limit $4",
                &[
                    (&owner, Type::TEXT),
                    (&id, Type::TEXT),
                    (&after, Type::INT8),
                    (&limit, Type::INT8),
                ],
            ),
        ])
        .await?;
    Ok(head.first().map(|row| Followed {
        run: read(row),
        events: events.iter().map(|row| (row.get(0), row.get(1))).collect(),
        orphaned: row.get(5),
        swept: row.get(6),
    }))
}

/// Asks for a run to stop, from any process. One that still waits is over at once. The status it
/// had is returned, `None` if the person has no such run.
///
/// # Errors
/// If the database fails or the session has ended.
pub async fn request_stop(tx: Tx<'_>, run: &RunId) -> Result<Option<RunStatus>, Error> {
    let owner = tx.owner().to_owned();
    let rows = tx
        .finish(
            "with asked as (
                select id, status from runs where user_id = $1 and id = $2 for update
            ), stopped as (
                update runs set stop_requested = true,
                    status = case when asked.status = 'queued' then 'stopped' else asked.status end,
                    finished_at = case when asked.status = 'queued' then now() end
                from asked
                where runs.user_id = $1 and runs.id = asked.id
                  and asked.status in ('queued', 'running', 'waiting')
            )
            select status from asked",
            &[(&owner, Type::TEXT), (&run.as_str(), Type::TEXT)],
        )
        .await?;
    Ok(rows.first().map(|row| status(row.get(0))))
}
