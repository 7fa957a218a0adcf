//! `/api/mcp`: the tools over stateless streamable HTTP, for every MCP client.
//!
//! **Invariant:** who calls and what they may do is decided before the first byte reaches the
//! protocol, so a tool that is not allowed is never looked up.

mod admission;
mod metadata;
mod request;

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use http_body_util::Full;
use protocol::ErrorCode;
use protocol::task::Actor;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use serde_json::json;
use tools::{PublicServer, ToolServer};

use self::admission::Admitted;
use self::request::Said;
use crate::app::chance;
use crate::book::Book;
use crate::client::Client;
use crate::{App, Config, Error};

pub(crate) use self::metadata::{issuer, resource};

/// Bytes of a message; the longest batch of tasks has far fewer.
const LARGEST: usize = 256 * 1024;

pub fn router() -> Router<App> {
    Router::new().route("/api/mcp", post(serve)).route(
        "/api/mcp/.well-known/oauth-protected-resource",
        get(metadata::protected_resource),
    )
}

pub(super) fn describe(book: &mut Book) {
    let message = json!({"type": "object", "required": ["jsonrpc"]});
    let answer = json!({"type": "object"});
    book.route(
        "POST /api/mcp",
        "The tools, for every MCP client (2026-07-28 and 2025-11-25)",
    )
    .by("program")
    .body_as("application/json", &message)
    .answers_as(
        200,
        &[
            ("application/json", answer.clone()),
            ("text/event-stream", json!({})),
        ],
    )
    .answers_as(202, &[])
    .fails_as("application/json", &answer)
    .fails_as("text/plain", &json!({}))
    .done();
    book.route(
        "GET /api/mcp/.well-known/oauth-protected-resource",
        "Where tokens for it are had (RFC 9728)",
    )
    .open()
    .answers_as(200, &[("application/json", answer)])
    .done();
}

async fn serve(State(app): State<App>, client: Client, request: Request) -> Response {
    match try_serve(&app, client, request).await {
        Ok(response) => response,
        Err(error) => metadata::challenged(&app.config, error),
    }
}

async fn try_serve(app: &App, client: Client, request: Request) -> Result<Response, Error> {
    let (mut parts, body) = request.into_parts();
    let Admitted { caller, name } = admission::admit(&parts, app).await?;
    // In front of us the platform has one host of its own and tells the other.
    if let Some(host) = parts.headers.get("x-forwarded-host").cloned() {
        parts.headers.insert(header::HOST, host);
    }
    let body = to_bytes(body, LARGEST).await;
    let body = body.map_err(|_| ErrorCode::RequestTooLarge)?;
    let needed = match request::read(&body) {
        Said::Call(needed) => needed,
        Said::Nonsense(answer) => return Ok(answer),
    };
    if !caller.scopes().covers(needed) {
        return Err(ErrorCode::ScopeInsufficient.into());
    }
    // The tools have a caller; they never see what proved it.
    parts.headers.remove(header::AUTHORIZATION);
    let tools = ToolServer {
        db: app.db.clone(),
        caller,
        actor: Actor::Client { name },
        zone: client.zone,
        clock: app.clock,
        chance,
        secret: auth::seal::derived(&app.config.secret, "consent").into(),
    };
    let server = PublicServer {
        tools,
        singular: app.config.singular_tools,
        origin: app.config.origin().to_owned(),
    };
    let service = StreamableHttpService::new(
        move || Ok(server.clone()),
        Arc::new(NeverSessionManager::default()),
        transport(&app.config),
    );
    let request = Request::from_parts(parts, Full::new(body));
    Ok(service.handle(request).await.map(Body::new).into_response())
}

/// No sessions, because the next request may reach another process; one JSON body, because the
/// platform takes a request for done when its head was sent. Only trusted pages may come from a
/// browser (MCP, "Streamable HTTP", security warning).
fn transport(config: &Config) -> StreamableHttpServerConfig {
    let hosts = config.origins.iter().map(|origin| {
        let (_, host) = origin.split_once("://").unwrap_or_default();
        host.to_owned()
    });
    let origins = config.trusted_origins().map(|origin| with_port(origin));
    StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .with_sse_keep_alive(None)
        .with_sse_retry(None)
        .with_max_request_body_bytes(LARGEST)
        .with_allowed_hosts(hosts)
        .enforce_origin_validation()
        .with_allowed_origins(origins)
}

/// An origin without a port would stand for every port of its host.
fn with_port(origin: &str) -> String {
    let (scheme, host) = origin.split_once("://").unwrap_or_default();
    let has_port = host
        .rsplit_once(':')
        .is_some_and(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()));
    match (has_port, scheme) {
        (true, _) => origin.to_owned(),
        (false, "http") => format!("{origin}:80"),
        (false, _) => format!("{origin}:443"),
    }
}
