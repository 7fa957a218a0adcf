//! The entries of a conversation.

use protocol::chatkit::{Item, Thread};
use protocol::{ItemId, ThreadId};
use serde_json::Value;
use tokio_postgres::Row;
use tokio_postgres::types::{Json, Type};

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
        where user_id = $1 and thread_id = $2 and ($3::text is null or position {beyond}
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
