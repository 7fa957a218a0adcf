//! `POST /api/auth/sign-up/email`.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use protocol::UserId;
use protocol::session::{SignedInUser, User};
use store::users::{self, NewAccount};

use super::answer::{Form, Refusal, done, refused};
use super::sign_in::callback_within;
use super::user::{checked_image, checked_name};
use super::verify::verification_of;
use super::{letters, limit, password, session};
use crate::app::chance;
use crate::cookies::SetCookies;
use crate::quota::at_address;
use crate::{App, Background};

pub(super) async fn sign_up(
    State(app): State<App>,
    headers: HeaderMap,
    background: Background,
    form: Form,
) -> Response {
    let sender = form.sender;
    match try_sign_up(&app, &headers, &background, form).await {
        Ok(response) => response,
        Err(refusal) => refused(sender, "/sign-up", refusal),
    }
}

/// Signed up, and to be signed in after the link was opened.
const fn unverified(user: User) -> SignedInUser {
    SignedInUser { token: None, user }
}

async fn try_sign_up(
    app: &App,
    headers: &HeaderMap,
    background: &Background,
    form: Form,
) -> Result<Response, Refusal> {
    let mut fields = form.fields;
    let name = fields.text("name");
    let email = fields.email("email");
    let password = fields.filled("password");
    let image = fields.optional_text("image");
    let remember = fields.flag("rememberMe").unwrap_or(true);
    let callback = fields.optional_text("callbackURL");
    fields.check()?;
    let callback = callback_within(app, callback)?;
    password::check(&password)?;
    let rule = app.config.limits.sign_up;
    limit::count(app, [at_address(app, headers, "sign-up", rule)]).await?;
    let now = app.now();
    let user = User {
        id: UserId::new(auth::random::alphanumeric(32, &mut chance)),
        name: checked_name(&name)?,
        email,
        email_verified: false,
        image: image.map(checked_image).transpose()?,
        created_at: now,
        updated_at: now,
    };
    let password_hash = password::hash(password).await?;
    let account = NewAccount {
        user: &user,
        account_id: &auth::random::alphanumeric(32, &mut chance),
        password_hash: &password_hash,
    };
    match users::insert(&app.db, &account, now).await {
        // The mailbox is where it is told; here it looks like any other.
        Err(store::Error::Duplicate(_)) if app.config.mail.required => {
            return Ok(done(form.sender, &unverified(user), &SetCookies::default()));
        }
        Err(store::Error::Duplicate(_)) => {
            return Err(Refusal::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL",
                "User already exists. Use another email.",
            ));
        }
        inserted => inserted?,
    }
    if app.config.mail.sender.is_some() {
        let (app, user) = (app.clone(), user.clone());
        let letter = async move { letters::send(&app, verification_of(user, callback)).await };
        background.start(letters::logged("verify-email", letter));
    }
    if app.config.mail.required {
        return Ok(done(form.sender, &unverified(user), &SetCookies::default()));
    }
    let (session, cookies) = session::begin(app, &user.id, headers, remember).await?;
    let body = SignedInUser {
        token: Some(session.token),
        user,
    };
    Ok(done(form.sender, &body, &cookies))
}
