//! The end of an account: every row that belongs to the person, counted by table.

use std::collections::BTreeMap;

use tokio_postgres::types::Type;

use crate::{Error, Tx};

/// Every table with rows of persons, and the column that names whose they are.
pub const TABLES: &[(&str, &str)] = &[
    ("account", "userId"),
    ("items", "user_id"),
    ("request_counts", "user_id"),
    ("run_events", "user_id"),
    ("runs", "user_id"),
    ("session", "userId"),
    ("task_changes", "user_id"),
    ("task_counters", "user_id"),
    ("task_receipts", "user_id"),
    ("tasks", "user_id"),
    ("threads", "user_id"),
    ("user", "id"),
    ("verification", "value"),
];

/// Removes the present person, and says how many rows that were in each table. The rows go with
/// the account, by the foreign keys; links that were mailed go by themselves.
///
/// # Errors
/// If the database fails.
pub async fn delete(tx: Tx<'_>) -> Result<BTreeMap<&'static str, i64>, Error> {
    let owner = tx.owner().to_owned();
    let counts = TABLES.iter().map(|(table, column)| {
        format!(r#"(select count(*) from "{table}" where "{column}" = $1)"#)
    });
    let count = format!("select {}", counts.collect::<Vec<_>>().join(", "));
    let of_links = r#"delete from "verification" where "value" = $1"#;
    let of_person = r#"delete from "user" where "id" = $1"#;
    let params: crate::db::Params<'_> = &[(&owner, Type::TEXT)];
    let [counts, ..] = tx
        .finish_all([(&*count, params), (of_links, params), (of_person, params)])
        .await?;
    let names = TABLES.iter().enumerate();
    Ok(counts.first().map_or_else(BTreeMap::new, |row| {
        names
            .map(|(place, (table, _))| (*table, row.get(place)))
            .collect()
    }))
}
