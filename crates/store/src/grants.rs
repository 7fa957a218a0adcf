//! What people let programs do on their behalf.
//!
//! **Invariant:** secrets stand here as hashes only.

use protocol::{SessionId, Timestamp, UserId};
use tokio_postgres::Row;
use tokio_postgres::types::Type;

use crate::row::Time;
use crate::{Db, Error, Tx};

/// One program that may act for one person.
#[derive(Clone, Debug)]
pub struct Grant {
    pub id: SessionId,
    pub user: UserId,
    /// `None` for a personal access token.
    pub client: Option<String>,
    pub token_hash: Option<String>,
    pub name: String,
    pub scopes: String,
    pub created_at: Timestamp,
    pub last_used_at: Option<Timestamp>,
    pub expires_at: Timestamp,
}

const COLUMNS: &str = "id, user_id, client_id, token_hash, name, scopes, created_at, \
    last_used_at, expires_at";

fn read(row: &Row) -> Grant {
    Grant {
        id: SessionId::new(row.get::<_, String>(0)),
        user: UserId::new(row.get::<_, String>(1)),
        client: row.get(2),
        token_hash: row.get(3),
        name: row.get(4),
        scopes: row.get(5),
        created_at: row.get::<_, Time>(6).0,
        last_used_at: row.get::<_, Option<Time>>(7).map(|time| time.0),
        expires_at: row.get::<_, Time>(8).0,
    }
}

/// How a request names its grant.
#[derive(Clone, Copy, Debug)]
pub enum By<'a> {
    /// Its id and the person, both from a verified token.
    Id(&'a SessionId, &'a UserId),
    /// The one that a code or a refresh token, just taken, belongs to.
    Secret(&'a SessionId),
    /// The hash of a personal access token.
    Hash(&'a str),
}

/// Seconds after which a further use is written down again.
const WORTH_WRITING: i64 = 60;

/// A live grant that is being used.
///
/// # Errors
/// If the database fails.
pub async fn used(db: &Db, by: By<'_>, now: Timestamp) -> Result<Option<Grant>, Error> {
    let sql = format!("select {COLUMNS} from latchwork_use_grant($1, $2, $3, $4, $5)");
    let (id, user, hash) = match by {
        By::Id(id, user) => (Some(id.as_str()), Some(user.as_str()), None),
        By::Secret(id) => (Some(id.as_str()), None, None),
        By::Hash(hash) => (None, None, Some(hash)),
    };
    let rows = db
        .query(
            &sql,
            &[
                (&id, Type::TEXT),
                (&user, Type::TEXT),
                (&hash, Type::TEXT),
                (&Time(now), Type::TIMESTAMPTZ),
                (&Time(now.plus_seconds(-WORTH_WRITING)), Type::TIMESTAMPTZ),
            ],
        )
        .await?;
    Ok(rows.first().map(read))
}

/// Grants that one person may have; each is a row that every list shows.
pub const MOST: i64 = 50;

/// Keeps a new grant; `false` if the person has too many.
///
/// # Errors
/// If the database fails.
pub async fn insert(tx: &mut Tx<'_>, grant: &Grant) -> Result<bool, Error> {
    let owner = tx.owner().to_owned();
    let rows = tx
        .query(
            "with over as (delete from grants where user_id = $2 and expires_at <= $7)
            insert into grants (id, user_id, client_id, token_hash, name, scopes, created_at,
                expires_at)
            select $1, $2, $3, $4, $5, $6, $7, $8
            where (select count(*) from grants
                where user_id = $2 and expires_at > $7) < $9 returning id",
            &[
                (&grant.id.as_str(), Type::TEXT),
                (&owner, Type::TEXT),
                (&grant.client, Type::TEXT),
                (&grant.token_hash, Type::TEXT),
                (&grant.name, Type::TEXT),
                (&grant.scopes, Type::TEXT),
                (&Time(grant.created_at), Type::TIMESTAMPTZ),
                (&Time(grant.expires_at), Type::TIMESTAMPTZ),
                (&MOST, Type::INT8),
            ],
        )
        .await?;
    Ok(!rows.is_empty())
}

/// The person's grants, newest first: tokens, and clients that have come in.
///
/// # Errors
/// If the database fails.
pub async fn list(tx: Tx<'_>, now: Timestamp) -> Result<Vec<Grant>, Error> {
    let owner = tx.owner().to_owned();
    let sql = format!(
        "select {COLUMNS} from grants where user_id = $1 and expires_at > $2
            and (token_hash is not null or last_used_at is not null)
        order by created_at desc, id"
    );
    let params: crate::db::Params<'_> = &[(&owner, Type::TEXT), (&Time(now), Type::TIMESTAMPTZ)];
    Ok(tx.finish(&sql, params).await?.iter().map(read).collect())
}

/// Shuts a program out. `false` if the person has no such grant.
///
/// # Errors
/// If the database fails.
pub async fn delete(tx: Tx<'_>, id: &str) -> Result<bool, Error> {
    let owner = tx.owner().to_owned();
    let sql = "delete from grants where user_id = $1 and id = $2 returning id";
    let rows = tx
        .at_any_time()
        .finish(sql, &[(&owner, Type::TEXT), (&id, Type::TEXT)])
        .await?;
    Ok(!rows.is_empty())
}
