//! The protocol over stateless streamable HTTP, whatever server stands behind it.

use std::sync::Arc;

use auth::Scopes;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use http_body_util::Full;
use protocol::ErrorCode;
use rmcp::ServerHandler;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};

use super::request::{self, Said};
use crate::Error;

/// Bytes of a message; the longest batch of tasks has far fewer.
const LARGEST: usize = 256 * 1024;

/// One message of a client.
pub struct Message {
    parts: Parts,
    body: Bytes,
    needed: Scopes,
}

impl Message {
    /// # Errors
    /// What to answer to a body that is none.
    pub async fn read(request: Request) -> Result<Self, Response> {
        let (parts, body) = request.into_parts();
        Self::of(parts, body).await
    }

    pub(super) async fn of(mut parts: Parts, body: Body) -> Result<Self, Response> {
        // In front of us the platform has one host of its own and tells the other.
        if let Some(host) = parts.headers.get("x-forwarded-host").cloned() {
            parts.headers.insert(header::HOST, host);
        }
        // Whoever answers has a caller; they never see what proved it.
        parts.headers.remove(header::AUTHORIZATION);
        let body = to_bytes(body, LARGEST).await;
        let body = body.map_err(|_| Error::from(ErrorCode::RequestTooLarge).into_response())?;
        match request::read(&body) {
            Said::Call(needed) => Ok(Self {
                parts,
                body,
                needed,
            }),
            Said::Nonsense(answer) => Err(answer),
        }
    }

    /// What a caller has to be allowed.
    pub(super) const fn needed(&self) -> Scopes {
        self.needed
    }

    /// `origins` are those of the deployment itself, `trusted` those of the pages that may come
    /// from a browser.
    pub async fn answered_by<S>(self, server: S, origins: &[String], trusted: &[&str]) -> Response
    where
        S: ServerHandler + Clone + Send + Sync + 'static,
    {
        let service = StreamableHttpService::new(
            move || Ok(server.clone()),
            Arc::new(NeverSessionManager::default()),
            settings(origins, trusted),
        );
        let request = Request::from_parts(self.parts, Full::new(self.body));
        service.handle(request).await.map(Body::new).into_response()
    }
}

/// No sessions, because the next request may reach another process; one JSON body, because the
/// platform takes a request for done when its head was sent. Only trusted pages may come from a
/// browser (MCP, "Streamable HTTP", security warning).
fn settings(origins: &[String], trusted: &[&str]) -> StreamableHttpServerConfig {
    let hosts = origins.iter().map(|origin| {
        let (_, host) = origin.split_once("://").unwrap_or_default();
        host.to_owned()
    });
    let origins = trusted.iter().map(|origin| with_port(origin));
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
