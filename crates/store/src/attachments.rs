//! Small files that people put beside their messages.

use protocol::{ThreadId, Timestamp};
use tokio_postgres::Row;
use tokio_postgres::types::Type;

use crate::row::Time;
use crate::{Error, Tx};

/// A file, perhaps without its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    pub id: String,
    pub name: String,
    pub mime_type: String,
    pub size: i32,
    pub thread: Option<ThreadId>,
    pub content: Option<Vec<u8>>,
}

/// Bytes that one person may have lying here.
const QUOTA: i64 = 50 * 1024 * 1024;

const COLUMNS: &str = "id, name, mime_type, size, thread_id";

fn read(row: &Row) -> Attachment {
    Attachment {
        id: row.get(0),
        name: row.get(1),
        mime_type: row.get(2),
        size: row.get(3),
        thread: row.get::<_, Option<String>>(4).map(ThreadId::new),
        content: row.get(5),
    }
}

/// Announces a file; false if the person has no room for it.
///
/// # Errors
/// If the database fails.
pub async fn insert(tx: Tx<'_>, file: &Attachment, now: Timestamp) -> Result<bool, Error> {
    let owner = tx.owner().to_owned();
    let rows = tx
        .finish(
            "insert into attachments (user_id, id, name, mime_type, size, created_at)
            select $1, $2, $3, $4, $5, $6
            where (select coalesce(sum(size), 0) from attachments where user_id = $1) + $5 <= $7
            returning id",
            &[
                (&owner, Type::TEXT),
                (&file.id, Type::TEXT),
                (&file.name, Type::TEXT),
                (&file.mime_type, Type::TEXT),
                (&file.size, Type::INT4),
                (&Time(now), Type::TIMESTAMPTZ),
                (&QUOTA, Type::INT8),
            ],
        )
        .await?;
    Ok(!rows.is_empty())
}

/// The person's file of this id, with its content.
///
/// # Errors
/// If the database fails.
pub async fn find(tx: Tx<'_>, id: &str) -> Result<Option<Attachment>, Error> {
    let found = of_message(tx, &[id.to_owned()]).await?;
    Ok(found.into_iter().next())
}

/// The person's files of these ids, with their contents.
///
/// # Errors
/// If the database fails.
pub async fn of_message(tx: Tx<'_>, ids: &[String]) -> Result<Vec<Attachment>, Error> {
    let owner = tx.owner().to_owned();
    let sql = format!(
        "select {COLUMNS}, content from attachments where user_id = $1 and id = any($2)
        order by array_position($2, id)"
    );
    let rows = tx
        .finish(&sql, &[(&owner, Type::TEXT), (&ids, Type::TEXT_ARRAY)])
        .await?;
    Ok(rows.iter().map(read).collect())
}

/// Keeps the content of a file, once: false if there is another already.
///
/// # Errors
/// If the database fails.
pub async fn fill(tx: Tx<'_>, id: &str, content: &[u8]) -> Result<bool, Error> {
    let owner = tx.owner().to_owned();
    let rows = tx
        .finish(
            "update attachments set content = $3
            where user_id = $1 and id = $2 and (content is null or content = $3) returning id",
            &[
                (&owner, Type::TEXT),
                (&id, Type::TEXT),
                (&content, Type::BYTEA),
            ],
        )
        .await?;
    Ok(!rows.is_empty())
}

/// Whether there was such a file.
///
/// # Errors
/// If the database fails.
pub async fn delete(tx: Tx<'_>, id: &str) -> Result<bool, Error> {
    let owner = tx.owner().to_owned();
    let rows = tx
        .finish(
            "delete from attachments where user_id = $1 and id = $2 returning id",
            &[(&owner, Type::TEXT), (&id, Type::TEXT)],
        )
        .await?;
    Ok(!rows.is_empty())
}
