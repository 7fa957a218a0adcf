//! Pages of other origins, where `CORS_ORIGINS` lets them in (WHATWG Fetch, section 3.2).
//!
//! **Invariant:** without that variable no answer can be read by a page of another origin.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::Request;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE,
    ACCESS_CONTROL_REQUEST_METHOD, ORIGIN, VARY,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::client::text;
use crate::middleware;

const METHODS: &str = "GET, HEAD, POST, PUT, PATCH, DELETE";

/// What our own page sends, and MCP clients in a browser.
const SENT: &str = "accept, authorization, content-type, idempotency-key, if-match, last-event-id, \
    mcp-method, mcp-name, mcp-protocol-version, mcp-session-id, x-time-zone";

/// What there is to read beside the few that every page may.
const SHOWN: &str = "etag, location, ratelimit, ratelimit-policy, retry-after, server-timing, \
    set-auth-jwt, set-auth-token, www-authenticate, x-request-id, x-retry-after, x-run-after, \
    x-run-id";

/// Seconds for which a browser need not ask again.
const REMEMBERED: &str = "600";

/// Around everything else, so that refusals and failures can be read by the page as well.
pub(crate) async fn around(origins: Arc<[String]>, request: Request, next: Next) -> Response {
    let origin = text(request.headers(), "origin");
    let allowed = origin.filter(|origin| origins.iter().any(|known| known == origin));
    let allowed = allowed.and_then(|origin| HeaderValue::from_str(origin).ok());
    if !is_preflight(&request) {
        let mut response = next.run(request).await;
        add(
            response.headers_mut(),
            allowed,
            &[(ACCESS_CONTROL_EXPOSE_HEADERS, SHOWN)],
        );
        return response;
    }
    let begun = Instant::now();
    let mut response = StatusCode::NO_CONTENT.into_response();
    let told = [
        (ACCESS_CONTROL_ALLOW_METHODS, METHODS),
        (ACCESS_CONTROL_ALLOW_HEADERS, SENT),
        (ACCESS_CONTROL_MAX_AGE, REMEMBERED),
    ];
    add(response.headers_mut(), allowed, &told);
    middleware::time(response.headers_mut(), "total", begun.elapsed());
    response
}

/// The question of a browser whether it may ask; it comes without a token, for every route.
fn is_preflight(request: &Request) -> bool {
    let headers = request.headers();
    request.method() == Method::OPTIONS
        && headers.contains_key(ORIGIN)
        && headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD)
}

fn add(headers: &mut HeaderMap, allowed: Option<HeaderValue>, told: &[(HeaderName, &'static str)]) {
    // What is kept on the way must not be shown to a page of another origin.
    headers.append(VARY, HeaderValue::from_static("origin"));
    let Some(origin) = allowed else {
        return;
    };
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.insert(
        ACCESS_CONTROL_ALLOW_CREDENTIALS,
        HeaderValue::from_static("true"),
    );
    for (name, value) in told {
        headers.insert(name, HeaderValue::from_static(value));
    }
}
