//! As much of a message as is needed to say what it asks for. The rest is the protocol's business.

use auth::Scopes;
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

/// What stands in a body.
pub(super) enum Said {
    /// A message, and what it needs.
    Call(Scopes),
    /// No message; what JSON-RPC says to that.
    Nonsense(Response),
}

#[derive(Deserialize)]
struct Message {
    method: Option<String>,
    #[serde(default)]
    params: Value,
}

pub(super) fn read(body: &[u8]) -> Said {
    let Ok(value) = serde_json::from_slice::<Value>(body) else {
        return Said::Nonsense(refused(-32700, "Parse error"));
    };
    if value.is_array() {
        // MCP 2025-06-18 took batches out.
        return Said::Nonsense(refused(-32600, "Batches are not supported"));
    }
    let Ok(message) = serde_json::from_value::<Message>(value) else {
        return Said::Nonsense(refused(-32600, "Invalid request"));
    };
    Said::Call(needed(&message))
}

fn needed(message: &Message) -> Scopes {
    let tool = match message.method.as_deref() {
        Some("tools/call") => message.params["name"].as_str(),
        _ => None,
    };
    match tool {
        Some(tool) if !tools::only_reads(tool) => Scopes::ALL,
        _ => Scopes::READ,
    }
}

/// JSON-RPC 2.0, section 5.1; the id of a message that cannot be read is null.
fn refused(code: i32, message: &str) -> Response {
    let body = json!({
        "jsonrpc": "2.0",
        "id": null,
        "error": {"code": code, "message": message},
    });
    (StatusCode::BAD_REQUEST, Json(body)).into_response()
}
