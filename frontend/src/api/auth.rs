//! `/api/auth/*`: who is signed in, signing in, up and out.

use protocol::session::{AccessToken, SignIn, SignUp};
use web_sys::AbortSignal;

use super::failure::Failure;
use super::http::{self, Call};
use crate::gate::Answer;

/// `GET /api/auth/get-session`
pub async fn session() -> Result<Answer, Failure> {
    let response = http::send(&Call::new("GET", "/api/auth/get-session"), None).await?;
    let body = http::read_text(&response).await?;
    Answer::read(&body).ok_or_else(|| Failure::unreadable(response.status()))
}

/// `POST /api/auth/sign-in/email`. The answer's cookie is what counts; who it belongs to is
/// asked of the session endpoint afterwards.
pub async fn sign_in(form: &SignIn) -> Result<(), Failure> {
    let call = Call::new("POST", "/api/auth/sign-in/email").json(form);
    http::send(&call, None).await.map(drop)
}

/// `POST /api/auth/sign-up/email`
pub async fn sign_up(form: &SignUp) -> Result<(), Failure> {
    let call = Call::new("POST", "/api/auth/sign-up/email").json(form);
    http::send(&call, None).await.map(drop)
}

/// `POST /api/auth/sign-out`
pub async fn sign_out() -> Result<(), Failure> {
    let nothing = serde_json::Map::new();
    let call = Call::new("POST", "/api/auth/sign-out").json(&nothing);
    http::send(&call, None).await.map(drop)
}

/// `GET /api/auth/token`
pub(super) async fn token(signal: Option<AbortSignal>) -> Result<String, Failure> {
    let mut call = Call::new("GET", "/api/auth/token");
    call.signal = signal;
    let response = http::send(&call, None).await?;
    let token: AccessToken = http::read_json(&response).await?;
    Ok(token.token)
}
