//! What somebody changes about their own account.

use protocol::{SessionId, Timestamp};
use tokio_postgres::types::Type;

use crate::db::Params;
use crate::row::Time;
use crate::{Error, Tx};

/// What becomes of an account; `None` stays.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    pub name: Option<String>,
    pub image: Option<Option<String>>,
}

/// # Errors
/// If the database fails.
pub async fn update(tx: Tx<'_>, changes: &Changes, now: Timestamp) -> Result<(), Error> {
    let owner = tx.owner().to_owned();
    let image = changes.image.clone();
    let sql = r#"update "user" set
          "name" = coalesce($2, "name"),
          "image" = case when $3 then $4 else "image" end,
          "updatedAt" = $5
        where "id" = $1"#;
    let params: Params<'_> = &[
        (&owner, Type::TEXT),
        (&changes.name, Type::TEXT),
        (&image.is_some(), Type::BOOL),
        (&image.flatten(), Type::TEXT),
        (&Time(now), Type::TIMESTAMPTZ),
    ];
    tx.finish(sql, params).await?;
    Ok(())
}

/// The hash of the present person's password, if they have one.
///
/// # Errors
/// If the database fails.
pub async fn password_hash(tx: Tx<'_>) -> Result<Option<String>, Error> {
    let owner = tx.owner().to_owned();
    let sql = r#"select "password" from "account"
        where "userId" = $1 and "providerId" = 'credential'"#;
    let rows = tx.finish(sql, &[(&owner, Type::TEXT)]).await?;
    Ok(rows.first().and_then(|row| row.get(0)))
}

/// What a new password does to the other sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Others {
    Stay,
    End,
    /// Even the one that asked ends.
    EndAll,
}

/// # Errors
/// If the database fails.
pub async fn set_password(
    tx: Tx<'_>,
    hash: &str,
    others: Others,
    kept: &SessionId,
    now: Timestamp,
) -> Result<(), Error> {
    let owner = tx.owner().to_owned();
    let set = r#"update "account" set "password" = $2, "updatedAt" = $3
        where "userId" = $1 and "providerId" = 'credential'"#;
    let end = r#"delete from "session"
        where "userId" = $1 and $2 and "id" is distinct from $3"#;
    let kept = (others != Others::EndAll).then(|| kept.as_str());
    let ends = others != Others::Stay;
    let set_params: Params<'_> = &[
        (&owner, Type::TEXT),
        (&hash, Type::TEXT),
        (&Time(now), Type::TIMESTAMPTZ),
    ];
    let end_params: Params<'_> = &[
        (&owner, Type::TEXT),
        (&ends, Type::BOOL),
        (&kept, Type::TEXT),
    ];
    tx.finish_all([(set, set_params), (end, end_params)])
        .await?;
    Ok(())
}

/// Another address, which nobody has shown to be theirs yet.
///
/// # Errors
/// [`Error::Duplicate`] if it is taken.
pub async fn set_email(tx: Tx<'_>, email: &str, now: Timestamp) -> Result<(), Error> {
    let owner = tx.owner().to_owned();
    let sql = r#"update "user" set "email" = $2, "emailVerified" = false, "updatedAt" = $3
        where "id" = $1"#;
    let params: Params<'_> = &[
        (&owner, Type::TEXT),
        (&email, Type::TEXT),
        (&Time(now), Type::TIMESTAMPTZ),
    ];
    tx.finish(sql, params).await?;
    Ok(())
}
