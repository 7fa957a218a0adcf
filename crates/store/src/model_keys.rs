//! The models that people have brought, one for each of them.

use protocol::Timestamp;
use tokio_postgres::Row;
use tokio_postgres::types::Type;

use crate::row::Time;
use crate::{Error, Tx};

/// A person's own model. The key is sealed; nothing here opens it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelKey {
    pub model: String,
    pub base_url: String,
    pub sealed: Vec<u8>,
    /// Its last characters, by which a person knows it again.
    pub key_end: String,
    pub set_at: Timestamp,
}

pub(crate) const FIND: &str =
    "select model, base_url, sealed, key_end, set_at from model_keys where user_id = $1";

pub(crate) fn read(row: &Row) -> ModelKey {
    ModelKey {
        model: row.get(0),
        base_url: row.get(1),
        sealed: row.get(2),
        key_end: row.get(3),
        set_at: row.get::<_, Time>(4).0,
    }
}

/// # Errors
/// If the database fails.
pub async fn find(tx: Tx<'_>) -> Result<Option<ModelKey>, Error> {
    let owner = tx.owner().to_owned();
    let rows = tx.finish(FIND, &[(&owner, Type::TEXT)]).await?;
    Ok(rows.first().map(read))
}

/// Takes the place of the one before.
///
/// # Errors
/// If the database fails.
pub async fn save(tx: Tx<'_>, key: &ModelKey) -> Result<(), Error> {
    let owner = tx.owner().to_owned();
    tx.finish(
        "insert into model_keys (user_id, model, base_url, sealed, key_end, set_at)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (user_id) do update set model = excluded.model,
            base_url = excluded.base_url, sealed = excluded.sealed,
            key_end = excluded.key_end, set_at = excluded.set_at",
        &[
            (&owner, Type::TEXT),
            (&key.model, Type::TEXT),
            (&key.base_url, Type::TEXT),
            (&key.sealed, Type::BYTEA),
            (&key.key_end, Type::TEXT),
            (&Time(key.set_at), Type::TIMESTAMPTZ),
        ],
    )
    .await?;
    Ok(())
}

/// # Errors
/// If the database fails.
pub async fn delete(tx: Tx<'_>) -> Result<(), Error> {
    let owner = tx.owner().to_owned();
    let delete = "delete from model_keys where user_id = $1";
    tx.finish(delete, &[(&owner, Type::TEXT)]).await?;
    Ok(())
}
