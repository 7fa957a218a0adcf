//! `/api/auth/change-password` and `/api/auth/verify-password`.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::{Value, json};
use store::users::{self, Others};

use super::answer::{Form, Refusal, Sender, done};
use super::notices::{self, Notice};
use super::session::Holder;
use super::{limit, password, session};
use crate::cookies::SetCookies;
use crate::quota::at_user;
use crate::{App, Background};

/// `POST /api/auth/change-password`. Unlike with Better Auth, the other sessions end unless
/// `revokeOtherSessions` is `false`: who changes a password often has a reason. With `true` the
/// present one is renewed as well.
pub(super) async fn change(
    State(app): State<App>,
    headers: HeaderMap,
    holder: Holder,
    background: Background,
    form: Form,
) -> Result<Response, Refusal> {
    let mut fields = form.fields;
    let new = fields.text("newPassword");
    let present = fields.text("currentPassword");
    let revoke = fields.flag("revokeOtherSessions");
    fields.check()?;
    password::check(&new)?;
    count(&app, &holder).await?;
    if !password::is_of(&app, &holder, present).await? {
        return Err(password::wrong());
    }
    let others = match revoke {
        None => Others::End,
        Some(true) => Others::EndAll,
        Some(false) => Others::Stay,
    };
    let hash = password::hash(new).await?;
    let kept = &holder.current.session.id;
    users::set_password(holder.begin(&app), &hash, others, kept, app.now()).await?;
    let user = &holder.current.user;
    notices::tell(&app, &background, &Notice::Password, user.email.clone());
    let (token, cookies) = if revoke == Some(true) {
        let begun = session::begin(&app, &user.id, &headers, holder.remember()).await?;
        (Some(begun.0.token), begun.1)
    } else {
        (None, SetCookies::default())
    };
    let body = json!({"token": token, "user": user});
    Ok(done(Sender::Program, &body, &cookies))
}

/// `POST /api/auth/verify-password`.
pub(super) async fn verify(
    State(app): State<App>,
    holder: Holder,
    form: Form,
) -> Result<Json<Value>, Refusal> {
    let mut fields = form.fields;
    let password = fields.text("password");
    fields.check()?;
    count(&app, &holder).await?;
    if password::is_of(&app, &holder, password).await? {
        Ok(Json(json!({"status": true})))
    } else {
        Err(password::wrong())
    }
}

pub(super) async fn count(app: &App, holder: &Holder) -> Result<(), Refusal> {
    let rule = app.config.limits.password;
    let user = &holder.current.user.id;
    limit::count(app, [at_user(app, user, "password", rule)]).await
}
