//! Clients, authorization codes and refresh tokens (OAuth 2.1).
//!
//! **Invariant:** a code and a refresh token work once. Whoever touches one locks its grant first,
//! so what comes at the same moment is done one after the other, each seeing what the last has left.

use protocol::{SessionId, Timestamp};
use tokio_postgres::types::Type;

use crate::db::{Params, Shown};
use crate::row::Time;
use crate::{Db, Error, Tx};

/// A program that asks people to let it in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    pub id: String,
    pub name: String,
    pub redirect_uris: Vec<String>,
    /// When its document has to be fetched again; `None` for one that registered.
    pub expires_at: Option<Timestamp>,
}

/// # Errors
/// If the database fails.
pub async fn client(db: &Db, id: &str) -> Result<Option<Client>, Error> {
    let sql = "select id, name, redirect_uris, expires_at from oauth_clients where id = $1";
    let rows = db.query(sql, &[(&id, Type::TEXT)]).await?;
    Ok(rows.first().map(|row| Client {
        id: row.get(0),
        name: row.get(1),
        redirect_uris: row.get(2),
        expires_at: row.get::<_, Option<Time>>(3).map(|time| time.0),
    }))
}

/// Keeps a client, or what its document says now. Clears away some that registered and were
/// never let in by anybody.
///
/// # Errors
/// If the database fails.
pub async fn keep_client(db: &Db, client: &Client, now: Timestamp) -> Result<(), Error> {
    let sql = "with idle as (
            select id from oauth_clients c
            where created_at < $5::timestamptz - interval '7 days' and id <> $1
                and not latchwork_is_let_in(c.id)
            limit 20 for update skip locked
        ), cleared as (delete from oauth_clients where id in (select id from idle))
        insert into oauth_clients (id, name, redirect_uris, expires_at, created_at)
        values ($1, $2, $3, $4, $5)
        on conflict (id) do update set name = excluded.name,
            redirect_uris = excluded.redirect_uris, expires_at = excluded.expires_at";
    let tx = db.begin_change();
    tx.finish(
        sql,
        &[
            (&client.id, Type::TEXT),
            (&client.name, Type::TEXT),
            (&client.redirect_uris, Type::TEXT_ARRAY),
            (&client.expires_at.map(Time), Type::TIMESTAMPTZ),
            (&Time(now), Type::TIMESTAMPTZ),
        ],
    )
    .await?;
    Ok(())
}

/// What a code was given out for.
#[derive(Clone, Debug)]
pub struct Code {
    pub hash: String,
    pub grant: SessionId,
    pub redirect_uri: String,
    pub challenge: String,
    pub resource: String,
    pub expires_at: Timestamp,
}

/// The last statement of a consent.
///
/// # Errors
/// If the database fails.
pub async fn insert_code(tx: Tx<'_>, code: &Code) -> Result<(), Error> {
    let sql = "insert into oauth_codes
        (hash, grant_id, redirect_uri, code_challenge, resource, expires_at)
        values ($1, $2, $3, $4, $5, $6)";
    let params: Params<'_> = &[
        (&code.hash, Type::TEXT),
        (&code.grant.as_str(), Type::TEXT),
        (&code.redirect_uri, Type::TEXT),
        (&code.challenge, Type::TEXT),
        (&code.resource, Type::TEXT),
        (&Time(code.expires_at), Type::TIMESTAMPTZ),
    ];
    tx.finish(sql, params).await.map(|_| ())
}

/// What became of a secret that was presented.
#[derive(Clone, Debug)]
pub enum Taken<T> {
    /// It was good, and will not be again.
    Now(T),
    /// It was used before, so somebody has a copy; the grant is gone.
    Before,
    Never,
}

/// Takes a code.
///
/// # Errors
/// If the database fails.
pub async fn take_code(db: &Db, hash: &str, now: Timestamp) -> Result<Taken<Code>, Error> {
    let sql = "with family as (
            select id from grants where id in (select grant_id from oauth_codes where hash = $1)
            for update
        ), presented as (
            select c.hash, c.grant_id, c.used_at, c.expires_at
            from oauth_codes c join family f on f.id = c.grant_id where c.hash = $1
            for update of c
        ), taken as (
            update oauth_codes c set used_at = $2 from presented p
            where c.hash = p.hash and p.used_at is null and p.expires_at > $2
            returning c.hash, c.grant_id, c.redirect_uri, c.code_challenge, c.resource, c.expires_at
        ), stolen as (
            delete from grants where id in (
                select grant_id from presented where used_at is not null)
            returning id
        )
        select t.*, exists (select from stolen) from (select 1) one left join taken t on true";
    let params: Params<'_> = &[(&hash, Type::TEXT), (&Time(now), Type::TIMESTAMPTZ)];
    let rows = db.showing(Shown::Key(hash)).finish(sql, params).await?;
    Ok(taken(&rows, 6, |row, hash| Code {
        hash,
        grant: SessionId::new(row.get::<_, String>(1)),
        redirect_uri: row.get(2),
        challenge: row.get(3),
        resource: row.get(4),
        expires_at: row.get::<_, Time>(5).0,
    }))
}

