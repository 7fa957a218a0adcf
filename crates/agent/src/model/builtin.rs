//! The built-in assistant in the place of a model server: it reads the very request a server
//! would get and answers with the stream a server would send, without a socket.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use async_openai::error::OpenAIError;
use async_openai::middleware::HttpRequestFactory;
use reqwest::Response;
use rules::{Call, Message, Reply};
use serde_json::{Value, json};

use super::ModelError;
use crate::Clock;

#[derive(Clone)]
pub(super) struct Builtin;

impl tower::Service<HttpRequestFactory> for Builtin {
    type Response = Response;
    type Error = OpenAIError;
    type Future = Pin<Box<dyn Future<Output = Result<Response, OpenAIError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), OpenAIError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: HttpRequestFactory) -> Self::Future {
        Box::pin(async move {
            let request = request.build().await?;
            let bytes = request.body().and_then(reqwest::Body::as_bytes);
            let body = bytes.and_then(|bytes| serde_json::from_slice(bytes).ok());
            let reply = body
                .and_then(|body: Value| answer(&body))
                .ok_or_else(|| OpenAIError::Boxed(Box::new(ModelError::NotAStream)))?;
            let response = http::Response::builder()
                .header("content-type", "text/event-stream")
                .body(reqwest::Body::from(stream(&reply)))
                .map_err(|error| OpenAIError::Boxed(Box::new(error)))?;
            Ok(response.into())
        })
    }
}

fn answer(body: &Value) -> Option<Reply> {
    let messages = body["messages"].as_array()?;
    let instructions = messages.first()?["content"].as_str()?;
    let context = Clock::read(instructions)?;
    let conversation: Vec<Message> = messages.iter().filter_map(message).collect();
    let may_call = body["tool_choice"] != "none";
    let tools: Vec<String> = body["tools"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|tool| tool["function"]["name"].as_str().map(str::to_owned))
        .collect();
    if !may_call && body["tools"].is_array() {
        return Some(Reply {
            text: crate::SPENT.to_owned(),
            calls: Vec::new(),
        });
    }
    Some(rules::reply(&conversation, &tools, &context))
}

fn message(message: &Value) -> Option<Message> {
    // Of a message with files the first part is what the person said.
    let content = &message["content"];
    let text = content.as_str().or(content[0]["text"].as_str());
    let text = || text.unwrap_or_default().to_owned();
    match message["role"].as_str()? {
        "user" => Some(Message::User(text())),
        "assistant" => {
            let calls = message["tool_calls"].as_array().into_iter().flatten();
            Some(Message::Assistant {
                text: text(),
                calls: calls.filter_map(call).collect(),
            })
        }
        "tool" => {
            let content: Value = serde_json::from_str(&text()).unwrap_or_default();
            Some(Message::ToolResult {
                call_id: message["tool_call_id"].as_str()?.to_owned(),
                is_error: content.get("error").is_some(),
                content,
            })
        }
        _ => None,
    }
}

fn call(call: &Value) -> Option<Call> {
    let arguments = call["function"]["arguments"].as_str()?;
    Some(Call {
        id: call["id"].as_str()?.to_owned(),
        tool: call["function"]["name"].as_str()?.to_owned(),
        arguments: serde_json::from_str(arguments).unwrap_or_default(),
    })
}

/// Word by word, so that whatever reads it has to put it together as it would for any model.
fn stream(reply: &Reply) -> String {
    let mut deltas: Vec<Value> = reply
        .text
        .split_inclusive(' ')
        .map(|word| json!({"content": word}))
        .collect();
    for (index, call) in reply.calls.iter().enumerate() {
        deltas.push(json!({"tool_calls": [{
            "index": index,
            "id": call.id,
            "function": {"name": call.tool, "arguments": call.arguments.to_string()},
        }]}));
    }
    let reason = if reply.calls.is_empty() {
        "stop"
    } else {
        "tool_calls"
    };
    let last = json!({"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]});
    let mut text = String::new();
    for delta in deltas {
        let chunk = json!({"choices": [{"index": 0, "delta": delta}]});
        text.push_str(&format!("data: {chunk}\n\n"));
    }
    text.push_str(&format!("data: {last}\n\ndata: [DONE]\n\n"));
    text
}
