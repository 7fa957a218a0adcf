//! What happens to every request: an id, a guard against panics, the time it took, one line in
//! the log.

use std::cell::Cell;
use std::io::Write;
use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use protocol::run::RUN_ID_HEADER;
use protocol::status::READ_ONLY_HEADER;
use protocol::{ErrorCode, Timestamp, UserId};
use serde_json::json;
use store::tallies::Key;

use crate::app::chance;
use crate::client::text;
use crate::error::Failure;
use crate::times::Began;
use crate::traces::{Place, Span, SpanKind};
use crate::{App, Background, Error, pseudonym, quota, tallies, traces};

tokio::task_local! {
    static CURRENT: Current;
    static VERIFYING: Cell<Option<Verified>>;
    static CALLING: Cell<Option<UserId>>;
}

/// The request that is being answered.
#[derive(Clone, Default)]
pub(crate) struct Current {
    pub(crate) id: String,
    /// What goes on behind it.
    pub(crate) background: Option<Background>,
    /// Where it stands in a trace, if anybody wants to know.
    pub(crate) place: Option<Place>,
}

/// What came of telling who is calling, and how long that took.
#[derive(Clone, Copy)]
struct Verified {
    outcome: &'static str,
    began: Instant,
    took: Duration,
}

/// The request that is being answered.
pub(crate) fn current() -> Current {
    CURRENT.try_with(Clone::clone).unwrap_or_default()
}

/// Notes what comes of the work that tells who is calling, for the log and for the
/// `Server-Timing` of the answer.
pub(crate) async fn verifying<T>(work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    let started = Instant::now();
    let done = work.await;
    let verified = Verified {
        outcome: done.as_ref().map_or_else(|e| e.code().as_str(), |_| "ok"),
        began: started,
        took: started.elapsed(),
    };
    // Outside a request there is nobody to tell.
    let _ = VERIFYING.try_with(|noted| noted.set(Some(verified)));
    done
}

/// Notes who calls, for the log to say of a refusal whom it met.
pub(crate) fn calls(user: &UserId) {
    // Outside a request there is nobody to tell.
    let _ = CALLING.try_with(|noted| noted.set(Some(user.clone())));
}

pub(crate) async fn around(app: App, mut request: Request, next: Next) -> Response {
    let began = tokio::time::Instant::now();
    let background = Background::of(request.extensions()).until(began + app.times.end);
    request.extensions_mut().insert(background.clone());
    request.extensions_mut().insert(Began(began));
    let now = (app.clock)();
    let place = app.traces.place(text(request.headers(), "traceparent"));
    let current = Current {
        id: new_id(now),
        background: Some(background.clone()),
        place,
    };
    let answer = answered(Some(&app), current.id.clone(), request, next);
    let answer = CURRENT.scope(current.clone(), answer);
    let ((mut response, seen), noted) = store::meter::measured(answer).await;
    if let Some(place) = place {
        let spans = spans(place, &current.id, &response, &seen, &noted.trips, now);
        app.traces.send(spans, &background);
    }
    let Seen { key, took, .. } = seen;
    app.tallies.count(key, took, (app.clock)(), &background);
    quota::show(&mut response, &noted.quotas, (app.clock)());
    if noted.read_only {
        let on = HeaderValue::from_static("on");
        response.headers_mut().insert(READ_ONLY_HEADER, on);
    }
    response
}

/// Answers with an id, the time it took, and a line in the log.
pub(crate) async fn logged(clock: fn() -> Timestamp, request: Request, next: Next) -> Response {
    let current = Current {
        id: new_id(clock()),
        background: None,
        place: None,
    };
    let answer = answered(None, current.id.clone(), request, next);
    CURRENT.scope(current, answer).await.0
}

/// What an answer is counted as.
struct Seen {
    key: Key,
    began: Instant,
    took: Duration,
    verified: Option<Verified>,
}

/// The request and what it waited for, as parts of its trace.
fn spans(
    place: Place,
    id: &str,
    response: &Response,
    seen: &Seen,
    trips: &[(Instant, Duration)],
    now: Timestamp,
) -> Vec<Span> {
    let (method, route) = seen.key.name.split_once(' ').unwrap_or_default();
    let failure = Some(&seen.key.code).filter(|code| !code.is_empty());
    let mut spans = vec![Span {
        trace: place.trace,
        id: place.span,
        parent: place.parent,
        name: seen.key.name.clone(),
        kind: SpanKind::Server,
        began: now,
        took: seen.took,
        attributes: vec![
            ("http.request.method", json!(method)),
            ("http.route", json!(route)),
            (
                "http.response.status_code",
                json!(response.status().as_u16()),
            ),
            ("latchwork.request.id", json!(id)),
        ],
        // A refusal is no fault of ours (semantic conventions for HTTP).
        failure: failure
            .filter(|_| response.status().is_server_error())
            .cloned(),
    }];
    let mut add = |name: &str, kind, began: Instant, took, attributes| {
        spans.push(Span {
            trace: place.trace,
            id: auth::random::bytes(&mut chance),
            parent: Some(place.span),
            name: name.to_owned(),
            kind,
            began: traces::after(now, began.saturating_duration_since(seen.began)),
            took,
            attributes,
            failure: None,
        });
    };
    if let Some(verified) = seen.verified {
        let attributes = vec![("latchwork.auth.outcome", json!(verified.outcome))];
        add(
            "auth",
            SpanKind::Internal,
            verified.began,
            verified.took,
            attributes,
        );
    }
    for (began, took) in trips {
        let attributes = vec![("db.system.name", json!("postgresql"))];
        add("postgresql", SpanKind::Client, *began, *took, attributes);
    }
    spans
}

