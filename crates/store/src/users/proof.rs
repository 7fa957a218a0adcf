//! What somebody who followed a mailed link may do with an account: they have shown that its
//! mailbox is theirs, and are not signed in.

use protocol::session::User;
use protocol::{Timestamp, UserId};
use tokio_postgres::types::Type;

use super::{COLUMNS, read};
use crate::db::{Params, Shown};
use crate::row::Time;
use crate::{Db, Error};

/// A new password, for an account that may have none yet. Every session ends, and every other
/// link that would give a new password (OWASP ASVS 5, 7.4.3). `None` if the account is gone.
///
/// # Errors
/// If the database fails.
pub async fn reset_password(
    db: &Db,
    user: &UserId,
    account_id: &str,
    hash: &str,
    now: Timestamp,
) -> Result<Option<User>, Error> {
    let set = r#"
        with "set" as (
            update "account" set "password" = $3, "updatedAt" = $4
            where "userId" = $1 and "providerId" = 'credential' returning "id"
        )
        insert into "account" ("id", "accountId", "providerId", "userId", "password", "createdAt", "updatedAt")
        select $2, "id", 'credential', "id", $3, $4, $4 from "user"
        where "id" = $1 and not exists (select from "set")"#;
    let end = r#"delete from "session" where "userId" = $1"#;
    let links = r#"delete from "verification"
        where "value" = $1 and "identifier" like 'reset-password:%'"#;
    let find = format!(r#"select {COLUMNS} from "user" u where u."id" = $1"#);
    let id = user.as_str();
    let person: Params<'_> = &[(&id, Type::TEXT)];
    let params: Params<'_> = &[
        (&id, Type::TEXT),
        (&account_id, Type::TEXT),
        (&hash, Type::TEXT),
        (&Time(now), Type::TIMESTAMPTZ),
    ];
    let [.., found] = db
        .changing(Shown::User(user))
        .finish_all([
            (set, params),
            (end, person),
            (links, person),
            (&*find, person),
        ])
        .await?;
    Ok(found.first().map(|row| read(row, 0)))
}

/// The address is theirs, if it is still the account's; whether it is.
///
/// # Errors
/// If the database fails.
pub async fn verify_email(
    db: &Db,
    user: &UserId,
    email: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    let sql = r#"update "user" set "emailVerified" = true, "updatedAt" = $3
        where "id" = $1 and "email" = $2 returning "id""#;
    let params: Params<'_> = &[
        (&user.as_str(), Type::TEXT),
        (&email, Type::TEXT),
        (&Time(now), Type::TIMESTAMPTZ),
    ];
    let tx = db.changing(Shown::User(user));
    Ok(!tx.finish(sql, params).await?.is_empty())
}

/// The account moves to an address that has been shown to be theirs; the one that it leaves, or
/// `None` if there is no such account.
///
/// # Errors
/// [`Error::Duplicate`] if it is taken.
pub async fn move_email(
    db: &Db,
    user: &UserId,
    email: &str,
    now: Timestamp,
) -> Result<Option<String>, Error> {
    let sql = r#"update "user" u set "email" = $2, "emailVerified" = true, "updatedAt" = $3
        from (select "id", "email" from "user" where "id" = $1) old
        where u."id" = old."id" returning old."email""#;
    let params: Params<'_> = &[
        (&user.as_str(), Type::TEXT),
        (&email, Type::TEXT),
        (&Time(now), Type::TIMESTAMPTZ),
    ];
    let tx = db.changing(Shown::User(user));
    let rows = tx.finish(sql, params).await?;
    Ok(rows.first().map(|row| row.get(0)))
}
