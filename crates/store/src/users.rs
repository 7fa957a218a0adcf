//! Accounts: Better Auth's `user` and `account` tables.

mod change;
mod delete;
mod export;
mod proof;

use protocol::session::User;
use protocol::{Timestamp, UserId};
use tokio_postgres::Row;
use tokio_postgres::types::Type;

use crate::db::{Params, Shown};
use crate::row::Time;
use crate::{Db, Error, Tx};

pub use change::{Changes, Others, password_hash, set_email, set_password, update};
pub use delete::{TABLES, delete};
pub use export::export;
pub use proof::{move_email, reset_password, verify_email};

/// A person with the hash of their password, if they have one.
#[derive(Clone, Debug)]
pub struct Account {
    pub user: User,
    pub password_hash: Option<String>,
}

pub(crate) const COLUMNS: &str =
    r#"u."id", u."name", u."email", u."emailVerified", u."image", u."createdAt", u."updatedAt""#;

pub(crate) fn read(row: &Row, from: usize) -> User {
    User {
        id: UserId::new(row.get::<_, String>(from)),
        name: row.get(from + 1),
        email: row.get(from + 2),
        email_verified: row.get(from + 3),
        image: row.get(from + 4),
        created_at: row.get::<_, Time>(from + 5).0,
        updated_at: row.get::<_, Time>(from + 6).0,
    }
}

/// `email` must be in lower case, as it is stored.
///
/// # Errors
/// If the database fails.
pub async fn find_by_email(db: &Db, email: &str) -> Result<Option<Account>, Error> {
    let sql = format!(
        r#"select {COLUMNS}, a."password" from "user" u
        left join "account" a on a."userId" = u."id" and a."providerId" = 'credential'
        where u."email" = $1"#
    );
    let tx = db.showing(Shown::Key(email));
    let rows = tx.finish(&sql, &[(&email, Type::TEXT)]).await?;
    Ok(rows.first().map(|row| Account {
        user: read(row, 0),
        password_hash: row.get(7),
    }))
}

/// What a new account is made of.
#[derive(Clone, Copy, Debug)]
pub struct NewAccount<'a> {
    pub user: &'a User,
    /// Id of the row in `account`.
    pub account_id: &'a str,
    pub password_hash: &'a str,
}

/// # Errors
/// [`Error::Duplicate`] if the address is taken.
pub async fn insert(db: &Db, account: &NewAccount<'_>, now: Timestamp) -> Result<(), Error> {
    let (user, now) = (account.user, Time(now));
    let tx = db.changing(Shown::User(&user.id));
    let sql = r#"
        with "person" as (
            insert into "user" ("id", "name", "email", "emailVerified", "image", "createdAt", "updatedAt")
            values ($1, $2, $3, $4, $5, $8, $8)
            returning "id"
        )
        insert into "account" ("id", "accountId", "providerId", "userId", "password", "createdAt", "updatedAt")
        select $6, "id", 'credential', "id", $7, $8, $8 from "person""#;
    tx.finish(
        sql,
        &[
            (&user.id.as_str(), Type::TEXT),
            (&user.name, Type::TEXT),
            (&user.email, Type::TEXT),
            (&user.email_verified, Type::BOOL),
            (&user.image, Type::TEXT),
            (&account.account_id, Type::TEXT),
            (&account.password_hash, Type::TEXT),
            (&now, Type::TIMESTAMPTZ),
        ],
    )
    .await?;
    Ok(())
}

/// Makes somebody known whom another system vouches for. Their id is that system's. The column
/// of addresses must be filled and unique, so it gets a text that is none and that nobody can
/// sign up with.
///
/// # Errors
/// If the database fails.
pub async fn welcome(db: &Db, user: &UserId, now: Timestamp) -> Result<(), Error> {
    let sql = r#"
        insert into "user" ("id", "name", "email", "emailVerified", "createdAt", "updatedAt")
        values ($1, $1, 'foreign:' || $1, false, $2, $2)
        on conflict ("id") do nothing"#;
    let params: Params<'_> = &[
        (&user.as_str(), Type::TEXT),
        (&Time(now), Type::TIMESTAMPTZ),
    ];
    db.showing(Shown::User(user)).finish(sql, params).await?;
    Ok(())
}

/// A way to sign in.
#[derive(Clone, Debug)]
pub struct Provider {
    pub id: String,
    pub account_id: String,
    pub provider_id: String,
    pub scope: Option<String>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// The present person's ways to sign in.
///
/// # Errors
/// If the database fails.
pub async fn accounts(tx: Tx<'_>) -> Result<Vec<Provider>, Error> {
    let owner = tx.owner().to_owned();
    let sql = r#"select "id", "accountId", "providerId", "scope", "createdAt", "updatedAt"
        from "account" where "userId" = $1 order by "createdAt", "id""#;
    let rows = tx.finish(sql, &[(&owner, Type::TEXT)]).await?;
    let read = |row: &Row| Provider {
        id: row.get(0),
        account_id: row.get(1),
        provider_id: row.get(2),
        scope: row.get(3),
        created_at: row.get::<_, Time>(4).0,
        updated_at: row.get::<_, Time>(5).0,
    };
    Ok(rows.iter().map(read).collect())
}
