//! Links that were mailed: Better Auth's `verification` table. A token is good for one use, and
//! whoever has it in hand is who it was mailed to.

use protocol::{Timestamp, UserId};
use tokio_postgres::types::Type;

use crate::db::{Params, Shown};
use crate::row::Time;
use crate::{Db, Error};

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Better Auth's own form, so either of both servers takes the other's links.
    ResetPassword,
    VerifyEmail,
    ChangeEmail,
}

impl Purpose {
    const fn name(self) -> &'static str {
        match self {
            Self::ResetPassword => "reset-password",
            Self::VerifyEmail => "verify-email",
            Self::ChangeEmail => "change-email",
        }
    }

    fn identifier(self, token: &str) -> String {
        format!("{}:{token}", self.name())
    }
}

/// What a link stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub user: UserId,
    /// The address that it verifies.
    pub email: Option<String>,
}

impl Link {
    /// The person's id comes first, alone on its line, so that their links are found by it.
    fn value(&self) -> String {
        let user = self.user.as_str();
        match &self.email {
            Some(email) => format!("{user}\n{email}"),
            None => user.to_owned(),
        }
    }

    fn read(value: &str) -> Self {
        match value.split_once('\n') {
            Some((user, email)) => Self {
                user: UserId::new(user),
                email: Some(email.to_owned()),
            },
            None => Self {
                user: UserId::new(value),
                email: None,
            },
        }
    }
}

/// A link to be mailed.
#[derive(Clone, Copy, Debug)]
pub struct NewLink<'a> {
    /// Id of the row.
    pub id: &'a str,
    pub purpose: Purpose,
    pub token: &'a str,
    pub link: &'a Link,
    pub expires_at: Timestamp,
}

/// # Errors
/// If the database fails.
pub async fn insert(db: &Db, new: &NewLink<'_>, now: Timestamp) -> Result<(), Error> {
    let clear = r#"delete from "verification"
        where split_part("value", E'\n', 1) = $1 and "expiresAt" < $2"#;
    let insert = r#"insert into "verification"
        ("id", "identifier", "value", "expiresAt", "createdAt", "updatedAt")
        values ($1, $2, $3, $4, $5, $5)"#;
    let identifier = new.purpose.identifier(new.token);
    let at = Time(now);
    let params: Params<'_> = &[
        (&new.id, Type::TEXT),
        (&identifier, Type::TEXT),
        (&new.link.value(), Type::TEXT),
        (&Time(new.expires_at), Type::TIMESTAMPTZ),
        (&at, Type::TIMESTAMPTZ),
    ];
    let user = &new.link.user;
    let cleared: Params<'_> = &[(&user.as_str(), Type::TEXT), (&at, Type::TIMESTAMPTZ)];
    let tx = db.changing(Shown::User(user));
    tx.finish_all([(clear, cleared), (insert, params)]).await?;
    Ok(())
}

/// Whether a link is still good; it stays so.
///
/// # Errors
/// If the database fails.
pub async fn is_good(
    db: &Db,
    purpose: Purpose,
    token: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    let sql = r#"select from "verification" where "identifier" = $1 and "expiresAt" > $2"#;
    let identifier = purpose.identifier(token);
    let tx = db.showing(Shown::Key(&identifier));
    let params: Params<'_> = &[(&identifier, Type::TEXT), (&Time(now), Type::TIMESTAMPTZ)];
    Ok(!tx.finish(sql, params).await?.is_empty())
}

/// What a link stands for, once: of two that come at the same moment, one gets nothing.
///
/// # Errors
/// If the database fails.
pub async fn take(
    db: &Db,
    purpose: Purpose,
    token: &str,
    now: Timestamp,
) -> Result<Option<Link>, Error> {
    let sql = r#"delete from "verification" where "identifier" = $1
        returning "value", "expiresAt" > $2"#;
    let identifier = purpose.identifier(token);
    let tx = db.changing(Shown::Key(&identifier));
    let params: Params<'_> = &[(&identifier, Type::TEXT), (&Time(now), Type::TIMESTAMPTZ)];
    let rows = tx.finish(sql, params).await?;
    let mut good = rows.iter().filter(|row| row.get(1));
    Ok(good.next().map(|row| Link::read(row.get(0))))
}
