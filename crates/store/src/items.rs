//! The entries of a conversation.

use protocol::chatkit::{FeedbackKind, Item, Thread};
use protocol::{ItemId, ThreadId, Timestamp};
use serde_json::Value;
use tokio_postgres::Row;
use tokio_postgres::types::{Json, Type};

use crate::row::Time;
use crate::threads::{self, PageOf};
use crate::{Error, Tx};

fn read(row: &Row) -> Result<Item, Error> {
    let body: Json<Value> = row.get(0);
    Ok(serde_json::from_value(body.0)?)
}

/// A conversation with a page of its items; `None` if the person has none of that id.
///
/// # Errors
/// If the database fails.
pub async fn page(tx: Tx<'_>, thread: &ThreadId, page: &PageOf) -> Result<Option<Thread>, Error> {
    let owner = tx.owner().to_owned();
    let (beyond, order) = page.comparison();
    let items = format!(
        "select body from items
        where user_id = $1 and thread_id = $2 and not hidden
            and ($3::text is null or position {beyond}
            (select position from items where user_id = $1 and thread_id = $2 and id = $3))
        order by position {order} limit $4"
    );
    let head = format!(
        "select {} from threads where user_id = $1 and id = $2",
        threads::COLUMNS
    );
    let id = thread.as_str();
    let [head, items] = tx
        .finish_all([
            (&head, &[(&owner, Type::TEXT), (&id, Type::TEXT)]),
            (
                &items,
                &[
                    (&owner, Type::TEXT),
                    (&id, Type::TEXT),
                    (&page.after, Type::TEXT),
                    (&(page.limit + 1), Type::INT8),
                ],
            ),
        ])
        .await?;
    let Some(head) = head.first() else {
        return Ok(None);
    };
    let items = items.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    Ok(Some(Thread {
        items: page.cut(items, |item| item.id.to_string()),
        ..threads::read(head)?
    }))
}

/// One item.
///
/// # Errors
/// If the database fails.
pub async fn find(
    tx: &mut Tx<'_>,
    thread: &ThreadId,
    item: &ItemId,
) -> Result<Option<Item>, Error> {
    let owner = tx.owner().to_owned();
    let rows = tx
        .query(
            "select body from items i where user_id = $1 and thread_id = $2 and id = $3",
            &[
                (&owner, Type::TEXT),
                (&thread.as_str(), Type::TEXT),
                (&item.as_str(), Type::TEXT),
            ],
        )
        .await?;
    rows.first().map(read).transpose()
}

/// The newest item that the person has seen of a conversation; the outer `None` if there is no
/// such conversation.
///
/// # Errors
/// If the database fails.
pub async fn newest(tx: Tx<'_>, thread: &ThreadId) -> Result<Option<Option<Item>>, Error> {
    let owner = tx.owner().to_owned();
    let rows = tx
        .finish(
            "select i.body from threads t
            left join items i on i.user_id = $1 and i.thread_id = t.id and not i.hidden
            where t.user_id = $1 and t.id = $2 order by i.position desc nulls last limit 1",
            &[(&owner, Type::TEXT), (&thread.as_str(), Type::TEXT)],
        )
        .await?;
    let Some(row) = rows.first() else {
        return Ok(None);
    };
    let body: Option<Json<Value>> = row.get(0);
    let item = body
        .map(|body| serde_json::from_value(body.0))
        .transpose()?;
    Ok(Some(item))
}

/// Keeps what the person thinks of some items: false if one of them does not exist, and then of
/// none.
///
/// # Errors
/// If the database fails.
pub async fn judge(
    tx: Tx<'_>,
    thread: &ThreadId,
    items: &[ItemId],
    kind: FeedbackKind,
    now: Timestamp,
) -> Result<bool, Error> {
    let owner = tx.owner().to_owned();
    let mut ids: Vec<&str> = items.iter().map(ItemId::as_str).collect();
    ids.sort_unstable();
    ids.dedup();
    let kind = match kind {
        FeedbackKind::Positive => "positive",
        FeedbackKind::Negative => "negative",
    };
    let judged = tx
        .finish(
            "with judged as (
                select user_id, thread_id, id from items
                where user_id = $1 and thread_id = $2 and id = any($3) and not hidden
            )
            insert into item_feedback (user_id, thread_id, item_id, kind, at)
            select user_id, thread_id, id, $4, $5 from judged
            where (select count(*) from judged) = cardinality($3)
            on conflict (thread_id, item_id) do update set kind = excluded.kind, at = excluded.at
            returning item_id",
            &[
                (&owner, Type::TEXT),
                (&thread.as_str(), Type::TEXT),
                (&ids, Type::TEXT_ARRAY),
                (&kind, Type::TEXT),
                (&Time(now), Type::TIMESTAMPTZ),
            ],
        )
        .await?;
    Ok(judged.len() == ids.len())
}
