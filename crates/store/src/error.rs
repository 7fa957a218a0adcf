//! What can go wrong between us and Postgres.

use tokio_postgres::error::SqlState;

use crate::checkup;

/// Raised by our functions in the database.
const SESSION_ENDED: &str = "LW401";
const BUDGET_SPENT: &str = "LW402";
const OVER_QUOTA: &str = "LW429";

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No connection, or it broke: nothing is known of the statement's fate unless it was a read.
    #[error("the database does not answer")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Tables are missing or older than this build.
    #[error("the database has another schema than this build")]
    Schema(#[source] tokio_postgres::Error),
    /// The session was revoked, has expired, or its user is gone.
    #[error("the session has ended")]
    SessionEnded,
    /// The person has made too many requests; [`meter`](crate::meter) knows how many.
    #[error("too many requests")]
    OverQuota,
    /// What a day may cost is spent, or set aside for turns that are under way.
    #[error("the budget of the day is spent")]
    BudgetSpent,
    /// Nothing may be changed at the moment, by our switch or by the server's own.
    #[error("nothing may be changed at the moment")]
    ReadOnly,
    /// A unique constraint said no; its name is given.
    #[error("there is already such a row ({0})")]
    Duplicate(String),
    /// A value that came from outside is none of its type (class 22): a cursor that was changed,
    /// a text with a NUL.
    #[error("a value cannot be read")]
    Value(#[source] tokio_postgres::Error),
    #[error("a statement failed")]
    Statement(#[source] tokio_postgres::Error),
    #[error("a stored value cannot be read")]
    Corrupt(#[from] serde_json::Error),
}

impl From<tokio_postgres::Error> for Error {
    fn from(error: tokio_postgres::Error) -> Self {
        let Some(db) = error.as_db_error() else {
            return Self::Unavailable(Box::new(error));
        };
        let code = db.code();
        match code.code() {
            SESSION_ENDED => return Self::SessionEnded,
            OVER_QUOTA => return Self::OverQuota,
            BUDGET_SPENT => return Self::BudgetSpent,
            _ => {}
        }
        if *code == SqlState::READ_ONLY_SQL_TRANSACTION {
            return Self::ReadOnly;
        }
        if *code == SqlState::UNIQUE_VIOLATION {
            return Self::Duplicate(db.constraint().unwrap_or_default().to_owned());
        }
        let missing = [
            SqlState::UNDEFINED_TABLE,
            SqlState::UNDEFINED_COLUMN,
            SqlState::UNDEFINED_FUNCTION,
        ];
        if missing.contains(code) {
            return Self::Schema(error);
        }
        // Classes 53 (resources), 57 (operator intervention), 58 (system error) and 08
        // (connection) pass; the statement was not at fault.
        let passes = ["08", "53", "57", "58"]
            .iter()
            .any(|class| code.code().starts_with(class));
        if passes && *code != SqlState::PROTOCOL_VIOLATION {
            return Self::Unavailable(Box::new(error));
        }
        if code.code().starts_with("22") {
            return Self::Value(error);
        }
        Self::Statement(error)
    }
}

impl From<deadpool_postgres::PoolError> for Error {
    fn from(error: deadpool_postgres::PoolError) -> Self {
        Self::Unavailable(Box::new(error))
    }
}

impl Error {
    /// What the log may say: never a value, because rows hold what people wrote.
    pub fn cause(&self) -> String {
        if self.is_cancelled() {
            return format!("{self}: a statement took longer than it may");
        }
        if self.is_unavailable() {
            return format!("{self}: DATABASE_URL {}", checkup::reason(self));
        }
        let db = match self {
            Self::Schema(error) | Self::Statement(error) | Self::Value(error) => {
                error.as_db_error()
            }
            _ => None,
        };
        match db {
            Some(db) => format!(
                "{self}: SQLSTATE {} at {}",
                db.code().code(),
                db.constraint().or(db.table()).unwrap_or("unknown place")
            ),
            None => self.to_string(),
        }
    }

    /// Whether the server has given a statement up, for its time or because somebody asked for it.
    fn is_cancelled(&self) -> bool {
        let Self::Unavailable(source) = self else {
            return false;
        };
        let error = source.downcast_ref::<tokio_postgres::Error>();
        error.and_then(tokio_postgres::Error::code) == Some(&SqlState::QUERY_CANCELED)
    }

    /// Whether the same call may be tried again because nothing of it can have been kept.
    pub const fn is_unavailable(&self) -> bool {
        matches!(self, Self::Unavailable(_))
    }
}
