//! `GET /api/auth/token`: a session becomes a short-lived JWT, which every other function asks
//! for.

use auth::AccessClaims;
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use protocol::session::{AccessToken, SessionAndUser};

use super::answer::{Refusal, internal, uncached};
use super::keys;
use super::session::Holder;
use crate::App;

pub(super) async fn token(State(app): State<App>, holder: Holder) -> Result<Response, Refusal> {
    let token = access_token(&app, &holder.current).await?;
    Ok(uncached(Json(AccessToken { token }).into_response()))
}

/// Made for a session that was found to hold a moment ago, and for nothing else.
pub(super) async fn access_token(app: &App, found: &SessionAndUser) -> Result<String, Refusal> {
    let signer = keys::signer(app).await?;
    Ok(signer.access_token(&AccessClaims {
        user: serde_json::to_value(&found.user).map_err(|_| internal())?,
        subject: &found.user.id,
        session: &found.session.id,
        origin: app.config.origin(),
        issued_at: (app.clock)(),
        lifetime: app.config.sessions.token_life,
    }))
}
