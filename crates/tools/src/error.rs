//! Why an operation as a whole was not done. What fails for one task of many is a
//! [`Failure`](crate::Failure) in the answer instead.

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{0}")]
    Invalid(String),
    #[error("this idempotency key was used with other arguments")]
    KeyReused,
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Store(error.into())
    }
}
