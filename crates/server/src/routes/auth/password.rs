//! Passwords: how long they are, and hashing them away from the threads that answer requests.

use auth::password::{self, LONGEST, SHORTEST};
use axum::http::StatusCode;
use tokio::sync::Semaphore;

use super::answer::{Refusal, internal};
use super::session::Holder;
use crate::App;
use crate::app::chance;

/// Hashing takes 32 MiB and a core for a sixth of a second; more at once would only wait for
/// each other, and fill the memory.
static HASHING: Semaphore = Semaphore::const_new(2);

/// The hash of a new password.
pub(super) async fn hash(password: String) -> Result<String, Refusal> {
    let salt = auth::random::bytes(&mut chance);
    hashing(move || password::hash(&password, salt)).await
}

/// Whether the password fits. Without a hash the same work is done, and the answer is no.
pub(super) async fn verify(password: String, hash: Option<String>) -> Result<bool, Refusal> {
    hashing(move || password::verify(&password, hash.as_deref())).await
}

/// Whether it is that person's password.
pub(super) async fn is_of(app: &App, holder: &Holder, password: String) -> Result<bool, Refusal> {
    if too_long(&password).is_some() {
        return Ok(false);
    }
    let hash = store::users::password_hash(holder.begin(app)).await?;
    verify(password, hash).await
}

async fn hashing<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Refusal> {
    let _permit = HASHING.acquire().await.map_err(|_| internal())?;
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| internal())
}

/// Whether it may become somebody's password.
pub(super) fn check(password: &str) -> Result<(), Refusal> {
    if password::length(password) < SHORTEST {
        return Err(refusal("PASSWORD_TOO_SHORT", "Password too short"));
    }
    too_long(password).map_or(Ok(()), Err)
}

pub(super) fn too_long(password: &str) -> Option<Refusal> {
    let is_long = password::length(password) > LONGEST;
    is_long.then(|| refusal("PASSWORD_TOO_LONG", "Password too long"))
}

pub(super) fn wrong() -> Refusal {
    refusal("INVALID_PASSWORD", "Invalid password")
}

fn refusal(code: &'static str, message: &str) -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, code, message)
}
