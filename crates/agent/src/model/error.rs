//! How a model can fail.

use async_openai::error::OpenAIError;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    #[error("the model server cannot be reached")]
    Unreachable,
    /// With the seconds to wait, where the server said so.
    #[error("the model server asks to wait")]
    RateLimited(Option<u64>),
    #[error("the account of the model server has no credit left")]
    NoCredit,
    #[error("the conversation is longer than the model can read")]
    ContextTooLong,
    #[error("the model server refused the request with status {0}")]
    Refused(u16),
    #[error("the model server did not answer with a stream")]
    NotAStream,
    #[error("the model server reported a fault in its answer")]
    InStream,
    #[error("the answer broke off")]
    Truncated,
    #[error("the model went silent")]
    Stalled,
    #[error("the answer is longer than any answer should be")]
    TooLong,
}

impl From<OpenAIError> for ModelError {
    fn from(error: OpenAIError) -> Self {
        match error {
            OpenAIError::Boxed(error) => error
                .downcast::<Self>()
                .map_or(Self::Unreachable, |error| *error),
            OpenAIError::StreamError(_) => Self::Truncated,
            OpenAIError::JSONDeserialize(..) => Self::InStream,
            OpenAIError::ApiError(response) => Self::Refused(response.status_code.as_u16()),
            _ => Self::Unreachable,
        }
    }
}
