//! Postgres: the pool, every query, the migrations.
//!
//! **Invariant:** SQL stands in this crate and in `migrations/` only. A function that touches a
//! person's rows takes a [`Tx`] that was begun for that person, or their id as second argument,
//! and names the owner in every `where`.
//! **Invariant:** everything works behind a transaction pooler: no prepared statements, no
//! session settings, no `listen`, no session locks.

pub mod attachments;
pub mod checkup;
mod config;
mod db;
mod error;
pub mod grants;
pub mod items;
pub mod keys;
pub mod limits;
pub mod meter;
pub mod migrate;
pub mod model_keys;
pub mod oauth;
pub mod role;
mod row;
pub mod runs;
pub mod sessions;
pub mod spending;
pub mod sweep;
pub mod switches;
pub mod tallies;
pub mod tasks;
pub mod threads;
pub mod users;
pub mod verification;

pub use config::{Patience, Settings, UrlError};
pub use db::{Db, Scope, Terms, Tx};
pub use error::Error;
pub use migrate::MigrateError;
