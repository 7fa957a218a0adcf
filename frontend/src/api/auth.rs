//! `/api/auth/*`: who is signed in, signing in, up and out.

use protocol::session::{AccessToken, SignIn, SignUp};
use serde_json::{Map, Value};
use web_sys::AbortSignal;

use super::failure::Failure;
use super::http::{self, Call};
use super::token;
use crate::gate::Answer;

/// `GET /api/auth/get-session`. The person's first token comes along with it (Better Auth's
/// `set-auth-jwt`), so that nothing of theirs has to wait for another answer.
pub async fn session() -> Result<Answer, Failure> {
    let response = http::send(&Call::new("GET", "/api/auth/get-session"), None).await?;
    token::put_along(response.headers().get("set-auth-jwt").ok().flatten());
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
    token::put_along(None);
    let nothing = object(&[]);
    let call = Call::new("POST", "/api/auth/sign-out").json(&nothing);
    http::send(&call, None).await.map(drop)
}

/// `GET /api/auth/token`
pub(super) async fn new_token(signal: Option<AbortSignal>) -> Result<String, Failure> {
    let mut call = Call::new("GET", "/api/auth/token");
    call.signal = signal;
    let response = http::send(&call, None).await?;
    let token: AccessToken = http::read_json(&response).await?;
    Ok(token.token)
}

/// `POST /api/auth/request-password-reset`. The answer does not tell whether there is such an
/// account.
pub async fn ask_for_reset(email: &str) -> Result<(), Failure> {
    let form = [("email", email), ("redirectTo", "/reset-password")];
    let call = Call::new("POST", "/api/auth/request-password-reset").json(&object(&form));
    http::send(&call, None).await.map(drop)
}

/// `POST /api/auth/reset-password`, with the token of the letter.
pub async fn reset_password(token: &str, password: &str) -> Result<(), Failure> {
    let form = [("token", token), ("newPassword", password)];
    let call = Call::new("POST", "/api/auth/reset-password").json(&object(&form));
    http::send(&call, None).await.map(drop)
}

/// Fields of text.
pub(super) fn object(fields: &[(&str, &str)]) -> Map<String, Value> {
    let field = |(name, value): &(&str, &str)| ((*name).to_owned(), Value::from(*value));
    fields.iter().map(field).collect()
}

/// The words of a language, `/texts/{code}.txt`.
pub async fn texts(code: &str) -> Result<String, Failure> {
    let call = Call::new("GET", &format!("/texts/{code}.txt"));
    http::read_text(&http::send(&call, None).await?).await
}
