//! Everything that is kept of a person, as it stands in the tables.

use serde_json::{Map, Value};
use tokio_postgres::types::Type;

use super::TABLES;
use crate::db::Params;
use crate::{Error, Tx};

/// What would let the reader of a copy in, and what is only another form of the rest.
const LEFT_OUT: [&str; 12] = [
    "accessToken",
    "content",
    "hash",
    "idToken",
    "identifier",
    "password",
    "rank",
    "refreshToken",
    "sealed",
    "search",
    "token",
    "token_hash",
];

/// The present person's rows by table, times in UTC, and the contents of their attachments by id.
///
/// # Errors
/// If the database fails.
pub async fn export(tx: Tx<'_>) -> Result<(Map<String, Value>, Vec<(String, Vec<u8>)>), Error> {
    let owner = tx.owner().to_owned();
    let columns = TABLES.iter().map(|(table, owner)| {
        format!(
            r#"(select coalesce(jsonb_agg(to_jsonb(t) - $2::text[]), '[]')
            from "{table}" t where {owner} = $1)"#
        )
    });
    let rows = format!("select {}", columns.collect::<Vec<_>>().join(", "));
    let left_out = LEFT_OUT.as_slice();
    let params: Params<'_> = &[(&owner, Type::TEXT), (&left_out, Type::TEXT_ARRAY)];
    let utc = "select set_config('timezone', 'UTC', true)";
    let contents = "select id, content from attachments
        where user_id = $1 and content is not null order by id";
    let [_, rows, contents] = tx
        .finish_all([
            (utc, &[]),
            (&*rows, params),
            (contents, &[(&owner, Type::TEXT)]),
        ])
        .await?;
    let tables = rows.first().map_or_else(Map::new, |row| {
        let names = TABLES.iter().enumerate();
        names
            .map(|(place, (table, _))| ((*table).to_owned(), row.get(place)))
            .collect()
    });
    let contents = contents.iter().map(|row| (row.get(0), row.get(1)));
    Ok((tables, contents.collect()))
}
