//! How these endpoints answer: with Better Auth's codes, and to a plain form with a page.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use protocol::ErrorCode;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::client::text;
use crate::error::{Failure, problem};
use crate::extract::{is_json, too_large};
use crate::origin::Foreign;
use crate::{App, Error};

pub(super) async fn ok() -> Json<Value> {
    Json(json!({"ok": true}))
}

/// A refusal in Better Auth's words, or a failure of ours.
#[derive(Debug)]
pub(super) enum Refusal {
    Said(StatusCode, &'static str, String),
    Failed(Error),
}

impl Refusal {
    pub(super) fn new(status: StatusCode, code: &'static str, message: &str) -> Self {
        Self::Said(status, code, message.to_owned())
    }

    pub(super) const fn code(&self) -> &'static str {
        match self {
            Self::Said(_, code, _) => code,
            Self::Failed(_) => "FAILED",
        }
    }
}

impl<E: Into<Error>> From<E> for Refusal {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl From<Foreign> for Refusal {
    fn from(foreign: Foreign) -> Self {
        let (code, message) = match foreign {
            Foreign::Origin => ("INVALID_ORIGIN", "Invalid origin"),
            Foreign::Missing => ("MISSING_OR_NULL_ORIGIN", "Missing or null Origin"),
            Foreign::Navigation => (
                "CROSS_SITE_NAVIGATION_LOGIN_BLOCKED",
                "Cross-site navigation login blocked. This request appears to be a CSRF attack.",
            ),
        };
        Self::new(StatusCode::FORBIDDEN, code, message)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::Failed(error) => error.into_response(),
            Self::Said(status, code, message) => {
                let mut response = problem(status.as_u16(), code, &message);
                let failure = Failure {
                    code: code.to_owned(),
                    cause: None,
                };
                response.extensions_mut().insert(failure);
                response
            }
        }
    }
}

/// The fields of a form or of a JSON object, and how the sender wants to be answered.
pub(super) struct Form<T> {
    pub(super) fields: T,
    pub(super) sender: Sender,
}

/// Who sent a form.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sender {
    /// A program, which reads JSON.
    Program,
    /// A page without a program: the browser itself, which goes where it is told.
    Browser,
}

impl<T: DeserializeOwned> FromRequest<App> for Form<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, app: &App) -> Result<Self, Refusal> {
        crate::origin::check(request.headers(), &app.config)?;
        let sender = sender(request.headers());
        let json = is_json(request.headers());
        let form = text(request.headers(), "content-type")
            .is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
        if !json && !form {
            return Err(Refusal::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "UNSUPPORTED_MEDIA_TYPE",
                "Content-Type is not allowed.",
            ));
        }
        let bytes = Bytes::from_request(request, app).await.map_err(too_large)?;
        let value: Value = if json {
            serde_json::from_slice(&bytes).map_err(|_| {
                let message = "Invalid JSON in request body";
                Refusal::new(StatusCode::BAD_REQUEST, "BAD_REQUEST", message)
            })?
        } else {
            parse_form(&bytes)
        };
        let fields = serde_json::from_value(value).map_err(|error| {
            let message = format!("[body] {error}");
            Refusal::Said(StatusCode::BAD_REQUEST, "VALIDATION_ERROR", message)
        })?;
        Ok(Self { fields, sender })
    }
}

/// Every field of a form is text, but for the one box that can be ticked.
fn parse_form(bytes: &[u8]) -> Value {
    let pairs = form_urlencoded::parse(bytes);
    pairs
        .map(|(name, value)| {
            let value = match name.as_ref() {
                "rememberMe" => Value::Bool(value == "on" || value == "true"),
                _ => Value::String(value.into_owned()),
            };
            (name.into_owned(), value)
        })
        .collect::<serde_json::Map<_, _>>()
        .into()
}

fn sender(headers: &HeaderMap) -> Sender {
    let navigates = text(headers, "sec-fetch-mode") == Some("navigate")
        || text(headers, "accept").is_some_and(|accept| accept.starts_with("text/html"));
    if navigates {
        Sender::Browser
    } else {
        Sender::Program
    }
}

/// An answer with its cookies, or the way on for a browser.
pub(super) fn done(sender: Sender, body: &impl Serialize, cookies: &[String]) -> Response {
    let mut response = match sender {
        Sender::Program => Json(body).into_response(),
        Sender::Browser => see_other("/"),
    };
    for cookie in cookies {
        if let Ok(cookie) = HeaderValue::from_str(cookie) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    response
}

/// A refusal for a browser: back to the page of the form, with the code for it to explain.
pub(super) fn refused(sender: Sender, page: &str, refusal: Refusal) -> Response {
    match sender {
        Sender::Program => refusal.into_response(),
        Sender::Browser => see_other(&format!("{page}?error={}", refusal.code())),
    }
}

/// RFC 9110, section 15.4.4: whatever the method was, the next request is a GET.
fn see_other(place: &str) -> Response {
    let place = HeaderValue::from_str(place).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response()
}

/// No cache may keep who is signed in.
pub(super) fn uncached(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::PRAGMA, HeaderValue::from_static("no-cache"));
    response
}

pub(super) fn unauthorized() -> Refusal {
    Refusal::new(StatusCode::UNAUTHORIZED, "UNAUTHORIZED", "Unauthorized")
}

/// For what can only happen if this program is wrong.
pub(super) fn internal() -> Refusal {
    Refusal::Failed(ErrorCode::Internal.into())
}
