//! Signing keys: Better Auth's `jwks` table.

use protocol::Timestamp;
use tokio_postgres::types::Type;

use crate::row::Time;
use crate::{Db, Error};

/// A row of the table.
#[derive(Clone, Debug)]
pub struct KeyRow {
    pub id: String,
    pub public_key: String,
    /// Sealed under the deployment's secret.
    pub private_key: String,
}

/// What others may know of a key.
#[derive(Clone, Debug)]
pub struct PublicKey {
    pub id: String,
    pub public_key: String,
    /// Better Auth writes it since 1.7, and beside the key because RSA keys do not show it.
    pub alg: Option<String>,
}

/// Seconds for which a key verifies after it has signed for the last time: Better Auth's own.
const GRACE: i64 = 30 * 24 * 3600;

/// The keys that tokens may be signed with at this moment, newest first. The private parts are
/// not read.
///
/// # Errors
/// If the database fails.
pub async fn public(db: &Db, now: Timestamp) -> Result<Vec<PublicKey>, Error> {
    let since = Time(now.plus_seconds(-GRACE));
    let rows = db
        .query(
            r#"select "id", "publicKey", "alg" from "jwks"
            where "expiresAt" is null or "expiresAt" > $1
            order by "createdAt" desc, "id""#,
            &[(&since, Type::TIMESTAMPTZ)],
        )
        .await?;
    let read = |row: &tokio_postgres::Row| PublicKey {
        id: row.get(0),
        public_key: row.get(1),
        alg: row.get(2),
    };
    Ok(rows.iter().map(read).collect())
}

/// Newest first.
///
/// # Errors
/// If the database fails.
pub async fn all(db: &Db) -> Result<Vec<KeyRow>, Error> {
    let rows = db
        .query(
            r#"select "id", "publicKey", "privateKey" from "jwks" order by "createdAt" desc, "id""#,
            &[],
        )
        .await?;
    let read = |row: &tokio_postgres::Row| KeyRow {
        id: row.get(0),
        public_key: row.get(1),
        private_key: row.get(2),
    };
    Ok(rows.iter().map(read).collect())
}

/// Adds a key, unless another process has added one in the meantime.
///
/// # Errors
/// If the database fails.
pub async fn insert_first(db: &Db, key: &KeyRow, now: Timestamp) -> Result<(), Error> {
    let lock = r#"lock table "jwks" in share row exclusive mode"#;
    let insert = r#"insert into "jwks" ("id", "publicKey", "privateKey", "createdAt")
        select $1, $2, $3, $4 where not exists (select from "jwks")"#;
    db.begin_plain()
        .finish_all([
            (lock, &[]),
            (
                insert,
                &[
                    (&key.id, Type::TEXT),
                    (&key.public_key, Type::TEXT),
                    (&key.private_key, Type::TEXT),
                    (&Time(now), Type::TIMESTAMPTZ),
                ],
            ),
        ])
        .await?;
    Ok(())
}
