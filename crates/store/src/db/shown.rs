//! Rows that are found before it is known whose they are: row-level security opens to a
//! transaction what the shown text names, and nothing else.

use protocol::UserId;

#[derive(Clone, Copy, Debug)]
pub(crate) enum Shown<'a> {
    /// Somebody who is known otherwise than by a session: signing up, or by a mailed link.
    User(&'a UserId),
    /// A token, an e-mail address, the hash of a code: what a row is looked up by.
    Key(&'a str),
}

impl<'a> Shown<'a> {
    /// The setting that says so, for the length of the transaction, and its value.
    pub(super) fn setting(self) -> (&'static str, &'a str) {
        match self {
            Self::User(user) => ("latchwork.user_id", user.as_str()),
            Self::Key(key) => ("latchwork.shown", key),
        }
    }
}
