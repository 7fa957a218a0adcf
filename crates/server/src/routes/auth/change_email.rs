//! `POST /api/auth/change-email`.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;
use store::verification::{Link, Purpose};
use store::{switches, users};

use super::answer::{Form, Refusal, Sender, done};
use super::credentials::count;
use super::letters::{self, Post};
use super::session::Holder;
use super::sessions::not_fresh;
use super::sign_in::callback_within;
use super::verify::not_enabled;
use crate::cookies::SetCookies;
use crate::{App, Background};

/// Whether another account has the address is not told: the answer is the same, and nothing
/// happens. Where letters can be sent, the address changes when the link in the letter to the new
/// one is opened. A sign-in of some age is not enough for what could take the account over (OWASP
/// ASVS 5, 7.5.1).
pub(super) async fn change(
    State(app): State<App>,
    holder: Holder,
    background: Background,
    form: Form,
) -> Result<Response, Refusal> {
    let mut fields = form.fields;
    let email = fields.email("newEmail");
    let callback = fields.optional_text("callbackURL");
    fields.check()?;
    let callback = callback_within(&app, callback)?;
    if !holder.is_fresh(&app) {
        return Err(not_fresh());
    }
    count(&app, &holder).await?;
    let user = &holder.current.user;
    if email == user.email {
        return Err(refusal("EMAIL_IS_THE_SAME", "Email is the same"));
    }
    switches::must_allow_changes(&app.db).await?;
    if app.config.mail.sender.is_some() {
        let post = Post {
            purpose: Purpose::ChangeEmail,
            link: Link {
                user: user.id.clone(),
                email: Some(email.clone()),
            },
            to: email,
            callback,
        };
        let app = app.clone();
        let letter = async move {
            // Who has the address already is not written to by strangers.
            match users::find_by_email(&app.db, &post.to).await? {
                Some(_) => Ok(()),
                None => letters::send(&app, post).await,
            }
        };
        background.start(letters::logged("change-email", letter));
        let body = json!({"status": true});
        return Ok(done(Sender::Program, &body, &SetCookies::default()));
    }
    if user.email_verified {
        // Only a letter could tell that the new address is theirs as well.
        return Err(not_enabled());
    }
    match users::set_email(holder.begin(&app), &email, app.now()).await {
        Err(store::Error::Duplicate(_)) => {}
        changed => changed?,
    }
    let body = json!({"status": true});
    Ok(done(Sender::Program, &body, &holder.cookies(&app)))
}

fn refusal(code: &'static str, message: &str) -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, code, message)
}
