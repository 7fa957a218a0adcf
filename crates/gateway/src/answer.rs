//! The gateway's own answers, in the product's one shape of failure.

use bytes::Bytes;
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full};
use hyper::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use hyper::{Response, StatusCode};
use protocol::error::{ErrorBody, ErrorCode};

pub(crate) type BoxError = Box<dyn std::error::Error + Send + Sync>;
pub(crate) type Body = BoxBody<Bytes, BoxError>;

pub(crate) fn full(bytes: impl Into<Bytes>) -> Body {
    Full::new(bytes.into())
        .map_err(|never| match never {})
        .boxed()
}

/// A failure that has a code of its own.
pub(crate) fn failure(code: ErrorCode, request_id: &str) -> Response<Body> {
    let status = StatusCode::from_u16(code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    problem(status, code, code.message(), request_id)
}

/// The platform's failure to get an answer from a function, with the platform's name for it.
pub(crate) fn no_answer(
    status: StatusCode,
    name: &'static str,
    request_id: &str,
) -> Response<Body> {
    let code = ErrorCode::Internal;
    let mut response = problem(status, code, code.message(), request_id);
    let headers = response.headers_mut();
    headers.insert("x-vercel-error", HeaderValue::from_static(name));
    response
}

fn problem(status: StatusCode, code: ErrorCode, message: &str, request_id: &str) -> Response<Body> {
    let body = ErrorBody {
        title: status.canonical_reason().unwrap_or_default().to_owned(),
        status: status.as_u16(),
        code,
        message: message.to_owned(),
        request_id: request_id.to_owned(),
    };
    // Strings and a number can always be written.
    let bytes = serde_json::to_vec(&body).unwrap_or_default();
    let mut response = Response::new(full(bytes));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("application/problem+json"),
    );
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
