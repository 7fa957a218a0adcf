//! The end of an account: every row that belongs to the person, counted by table.

use std::collections::BTreeMap;

use tokio_postgres::types::Type;

use crate::{Error, Tx};

const OF_GRANT: &str = "(select user_id from grants where id = grant_id)";

/// Every table with rows of persons, and what names whose they are.
pub const TABLES: &[(&str, &str)] = &[
    ("account", r#""userId""#),
    ("attachments", "user_id"),
    ("budget_holds", "user_id"),
    ("grants", "user_id"),
    ("item_feedback", "user_id"),
    ("items", "user_id"),
    ("model_keys", "user_id"),
    ("model_usage", "user_id"),
    ("oauth_codes", OF_GRANT),
    ("oauth_refresh_tokens", OF_GRANT),
    ("request_counts", "user_id"),
    ("run_events", "user_id"),
    ("runs", "user_id"),
    ("session", r#""userId""#),
    ("task_changes", "user_id"),
    ("task_counters", "user_id"),
    ("task_receipts", "user_id"),
    ("tasks", "user_id"),
    ("threads", "user_id"),
    ("user", "id"),
    ("verification", r#"split_part("value", E'\n', 1)"#),
];

/// Removes the present person, and says how many rows that were in each table. The rows go with
/// the account, by the foreign keys; links that were mailed go by themselves.
///
/// # Errors
/// If the database fails.
pub async fn delete(tx: Tx<'_>) -> Result<BTreeMap<&'static str, i64>, Error> {
    let owner = tx.owner().to_owned();
    let counts = TABLES
        .iter()
        .map(|(table, owner)| format!(r#"(select count(*) from "{table}" where {owner} = $1)"#));
    let count = format!("select {}", counts.collect::<Vec<_>>().join(", "));
    let of_links = r#"delete from "verification" where split_part("value", E'\n', 1) = $1"#;
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
