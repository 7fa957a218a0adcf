//! Beginning a turn, once.

use protocol::chatkit::{Item, ThreadStatus};
use protocol::run::Run;
use protocol::{ItemId, RunId, ThreadId, Timestamp};
use serde_json::Value;
use tokio_postgres::types::{Json, Type};

use super::past::{self, NOTES, Past, TURNS};
use super::{COLUMNS, read};
use crate::db::Params;
use crate::model_keys;
use crate::row::Time;
use crate::spending::{Budget, HOLD};
use crate::switches::MODELS_OFF;
use crate::{Error, Tx};

/// What the turn opens with.
#[derive(Clone, Copy, Debug)]
pub enum Opening<'a> {
    /// A new conversation with its first message and its title.
    Thread(&'a Item, &'a str),
    /// A further message, or another item of a new id or in the place of one that is there.
    Message(&'a Item),
    /// Another answer to a message that is there already; what followed it goes.
    Again(&'a ItemId),
}

#[derive(Clone, Copy, Debug)]
pub struct NewRun<'a> {
    pub id: &'a RunId,
    pub thread: &'a ThreadId,
    pub opening: Opening<'a>,
    /// A repeat of the request carries the same key and the same hash. A client that sends no
    /// keys is given one by `fallback_key`; its repeats are known by the hash as long as the
    /// first is being answered.
    pub client_key: Option<&'a str>,
    pub fallback_key: &'a str,
    pub request_hash: &'a [u8],
    pub state: &'a Value,
    pub session: Option<&'a str>,
    pub time_zone: &'a str,
    /// The stream's first events, if the turn begins at once.
    pub events: &'a [String],
    /// Its only event for now, if it has to wait.
    pub queued_event: &'a str,
    /// Files that become the conversation's.
    pub attachments: &'a [String],
    /// Earlier turns to look at.
    pub history: i64,
    pub lease_seconds: f64,
    /// What the turn has to fit into, if it may ask a model that the deployment pays.
    pub budget: Option<Budget>,
    pub now: Timestamp,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Started {
    /// The turn is the caller's to work on, with fence 1 and what came before it.
    Running(Box<Past>),
    /// Another turn of the conversation is not over.
    Queued,
    /// The request was seen before; this is its run.
    Existing(Run),
    /// The same, so long ago that its events are gone.
    Swept,
    /// The key was seen before with another request.
    KeyReused,
    ThreadNotFound,
    ThreadLocked(Option<String>),
    ItemNotFound,
}

/// Begins a turn in two round trips. The message, the run, its first events and its share of the
/// budget are committed together, and what the model has to know of earlier turns is read along.
///
/// # Errors
/// If nothing is left of the budget, the database fails or the session has ended.
pub async fn start(mut tx: Tx<'_>, run: &NewRun<'_>) -> Result<Started, Error> {
    let owner = tx.owner().to_owned();
    let thread = run.thread.as_str();
    let known = format!(
        "select {COLUMNS}, request_hash, swept from runs
        where user_id = $1 and case when $2::text is null
            then request_hash = $3 and status in ('queued', 'running', 'waiting')
            else client_key = $2 end
        order by created_at desc limit 1"
    );
    let identity: Params<'_> = &[
        (&owner, Type::TEXT),
        (&run.client_key, Type::TEXT),
        (&run.request_hash, Type::BYTEA),
    ];
    let [_, known, head, busy, target] = tx
        .queries([
            (ONE_AT_A_TIME, identity),
            (&known, identity),
            (
                "select status from threads where user_id = $1 and id = $2 for update",
                &[(&owner, Type::TEXT), (&thread, Type::TEXT)],
            ),
            (
                "select id from runs where user_id = $1 and thread_id = $2
                    and status in ('queued', 'running', 'waiting') limit 1",
                &[(&owner, Type::TEXT), (&thread, Type::TEXT)],
            ),
            (
                "select body from items
                    where user_id = $1 and thread_id = $2 and id = $3 and body ->> 'type' = 'user_message'",
                &[
                    (&owner, Type::TEXT),
                    (&thread, Type::TEXT),
                    (&again(run.opening), Type::TEXT),
                ],
            ),
        ])
        .await?;
    if let Some(row) = known.first() {
        let same = row.get::<_, Vec<u8>>(5) == run.request_hash;
        return Ok(if same && row.get(6) {
            Started::Swept
        } else if same {
            Started::Existing(read(row))
        } else {
            Started::KeyReused
        });
    }
    if !matches!(run.opening, Opening::Thread(..)) {
        let Some(row) = head.first() else {
            return Ok(Started::ThreadNotFound);
        };
        match serde_json::from_value(row.get::<_, Json<Value>>(0).0)? {
            ThreadStatus::Active => {}
            ThreadStatus::Locked { reason } | ThreadStatus::Closed { reason } => {
                return Ok(Started::ThreadLocked(reason));
            }
        }
    }
    let item = match run.opening {
        Opening::Thread(item, _) | Opening::Message(item) => serde_json::to_value(item)?,
        Opening::Again(_) => match target.first() {
            Some(row) => row.get::<_, Json<Value>>(0).0,
            None => return Ok(Started::ItemNotFound),
        },
    };
    let queued = !busy.is_empty();
    let past = insert(tx, &owner, run, &item, queued).await?;
    Ok(if queued {
        Started::Queued
    } else {
        Started::Running(Box::new(past))
    })
}

/// Repeats of a request that arrive at once go one after the other.
const ONE_AT_A_TIME: &str = "select pg_advisory_xact_lock(
    hashtextextended($1 || ' ' || coalesce($2, encode($3, 'hex')), 52826))";

fn again(opening: Opening<'_>) -> Option<&str> {
    match opening {
        Opening::Again(item) => Some(item.as_str()),
        _ => None,
    }
}

