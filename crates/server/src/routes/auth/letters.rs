//! Letters with a link in them: what they say, and sending them after the answer.

use std::future::Future;

use axum::http::StatusCode;
use mail::Letter;
use store::verification::{self, Link, NewLink, Purpose};

use super::answer::Refusal;
use crate::app::chance;
use crate::{App, middleware};

/// Seconds for which a link is good.
const LIFETIME: i64 = 3600;

/// A letter to be sent.
pub(super) struct Post {
    pub(super) purpose: Purpose,
    pub(super) link: Link,
    pub(super) to: String,
    /// Where the browser goes on to; one of our own places.
    pub(super) callback: Option<String>,
}

/// What went wrong behind an answer, for the log.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unsent {
    #[error("{0}")]
    Store(#[from] store::Error),
    #[error("{0}")]
    Mail(#[from] mail::Error),
}

/// Writes the link down, then mails it.
pub(super) async fn send(app: &App, post: Post) -> Result<(), Unsent> {
    let Some(sender) = &app.config.mail.sender else {
        return Ok(());
    };
    let now = app.now();
    let token = auth::random::alphanumeric(24, &mut chance);
    let new = NewLink {
        id: &auth::random::alphanumeric(32, &mut chance),
        purpose: post.purpose,
        token: &token,
        link: &post.link,
        expires_at: now.plus_seconds(LIFETIME),
    };
    verification::insert(&app.db, &new, now).await?;
    sender.send(&letter(app, post, &token)).await?;
    Ok(())
}

/// Tells the log of what went wrong; nobody else is there any more.
pub(super) async fn logged(kind: &'static str, work: impl Future<Output = Result<(), Unsent>>) {
    if let Err(error) = work.await {
        middleware::log(&serde_json::json!({
            "event": "letter",
            "letter": kind,
            "cause": error.to_string(),
        }));
    }
}

fn letter(app: &App, post: Post, token: &str) -> Letter {
    let origin = app.config.origin();
    let callback = post.callback.unwrap_or_else(|| "/".to_owned());
    let callback = encoded(&callback);
    let (kind, subject, sentence) = match post.purpose {
        Purpose::ResetPassword => (
            "reset-password",
            "Choose a new password",
            "Somebody, hopefully you, wants a new password for your account. Choose one here:",
        ),
        Purpose::VerifyEmail => (
            "verify-email",
            "Is this your address?",
            "Somebody, hopefully you, has signed up with this address. If so, say that it is yours:",
        ),
        Purpose::ChangeEmail => (
            "change-email",
            "Is this your new address?",
            "Somebody, hopefully you, wants to sign in with this address from now on. \
             If so, say that it is yours:",
        ),
    };
    let link = match post.purpose {
        Purpose::ResetPassword => {
            format!("{origin}/api/auth/reset-password/{token}?callbackURL={callback}")
        }
        _ => format!("{origin}/api/auth/verify-email?token={token}&callbackURL={callback}"),
    };
    Letter {
        kind,
        to: post.to,
        subject: subject.to_owned(),
        text: format!(
            "{sentence}\n\n{link}\n\nThe link is good for one hour and for one use. \
             If it was not you, there is nothing to do.\n"
        ),
        link,
    }
}

fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// A place of ours as a whole address, with one more parameter.
pub(super) fn with_parameter(app: &App, place: &str, name: &str, value: &str) -> String {
    let (place, fragment) = place.split_once('#').unwrap_or((place, ""));
    let start = if place.starts_with('/') {
        app.config.origin()
    } else {
        ""
    };
    let joint = if place.contains('?') { '&' } else { '?' };
    let end = if fragment.is_empty() {
        String::new()
    } else {
        format!("#{fragment}")
    };
    format!("{start}{place}{joint}{name}={}{end}", encoded(value))
}

pub(super) fn with_error(app: &App, place: Option<&str>) -> String {
    let place = place.unwrap_or("/api/auth/error");
    with_parameter(app, place, "error", "INVALID_TOKEN")
}

pub(super) fn invalid_token(status: StatusCode) -> Refusal {
    Refusal::new(status, "INVALID_TOKEN", "Invalid token")
}
