//! How these endpoints answer: with Better Auth's codes, and to a plain form with a page.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use protocol::ErrorCode;
use serde::Serialize;
use serde_json::{Value, json};

use super::fields::Fields;
use crate::client::text;
use crate::cookies::SetCookies;
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

/// What was sent by a page of ours: a form or a JSON object, and how to answer it.
pub(super) struct Form {
    pub(super) fields: Fields,
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

impl FromRequest<App> for Form {
    type Rejection = Refusal;

    async fn from_request(request: Request, app: &App) -> Result<Self, Refusal> {
        crate::origin::check(request.headers(), &app.config)?;
        let sender = sender(request.headers());
        let kind = text(request.headers(), "content-type").map(str::to_owned);
        let json = is_json(request.headers());
        let bytes = Bytes::from_request(request, app).await.map_err(too_large)?;
        let form = kind
            .as_ref()
            .is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
        let body = match kind {
            None if bytes.is_empty() => None,
            _ if json => Some(serde_json::from_slice(&bytes).map_err(|_| {
                let message = "Invalid JSON in request body";
                Refusal::new(StatusCode::BAD_REQUEST, "BAD_REQUEST", message)
            })?),
            _ if form => Some(parse_form(&bytes)),
            kind => return Err(unsupported(&kind.unwrap_or_default())),
        };
        let fields = Fields::new(body)?;
        Ok(Self { fields, sender })
    }
}

fn unsupported(kind: &str) -> Refusal {
    let message = format!(
        "Content-Type \"{kind}\" is not allowed. \
         Allowed types: application/x-www-form-urlencoded, application/json"
    );
    let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
    Refusal::Said(status, "UNSUPPORTED_MEDIA_TYPE", message)
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
pub(super) fn done(sender: Sender, body: &impl Serialize, cookies: &SetCookies) -> Response {
    let response = match sender {
        Sender::Program => Json(body).into_response(),
        Sender::Browser => see_other("/"),
    };
    with_cookies(response, cookies)
}

pub(super) fn with_cookies(mut response: Response, cookies: &SetCookies) -> Response {
    for line in &cookies.lines {
        if let Ok(line) = HeaderValue::from_str(line) {
            response.headers_mut().append(header::SET_COOKIE, line);
        }
    }
    if let Some(token) = &cookies.token {
        expose(&mut response, "set-auth-token", token);
    }
    response
}

/// A header that pages of other origins may read, if they may read the answer at all.
pub(super) fn expose(response: &mut Response, name: &'static str, value: &str) {
    let Ok(value) = HeaderValue::from_str(value) else {
        return;
    };
    let headers = response.headers_mut();
    headers.insert(HeaderName::from_static(name), value);
    headers.append(
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static(name),
    );
}

/// A refusal for a browser: back to the page of the form, with the code for it to explain.
pub(super) fn refused(sender: Sender, page: &str, refusal: Refusal) -> Response {
    match sender {
        Sender::Program => refusal.into_response(),
        Sender::Browser => {
            let mut response = see_other(&format!("{page}?error={}", refusal.code()));
            // It sends on and is a refusal all the same, for the log and the counts.
            if let Some(failure) = refusal.into_response().extensions_mut().remove::<Failure>() {
                response.extensions_mut().insert(failure);
            }
            response
        }
    }
}

/// RFC 9110, section 15.4.4: whatever the method was, the next request is a GET.
fn see_other(place: &str) -> Response {
    let place = HeaderValue::from_str(place).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response()
}

/// Better Auth's links answer with this one.
pub(super) fn found(place: &str) -> Response {
    let place = HeaderValue::from_str(place).unwrap_or(HeaderValue::from_static("/"));
    uncached((StatusCode::FOUND, [(header::LOCATION, place)]).into_response())
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
