//! Rows that are found before it is known whose they are: row-level security opens to a
//! transaction what the shown text names, and nothing else.

use protocol::UserId;
use tokio_postgres::types::Type;
use tokio_postgres::{Client, Error};

#[derive(Clone, Copy, Debug)]
pub(crate) enum Shown<'a> {
    /// Somebody who is known otherwise than by a session: signing up, or by a mailed link.
    User(&'a UserId),
    /// A token, an e-mail address, the hash of a code: what a row is looked up by.
    Key(&'a str),
}

impl Shown<'_> {
    /// For the length of the transaction.
    pub(super) async fn set(self, client: &Client) -> Result<(), Error> {
        let (name, value) = match self {
            Self::User(user) => ("latchwork.user_id", user.as_str()),
            Self::Key(key) => ("latchwork.shown", key),
        };
        let sql = "select set_config($1, $2, true)";
        client
            .query_typed(sql, &[(&name, Type::TEXT), (&value, Type::TEXT)])
            .await
            .map(|_| ())
    }
}
