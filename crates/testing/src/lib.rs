//! What tests share. Never a dependency of anything that is deployed.

mod database;

pub use database::Database;
