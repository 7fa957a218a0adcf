//! Tasks by their words.

use tokio_postgres::types::Type;

use crate::{Error, Tx};

/// Tasks that are looked up by their numbers. Of words that more have, a list in its own order
/// meets enough at once.
const MOST: usize = 1000;

/// What a search comes down to.
#[derive(Default)]
pub(super) struct Search {
    /// The query, where the words are too common to be looked up.
    pub(super) words: Option<String>,
    /// The numbers of all tasks that have the words.
    pub(super) found: Option<Vec<i32>>,
}

impl Search {
    /// For a text without any word, everything.
    pub(super) async fn of(tx: &mut Tx<'_>, text: Option<&str>) -> Result<Self, Error> {
        let Some(words) = text.and_then(words) else {
            return Ok(Self::default());
        };
        let most = i32::try_from(MOST + 1).unwrap_or(i32::MAX);
        let sql = "select latchwork_found($1, $2)";
        let params: crate::db::Params<'_> = &[(&words, Type::TEXT), (&most, Type::INT4)];
        let rows = tx.query(sql, params).await?;
        let found: Vec<i32> = rows.first().map(|row| row.get(0)).unwrap_or_default();
        Ok(if found.len() > MOST {
            Self {
                words: Some(words),
                found: None,
            }
        } else {
            Self {
                words: None,
                found: Some(found),
            }
        })
    }
}

/// A query for words that begin as written, all of which must be there. Quoting makes every
/// character of a word a character and no operator.
pub(crate) fn words(text: &str) -> Option<String> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| format!("'{word}':*"))
        .collect();
    (!words.is_empty()).then(|| words.join(" & "))
}
