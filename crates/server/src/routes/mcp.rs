//! `/api/mcp`: the tools over stateless streamable HTTP, for every MCP client.
//!
//! **Invariant:** who calls and what they may do is decided before the first byte reaches the
//! protocol, so a tool that is not allowed is never looked up.

mod admission;
mod metadata;
mod request;
pub mod transport;

use axum::Router;
use axum::extract::{Request, State};
use axum::response::Response;
use axum::routing::{get, post};
use protocol::ErrorCode;
use protocol::task::Actor;
use serde_json::json;
use tools::{PublicServer, ToolServer};

use self::admission::Admitted;
use self::transport::Message;
use crate::app::chance;
use crate::book::Book;
use crate::client::Client;
use crate::{App, Error};

pub(crate) use self::metadata::{filled, issuer, resource};

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
    let (parts, body) = request.into_parts();
    let Admitted { caller, name } = admission::admit(&parts, app).await?;
    let message = match Message::of(parts, body).await {
        Ok(message) => message,
        Err(refusal) => return Ok(refusal),
    };
    if !caller.scopes().covers(message.needed()) {
        return Err(ErrorCode::ScopeInsufficient.into());
    }
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
    let trusted: Vec<&str> = app.config.trusted_origins().map(String::as_str).collect();
    Ok(message
        .answered_by(server, &app.config.origins, &trusted)
        .await)
}
