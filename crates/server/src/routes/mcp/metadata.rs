//! Where a client learns how to come in (RFC 9728). Nothing stands at the root's `/.well-known/`:
//! Vercel keeps that path to itself, so every challenge names the address below `/api/mcp`.

use auth::Scopes;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use protocol::ErrorCode;
use serde_json::{Value, json};

use crate::{App, Config, Error};

/// What tokens are made for (RFC 8707): the endpoint itself.
pub(crate) fn resource(config: &Config) -> String {
    format!("{}/api/mcp", config.origin())
}

/// Who makes them.
pub(crate) fn issuer(config: &Config) -> String {
    format!("{}/api/auth", config.origin())
}

/// A document with the place of this deployment in it. The set-up publishes the same texts at the
/// root, for clients that look nowhere else (`cargo xtask build`).
pub(crate) fn filled(document: &str, config: &Config) -> Value {
    let text = document.replace("{origin}", config.origin());
    serde_json::from_str(&text).unwrap_or_default()
}

/// `GET /api/mcp/.well-known/oauth-protected-resource`
pub(super) async fn protected_resource(State(app): State<App>) -> Json<Value> {
    let mut document = filled(include_str!("protected_resource.json"), &app.config);
    if let Some(issuers) = app.config.tokens.foreign_issuers() {
        document["authorization_servers"] = json!(issuers);
    }
    Json(document)
}

/// A refusal that says where to get what is missing (RFC 9728, section 5.1; MCP,
/// "Authorization", "Scope Challenge Handling").
pub(super) fn challenged(config: &Config, error: Error) -> Response {
    let code = error.code();
    let mut response = error.into_response();
    let error = match (code, code.status()) {
        (ErrorCode::TokenMissing, _) => "",
        (ErrorCode::ScopeInsufficient, _) => "error=\"insufficient_scope\", ",
        (_, 401) => "error=\"invalid_token\", ",
        _ => return response,
    };
    let challenge = format!(
        "Bearer {error}scope=\"{}\", \
         resource_metadata=\"{}/.well-known/oauth-protected-resource\"",
        Scopes::ALL,
        resource(config)
    );
    if let Ok(challenge) = HeaderValue::try_from(challenge) {
        let headers = response.headers_mut();
        headers.insert(header::WWW_AUTHENTICATE, challenge);
    }
    response
}