async fn answered(app: Option<&App>, id: String, request: Request, next: Next) -> (Response, Seen) {
    let started = Instant::now();
    let address = app.and_then(|app| pseudonym::of_address(app, request.headers()));
    let method = request.method().clone();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "unknown".to_owned(), |path| path.as_str().to_owned());
    let answer = VERIFYING.scope(Cell::new(None), async {
        let answer = AssertUnwindSafe(next.run(request)).catch_unwind();
        let answer = within(app.map(|app| app.times.answer), answer).await;
        (answer, VERIFYING.with(Cell::get), CALLING.with(Cell::take))
    });
    let (answer, verified, caller) = CALLING.scope(Cell::new(None), answer).await;
    // The panic itself was written to the log by the runtime.
    let mut response = answer.unwrap_or_else(|_| Error::from(ErrorCode::Internal).into_response());
    let took = started.elapsed();
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(&id) {
        headers.insert("x-request-id", value);
    }
    if let Some(verified) = verified {
        time(headers, "auth", verified.took);
    }
    time(headers, "total", took);
    let run = response.headers().get(RUN_ID_HEADER);
    let run = run.and_then(|run| run.to_str().ok());
    let failure = response.extensions().get::<Failure>();
    let code = match response.status().as_u16() {
        status @ 400.. if failure.is_none() => Some(format!("http.{status}")),
        _ => failure.map(|failure| failure.code.clone()),
    };
    // Whom a refusal met; of an answer nobody has to be told.
    let is_refusal = code.is_some() && !response.status().is_server_error();
    let (caller, address) = match is_refusal {
        true => (caller, address),
        false => (None, None),
    };
    let user = app
        .zip(caller)
        .map(|(app, user)| pseudonym::of_user(app, &user));
    log(&json!({
        "event": "request",
        "request_id": id,
        "method": method.as_str(),
        "route": route,
        "status": response.status().as_u16(),
        "duration_ms": millis(took),
        "auth": verified.map(|verified| verified.outcome),
        "run_id": run,
        "user": user,
        "address": address,
        "code": code,
        "cause": failure.and_then(|failure| failure.cause.as_ref()),
    }));
    let key = tallies::of_request(method.as_str(), &route, code.as_deref());
    let seen = Seen {
        key,
        began: started,
        took,
        verified,
    };
    (response, seen)
}

/// What has not answered by then is given up, with whatever it holds.
async fn within<E>(
    limit: Option<Duration>,
    answer: impl Future<Output = Result<Response, E>>,
) -> Result<Response, E> {
    let Some(limit) = limit else {
        return answer.await;
    };
    let answer = tokio::time::timeout(limit, answer).await;
    answer.unwrap_or_else(|_| Ok(Error::from(ErrorCode::ServerTimeout).into_response()))
}

/// W3C Server Timing, section 2: milliseconds.
pub(crate) fn time(headers: &mut HeaderMap, name: &str, took: Duration) {
    let text = format!("{name};dur={:.3}", took.as_secs_f64() * 1000.0);
    if let Ok(value) = HeaderValue::from_str(&text) {
        headers.append("server-timing", value);
    }
}

pub(crate) fn millis(took: Duration) -> u64 {
    u64::try_from(took.as_millis()).unwrap_or(u64::MAX)
}

/// Where another system signs people in, there are no accounts here to sign in to, and a token
/// of ours would open nothing.
pub(crate) async fn elsewhere(request: Request, next: Next) -> Response {
    let place = request.uri().path().strip_prefix("/api/auth/");
    if place.is_none_or(|place| place == "ok") {
        return next.run(request).await;
    }
    Error::from(ErrorCode::SignInElsewhere).into_response()
}

fn new_id(now: Timestamp) -> String {
    let mut bytes = [0; 10];
    chance(&mut bytes);
    protocol::id::sortable("req_", now, bytes)
}

/// One line, which platforms collect. It never holds a token, an address or a message.
pub(crate) fn log(line: &serde_json::Value) {
    // In one piece: standard error is not buffered, and each part would be a call of the system.
    let line = format!("{line}\n");
    // A log that nobody takes is no reason to fail.
    let _ = std::io::stderr().write_all(line.as_bytes());
}
