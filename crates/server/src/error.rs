//! From what went wrong to what is said about it: the only place where a failure gets its
//! status, its code and its sentence.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use protocol::ErrorCode;

use crate::middleware;

/// A failure on its way out.
#[derive(Debug)]
pub struct Error {
    code: ErrorCode,
    message: Option<String>,
    /// For the log; never for the client.
    cause: Option<String>,
}

/// Left in a response's extensions for the log.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    pub(crate) code: String,
    pub(crate) cause: Option<String>,
}

impl Error {
    pub(crate) fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: Some(message.into()),
            cause: None,
        }
    }

    pub(crate) const fn code(&self) -> ErrorCode {
        self.code
    }

    pub(crate) fn caused(code: ErrorCode, cause: impl Into<String>) -> Self {
        Self {
            code,
            message: None,
            cause: Some(cause.into()),
        }
    }
}

impl From<ErrorCode> for Error {
    fn from(code: ErrorCode) -> Self {
        Self {
            code,
            message: None,
            cause: None,
        }
    }
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match &error {
            store::Error::SessionEnded => ErrorCode::SessionEnded.into(),
            store::Error::OverQuota => ErrorCode::RateLimited.into(),
            store::Error::BudgetSpent => ErrorCode::BudgetSpent.into(),
            store::Error::ReadOnly => ErrorCode::ReadOnly.into(),
            store::Error::Unavailable(_) => {
                Self::caused(ErrorCode::DatabaseUnavailable, error.cause())
            }
            store::Error::Schema(_) => Self::caused(ErrorCode::SchemaMismatch, error.cause()),
            store::Error::Value(_) => Self::caused(ErrorCode::RequestInvalid, error.cause()),
            store::Error::Duplicate(_) | store::Error::Statement(_) | store::Error::Corrupt(_) => {
                Self::caused(ErrorCode::Internal, error.cause())
            }
        }
    }
}

impl From<tools::Error> for Error {
    fn from(error: tools::Error) -> Self {
        match error {
            tools::Error::Invalid(message) => Self::new(ErrorCode::RequestInvalid, message),
            tools::Error::KeyReused => ErrorCode::KeyReused.into(),
            tools::Error::Store(error) => error.into(),
        }
    }
}

impl From<tools::Failure> for Error {
    fn from(failure: tools::Failure) -> Self {
        Self::new(failure.code, failure.message)
    }
}

impl From<chat::Error> for Error {
    fn from(error: chat::Error) -> Self {
        match (error.code(), error) {
            (_, chat::Error::Store(error)) => error.into(),
            (Some(code), chat::Error::Invalid(message)) => Self::new(code, message),
            (Some(code), chat::Error::Tool(message)) => Self::new(code, message),
            (Some(code), chat::Error::NoRoom) => Self::new(
                code,
                "There is no room for more files; delete some conversations.",
            ),
            (Some(code), chat::Error::ThreadLocked(Some(reason))) => Self::new(code, reason),
            (Some(code), chat::Error::MessageTooLong(length)) => Self::new(
                code,
                format!("The message has {length} characters; 8000 are possible."),
            ),
            (Some(code), _) => code.into(),
            (None, _) => ErrorCode::Internal.into(),
        }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let message = self
            .message
            .unwrap_or_else(|| self.code.message().to_owned());
        let mut response = problem(self.code.status(), self.code.as_str(), &message);
        if let Some(challenge) = challenge(self.code) {
            let headers = response.headers_mut();
            headers.insert(header::WWW_AUTHENTICATE, challenge);
        }
        if self.code.status() == 503 {
            let headers = response.headers_mut();
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
        }
        response.extensions_mut().insert(Failure {
            code: self.code.as_str().to_owned(),
            cause: self.cause,
        });
        response
    }
}

/// RFC 6750, section 3: a challenge has at least one parameter, and no error where no credential
/// was sent. The sentence is the public one; it holds no quotation mark.
fn challenge(code: ErrorCode) -> Option<HeaderValue> {
    let error = match (code, code.status()) {
        (ErrorCode::TokenMissing, _) => {
            return Some(HeaderValue::from_static("Bearer realm=\"latchwork\""));
        }
        (ErrorCode::TokenRepeated | ErrorCode::TokenInUrl, _) => "invalid_request",
        (_, 401) => "invalid_token",
        _ => return None,
    };
    let description = code.message();
    let challenge = format!(
        "Bearer realm=\"latchwork\", error=\"{error}\", error_description=\"{description}\""
    );
    HeaderValue::try_from(challenge).ok()
}

/// The shape of every failure, [`protocol::ErrorBody`]; the code is a text because those of
/// `/api/auth` are Better Auth's.
pub(crate) fn problem(status: u16, code: &str, message: &str) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = serde_json::json!({
        "title": status.canonical_reason().unwrap_or_default(),
        "status": status.as_u16(),
        "code": code,
        "message": message,
        "request_id": middleware::current().id,
    });
    let mut response = (status, Json(body)).into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/problem+json"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
