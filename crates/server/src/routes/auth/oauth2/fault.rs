//! How the endpoints that programs call refuse: RFC 6749, section 5.2.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::Error;
use crate::error::Failure;

#[derive(Debug)]
pub(super) enum Fault {
    Said(&'static str, String),
    Failed(Error),
}

impl Fault {
    pub(super) fn new(code: &'static str, description: impl Into<String>) -> Self {
        Self::Said(code, description.into())
    }

    pub(super) fn grant(description: &str) -> Self {
        Self::new("invalid_grant", description)
    }
}

impl<E: Into<Error>> From<E> for Fault {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let (code, description) = match self {
            Self::Failed(error) => return error.into_response(),
            Self::Said(code, description) => (code, description),
        };
        let status = match code {
            "invalid_client" => StatusCode::UNAUTHORIZED,
            _ => StatusCode::BAD_REQUEST,
        };
        let body = json!({"error": code, "error_description": description});
        let mut response = (status, Json(body)).into_response();
        response.extensions_mut().insert(Failure {
            code: format!("oauth.{code}"),
            cause: None,
        });
        uncached(response)
    }
}

/// RFC 6749, section 5.1: no cache may keep a token.
pub(super) fn uncached(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::PRAGMA, HeaderValue::from_static("no-cache"));
    response
}
