//! The database of a run: the developer's own, or one of this checkout.

use store::Settings;
use store::migrate::{self, MigrateError};
use store::role::{self, Wall};
use tokio::runtime::Runtime;

use crate::dev;
use crate::env::{self, AtBuild};
use crate::fault::{Fault, Result};
use crate::postgres::Server;
use crate::root::Root;
use crate::secrets;

/// For functions.
const VARIABLE: &str = env::DATABASE;
/// For migrations, if another role owns the tables.
pub(crate) const OWNER: &str = "DATABASE_OWNER_URL";

pub(crate) enum Database {
    Given { functions: String, owner: String },
    Local(Server),
}

impl Database {
    /// What the environment names, or `.env`, or a local one.
    pub(crate) fn provide(root: &Root, settings: &secrets::Settings, reset: bool) -> Result<Self> {
        match given(settings) {
            Some(_) if reset => Err(Fault::new(
                "DATABASE_URL is set, and `--reset` is for the local database only.",
            )
            .mend("unset DATABASE_URL    # and look into .env")),
            Some(functions) => {
                let owner = owner(settings).unwrap_or_else(|| functions.clone());
                Ok(Self::Given { functions, owner })
            }
            None => Server::local(root, reset).map(Self::Local),
        }
    }

    /// The address for the functions.
    pub(crate) fn url(&self) -> String {
        match self {
            Self::Given { functions, .. } => functions.clone(),
            Self::Local(server) => server.functions_url(),
        }
    }

    /// Brings the database up to date, and gives the functions' role what it needs.
    pub(crate) fn migrate(&self, runtime: &Runtime) -> Result<String> {
        let applied = match self {
            Self::Given { functions, owner } => apply(runtime, owner, owner, functions),
            Self::Local(server) => apply(
                runtime,
                &server.url(),
                &server.admin_url(),
                &server.functions_url(),
            ),
        };
        applied.map_err(explain)
    }

    /// Without the URL, which may hold a password.
    pub(crate) fn describe(&self) -> String {
        match self {
            Self::Given { .. } => "the one that DATABASE_URL names".to_owned(),
            Self::Local(server) => server.describe(),
        }
    }
}

/// The URL that the developer chose, if any.
pub(crate) fn given(settings: &secrets::Settings) -> Option<String> {
    let written = settings.iter().find(|(name, _)| name == VARIABLE);
    env::database_url().or_else(|| written.map(|(_, url)| url.clone()))
}

fn owner(settings: &secrets::Settings) -> Option<String> {
    let written = settings.iter().find(|(name, _)| name == OWNER);
    env::database_owner_url().or_else(|| written.map(|(_, url)| url.clone()))
}

/// What a build on the platform does before the functions that need it are built: a database
/// that this deployment owns is brought up to date, and every other is left alone.
pub(crate) fn migrate_at_build() -> Result<String> {
    if let AtBuild::Leave(why) = env::at_build() {
        return Ok(format!("left alone: {why}"));
    }
    let functions = env::database_url().unwrap_or_default();
    let owner = env::database_owner_url().unwrap_or_else(|| functions.clone());
    match apply(&dev::runtime()?, &owner, &owner, &functions) {
        // What is built is older than what is deployed. It works all the same (expand, contract).
        Err(error @ MigrateError::Unknown(_)) => Ok(format!("left alone: {error}")),
        applied => applied.map_err(explain),
    }
}

/// Applies what is missing, and tells how much that was.
fn apply(
    runtime: &Runtime,
    owner: &str,
    admin: &str,
    functions: &str,
) -> Result<String, MigrateError> {
    let settings = |url: &str| {
        let mut settings: Settings = url.parse()?;
        settings.authority = env::database_authority();
        Ok::<_, MigrateError>(settings)
    };
    let report = runtime.block_on(migrate::run(&settings(owner)?))?;
    let (admin, functions) = (settings(admin)?, settings(functions)?);
    let wall = runtime.block_on(role::provide(&admin, &functions))?;
    let applied = match report.applied.len() {
        0 => "nothing to do".to_owned(),
        _ => report.applied.join(", "),
    };
    Ok(match wall {
        Wall::Stands => applied,
        Wall::Open => format!(
            "{applied}; without row-level security, because DATABASE_URL names the owner of the \
             tables (see docs/configuration.md)"
        ),
    })
}

fn explain(error: MigrateError) -> Fault {
    match error {
        MigrateError::Database(error) => {
            Fault::new(format!("Migrating failed: {}.", error.cause()))
                .mend("psql \"$DATABASE_URL\"    # or unset it, for a local database")
        }
        MigrateError::Url(why) => Fault::new(format!("DATABASE_URL {why}."))
            .mend("export DATABASE_URL=postgresql://user:password@host/database"),
        MigrateError::Changed(_) | MigrateError::Unknown(_) => Fault::new(format!("{error}."))
            .mend("cargo xtask dev --reset    # for the local database; what it holds is lost"),
        error @ MigrateError::Failed { .. } => Fault::new(format!("{error}.")),
    }
}
