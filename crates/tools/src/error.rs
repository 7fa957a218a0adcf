//! Why an operation as a whole was not done. What fails for one task of many is a
//! [`Failure`](crate::Failure) in the answer instead.

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{0}")]
    Invalid(String),
    #[error("this idempotency key was used with other arguments")]
    KeyReused,
    #[error(transparent)]
    Store(store::Error),
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Value(_) => Self::Invalid("A value cannot be read.".to_owned()),
            error => Self::Store(error),
        }
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Store(error.into())
    }
}
