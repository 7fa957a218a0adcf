//! `/api/auth/send-verification-email` and `/api/auth/verify-email`: whether an address is
//! somebody's own.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use protocol::session::User;
use serde::Deserialize;
use serde_json::{Value, json};
use store::verification::{self, Link, Purpose};
use store::{switches, users};

use super::answer::{Form, Refusal, found};
use super::letters::{self, Post};
use super::limit;
use super::notices::{self, Notice};
use super::sign_in::callback_within;
use crate::extract::Query;
use crate::quota::{at_address, at_email};
use crate::{App, Background};

/// The answer is given before anybody looks whether there is such an account.
pub(super) async fn send(
    State(app): State<App>,
    headers: HeaderMap,
    background: Background,
    form: Form,
) -> Result<Json<Value>, Refusal> {
    let mut fields = form.fields;
    let email = fields.email("email");
    let callback = fields.optional_text("callbackURL");
    fields.check()?;
    let callback = callback_within(&app, callback)?;
    if app.config.mail.sender.is_none() {
        return Err(not_enabled());
    }
    let rule = app.config.limits.mail;
    let hits = [
        at_address(&app, &headers, "mail", rule),
        at_email(&app, &email, "mail-email", rule),
    ];
    limit::count(&app, hits).await?;
    switches::must_allow_changes(&app.db).await?;
    let verify = async move {
        let account = users::find_by_email(&app.db, &email).await?;
        match account {
            Some(account) if !account.user.email_verified => {
                letters::send(&app, verification_of(account.user, callback)).await
            }
            _ => Ok(()),
        }
    };
    background.start(letters::logged("verify-email", verify));
    Ok(Json(json!({"status": true})))
}

pub(super) fn not_enabled() -> Refusal {
    Refusal::new(
        StatusCode::BAD_REQUEST,
        "VERIFICATION_EMAIL_NOT_ENABLED",
        "Verification email isn't enabled",
    )
}

/// A letter to the address of an account.
pub(super) fn verification_of(user: User, callback: Option<String>) -> Post {
    Post {
        purpose: Purpose::VerifyEmail,
        link: Link {
            user: user.id,
            email: Some(user.email.clone()),
        },
        to: user.email,
        callback: Some(callback.unwrap_or_else(|| "/".to_owned())),
    }
}

#[derive(Deserialize)]
pub(super) struct Opened {
    #[serde(default)]
    token: String,
    #[serde(default, rename = "callbackURL")]
    callback_url: Option<String>,
}

/// `GET /api/auth/verify-email`: the link of the mail. It takes one use, and signs nobody in.
pub(super) async fn open(
    State(app): State<App>,
    background: Background,
    Query(opened): Query<Opened>,
) -> Result<Response, Refusal> {
    let callback = callback_within(&app, opened.callback_url)?;
    let is_verified = verified(&app, &background, &opened.token).await?;
    match (is_verified, callback) {
        (true, Some(place)) => Ok(found(&place)),
        (true, None) => Ok(Json(json!({"status": true, "user": null})).into_response()),
        (false, Some(place)) => Ok(found(&letters::with_error(&app, Some(&place)))),
        (false, None) => Err(letters::invalid_token(StatusCode::UNAUTHORIZED)),
    }
}

/// Whether somebody moved, of which the address that they left is told.
fn told(app: &App, background: &Background, old: Option<String>) -> bool {
    let has_moved = old.is_some();
    if let Some(old) = old {
        notices::tell(app, background, &Notice::Email, old);
    }
    has_moved
}

async fn verified(app: &App, background: &Background, token: &str) -> Result<bool, Refusal> {
    let now = app.now();
    for purpose in [Purpose::VerifyEmail, Purpose::ChangeEmail] {
        let link = verification::take(&app.db, purpose, token, now).await?;
        let Some(Link {
            user,
            email: Some(email),
        }) = link
        else {
            continue;
        };
        let verified = match purpose {
            Purpose::ChangeEmail => {
                let old = users::move_email(&app.db, &user, &email, now).await;
                old.map(|old| told(app, background, old))
            }
            _ => users::verify_email(&app.db, &user, &email, now).await,
        };
        return match verified {
            // Somebody else has taken the address meanwhile.
            Err(store::Error::Duplicate(_)) => Ok(false),
            verified => Ok(verified?),
        };
    }
    Ok(false)
}
