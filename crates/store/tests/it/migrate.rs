//! The runner of migrations.

use store::migrate::{self, MigrateError, Standing};
use store::role::{self, Wall};
use testing::Database;

use crate::settings;

#[tokio::test]
async fn a_migrated_database_is_current_and_a_second_run_does_nothing() {
    let database = Database::new().await;

    let report = migrate::run(&settings(&database.owner_url)).await.unwrap();

    assert!(report.applied.is_empty());
    assert_eq!(
        migrate::standing(&database.db).await.unwrap(),
        Standing::Current
    );
}

#[tokio::test]
async fn a_changed_migration_is_refused() {
    let database = Database::new().await;
    let client = database.client().await;
    client
        .batch_execute("update latchwork_migrations set checksum = 'x' where version = 2")
        .await
        .unwrap();

    let refused = migrate::run(&settings(&database.owner_url))
        .await
        .unwrap_err();

    assert!(matches!(refused, MigrateError::Changed(name) if name == "0002_enter"));
}

#[tokio::test]
async fn a_database_from_the_future_is_refused() {
    let database = Database::new().await;
    let client = database.client().await;
    client
        .batch_execute("insert into latchwork_migrations values (9999, '9999_future', 'x')")
        .await
        .unwrap();

    let refused = migrate::run(&settings(&database.owner_url))
        .await
        .unwrap_err();

    assert!(matches!(refused, MigrateError::Unknown(name) if name == "9999_future"));
    assert_eq!(
        migrate::standing(&database.db).await.unwrap(),
        Standing::Ahead
    );
}

#[tokio::test]
async fn two_runs_at_once_apply_everything_once() {
    let database = Database::new().await;
    let client = database.client().await;
    client
        .batch_execute("drop schema public cascade; create schema public")
        .await
        .unwrap();

    let owner = settings(&database.owner_url);
    let (one, other) = tokio::join!(migrate::run(&owner), migrate::run(&owner));

    let applied = one.unwrap().applied.len() + other.unwrap().applied.len();
    // The functions' role lost everything with the schema.
    let wall = role::provide(&settings(&database.owner_url), &settings(&database.url)).await;
    assert_eq!(wall.unwrap(), Wall::Stands);
    assert_eq!(
        migrate::standing(&database.db).await.unwrap(),
        Standing::Current
    );
    let rows = client
        .query("select from latchwork_migrations", &[])
        .await
        .unwrap();
    assert_eq!(rows.len(), applied);
}