/// A refresh token.
#[derive(Clone, Debug)]
pub struct Refresh {
    pub hash: String,
    pub grant: SessionId,
    pub resource: String,
    pub expires_at: Timestamp,
}

/// Keeps a refresh token and notes that its grant is in use until then. `false` if the grant has
/// ended meanwhile: another request may have shown that what led here was stolen.
///
/// # Errors
/// If the database fails.
pub async fn insert_refresh(db: &Db, refresh: &Refresh, now: Timestamp) -> Result<bool, Error> {
    let sql = "with used as (
            update grants set last_used_at = $5, expires_at = greatest(expires_at, $4)
            where id = $2 returning id
        ), cleared as (
            delete from oauth_refresh_tokens
            where grant_id in (select id from used) and expires_at < $5
        )
        insert into oauth_refresh_tokens (hash, grant_id, resource, expires_at)
        select $1, id, $3, $4 from used returning hash";
    let params: Params<'_> = &[
        (&refresh.hash, Type::TEXT),
        (&refresh.grant.as_str(), Type::TEXT),
        (&refresh.resource, Type::TEXT),
        (&Time(refresh.expires_at), Type::TIMESTAMPTZ),
        (&Time(now), Type::TIMESTAMPTZ),
    ];
    let tx = db.showing(Shown::Key(refresh.grant.as_str()));
    Ok(!tx.finish(sql, params).await?.is_empty())
}

/// Seconds within which a refresh token may come twice: an answer that was lost on the way is
/// asked for again.
const AGAIN: i64 = 10;

/// Takes a refresh token of a client.
///
/// # Errors
/// If the database fails.
pub async fn take_refresh(
    db: &Db,
    hash: &str,
    client: &str,
    now: Timestamp,
) -> Result<Taken<Refresh>, Error> {
    let sql = "with family as (
            select id from grants where client_id = $2 and id in (
                select grant_id from oauth_refresh_tokens where hash = $1)
            for update
        ), presented as (
            select r.hash, r.grant_id, r.used_at, r.expires_at
            from oauth_refresh_tokens r join family f on f.id = r.grant_id where r.hash = $1
            for update of r
        ), taken as (
            update oauth_refresh_tokens r set used_at = coalesce(r.used_at, $3) from presented p
            where r.hash = p.hash and p.expires_at > $3 and (p.used_at is null or p.used_at > $4)
            returning r.hash, r.grant_id, r.resource, r.expires_at
        ), stolen as (
            delete from grants where id in (select grant_id from presented where used_at <= $4)
            returning id
        )
        select t.*, exists (select from stolen) from (select 1) one left join taken t on true";
    let params: Params<'_> = &[
        (&hash, Type::TEXT),
        (&client, Type::TEXT),
        (&Time(now), Type::TIMESTAMPTZ),
        (&Time(now.plus_seconds(-AGAIN)), Type::TIMESTAMPTZ),
    ];
    let rows = db.showing(Shown::Key(hash)).finish(sql, params).await?;
    Ok(taken(&rows, 4, |row, hash| Refresh {
        hash,
        grant: SessionId::new(row.get::<_, String>(1)),
        resource: row.get(2),
        expires_at: row.get::<_, Time>(3).0,
    }))
}

/// The one row of a taking: what was taken, if anything was, and whether a grant went with it.
fn taken<T>(
    rows: &[tokio_postgres::Row],
    stolen: usize,
    read: impl Fn(&tokio_postgres::Row, String) -> T,
) -> Taken<T> {
    let Some(row) = rows.first() else {
        return Taken::Never;
    };
    match row.get::<_, Option<String>>(0) {
        Some(hash) => Taken::Now(read(row, hash)),
        None if row.get(stolen) => Taken::Before,
        None => Taken::Never,
    }
}

/// Ends the grant of a refresh token of a client (RFC 7009), if there is one.
///
/// # Errors
/// If the database fails.
pub async fn revoke(db: &Db, hash: &str, client: &str) -> Result<(), Error> {
    let sql = "delete from grants where client_id = $2 and id in (
        select grant_id from oauth_refresh_tokens where hash = $1)";
    let params: Params<'_> = &[(&hash, Type::TEXT), (&client, Type::TEXT)];
    let tx = db.showing(Shown::Key(hash));
    tx.finish(sql, params).await.map(|_| ())
}
