//! `/api/auth/list-sessions` and `/api/auth/revoke-…`: where somebody is signed in, and the end
//! of it.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use protocol::session::Session;
use serde_json::{Value, json};

use super::answer::{Form, Refusal, Sender, done, uncached};
use super::session::Holder;
use crate::App;
use crate::cookies::Cookies;

/// `GET /api/auth/list-sessions`. It shows tokens, so the sign-in must be a young one.
pub(super) async fn list(State(app): State<App>, holder: Holder) -> Result<Response, Refusal> {
    if !holder.is_fresh(&app) {
        return Err(not_fresh());
    }
    let list: Vec<Session> = store::sessions::all(holder.begin(&app), (app.clock)()).await?;
    Ok(uncached(Json(list).into_response()))
}

pub(super) fn not_fresh() -> Refusal {
    Refusal::new(
        StatusCode::FORBIDDEN,
        "SESSION_NOT_FRESH",
        "Session is not fresh",
    )
}

/// `POST /api/auth/revoke-session`: one of one's own; of others' nothing is said.
pub(super) async fn revoke(
    State(app): State<App>,
    holder: Holder,
    form: Form,
) -> Result<Json<Value>, Refusal> {
    let mut fields = form.fields;
    let token = fields.text("token");
    fields.check()?;
    store::sessions::delete_one(holder.begin(&app), &token).await?;
    Ok(Json(json!({"status": true})))
}

/// `POST /api/auth/revoke-sessions`: all, the present one as well.
pub(super) async fn revoke_all(
    State(app): State<App>,
    holder: Holder,
) -> Result<Response, Refusal> {
    store::sessions::delete_all(holder.begin(&app), None).await?;
    let body = json!({"status": true});
    let cookies = Cookies::new(&app.config).clear();
    Ok(done(Sender::Program, &body, &cookies))
}

/// `POST /api/auth/revoke-other-sessions`.
pub(super) async fn revoke_others(
    State(app): State<App>,
    holder: Holder,
) -> Result<Json<Value>, Refusal> {
    let present = &holder.current.session.id;
    store::sessions::delete_all(holder.begin(&app), Some(present)).await?;
    Ok(Json(json!({"status": true})))
}
