//! The database of a run: the developer's own, or one of this checkout.

use store::migrate::{self, MigrateError};
use tokio::runtime::Runtime;

use crate::env;
use crate::fault::{Fault, Result};
use crate::postgres::Server;
use crate::root::Root;
use crate::secrets::Settings;

const VARIABLE: &str = "DATABASE_URL";

pub(crate) enum Database {
    Given(String),
    Local(Server),
}

impl Database {
    /// What the environment names, or `.env`, or a local one.
    pub(crate) fn provide(root: &Root, settings: &Settings, reset: bool) -> Result<Self> {
        match given(settings) {
            Some(_) if reset => Err(Fault::new(
                "DATABASE_URL is set, and `--reset` is for the local database only.",
            )
            .mend("unset DATABASE_URL    # and look into .env")),
            Some(url) => Ok(Self::Given(url)),
            None => Server::local(root, reset).map(Self::Local),
        }
    }

    pub(crate) fn url(&self) -> String {
        match self {
            Self::Given(url) => url.clone(),
            Self::Local(server) => server.url(),
        }
    }

    /// Without the URL, which may hold a password.
    pub(crate) fn describe(&self) -> String {
        match self {
            Self::Given(_) => "the one that DATABASE_URL names".to_owned(),
            Self::Local(server) => server.describe(),
        }
    }
}

/// The URL that the developer chose, if any.
pub(crate) fn given(settings: &Settings) -> Option<String> {
    let written = settings.iter().find(|(name, _)| name == VARIABLE);
    env::database_url().or_else(|| written.map(|(_, url)| url.clone()))
}

/// Applies what is missing, and tells how much that was.
pub(crate) fn migrate(runtime: &Runtime, url: &str) -> Result<String> {
    let report = runtime.block_on(migrate::run(url)).map_err(explain)?;
    Ok(match report.applied.len() {
        0 => "nothing to do".to_owned(),
        _ => report.applied.join(", "),
    })
}

fn explain(error: MigrateError) -> Fault {
    match error {
        MigrateError::Database(_) => Fault::new("The database does not answer.")
            .mend("psql \"$DATABASE_URL\"    # or unset it, for a local database"),
        MigrateError::Url(why) => Fault::new(format!("DATABASE_URL {why}."))
            .mend("export DATABASE_URL=postgresql://user:password@host/database"),
        MigrateError::Changed(_) | MigrateError::Unknown(_) => Fault::new(format!("{error}."))
            .mend("cargo xtask dev --reset    # for the local database; what it holds is lost"),
        error @ MigrateError::Failed { .. } => Fault::new(format!("{error}.")),
    }
}
