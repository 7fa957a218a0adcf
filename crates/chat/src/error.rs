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
    #[error("the events of the run are gone")]
    RunSwept,
    #[error("the message is empty")]
    MessageEmpty,
    #[error("the message has {0} characters")]
    MessageTooLong(usize),
    #[error("the idempotency key was used for another request")]
    KeyReused,
    #[error("there is no such file")]
    AttachmentNotFound,
    #[error("files of this type are not taken")]
    AttachmentType,
    #[error("the file is too large")]
    AttachmentTooLarge,
    #[error("the file is not what it was said to be")]
    AttachmentMismatch,
    #[error("there is no room for more files")]
    NoRoom,
    #[error("no speech model is configured")]
    TranscriptionOff,
    #[error("audio of this type is not taken")]
    AudioType,
    #[error("the model does not answer")]
    ModelUnavailable,
    #[error("the models are switched off")]
    ModelsOff,
    #[error("{0}")]
    Invalid(&'static str),
    /// What a tool has said against a call, for the person.
    #[error("{0}")]
    Tool(String),
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
            Self::RunSwept => ErrorCode::RunSwept,
            Self::MessageEmpty => ErrorCode::MessageEmpty,
            Self::MessageTooLong(_) => ErrorCode::MessageTooLong,
            Self::KeyReused => ErrorCode::KeyReused,
            Self::AttachmentNotFound => ErrorCode::AttachmentNotFound,
            Self::AttachmentType => ErrorCode::AttachmentType,
            Self::AttachmentTooLarge => ErrorCode::AttachmentTooLarge,
            Self::AttachmentMismatch => ErrorCode::AttachmentMismatch,
            Self::NoRoom => ErrorCode::LimitReached,
            Self::TranscriptionOff => ErrorCode::TranscriptionOff,
            Self::AudioType => ErrorCode::AudioType,
            Self::ModelUnavailable => ErrorCode::ModelUnavailable,
            Self::ModelsOff => ErrorCode::ModelsOff,
            Self::Invalid(_) | Self::Tool(_) => ErrorCode::RequestInvalid,
            Self::Store(_) => return None,
        })
    }
}
