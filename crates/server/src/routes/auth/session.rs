//! Sessions: how they begin, how long they live, and `GET /api/auth/get-session`.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use protocol::session::{Session, SessionAndUser};
use protocol::{SessionId, Timestamp, UserId};

use super::answer::{Refusal, Sender, done, uncached};
use crate::app::chance;
use crate::client::text;
use crate::cookies::{Cookies, Remember};
use crate::{App, Error};

/// Seconds without use after which a session ends.
const IDLE: i64 = 24 * 3600;

/// Seconds after which it ends however much it is used.
const ABSOLUTE: i64 = 7 * 24 * 3600;

/// Sessions that one person may have; the oldest ends when there are more.
const MOST: i64 = 5;

/// Seconds of life that must be gone before a use is written down, so that not every look is a
/// write.
const WORTH_WRITING: i64 = 5 * 60;

/// Begins a session; its row and the `Set-Cookie` lines.
pub(super) async fn begin(
    app: &App,
    user: &UserId,
    headers: &HeaderMap,
    remember: bool,
) -> Result<(Session, Vec<String>), Error> {
    let now = (app.clock)();
    let session = Session {
        id: SessionId::new(auth::random::alphanumeric(32, &mut chance)),
        token: auth::random::alphanumeric(32, &mut chance),
        user_id: user.clone(),
        expires_at: now.plus_seconds(IDLE),
        created_at: now,
        updated_at: now,
        ip_address: address(app, headers),
        user_agent: text(headers, "user-agent").map(|agent| agent.chars().take(500).collect()),
    };
    store::sessions::insert(&app.db, &session, MOST).await?;
    let remember = if remember {
        Remember::For(ABSOLUTE)
    } else {
        Remember::UntilClosed
    };
    let cookies = Cookies::new(&app.config).set(&session.token, remember);
    Ok((session, cookies))
}

/// Only a platform that overwrites what clients send can tell where they are.
fn address(app: &App, headers: &HeaderMap) -> Option<String> {
    let address = text(headers, "x-real-ip").filter(|_| app.config.behind_vercel);
    address.map(|address| address.chars().take(64).collect())
}

/// The session that the cookie names, kept alive by being used.
pub(super) async fn current(
    app: &App,
    headers: &HeaderMap,
) -> Result<Option<SessionAndUser>, Error> {
    let cookies = Cookies::new(&app.config);
    let Some(token) = cookies.session_token(headers) else {
        return Ok(None);
    };
    let now = (app.clock)();
    let Some(mut found) = store::sessions::find(&app.db, &token, now).await? else {
        return Ok(None);
    };
    let session = &mut found.session;
    let end = session.created_at.plus_seconds(ABSOLUTE);
    if now >= end {
        return Ok(None);
    }
    let until = now.plus_seconds(IDLE).min(end);
    // One that ends with the browser is never prolonged, as in Better Auth.
    if is_worth_writing(session.expires_at, until) && !cookies.is_forgotten(headers) {
        store::sessions::extend(&app.db, &session.id, until, now).await?;
        session.expires_at = until;
        session.updated_at = now;
    }
    Ok(Some(found))
}

const fn is_worth_writing(was: Timestamp, will_be: Timestamp) -> bool {
    will_be.seconds() - was.seconds() >= WORTH_WRITING
}

/// `GET /api/auth/get-session`: who is signed in, or `null`. A cookie that leads nowhere is
/// taken back.
pub(super) async fn get_session(
    State(app): State<App>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let cookies = Cookies::new(&app.config);
    let found = current(&app, &headers).await?;
    if found.is_none() && headers.contains_key("cookie") {
        let body = serde_json::Value::Null;
        return Ok(uncached(done(Sender::Program, &body, &cookies.clear())));
    }
    Ok(uncached(Json(found).into_response()))
}
