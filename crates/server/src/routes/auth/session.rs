//! Sessions: how they begin, how long they live, and `GET /api/auth/get-session`.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use protocol::session::{Session, SessionAndUser};
use protocol::{SessionId, UserId};

use super::answer::{Refusal, Sender, done, uncached};
use crate::app::chance;
use crate::client::text;
use crate::cookies::{Cookies, Remember};
use crate::{App, Error, quota};

/// Begins a session; its row and the `Set-Cookie` lines.
pub(super) async fn begin(
    app: &App,
    user: &UserId,
    headers: &HeaderMap,
    remember: bool,
) -> Result<(Session, Vec<String>), Error> {
    let now = (app.clock)();
    let rules = &app.config.sessions;
    let lifetime = if remember {
        rules.idle
    } else {
        rules.forgotten_after()
    };
    let session = Session {
        id: SessionId::new(auth::random::alphanumeric(32, &mut chance)),
        token: auth::random::alphanumeric(32, &mut chance),
        user_id: user.clone(),
        expires_at: now.plus_seconds(lifetime),
        created_at: now,
        updated_at: now,
        ip_address: quota::address(headers, &app.config).map(|address| address.to_string()),
        user_agent: text(headers, "user-agent").map(|agent| agent.chars().take(500).collect()),
    };
    store::sessions::insert(&app.db, &session, rules.most).await?;
    let remember = if remember {
        Remember::For(rules.cookie_age())
    } else {
        Remember::UntilClosed
    };
    let cookies = Cookies::new(&app.config).set(&session.token, remember);
    Ok((session, cookies))
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
    let rules = &app.config.sessions;
    let session = &mut found.session;
    let idle_end = session.updated_at.plus_seconds(rules.idle);
    let end = rules
        .absolute
        .map(|life| session.created_at.plus_seconds(life));
    if now >= idle_end || end.is_some_and(|end| now >= end) {
        return Ok(None);
    }
    let until = now.plus_seconds(rules.idle);
    let until = end.map_or(until, |end| until.min(end));
    let gained = until.seconds() - session.expires_at.seconds();
    // One that ends with the browser is never prolonged, as in Better Auth.
    if gained >= rules.worth_writing && !cookies.is_forgotten(headers) {
        store::sessions::extend(&app.db, &session.id, until, now).await?;
        session.expires_at = until;
        session.updated_at = now;
    }
    Ok(Some(found))
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
