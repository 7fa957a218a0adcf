//! Sign-ins: Better Auth's `session` table.

use protocol::session::{Session, SessionAndUser};
use protocol::{SessionId, Timestamp, UserId};
use tokio_postgres::Row;
use tokio_postgres::types::Type;

use crate::db::{Params, Shown};
use crate::row::Time;
use crate::{Db, Error, Tx, users};

const COLUMNS: &str = r#"s."id", s."token", s."userId", s."expiresAt", s."createdAt",
    s."updatedAt", s."ipAddress", s."userAgent""#;

fn read(row: &Row) -> Session {
    Session {
        id: SessionId::new(row.get::<_, String>(0)),
        token: row.get(1),
        user_id: UserId::new(row.get::<_, String>(2)),
        expires_at: row.get::<_, Time>(3).0,
        created_at: row.get::<_, Time>(4).0,
        updated_at: row.get::<_, Time>(5).0,
        ip_address: row.get(6),
        user_agent: row.get(7),
    }
}

/// Starts a session and ends the person's oldest ones beyond `most`, if there is such a limit.
///
/// # Errors
/// If the database fails.
pub async fn insert(db: &Db, session: &Session, most: Option<i64>) -> Result<(), Error> {
    let params: Params<'_> = &[
        (&session.id.as_str(), Type::TEXT),
        (&session.token, Type::TEXT),
        (&session.user_id.as_str(), Type::TEXT),
        (&Time(session.expires_at), Type::TIMESTAMPTZ),
        (&Time(session.created_at), Type::TIMESTAMPTZ),
        (&session.ip_address, Type::TEXT),
        (&session.user_agent, Type::TEXT),
    ];
    let insert = r#"insert into "session"
        ("id", "token", "userId", "expiresAt", "createdAt", "updatedAt", "ipAddress", "userAgent")
        values ($1, $2, $3, $4, $5, $5, $6, $7)"#;
    let trim = r#"delete from "session" where "id" in (
        select "id" from "session" where "userId" = $1
        order by "createdAt" desc, "id" desc offset $2)"#;
    let user = session.user_id.as_str();
    let most = most.unwrap_or(i64::MAX);
    db.showing(Shown::User(&session.user_id))
        .finish_all([
            (insert, params),
            (trim, &[(&user, Type::TEXT), (&most, Type::INT8)]),
        ])
        .await?;
    Ok(())
}

/// The session of a cookie's token with its user, in one statement; expired ones are not found.
///
/// # Errors
/// If the database fails.
pub async fn find(db: &Db, token: &str, now: Timestamp) -> Result<Option<SessionAndUser>, Error> {
    let sql = format!(
        r#"select {COLUMNS}, {} from "session" s join "user" u on u."id" = s."userId"
        where s."token" = $1 and s."expiresAt" > $2"#,
        users::COLUMNS
    );
    let params: Params<'_> = &[(&token, Type::TEXT), (&Time(now), Type::TIMESTAMPTZ)];
    let rows = db.showing(Shown::Key(token)).finish(&sql, params).await?;
    Ok(rows.first().map(|row| SessionAndUser {
        session: read(row),
        user: users::read(row, 8),
    }))
}

/// Moves the end of a session that is in use.
///
/// # Errors
/// If the database fails.
pub async fn extend(
    db: &Db,
    session: &Session,
    expires_at: Timestamp,
    now: Timestamp,
) -> Result<(), Error> {
    let sql = r#"update "session" set "expiresAt" = $2, "updatedAt" = $3 where "id" = $1"#;
    let params: Params<'_> = &[
        (&session.id.as_str(), Type::TEXT),
        (&Time(expires_at), Type::TIMESTAMPTZ),
        (&Time(now), Type::TIMESTAMPTZ),
    ];
    let tx = db.showing(Shown::User(&session.user_id));
    tx.finish(sql, params).await.map(|_| ())
}

/// Ends the session of a cookie's token, if there is one.
///
/// # Errors
/// If the database fails.
pub async fn delete(db: &Db, token: &str) -> Result<(), Error> {
    let sql = r#"delete from "session" where "token" = $1"#;
    let tx = db.showing(Shown::Key(token));
    tx.finish(sql, &[(&token, Type::TEXT)]).await.map(|_| ())
}

/// The present person's sessions that hold, the oldest first.
///
/// # Errors
/// If the database fails.
pub async fn all(tx: Tx<'_>, now: Timestamp) -> Result<Vec<Session>, Error> {
    let owner = tx.owner().to_owned();
    let sql = format!(
        r#"select {COLUMNS} from "session" s
        where s."userId" = $1 and s."expiresAt" > $2 order by s."createdAt", s."id""#
    );
    let params: Params<'_> = &[(&owner, Type::TEXT), (&Time(now), Type::TIMESTAMPTZ)];
    let rows = tx.finish(&sql, params).await?;
    Ok(rows.iter().map(read).collect())
}

/// Ends one of the present person's sessions, if it is one.
///
/// # Errors
/// If the database fails.
pub async fn delete_one(tx: Tx<'_>, token: &str) -> Result<(), Error> {
    let owner = tx.owner().to_owned();
    let sql = r#"delete from "session" where "userId" = $1 and "token" = $2"#;
    let params: Params<'_> = &[(&owner, Type::TEXT), (&token, Type::TEXT)];
    tx.at_any_time().finish(sql, params).await?;
    Ok(())
}

/// Ends all of the present person's sessions but one.
///
/// # Errors
/// If the database fails.
pub async fn delete_all(tx: Tx<'_>, kept: Option<&SessionId>) -> Result<(), Error> {
    let owner = tx.owner().to_owned();
    let kept = kept.map(SessionId::as_str);
    let sql = r#"delete from "session" where "userId" = $1 and "id" is distinct from $2"#;
    let params: Params<'_> = &[(&owner, Type::TEXT), (&kept, Type::TEXT)];
    tx.at_any_time().finish(sql, params).await?;
    Ok(())
}
