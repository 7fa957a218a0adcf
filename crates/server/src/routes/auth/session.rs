//! Sessions: how they begin, how long they live, and `GET /api/auth/get-session`.

use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use axum::response::{IntoResponse, Response};
use protocol::session::{Session, SessionAndUser};
use protocol::{SessionId, UserId};
use serde::Deserialize;
use store::{Scope, Tx};

use super::answer::{Refusal, Sender, done, expose, unauthorized, uncached, with_cookies};
use super::token::access_token;
use crate::app::chance;
use crate::client::text;
use crate::cookies::{Cookies, Remember, SetCookies};
use crate::extract::Query;
use crate::{App, Error, middleware, origin, quota};

/// Begins a session; its row and its cookies.
pub(super) async fn begin(
    app: &App,
    user: &UserId,
    headers: &HeaderMap,
    remember: bool,
) -> Result<(Session, SetCookies), Error> {
    let now = app.now();
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
    let cookies = Cookies::new(&app.config).set(&session.token, remembered(app, remember));
    Ok((session, cookies))
}

fn remembered(app: &App, remember: bool) -> Remember {
    if remember {
        Remember::For(app.config.sessions.cookie_age())
    } else {
        Remember::UntilClosed
    }
}

/// What a request's cookie or bearer leads to.
pub(super) enum Presented {
    /// None was sent, or none of ours.
    Nothing,
    /// It was ours once.
    Ended,
    Current {
        found: Box<SessionAndUser>,
        /// Whether it was prolonged just now.
        prolonged: bool,
    },
}

/// The session that a request names, kept alive by being used.
pub(super) async fn presented(
    app: &App,
    headers: &HeaderMap,
    refresh: bool,
) -> Result<Presented, Error> {
    let cookies = Cookies::new(&app.config);
    let Some(token) = cookies.session_token(headers) else {
        return Ok(Presented::Nothing);
    };
    let now = app.now();
    let Some(mut found) = store::sessions::find(&app.db, &token, now).await? else {
        return Ok(Presented::Ended);
    };
    let rules = &app.config.sessions;
    let session = &mut found.session;
    let idle_end = session.updated_at.plus_seconds(rules.idle);
    let end = rules
        .absolute
        .map(|life| session.created_at.plus_seconds(life));
    if now >= idle_end || end.is_some_and(|end| now >= end) {
        return Ok(Presented::Ended);
    }
    let until = now.plus_seconds(rules.idle);
    let until = end.map_or(until, |end| until.min(end));
    let gained = until.seconds() - session.expires_at.seconds();
    // One that ends with the browser is never prolonged, as in Better Auth.
    let prolonged = refresh && gained >= rules.worth_writing && !cookies.is_forgotten(headers);
    if prolonged {
        store::sessions::extend(&app.db, session, until, now).await?;
        session.expires_at = until;
        session.updated_at = now;
    }
    Ok(Presented::Current {
        found: Box::new(found),
        prolonged,
    })
}

/// Somebody whose cookie or bearer holds. A request that changes something must come from a page
/// of ours.
pub(super) struct Holder {
    pub(super) current: SessionAndUser,
    /// Whether the session outlives the browser.
    remember: bool,
}

impl FromRequestParts<App> for Holder {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let refusal = |refusal: Refusal| refusal.into_response();
        if parts.method != Method::GET {
            let checked = origin::check(&parts.headers, &app.config);
            checked.map_err(|foreign| refusal(foreign.into()))?;
        }
        let presented = presented(app, &parts.headers, true).await;
        let cookies = Cookies::new(&app.config);
        match presented.map_err(IntoResponse::into_response)? {
            Presented::Nothing => Err(refusal(unauthorized())),
            Presented::Ended => Err(with_cookies(refusal(unauthorized()), &cookies.clear())),
            Presented::Current { found, .. } => {
                middleware::calls(&found.user.id);
                Ok(Self {
                    current: *found,
                    remember: !cookies.is_forgotten(&parts.headers),
                })
            }
        }
    }
}

impl Holder {
    /// The cookies of the session once more: their time begins anew.
    pub(super) fn cookies(&self, app: &App) -> SetCookies {
        let remember = remembered(app, self.remember);
        Cookies::new(&app.config).set(&self.current.session.token, remember)
    }

    /// A transaction on the holder's behalf. It does not count as one of their requests, so that
    /// nobody is kept from signing a stranger out.
    pub(super) fn begin<'a>(&'a self, app: &'a App) -> Tx<'a> {
        app.uncounted.begin(Scope {
            user: &self.current.user.id,
            session: Some(&self.current.session.id),
        })
    }

    pub(super) const fn remember(&self) -> bool {
        self.remember
    }

    /// Whether the sign-in is young enough for what needs no password (Better Auth's `freshAge`).
    pub(super) fn is_fresh(&self, app: &App) -> bool {
        const DAY: i64 = 24 * 3600;
        app.now() < self.current.session.created_at.plus_seconds(DAY)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Options {
    #[serde(default)]
    disable_refresh: Option<String>,
}

/// `GET /api/auth/get-session`: who is signed in, or `null`. A cookie that leads nowhere any more
/// is taken back.
pub(super) async fn get_session(
    State(app): State<App>,
    headers: HeaderMap,
    Query(options): Query<Options>,
) -> Result<Response, Refusal> {
    let cookies = Cookies::new(&app.config);
    let refresh = options.disable_refresh.as_deref() != Some("true");
    let nobody = serde_json::Value::Null;
    let response = match presented(&app, &headers, refresh).await? {
        Presented::Nothing => Json(nobody).into_response(),
        Presented::Ended => done(Sender::Program, &nobody, &cookies.clear()),
        Presented::Current { found, prolonged } => {
            let renewed = if prolonged {
                cookies.set(&found.session.token, remembered(&app, true))
            } else {
                SetCookies::default()
            };
            let mut response = done(Sender::Program, &found, &renewed);
            expose(
                &mut response,
                "set-auth-jwt",
                &access_token(&app, &found).await?,
            );
            response
        }
    };
    Ok(uncached(response))
}
