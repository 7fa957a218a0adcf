//! `POST /api/auth/sign-in/email`.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::json;

use super::answer::{Form, Refusal, done, refused};
use super::{email, limit, password, session};
use crate::{App, middleware, origin};

pub(super) async fn sign_in(State(app): State<App>, headers: HeaderMap, form: Form) -> Response {
    let sender = form.sender;
    match try_sign_in(&app, &headers, form).await {
        Ok(response) => response,
        Err(refusal) => refused(sender, "/sign-in", refusal),
    }
}

async fn try_sign_in(app: &App, headers: &HeaderMap, form: Form) -> Result<Response, Refusal> {
    let mut fields = form.fields;
    let email = fields.text("email");
    let password = fields.text("password");
    let remember = fields.flag("rememberMe").unwrap_or(true);
    let callback = fields.optional_text("callbackURL");
    fields.check()?;
    let callback = callback_within(app, callback)?;
    let email = email::normalized(&email).ok_or_else(invalid_email)?;
    if let Some(refusal) = password::too_long(&password) {
        return Err(refusal);
    }
    limit::sign_in(app, headers, &email).await?;
    let account = store::users::find_by_email(&app.db, &email).await?;
    if let Some(account) = &account {
        middleware::calls(&account.user.id);
    }
    let hash = account
        .as_ref()
        .and_then(|account| account.password_hash.clone());
    // The same work whether or not there is such an account.
    let right = password::verify(password, hash).await?;
    let Some(account) = account.filter(|_| right) else {
        return Err(Refusal::new(
            StatusCode::UNAUTHORIZED,
            "INVALID_EMAIL_OR_PASSWORD",
            "Invalid email or password",
        ));
    };
    limit::forgive(app, &email).await?;
    if app.config.mail.required && !account.user.email_verified {
        return Err(Refusal::new(
            StatusCode::FORBIDDEN,
            "EMAIL_NOT_VERIFIED",
            "Email not verified",
        ));
    }
    let (session, cookies) = session::begin(app, &account.user.id, headers, remember).await?;
    let mut body = json!({
        "redirect": callback.is_some(),
        "token": session.token,
        "user": account.user,
    });
    if let Some(callback) = &callback {
        body["url"] = json!(callback);
    }
    let mut response = done(form.sender, &body, &cookies);
    let place = callback.and_then(|callback| HeaderValue::try_from(callback).ok());
    if let Some(place) = place {
        response.headers_mut().insert(header::LOCATION, place);
    }
    Ok(response)
}

/// Where to go on afterwards, which must be with us.
pub(super) fn callback_within(
    app: &App,
    callback: Option<String>,
) -> Result<Option<String>, Refusal> {
    match callback {
        Some(place) if !origin::is_ours(&place, &app.config) => Err(Refusal::new(
            StatusCode::FORBIDDEN,
            "INVALID_CALLBACK_URL",
            "Invalid callbackURL",
        )),
        callback => Ok(callback),
    }
}

fn invalid_email() -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, "INVALID_EMAIL", "Invalid email")
}
