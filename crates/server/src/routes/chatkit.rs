//! `POST /api/chatkit`: OpenAI ChatKit's protocol for servers of one's own, and the files that
//! messages take along.

use axum::Json as Answer;
use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use chat::{Reply, Visit};
use protocol::chatkit::Request;
use serde_json::json;

use super::attachments;
use crate::book::Book;
use crate::client::Client;
use crate::extract::{Json, SignedIn};
use crate::sse::{self, Form};
use crate::{App, Error};

/// Bytes of a request's body: three minutes of speech, and still less than the platform takes.
const LARGEST: usize = 4 * 1024 * 1024;

pub fn router() -> Router<App> {
    let limit = DefaultBodyLimit::max(LARGEST);
    Router::new()
        .route("/api/chatkit", post(handle).layer(limit))
        .merge(attachments::router())
}

pub(super) fn describe(book: &mut Book) {
    let request = json!({
        "type": "object",
        "description": "A request of openai-chatkit 1.6.5.",
        "required": ["type"],
        "properties": {
            "type": {"type": "string", "examples": ["threads.list"]},
            "params": {"type": "object"},
        },
    });
    book.route("POST /api/chatkit", "OpenAI ChatKit's protocol")
        .writes()
        .body_as("application/json", &request)
        .gives(&["application/json", "text/event-stream"])
        .done();
    attachments::describe(book);
}

async fn handle(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    client: Client,
    Json(request): Json<Request>,
) -> Result<Response, Error> {
    let background = client.background.clone();
    let reply = app.chat().handle(request, &visit(caller, client)).await?;
    Ok(match reply {
        Reply::Json(value) => Answer(value).into_response(),
        Reply::Stream(stream) => sse::respond(stream, Form::ChatKit, &background),
    })
}

pub(super) fn visit(caller: auth::Caller, client: Client) -> Visit {
    Visit {
        caller,
        zone: client.zone,
        key: client.key,
        deadline: client.deadline,
        end: client.end,
    }
}
