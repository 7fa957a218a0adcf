//! `/api/auth/oauth2/…`: how a person lets another program in (OAuth 2.1; MCP 2026-07-28,
//! "Authorization").
//!
//! **Invariant:** nobody is sent to an address that the client did not register, whatever else is
//! wrong with a request.

mod authorize;
mod client;
mod consent;
mod document;
mod fault;
mod metadata;
mod page;
mod redirect;
mod register;
mod request;
mod revoke;
mod token;

use axum::Router;
use axum::http::HeaderMap;
use axum::routing::{get, post};
use protocol::session::SessionAndUser;
use serde_json::json;

use super::session::{Presented, presented};
use crate::book::Book;
use crate::{App, Error};

pub(super) fn router() -> Router<App> {
    Router::new()
        // Beside the issuer and not at the root, which Vercel keeps to itself: clients look in
        // three places, and this is the third (RFC 8414, section 3.1; OpenID Connect Discovery).
        .route(
            "/api/auth/.well-known/openid-configuration",
            get(metadata::show),
        )
        .route(
            "/api/auth/.well-known/oauth-authorization-server",
            get(metadata::show),
        )
        .route("/api/auth/oauth2/authorize", get(authorize::authorize))
        .route("/api/auth/oauth2/consent", post(consent::decide))
        .route("/api/auth/oauth2/token", post(token::token))
        .route("/api/auth/oauth2/register", post(register::register))
        .route("/api/auth/oauth2/revoke", post(revoke::revoke))
}

pub(super) fn describe(book: &mut Book) {
    let object = || json!({"type": "object"});
    let fault = || {
        json!({
            "type": "object",
            "required": ["error"],
            "properties": {"error": {"type": "string"}, "error_description": {"type": "string"}},
        })
    };
    let (kind, form) = ("application/json", "application/x-www-form-urlencoded");
    for route in [
        "GET /api/auth/.well-known/openid-configuration",
        "GET /api/auth/.well-known/oauth-authorization-server",
    ] {
        book.route(route, "Where and how programs are let in (RFC 8414)")
            .open()
            .answers_as(200, &[(kind, object())])
            .done();
    }
    book.route(
        "GET /api/auth/oauth2/authorize",
        "Ask the person (RFC 6749, 4.1.1)",
    )
    .open()
    .gives(&["text/html"])
    .answers_as(303, &[])
    .fails_as("text/html", &json!({}))
    .done();
    book.route(
        "POST /api/auth/oauth2/consent",
        "What the person answers, from that page",
    )
    .open()
    .body_as(form, &object())
    .answers_as(303, &[])
    .fails_as("text/html", &json!({}))
    .done();
    book.route(
        "POST /api/auth/oauth2/token",
        "Tokens for a code or a refresh token",
    )
    .open()
    .body_as(form, &object())
    .answers_as(200, &[(kind, object())])
    .fails_as(kind, &fault())
    .done();
    book.route(
        "POST /api/auth/oauth2/register",
        "Register a client (RFC 7591)",
    )
    .open()
    .body_as(kind, &object())
    .answers_as(201, &[(kind, object())])
    .fails_as(kind, &fault())
    .done();
    book.route(
        "POST /api/auth/oauth2/revoke",
        "Give a token back (RFC 7009)",
    )
    .open()
    .body_as(form, &object())
    .answers_as(200, &[])
    .fails_as(kind, &fault())
    .done();
}

/// Who sits in front of the page.
async fn visitor(app: &App, headers: &HeaderMap) -> Result<Option<SessionAndUser>, Error> {
    Ok(match presented(app, headers, false).await? {
        Presented::Current { found, .. } => Some(*found),
        Presented::Nothing | Presented::Ended => None,
    })
}
