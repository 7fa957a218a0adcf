//! `POST /api/chat` and `POST /api/{user_id}/chat`: one question, one JSON answer, for clients
//! that know no other form.

use axum::Json as Answer;
use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use chat::{Reply, Stream, ToolCall};
use protocol::chatkit::{Event, Request, UserContent, UserMessageInput};
use protocol::{ErrorCode, ThreadId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::chatkit::visit;
use crate::book::Book;
use crate::client::{Client, text};
use crate::extract::{Json, SignedIn, SignedInAs};
use crate::sse::{self, Form};
use crate::{App, Error};

pub fn router() -> Router<App> {
    Router::new()
        .route("/api/chat", post(chat))
        .route("/api/{user}/chat", post(chat_as))
}

pub(super) fn describe(book: &mut Book) {
    let call = json!({"type": "object", "required": ["tool", "arguments", "result"]});
    let said = json!({
        "type": "object",
        "required": ["conversation_id", "response", "tool_calls"],
        "properties": {
            "conversation_id": {"type": "string"},
            "response": {"type": "string"},
            "tool_calls": {"type": "array", "items": call},
        },
    });
    for route in ["POST /api/chat", "POST /api/{user}/chat"] {
        book.route(route, "One question, one answer")
            .writes()
            .body::<Question>()
            .answers_as(
                200,
                &[
                    ("application/json", said.clone()),
                    ("text/event-stream", json!({})),
                ],
            )
            .done();
    }
}

#[derive(Deserialize, JsonSchema)]
struct Question {
    conversation_id: Option<ThreadId>,
    message: String,
}

#[derive(Serialize)]
struct Conversation {
    conversation_id: ThreadId,
    response: String,
    tool_calls: Vec<ToolCall>,
}

async fn chat(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    client: Client,
    headers: HeaderMap,
    Json(question): Json<Question>,
) -> Result<Response, Error> {
    answer(&app, caller, client, &headers, question).await
}

async fn chat_as(
    State(app): State<App>,
    SignedInAs(caller): SignedInAs,
    client: Client,
    headers: HeaderMap,
    Json(question): Json<Question>,
) -> Result<Response, Error> {
    answer(&app, caller, client, &headers, question).await
}

async fn answer(
    app: &App,
    caller: auth::Caller,
    client: Client,
    headers: &HeaderMap,
    question: Question,
) -> Result<Response, Error> {
    let background = client.background.clone();
    let visit = visit(caller, client);
    let chat = app.chat();
    let stream = match chat.handle(request(question), &visit).await? {
        Reply::Stream(stream) => stream,
        Reply::Json(_) => return Err(ErrorCode::Internal.into()),
    };
    if text(headers, "accept").is_some_and(|accept| accept.contains("text/event-stream")) {
        return Ok(sse::respond(stream, Form::ChatKit, &background));
    }
    let Stream {
        run,
        mut frames,
        work,
        ..
    } = stream;
    background.start(work);
    let mut conversation_id = None;
    while let Some(frame) = frames.recv().await {
        conversation_id = conversation_id.or_else(|| thread_of(&frame.body));
    }
    let summary = chat.summary(&run, &visit).await?;
    let conversation = Conversation {
        conversation_id: conversation_id.ok_or(ErrorCode::Internal)?,
        response: summary.response,
        tool_calls: summary.tool_calls,
    };
    Ok(Answer(conversation).into_response())
}

fn request(question: Question) -> Request {
    let input = UserMessageInput {
        content: vec![UserContent::InputText {
            text: question.message,
        }],
        ..UserMessageInput::default()
    };
    match question.conversation_id {
        Some(thread_id) => Request::ThreadsAddUserMessage { thread_id, input },
        None => Request::ThreadsCreate { input },
    }
}

fn thread_of(event: &str) -> Option<ThreadId> {
    match serde_json::from_str(event).ok()? {
        Event::ThreadCreated { thread } => Some(thread.id),
        Event::ItemDone { item } => Some(item.thread_id),
        _ => None,
    }
}
