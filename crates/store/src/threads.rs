//! Conversations.

use protocol::chatkit::{Order, Page, Thread, ThreadStatus};
use protocol::{RunId, ThreadId, Timestamp};
use serde_json::{Map, Value};
use tokio_postgres::Row;
use tokio_postgres::types::{Json, ToSql, Type};

use crate::db::Params;
use crate::row::Time;
use crate::tasks::words;
use crate::{Error, Tx};

pub(crate) const COLUMNS: &str = "id, title, status, created_at";

pub(crate) fn read(row: &Row) -> Result<Thread, Error> {
    let status: Json<Value> = row.get(2);
    Ok(Thread {
        id: ThreadId::new(row.get::<_, String>(0)),
        title: row.get(1),
        status: serde_json::from_value::<ThreadStatus>(status.0)?,
        created_at: row.get::<_, Time>(3).0,
        allowed_image_domains: None,
        metadata: Map::new(),
        items: Page::default(),
    })
}

/// Where a page of a list begins and how long it is.
#[derive(Clone, Debug)]
pub struct PageOf {
    pub limit: i64,
    pub order: Order,
    /// Id of the last entry of the page before.
    pub after: Option<String>,
}

impl PageOf {
    pub(crate) const fn comparison(&self) -> (&'static str, &'static str) {
        match self.order {
            Order::Asc => (">", "asc"),
            Order::Desc => ("<", "desc"),
        }
    }

    /// Cuts the one entry too many off, which was read to see whether more follow.
    pub(crate) fn cut<T>(&self, mut data: Vec<T>, id: impl Fn(&T) -> String) -> Page<T> {
        let limit = usize::try_from(self.limit).unwrap_or_default();
        let has_more = data.len() > limit;
        data.truncate(limit);
        let after = data.last().filter(|_| has_more).map(id);
        Page {
            data,
            has_more,
            after,
        }
    }
}

/// The person's conversations, without their items.
///
/// # Errors
/// If the database fails.
pub async fn list(tx: Tx<'_>, page: &PageOf) -> Result<Page<Thread>, Error> {
    page_where(tx, page, "true", &[]).await
}

/// A page of the conversations that a condition lets through, whose values begin at `$4`.
async fn page_where(
    tx: Tx<'_>,
    page: &PageOf,
    condition: &str,
    values: Params<'_>,
) -> Result<Page<Thread>, Error> {
    let owner = tx.owner().to_owned();
    let (beyond, order) = page.comparison();
    let sql = format!(
        "select {COLUMNS} from threads
        where user_id = $1 and ($2::text is null or (created_at, id) {beyond}
            (select created_at, id from threads where user_id = $1 and id = $2))
          and {condition}
        order by created_at {order}, id {order} limit $3"
    );
    let limit = page.limit + 1;
    let mut params: Vec<(&(dyn ToSql + Sync), Type)> = vec![
        (&owner, Type::TEXT),
        (&page.after, Type::TEXT),
        (&limit, Type::INT8),
    ];
    params.extend_from_slice(values);
    let rows = tx.finish(&sql, &params).await?;
    let threads = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    Ok(page.cut(threads, |thread| thread.id.to_string()))
}

/// `None` if the person has no such conversation.
///
/// # Errors
/// If the database fails.
pub async fn rename(
    tx: Tx<'_>,
    thread: &ThreadId,
    title: &str,
    now: Timestamp,
) -> Result<Option<Thread>, Error> {
    let owner = tx.owner().to_owned();
    let sql = format!(
        "update threads set title = $3, updated_at = $4
        where user_id = $1 and id = $2 returning {COLUMNS}"
    );
    let rows = tx
        .finish(
            &sql,
            &[
                (&owner, Type::TEXT),
                (&thread.as_str(), Type::TEXT),
                (&title, Type::TEXT),
                (&Time(now), Type::TIMESTAMPTZ),
            ],
        )
        .await?;
    rows.first().map(read).transpose()
}

/// Gives a conversation a better title, unless somebody has changed it since; `None` then.
///
/// # Errors
/// If the database fails.
pub async fn retitle(
    tx: Tx<'_>,
    thread: &ThreadId,
    old: &str,
    title: &str,
) -> Result<Option<Thread>, Error> {
    let owner = tx.owner().to_owned();
    let sql = format!(
        "update threads set title = $4 where user_id = $1 and id = $2 and title = $3
        returning {COLUMNS}"
    );
    let rows = tx
        .finish(
            &sql,
            &[
                (&owner, Type::TEXT),
                (&thread.as_str(), Type::TEXT),
                (&old, Type::TEXT),
                (&title, Type::TEXT),
            ],
        )
        .await?;
    rows.first().map(read).transpose()
}

/// Notes on the older part of a conversation, for the model.
#[derive(Clone, Copy, Debug)]
pub struct Notes<'a> {
    pub text: &'a str,
    /// The newest turn that is in them.
    pub upto: &'a RunId,
    /// The same of the notes that these take the place of.
    pub before: Option<&'a RunId>,
}

/// Keeps notes, unless others were made meanwhile or the turns in them are gone.
///
/// # Errors
/// If the database fails.
pub async fn take_notes(tx: Tx<'_>, thread: &ThreadId, notes: &Notes<'_>) -> Result<bool, Error> {
    let owner = tx.owner().to_owned();
    let rows = tx
        .finish(
            "update threads set summary = $3, summary_upto = $4
            where user_id = $1 and id = $2 and summary_upto is not distinct from $5
              and exists (select from runs where user_id = $1 and id = $4 and not superseded)
            returning id",
            &[
                (&owner, Type::TEXT),
                (&thread.as_str(), Type::TEXT),
                (&notes.text, Type::TEXT),
                (&notes.upto.as_str(), Type::TEXT),
                (&notes.before.map(RunId::as_str), Type::TEXT),
            ],
        )
        .await?;
    Ok(!rows.is_empty())
}

/// The conversations in whose title or messages every word of the text begins some word.
///
/// # Errors
/// If the database fails.
pub async fn search(tx: Tx<'_>, text: &str, page: &PageOf) -> Result<Page<Thread>, Error> {
    let Some(words) = words(text) else {
        return list(tx, page).await;
    };
    let condition = "(to_tsvector('simple', coalesce(title, '')) @@ to_tsquery('simple', $4)
        or id in (select thread_id from items
            where user_id = $1 and not hidden and search @@ to_tsquery('simple', $4)))";
    page_where(tx, page, condition, &[(&words, Type::TEXT)]).await
}

/// Whether there was such a conversation. Its items, runs and events go with it.
///
/// # Errors
/// If the database fails.
pub async fn delete(tx: Tx<'_>, thread: &ThreadId) -> Result<bool, Error> {
    let owner = tx.owner().to_owned();
    let rows = tx
        .finish(
            "delete from threads where user_id = $1 and id = $2 returning id",
            &[(&owner, Type::TEXT), (&thread.as_str(), Type::TEXT)],
        )
        .await?;
    Ok(!rows.is_empty())
}
