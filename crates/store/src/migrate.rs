//! The runner of `migrations/`: forward only, one transaction each, under a lock, with the
//! checksum of each file remembered.

use sha2::{Digest, Sha256};
use tokio_postgres::Client;
use tokio_postgres::types::Type;

use crate::{Db, Error, Settings, UrlError};

macro_rules! migration {
    ($name:literal) => {
        (
            $name,
            include_str!(concat!("../../../migrations/", $name, ".sql")),
        )
    };
}

/// Every migration, in order. The file's number is its place, counted from 1.
const FILES: &[(&str, &str)] = &[
    migration!("0001_better_auth"),
    migration!("0002_enter"),
    migration!("0003_tasks"),
    migration!("0004_threads"),
    migration!("0005_task_details"),
    migration!("0006_limits"),
    migration!("0007_conversations"),
    migration!("0008_grants"),
    migration!("0009_row_security"),
    migration!("0010_sweep"),
    migration!("0011_sweep_sign_ins"),
    migration!("0012_model_keys"),
    migration!("0013_title_order"),
    migration!("0014_title_key"),
    migration!("0015_cached_plans"),
    migration!("0016_switches"),
    migration!("0017_spending"),
    migration!("0018_tallies"),
    migration!("0019_estimated_usage"),
    migration!("0020_live_runs"),
];

#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    #[error("the database URL {0}")]
    Url(#[from] UrlError),
    #[error(transparent)]
    Database(#[from] Error),
    #[error("migration {0} was changed after it had been applied; write a new one instead")]
    Changed(String),
    #[error("the database has migration {0}, which this build does not know; deploy a newer one")]
    Unknown(String),
    #[error("migration {name} failed: {reason}")]
    Failed { name: String, reason: String },
}

impl From<tokio_postgres::Error> for MigrateError {
    fn from(error: tokio_postgres::Error) -> Self {
        Self::Database(error.into())
    }
}

/// The names of the migrations that were applied by this call.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub applied: Vec<&'static str>,
}

/// Brings the database up to this build. Safe to run from several places at once: each migration
/// is applied once, and who comes second waits.
///
/// # Errors
/// If the database cannot be reached, knows a migration that this build does not, remembers
/// another content of one, or refuses one (which then leaves nothing behind).
pub async fn run(database: &Settings) -> Result<Report, MigrateError> {
    let db = Db::new(database)?;
    let client = db.connection().await?;
    let mut report = Report::default();
    for (place, file) in FILES.iter().enumerate() {
        if apply(&client, place + 1, file).await? {
            report.applied.push(file.0);
        }
    }
    Ok(report)
}

/// One transaction. It holds the lock until it ends, because a transaction pooler gives no lock
/// that lives longer.
async fn apply(
    client: &Client,
    version: usize,
    (name, sql): &(&'static str, &'static str),
) -> Result<bool, MigrateError> {
    client.batch_execute(BEGIN).await?;
    let applied = client
        .query_typed(
            "select name, checksum from latchwork_migrations order by version",
            &[],
        )
        .await?;
    check(&applied)?;
    if applied.len() >= version {
        client.batch_execute("commit").await?;
        return Ok(false);
    }
    if let Err(error) = client.batch_execute(sql).await {
        client.batch_execute("rollback").await?;
        return Err(MigrateError::Failed {
            name: (*name).to_owned(),
            reason: error.as_db_error().map_or_else(
                || "the connection was lost".to_owned(),
                |error| error.message().to_owned(),
            ),
        });
    }
    let number = i32::try_from(version).unwrap_or(i32::MAX);
    client
        .query_typed(
            "insert into latchwork_migrations (version, name, checksum) values ($1, $2, $3)",
            &[
                (&number, Type::INT4),
                (name, Type::TEXT),
                (&checksum(sql), Type::TEXT),
            ],
        )
        .await?;
    client.batch_execute("commit").await?;
    Ok(true)
}

/// The number is the word "latch" in a telephone's digits; any would do that nobody else uses.
const BEGIN: &str = "begin; select pg_advisory_xact_lock(52824); \
    create table if not exists latchwork_migrations ( \
      version integer primary key, \
      name text not null, \
      checksum text not null, \
      applied_at timestamptz not null default now() \
    )";

fn check(applied: &[tokio_postgres::Row]) -> Result<(), MigrateError> {
    for (place, row) in applied.iter().enumerate() {
        let (name, sum): (String, String) = (row.get(0), row.get(1));
        match FILES.get(place) {
            None => return Err(MigrateError::Unknown(name)),
            Some((known, sql)) if *known != name || checksum(sql) != sum => {
                return Err(MigrateError::Changed(name));
            }
            Some(_) => {}
        }
    }
    Ok(())
}

fn checksum(sql: &str) -> String {
    use std::fmt::Write;
    Sha256::digest(sql)
        .iter()
        .fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// How the database's schema stands to this build's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Current,
    /// Migrations are waiting to be applied.
    Behind,
    /// The database was migrated by a newer build.
    Ahead,
}

/// # Errors
/// If the database does not answer.
pub async fn standing(db: &Db) -> Result<Standing, Error> {
    let rows = match db
        .query("select count(*) from latchwork_migrations", &[])
        .await
    {
        Err(Error::Schema(_)) => return Ok(Standing::Behind),
        rows => rows?,
    };
    let count: i64 = rows.first().map_or(0, |row| row.get(0));
    let known = i64::try_from(FILES.len()).unwrap_or(i64::MAX);
    Ok(match count.cmp(&known) {
        std::cmp::Ordering::Less => Standing::Behind,
        std::cmp::Ordering::Equal => Standing::Current,
        std::cmp::Ordering::Greater => Standing::Ahead,
    })
}

/// Names the state of all migrations together.
pub fn fingerprint() -> String {
    let all: String = FILES.iter().map(|(_, sql)| checksum(sql)).collect();
    checksum(&all)[..16].to_owned()
}
