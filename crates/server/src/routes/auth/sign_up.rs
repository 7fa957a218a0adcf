//! `POST /api/auth/sign-up/email`.

use auth::password::{self, LONGEST, SHORTEST};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use protocol::UserId;
use protocol::session::{SignUp, SignedInUser, User};
use store::users::{self, NewAccount};

use super::answer::{Form, Refusal, done, refused};
use super::sign_in::{hashing, normalized};
use super::{limit, session};
use crate::App;
use crate::app::chance;
use crate::quota::at_address;

pub(super) async fn sign_up(
    State(app): State<App>,
    headers: HeaderMap,
    form: Form<SignUp>,
) -> Response {
    let sender = form.sender;
    match try_sign_up(&app, &headers, form).await {
        Ok(response) => response,
        Err(refusal) => refused(sender, "/sign-up", refusal),
    }
}

async fn try_sign_up(
    app: &App,
    headers: &HeaderMap,
    form: Form<SignUp>,
) -> Result<Response, Refusal> {
    let SignUp {
        name,
        email,
        password,
    } = form.fields;
    let email = normalized(&email)?;
    check(&password)?;
    let rule = app.config.limits.sign_up;
    limit::count(app, [at_address(app, headers, "sign-up", rule)]).await?;
    let now = (app.clock)();
    let user = User {
        id: UserId::new(auth::random::alphanumeric(32, &mut chance)),
        name: checked_name(&name)?,
        email,
        email_verified: false,
        image: None,
        created_at: now,
        updated_at: now,
    };
    let salt = auth::random::bytes(&mut chance);
    let password_hash = hashing(move || password::hash(&password, salt)).await?;
    let account = NewAccount {
        user: &user,
        account_id: &auth::random::alphanumeric(32, &mut chance),
        password_hash: &password_hash,
    };
    match users::insert(&app.db, &account, now).await {
        Err(store::Error::Duplicate(_)) => {
            return Err(Refusal::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL",
                "User already exists. Use another email.",
            ));
        }
        inserted => inserted?,
    }
    let (session, cookies) = session::begin(app, &user.id, headers, true).await?;
    let body = SignedInUser {
        token: Some(session.token),
        user,
    };
    Ok(done(form.sender, &body, &cookies))
}

fn check(password: &str) -> Result<(), Refusal> {
    let (code, message) = match password::length(password) {
        length if length < SHORTEST => ("PASSWORD_TOO_SHORT", "Password too short"),
        length if length > LONGEST => ("PASSWORD_TOO_LONG", "Password too long"),
        _ => return Ok(()),
    };
    Err(Refusal::new(StatusCode::BAD_REQUEST, code, message))
}

fn checked_name(name: &str) -> Result<String, Refusal> {
    let name = name.trim();
    if name.chars().count() > 200 || name.chars().any(char::is_control) {
        return Err(Refusal::new(
            StatusCode::BAD_REQUEST,
            "VALIDATION_ERROR",
            "[body.name] Invalid name",
        ));
    }
    Ok(name.to_owned())
}
