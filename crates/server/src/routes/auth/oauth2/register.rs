//! `POST /api/auth/oauth2/register`: for clients that know no better (RFC 7591). Whoever can is
//! asked to publish a document instead.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;
use store::limits::Rule;
use store::oauth::{self, Client};

use super::client::{checked_redirects, shown_name};
use super::fault::{Fault, uncached};
use crate::App;
use crate::app::chance;
use crate::quota::at_address;
use crate::routes::auth::limit;

/// From one address: everybody may register, and every registration is a row.
const MOST: Rule = Rule {
    most: 20,
    seconds: 3600,
};

#[derive(Deserialize)]
struct Registration {
    redirect_uris: Vec<String>,
    client_name: Option<String>,
}

pub(super) async fn register(State(app): State<App>, headers: HeaderMap, body: Bytes) -> Response {
    let hit = at_address(&app, &headers, "register", Some(MOST));
    if let Err(refusal) = limit::count(&app, [hit]).await {
        return refusal.into_response();
    }
    match try_register(&app, &body).await {
        Ok(response) => response,
        Err(fault) => fault.into_response(),
    }
}

async fn try_register(app: &App, body: &[u8]) -> Result<Response, Fault> {
    let registration = serde_json::from_slice::<Registration>(body);
    let registration = registration.map_err(|_| {
        let text = "A registration is a JSON object with redirect_uris.";
        Fault::new("invalid_client_metadata", text)
    })?;
    let uris = registration.redirect_uris;
    checked_redirects(&uris)
        .map_err(|reason| Fault::new("invalid_redirect_uri", format!("The client {reason}.")))?;
    let now = (app.clock)();
    let id = auth::random::alphanumeric(26, &mut chance);
    let client = Client {
        id: format!("client_{id}"),
        name: shown_name(registration.client_name.as_deref(), &uris),
        redirect_uris: uris,
        expires_at: None,
    };
    oauth::keep_client(&app.db, &client, now).await?;
    // What was asked for otherwise is answered with what is there (RFC 7591, section 3.2.1).
    let body = json!({
        "client_id": client.id,
        "client_id_issued_at": now.seconds(),
        "client_name": client.name,
        "redirect_uris": client.redirect_uris,
        "token_endpoint_auth_method": "none",
        "grant_types": ["authorization_code", "refresh_token"],
        "response_types": ["code"],
    });
    Ok(uncached((StatusCode::CREATED, Json(body)).into_response()))
}
