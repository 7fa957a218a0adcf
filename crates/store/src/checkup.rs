//! A look at a database from outside, for whoever sets one up.

use std::error::Error as _;
use std::time::{Duration, Instant};

use protocol::Timestamp;
use tokio_postgres::config::SslMode;
use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, Row};

use crate::db::Params;
use crate::migrate::{self, Standing};
use crate::role::{self, Wall};
use crate::{Db, Error, Settings, UrlError};

/// What a database said of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkup {
    /// Such as 180001 for 18.1.
    pub version: i32,
    pub standing: Standing,
    /// How the role of the URL stands to row-level security; `None` before the first migration.
    pub wall: Option<Wall>,
    pub is_encrypted: bool,
    /// Whether one connection of ours is served by several of the server's.
    pub is_pooled: bool,
    /// Connections that the server takes at the most.
    pub most_connections: i32,
    /// How far the database's clock is ahead of ours, in milliseconds; negative if it is behind.
    pub ahead_millis: i64,
    pub round_trip: Duration,
}

/// Why there is nothing to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("names a certificate authority that is no PEM certificate")]
    Authority,
    #[error("names a server whose name is not known")]
    UnknownHost,
    #[error("names a server at which nothing listens")]
    NobodyListens,
    #[error("names a server whose certificate is not to be trusted, or that does not encrypt")]
    Tls,
    #[error("names a role, or has a password, that the server refuses")]
    Password,
    #[error("names a database that the server does not have")]
    NoDatabase,
    #[error("names a server that has no connection left")]
    TooMany,
    #[error("names a server that does not answer")]
    Silent,
}

impl From<UrlError> for Refusal {
    fn from(_: UrlError) -> Self {
        Self::Authority
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        reason(&error)
    }
}

impl From<tokio_postgres::Error> for Refusal {
    fn from(error: tokio_postgres::Error) -> Self {
        reason(&error)
    }
}

/// Changes nothing. `now` is asked once, to compare the clocks.
///
/// # Errors
/// If the database cannot be reached, with the reason.
pub async fn look(settings: &Settings, now: fn() -> Timestamp) -> Result<Checkup, Refusal> {
    let db = Db::new(settings)?;
    let (one, other) = (db.connection().await?, db.connection().await?);
    let start = Instant::now();
    let row = ask(&one, CLOCK).await?;
    let round_trip = start.elapsed();
    // The server looked at its clock about half a round trip ago.
    let half = i64::try_from(round_trip.as_micros() / 2).unwrap_or_default();
    let ahead = row.get::<_, i64>(0) - (now().micros() - half);
    let is_pooled = is_pooled(&one, &other).await?;
    drop((one, other));
    let wall = match role::wall(&db).await {
        Ok(wall) => Some(wall),
        Err(Error::Schema(_)) => None,
        Err(error) => return Err(error.into()),
    };
    Ok(Checkup {
        version: row.get(1),
        most_connections: row.get(2),
        standing: migrate::standing(&db).await?,
        wall,
        is_encrypted: settings.driver.get_ssl_mode() == SslMode::Require,
        is_pooled,
        ahead_millis: ahead / 1000,
        round_trip,
    })
}

const CLOCK: &str = "select (extract(epoch from clock_timestamp()) * 1000000)::bigint,
    current_setting('server_version_num')::integer,
    current_setting('max_connections')::integer";

async fn ask(client: &Client, sql: &str) -> Result<Row, Refusal> {
    let none: Params<'_> = &[];
    let rows = client.query_typed(sql, none).await?;
    rows.into_iter().next().ok_or(Refusal::Silent)
}

/// A pooler that works by transactions gives what was used last to whoever comes next, so two
/// connections of ours meet the same process. With processes of their own they never do.
async fn is_pooled(one: &Client, other: &Client) -> Result<bool, Refusal> {
    const WHO: &str = "select pg_backend_pid()";
    for _ in 0..3 {
        let first: i32 = ask(one, WHO).await?.get(0);
        let second: i32 = ask(other, WHO).await?.get(0);
        if first == second {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The deepest cause that says something; never the error's own text, which may name values.
pub(crate) fn reason(error: &(dyn std::error::Error + 'static)) -> Refusal {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<tokio_postgres::Error>()
            && let Some(code) = error.code()
        {
            return of_code(code);
        }
        if error.is::<rustls::Error>() {
            return Refusal::Tls;
        }
        if let Some(error) = error.downcast_ref::<std::io::Error>() {
            return of_io(error);
        }
        cause = error.source();
    }
    if error.to_string().contains("TLS") {
        return Refusal::Tls;
    }
    Refusal::Silent
}

fn of_code(code: &SqlState) -> Refusal {
    match code.code() {
        "28000" | "28P01" => Refusal::Password,
        "3D000" => Refusal::NoDatabase,
        "53300" => Refusal::TooMany,
        _ => Refusal::Silent,
    }
}

fn of_io(error: &std::io::Error) -> Refusal {
    use std::io::ErrorKind;
    // An error of the encryption comes wrapped in one of the connection.
    if error
        .get_ref()
        .is_some_and(|inner| inner.is::<rustls::Error>())
    {
        return Refusal::Tls;
    }
    match error.kind() {
        ErrorKind::ConnectionRefused | ErrorKind::NotFound => Refusal::NobodyListens,
        ErrorKind::TimedOut | ErrorKind::ConnectionReset | ErrorKind::UnexpectedEof => {
            Refusal::Silent
        }
        // What the system's resolver answers has no kind of its own.
        _ if error.source().is_none() && error.raw_os_error().is_none() => Refusal::UnknownHost,
        _ => Refusal::Silent,
    }
}
