//! What an owner can stop at once: every call of a model, or every change.

use protocol::Timestamp;
use protocol::status::Switches;
use tokio_postgres::Row;
use tokio_postgres::types::Type;

use crate::db::Params;
use crate::row::Time;
use crate::{Db, Error, Tx};

pub(crate) const FIND: &str = "select coalesce(bool_or(name = 'models_off'), false),
    coalesce(bool_or(name = 'read_only'), false) from switches";

/// A row if no model is to be asked.
pub(crate) const MODELS_OFF: &str = "select from switches where name = 'models_off'";

/// # Errors
/// If the database fails.
pub async fn find(db: &Db) -> Result<Switches, Error> {
    let rows = db.query(FIND, &[]).await?;
    Ok(read(&rows))
}

/// For what would be done after the answer, too late to refuse it.
///
/// # Errors
/// [`Error::ReadOnly`] while nothing may be changed, and if the database fails.
pub async fn must_allow_changes(db: &Db) -> Result<(), Error> {
    match db.read_only() || find(db).await?.read_only {
        true => Err(Error::ReadOnly),
        false => Ok(()),
    }
}

/// Sets them as they are named, also while nothing else may be changed.
///
/// # Errors
/// If the database fails or the session has ended.
pub async fn set(tx: Tx<'_>, switches: Switches, now: Timestamp) -> Result<Switches, Error> {
    let on = [
        switches.models_off.then_some("models_off"),
        switches.read_only.then_some("read_only"),
    ];
    let on: Vec<&str> = on.into_iter().flatten().collect();
    let off: Params<'_> = &[(&on, Type::TEXT_ARRAY)];
    let [_, _, rows] = tx
        .at_any_time()
        .finish_all([
            ("delete from switches where name <> all($1)", off),
            (
                "insert into switches (name, set_at) select name, $2 from unnest($1::text[]) as name
                on conflict (name) do nothing",
                &[(&on, Type::TEXT_ARRAY), (&Time(now), Type::TIMESTAMPTZ)],
            ),
            (FIND, &[]),
        ])
        .await?;
    Ok(read(&rows))
}

pub(crate) fn read(rows: &[Row]) -> Switches {
    rows.first().map_or_else(Switches::default, |row| Switches {
        models_off: row.get(0),
        read_only: row.get(1),
    })
}
