//! `GET /api/auth/error`: where a link that went wrong ends.

use axum::http::HeaderValue;
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;

use super::answer::uncached;
use crate::extract::Query;

#[derive(Deserialize)]
pub(super) struct Options {
    #[serde(default)]
    error: String,
}

/// The code comes from the address, so only what a code is made of is shown.
pub(super) async fn show(Query(Options { error }): Query<Options>) -> Response {
    let is_code = (1..=100).contains(&error.len())
        && error
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "_.-".contains(c));
    let code = if is_code { error.as_str() } else { "UNKNOWN" };
    let page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>Error</title></head><body><main><h1>That did not work</h1>\
         <p>The link may have been used before, or be too old.</p>\
         <p>Code: <code>{code}</code></p><p><a href=\"/\">Back to Latchwork</a></p>\
         </main></body></html>\n"
    );
    let mut response = Html(page).into_response();
    response.headers_mut().insert(
        "content-security-policy",
        HeaderValue::from_static("default-src 'none'; base-uri 'none'; frame-ancestors 'none'"),
    );
    uncached(response)
}
