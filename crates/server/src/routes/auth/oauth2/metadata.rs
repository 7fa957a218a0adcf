//! What this authorization server can do (RFC 8414, section 2).

use axum::Json;
use axum::extract::State;
use serde_json::Value;

use crate::App;
use crate::routes::mcp::filled;

/// What refresh tokens are asked for by; every client gets one (`OpenID` Connect Core, section 11).
pub(super) const OFFLINE: &str = "offline_access";

/// `GET /api/auth/.well-known/openid-configuration`: also in the form of `OpenID`, which demands
/// two members more, though there are no ID tokens here.
pub(super) async fn show(State(app): State<App>) -> Json<Value> {
    Json(filled(
        include_str!("authorization_server.json"),
        &app.config,
    ))
}
