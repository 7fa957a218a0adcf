//! `POST /api/auth/sign-out`.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::json;

use super::answer::{Refusal, Sender, done};
use crate::cookies::Cookies;
use crate::{App, origin};

/// Succeeds for everybody: who is not signed in is signed out already.
pub(super) async fn sign_out(
    State(app): State<App>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    origin::check(&headers, &app.config)?;
    let cookies = Cookies::new(&app.config);
    if let Some(token) = cookies.session_token(&headers) {
        store::sessions::delete(&app.db, &token).await?;
    }
    let body = json!({"success": true});
    Ok(done(Sender::Program, &body, &cookies.clear()))
}
