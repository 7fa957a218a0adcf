//! Why a request is refused, before anything was written.

use protocol::ErrorCode;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("there is no such conversation")]
    ThreadNotFound,
    #[error("the conversation takes no messages")]
    ThreadLocked(Option<String>),
    #[error("there is no such message")]
    ItemNotFound,
    /// The question was answered already, or is none.
    #[error("the item waits for no answer")]
    NotPending,
    #[error("there is no such run")]
    RunNotFound,
    #[error("the message is empty")]
    MessageEmpty,
    #[error("the message has {0} characters")]
    MessageTooLong(usize),
    #[error("the idempotency key was used for another request")]
    KeyReused,
    #[error("{0}")]
    Invalid(&'static str),
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl Error {
    /// The code on the wire; `None` for what only the database can explain.
    pub const fn code(&self) -> Option<ErrorCode> {
        Some(match self {
            Self::ThreadNotFound => ErrorCode::ThreadNotFound,
            Self::ThreadLocked(_) => ErrorCode::ThreadLocked,
            Self::ItemNotFound => ErrorCode::ItemNotFound,
            Self::NotPending => ErrorCode::ItemNotPending,
            Self::RunNotFound => ErrorCode::RunNotFound,
            Self::MessageEmpty => ErrorCode::MessageEmpty,
            Self::MessageTooLong(_) => ErrorCode::MessageTooLong,
            Self::KeyReused => ErrorCode::KeyReused,
            Self::Invalid(_) => ErrorCode::RequestInvalid,
            Self::Store(_) => return None,
        })
    }
}
