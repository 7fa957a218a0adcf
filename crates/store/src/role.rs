//! The role that functions connect as. It owns nothing, so row-level security holds for it.

use tokio_postgres::types::Type;

use crate::{Db, Error, MigrateError, Settings};

/// How the functions' role stands to the wall.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wall {
    /// Row-level security holds for it.
    Stands,
    /// It owns the tables, or may pass: a query that forgot its owner would show everybody's rows.
    Open,
}

/// Gives the role of `functions` what functions need, and makes it if it is missing. To be
/// called after each migration, since that may have added tables.
///
/// # Errors
/// If the database cannot be reached or refuses.
pub async fn provide(owner: &Settings, functions: &Settings) -> Result<Wall, MigrateError> {
    let role = functions.role().to_owned();
    let db = Db::new(owner)?;
    let password = functions.driver.get_password();
    let password = password.map(|password| String::from_utf8_lossy(password).into_owned());
    if is_missing(&db, &role).await? {
        run(&db, CREATE, &role, password.as_deref()).await?;
    }
    if is_privileged(&db, &role).await? {
        return Ok(Wall::Open);
    }
    run(&db, GRANT, &role, None).await?;
    Ok(Wall::Stands)
}

/// How the role that `db` connects as stands to the wall.
///
/// # Errors
/// [`Error::Schema`] before the first migration.
pub async fn wall(db: &Db) -> Result<Wall, Error> {
    let sql = format!("{IS_PRIVILEGED} = current_user");
    let rows = db.query(&sql, &[]).await?;
    let is_open = rows.first().is_none_or(|row| row.get(0));
    Ok(if is_open { Wall::Open } else { Wall::Stands })
}

async fn is_missing(db: &Db, role: &str) -> Result<bool, MigrateError> {
    let sql = "select from pg_roles where rolname = $1";
    Ok(db.query(sql, &[(&role, Type::TEXT)]).await?.is_empty())
}

const IS_PRIVILEGED: &str = "select r.rolsuper or r.rolbypassrls
        or pg_has_role(r.oid, (select relowner from pg_class where oid = 'public.tasks'::regclass), 'usage')
    from pg_roles r where r.rolname";

async fn is_privileged(db: &Db, role: &str) -> Result<bool, MigrateError> {
    let sql = format!("{IS_PRIVILEGED} = $1");
    let rows = db.query(&sql, &[(&role, Type::TEXT)]).await?;
    Ok(rows.first().is_none_or(|row| row.get(0)))
}

/// Texts of statements whose names are quoted by Postgres itself.
const CREATE: &str = "select format('create role %I login', $1)
    || coalesce(format(' password %L', $2), '')";
const GRANT: &str = "select format('
        grant usage on schema public to %1$I;
        grant select, insert, update, delete on all tables in schema public to %1$I;
        revoke insert, update, delete on latchwork_migrations from %1$I;
        grant execute on all functions in schema public to %1$I
    ', $1) where $2 is null";

async fn run(
    db: &Db,
    statement: &str,
    role: &str,
    password: Option<&str>,
) -> Result<(), MigrateError> {
    let params: crate::db::Params<'_> = &[(&role, Type::TEXT), (&password, Type::TEXT)];
    let rows = db.query(statement, params).await?;
    let sql: String = rows.first().map_or_else(String::new, |row| row.get(0));
    let client = db.connection().await?;
    client.batch_execute(&sql).await?;
    Ok(())
}
