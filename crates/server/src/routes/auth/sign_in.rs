//! `POST /api/auth/sign-in/email`.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use protocol::session::SignIn;
use serde_json::json;
use tokio::sync::Semaphore;

use super::answer::{Form, Refusal, done, internal, refused};
use super::{limit, session};
use crate::App;

/// Hashing takes 32 MiB and a core for a sixth of a second; more at once would only wait for
/// each other, and fill the memory.
pub(super) static HASHING: Semaphore = Semaphore::const_new(2);

pub(super) async fn sign_in(
    State(app): State<App>,
    headers: HeaderMap,
    form: Form<SignIn>,
) -> Response {
    let sender = form.sender;
    match try_sign_in(&app, &headers, form).await {
        Ok(response) => response,
        Err(refusal) => refused(sender, "/sign-in", refusal),
    }
}

async fn try_sign_in(
    app: &App,
    headers: &HeaderMap,
    form: Form<SignIn>,
) -> Result<Response, Refusal> {
    let SignIn {
        email,
        password,
        remember_me,
    } = form.fields;
    let email = normalized(&email)?;
    limit::sign_in(app, headers, &email).await?;
    let account = store::users::find_by_email(&app.db, &email).await?;
    let hash = account
        .as_ref()
        .and_then(|account| account.password_hash.clone());
    // The same work whether or not there is such an account.
    let right = hashing(move || auth::password::verify(&password, hash.as_deref())).await?;
    let Some(account) = account.filter(|_| right) else {
        return Err(Refusal::new(
            StatusCode::UNAUTHORIZED,
            "INVALID_EMAIL_OR_PASSWORD",
            "Invalid email or password",
        ));
    };
    limit::forgive(app, &email).await?;
    let remember = remember_me.unwrap_or(true);
    let (session, cookies) = session::begin(app, &account.user.id, headers, remember).await?;
    let body = json!({"redirect": false, "token": session.token, "user": account.user});
    Ok(done(form.sender, &body, &cookies))
}

/// Runs a hash away from the threads that answer requests.
pub(super) async fn hashing<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Refusal> {
    let _permit = HASHING.acquire().await.map_err(|_| internal())?;
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| internal())
}

/// The address as it is stored, if it is one.
pub(super) fn normalized(email: &str) -> Result<String, Refusal> {
    let email = email.trim().to_lowercase();
    if is_address(&email) {
        Ok(email)
    } else {
        Err(Refusal::new(
            StatusCode::BAD_REQUEST,
            "INVALID_EMAIL",
            "Invalid email",
        ))
    }
}

/// What can be written to: one `@`, something before it, a dot within what follows. More than
/// that only a mail can tell.
fn is_address(email: &str) -> bool {
    let Some((local, domain)) = email.split_once('@') else {
        return false;
    };
    let plain = |text: &str, extra: &str| {
        text.chars()
            .all(|c| c.is_ascii_alphanumeric() || extra.contains(c))
    };
    let labels: Vec<&str> = domain.split('.').collect();
    (1..=64).contains(&local.len())
        && domain.len() <= 253
        && plain(local, "!#$%&'*+/=?^_`{|}~.-")
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && labels.len() >= 2
        && labels.iter().all(|label| {
            (1..=63).contains(&label.len())
                && plain(label, "-")
                && !label.starts_with('-')
                && !label.ends_with('-')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_other_texts() {
        for email in ["ann@example.com", "a.b+c@x-y.example.co", "o'neil@a.io"] {
            assert!(is_address(email), "{email}");
        }
        for email in [
            "",
            "ann",
            "@example.com",
            "ann@",
            "ann@example",
            "ann@@example.com",
            "an n@example.com",
            ".ann@example.com",
            "ann@-example.com",
            "ann@example..com",
            "ann@example.com\r\nBcc: bob@example.com",
        ] {
            assert!(!is_address(email), "{email}");
        }
    }
}