fn title(opening: Opening<'_>) -> Option<&str> {
    match opening {
        Opening::Thread(_, title) => Some(title),
        _ => None,
    }
}

async fn insert(
    tx: Tx<'_>,
    owner: &str,
    run: &NewRun<'_>,
    item: &Value,
    queued: bool,
) -> Result<Past, Error> {
    let (thread, id, now) = (run.thread.as_str(), run.id.as_str(), Time(run.now));
    let queued_event = [run.queued_event.to_owned()];
    let events = if queued { &queued_event } else { run.events };
    let said = i64::try_from(events.len()).unwrap_or_default();
    let again = again(run.opening);
    let begins = !queued && again.is_none();
    let status = if queued { "queued" } else { "running" };
    // Whoever waits has more turns before it when it begins.
    let history = if queued { 0 } else { run.history };
    let hold: (&str, Params<'_>) = match &run.budget {
        None => NOTHING,
        Some(budget) => (
            HOLD,
            &[
                (&owner, Type::TEXT),
                (&id, Type::TEXT),
                (&now, Type::TIMESTAMPTZ),
                (&budget.expected, Type::INT8),
                (&budget.most, Type::INT8),
                (&budget.most_of_person, Type::INT8),
                (&budget.own_models, Type::BOOL),
            ],
        ),
    };
    let forget: (&str, Params<'_>) = match &again {
        None => NOTHING,
        Some(_) => (
            FORGET,
            &[
                (&owner, Type::TEXT),
                (&thread, Type::TEXT),
                (&again, Type::TEXT),
            ],
        ),
    };
    let attach: (&str, Params<'_>) = match run.attachments {
        [] => NOTHING,
        _ => (
            ATTACH,
            &[
                (&owner, Type::TEXT),
                (&run.attachments, Type::TEXT_ARRAY),
                (&thread, Type::TEXT),
            ],
        ),
    };
    let [.., notes, turns, model, off] = tx
        .finish_all([
        hold,
        (
            "insert into threads (user_id, id, title, created_at, updated_at)
                values ($1, $2, $4, $3, $3)
                on conflict (id) do update set updated_at = excluded.updated_at,
                    summary = case when $5 then null else threads.summary end,
                    summary_upto = case when $5 then null else threads.summary_upto end
                where threads.user_id = $1",
            &[
                (&owner, Type::TEXT),
                (&thread, Type::TEXT),
                (&now, Type::TIMESTAMPTZ),
                (&title(run.opening), Type::TEXT),
                // Notes may hold what is about to be forgotten.
                (&again.is_some(), Type::BOOL),
            ],
        ),
        forget,
        (
            "insert into runs (user_id, id, thread_id, user_item, client_key, request_hash, status,
                    lease_until, last_event, state, session_id, time_zone, created_at)
                values ($1, $2, $3, $4, $5, $6, $7,
                    now() + make_interval(secs => $8), $9, $10, $11, $12, $13)",
            &[
                (&owner, Type::TEXT),
                (&id, Type::TEXT),
                (&thread, Type::TEXT),
                (item, Type::JSONB),
                (&run.client_key.unwrap_or(run.fallback_key), Type::TEXT),
                (&run.request_hash, Type::BYTEA),
                (&status, Type::TEXT),
                (&run.lease_seconds, Type::FLOAT8),
                (&said, Type::INT8),
                (run.state, Type::JSONB),
                (&run.session, Type::TEXT),
                (&run.time_zone, Type::TEXT),
                (&now, Type::TIMESTAMPTZ),
            ],
        ),
        (
            "insert into items (user_id, thread_id, id, created_at, run_id, body)
                select $1, $2, $3::jsonb ->> 'id', ($3::jsonb ->> 'created_at')::timestamptz, $4, $3
                where $5
                on conflict (thread_id, id) do update set body = excluded.body",
            &[
                (&owner, Type::TEXT),
                (&thread, Type::TEXT),
                (item, Type::JSONB),
                (&id, Type::TEXT),
                (&begins, Type::BOOL),
            ],
        ),
        (
            "insert into run_events (user_id, run_id, seq, body)
                select $1, $2, seq, body from unnest($3::text[]) with ordinality as e (body, seq)",
            &[
                (&owner, Type::TEXT),
                (&id, Type::TEXT),
                (&events, Type::TEXT_ARRAY),
            ],
        ),
        attach,
        (NOTES, &[(&owner, Type::TEXT), (&thread, Type::TEXT)]),
        (
            TURNS,
            &[
                (&owner, Type::TEXT),
                (&thread, Type::TEXT),
                (&id, Type::TEXT),
                (&history, Type::INT8),
            ],
        ),
        (model_keys::FIND, &[(&owner, Type::TEXT)]),
        (MODELS_OFF, &[]),
    ])
    .await?;
    Ok(past::read(&notes, &turns, &model, &off))
}

/// In the place of a statement that a turn does without: even one that finds no row is planned.
const NOTHING: (&str, Params<'_>) = ("select", &[]);

/// Parameters: the owner, the files and the conversation whose they become.
const ATTACH: &str = "
    update attachments set thread_id = $3
    where user_id = $1 and id = any($2) and thread_id is null";

/// Takes what followed a message out of the conversation. The runs stay, because their keys must
/// go on answering repeats.
const FORGET: &str = "
    with target as (
        select position from items where user_id = $1 and thread_id = $2 and id = $3
    ), forgotten as (
        update runs set superseded = true
        where user_id = $1 and thread_id = $2 and user_item ->> 'id' in (
            select id from items, target
            where user_id = $1 and thread_id = $2 and items.position >= target.position)
    )
    delete from items using target
    where user_id = $1 and thread_id = $2 and items.position > target.position";
