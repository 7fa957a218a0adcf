//! What this authorization server can do (RFC 8414, section 2).

use auth::Scopes;
use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use crate::App;
use crate::routes::mcp::issuer;

/// What refresh tokens are asked for by; every client gets one (`OpenID` Connect Core, section 11).
pub(super) const OFFLINE: &str = "offline_access";

/// `GET /api/auth/.well-known/openid-configuration`
pub(super) async fn show(State(app): State<App>) -> Json<Value> {
    let issuer = issuer(&app.config);
    let [read, write] = Scopes::NAMES;
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/oauth2/authorize"),
        "token_endpoint": format!("{issuer}/oauth2/token"),
        "registration_endpoint": format!("{issuer}/oauth2/register"),
        "revocation_endpoint": format!("{issuer}/oauth2/revoke"),
        "jwks_uri": format!("{issuer}/jwks"),
        "scopes_supported": [read, write, OFFLINE],
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["none"],
        "revocation_endpoint_auth_methods_supported": ["none"],
        "authorization_response_iss_parameter_supported": true,
        "client_id_metadata_document_supported": true,
        "resource_indicators_supported": true,
        // Demanded of the form of OpenID, though there are no ID tokens here.
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["EdDSA"],
    }))
}
