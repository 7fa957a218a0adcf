//! `POST /api/auth/change-email`.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;
use store::users;

use super::answer::{Form, Refusal, Sender, done};
use super::credentials::count;
use super::session::Holder;
use super::sessions::not_fresh;
use crate::App;

/// Whether another account has the address is not told: the answer is the same, and nothing
/// happens. A sign-in of some age is not enough for what could take the account over (OWASP
/// ASVS 5, 7.5.1).
pub(super) async fn change(
    State(app): State<App>,
    holder: Holder,
    form: Form,
) -> Result<Response, Refusal> {
    let mut fields = form.fields;
    let email = fields.email("newEmail");
    fields.check()?;
    if !holder.is_fresh(&app) {
        return Err(not_fresh());
    }
    count(&app, &holder).await?;
    let user = &holder.current.user;
    if email == user.email {
        return Err(refusal("EMAIL_IS_THE_SAME", "Email is the same"));
    }
    if user.email_verified {
        // Only a mail could tell that the new address is theirs as well.
        return Err(refusal(
            "VERIFICATION_EMAIL_NOT_ENABLED",
            "Verification email isn't enabled",
        ));
    }
    match users::set_email(holder.begin(&app), &email, (app.clock)()).await {
        Err(store::Error::Duplicate(_)) => {}
        changed => changed?,
    }
    let body = json!({"status": true});
    Ok(done(Sender::Program, &body, &holder.cookies(&app)))
}

fn refusal(code: &'static str, message: &str) -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, code, message)
}
