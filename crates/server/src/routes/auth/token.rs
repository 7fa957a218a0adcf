//! `GET /api/auth/token`: a session becomes a short-lived JWT, which every other function asks
//! for.

use auth::AccessClaims;
use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use protocol::session::AccessToken;

use super::answer::{Refusal, internal, unauthorized, uncached};
use super::{keys, session};
use crate::App;

/// Seconds.
const LIFETIME: i64 = 15 * 60;

pub(super) async fn token(State(app): State<App>, headers: HeaderMap) -> Result<Response, Refusal> {
    let found = session::current(&app, &headers)
        .await?
        .ok_or_else(unauthorized)?;
    let signer = keys::signer(&app).await?;
    let token = signer.access_token(&AccessClaims {
        user: serde_json::to_value(&found.user).map_err(|_| internal())?,
        subject: &found.user.id,
        session: &found.session.id,
        origin: app.config.origin(),
        issued_at: (app.clock)(),
        lifetime: LIFETIME,
    });
    Ok(uncached(Json(AccessToken { token }).into_response()))
}
