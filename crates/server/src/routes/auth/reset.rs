//! `/api/auth/request-password-reset` and `/api/auth/reset-password`: a new password for somebody
//! who can read their mail.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use protocol::session::User;
use serde::Deserialize;
use serde_json::{Value, json};
use store::verification::{self, Link, Purpose};
use store::{switches, users};

use super::answer::{Form, Refusal, found};
use super::letters::{self, Post};
use super::notices::{self, Notice};
use super::{limit, password};
use crate::app::chance;
use crate::extract::{Path, Query};
use crate::quota::{at_address, at_email};
use crate::{App, Background, origin};

/// Whether there is such an account decides nothing that the sender could see: the answer is
/// given before anybody looks.
pub(super) async fn ask(
    State(app): State<App>,
    headers: HeaderMap,
    background: Background,
    form: Form,
) -> Result<Json<Value>, Refusal> {
    let mut fields = form.fields;
    let email = fields.email("email");
    let redirect = fields.optional_text("redirectTo");
    fields.check()?;
    if redirect
        .as_ref()
        .is_some_and(|place| !origin::is_ours(place, &app.config))
    {
        return Err(Refusal::new(
            StatusCode::FORBIDDEN,
            "INVALID_REDIRECT_URL",
            "Invalid redirectURL",
        ));
    }
    if app.config.mail.sender.is_none() {
        return Err(Refusal::new(
            StatusCode::BAD_REQUEST,
            "RESET_PASSWORD_DISABLED",
            "Reset password isn't enabled",
        ));
    }
    let rule = app.config.limits.mail;
    let hits = [
        at_address(&app, &headers, "mail", rule),
        at_email(&app, &email, "mail-email", rule),
    ];
    limit::count(&app, hits).await?;
    switches::must_allow_changes(&app.db).await?;
    let reset = async move {
        let account = users::find_by_email(&app.db, &email).await?;
        let Some(account) = account else {
            return Ok(());
        };
        let link = Link {
            user: account.user.id.clone(),
            email: None,
        };
        let post = Post {
            purpose: Purpose::ResetPassword,
            link,
            to: account.user.email,
            callback: redirect,
        };
        letters::send(&app, post).await
    };
    background.start(letters::logged("reset-password", reset));
    Ok(Json(json!({
        "status": true,
        "message": "If this email exists in our system, check your email for the reset link",
    })))
}

#[derive(Deserialize)]
pub(super) struct Callback {
    #[serde(default, rename = "callbackURL")]
    callback_url: Option<String>,
}

/// `GET /api/auth/reset-password/{token}`: from the mail to the page with the form.
pub(super) async fn follow(
    State(app): State<App>,
    Path(token): Path<String>,
    Query(Callback { callback_url }): Query<Callback>,
) -> Result<Response, Refusal> {
    let place = callback_url.filter(|place| !place.is_empty());
    let Some(place) = place else {
        return Ok(found(&letters::with_error(&app, None)));
    };
    if !origin::is_ours(&place, &app.config) {
        return Err(Refusal::new(
            StatusCode::FORBIDDEN,
            "INVALID_CALLBACK_URL",
            "Invalid callbackURL",
        ));
    }
    let now = app.now();
    if verification::is_good(&app.db, Purpose::ResetPassword, &token, now).await? {
        Ok(found(&letters::with_parameter(
            &app, &place, "token", &token,
        )))
    } else {
        Ok(found(&letters::with_error(&app, Some(&place))))
    }
}

/// `POST /api/auth/reset-password`. Whoever was signed in is not any more, and a lock opens.
pub(super) async fn reset(
    State(app): State<App>,
    headers: HeaderMap,
    background: Background,
    Query(query): Query<Value>,
    form: Form,
) -> Result<Json<Value>, Refusal> {
    let mut fields = form.fields;
    let new = fields.text("newPassword");
    let token = fields.optional_text("token");
    fields.check()?;
    let of_query = || query["token"].as_str().map(str::to_owned);
    let Some(token) = token.or_else(of_query) else {
        return Err(letters::invalid_token(StatusCode::BAD_REQUEST));
    };
    password::check(&new)?;
    let rule = app.config.limits.password;
    limit::count(&app, [at_address(&app, &headers, "reset-password", rule)]).await?;
    let now = app.now();
    let link = verification::take(&app.db, Purpose::ResetPassword, &token, now).await?;
    let link = link.ok_or_else(|| letters::invalid_token(StatusCode::BAD_REQUEST))?;
    let hash = password::hash(new).await?;
    let account_id = auth::random::alphanumeric(32, &mut chance);
    let user: Option<User> =
        users::reset_password(&app.db, &link.user, &account_id, &hash, now).await?;
    let user = user.ok_or_else(|| letters::invalid_token(StatusCode::BAD_REQUEST))?;
    limit::forgive(&app, &user.email).await?;
    notices::tell(&app, &background, &Notice::Password, user.email);
    Ok(Json(json!({"status": true})))
}
