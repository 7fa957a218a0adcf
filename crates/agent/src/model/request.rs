//! A conversation as the Chat Completions API takes it.

use rmcp::model::Tool;
use serde_json::{Value, json};

use super::Asking;
use crate::{File, Message};

pub(super) fn body(asking: &Asking<'_>) -> Value {
    let mut written = vec![json!({"role": "system", "content": asking.instructions})];
    written.extend(asking.messages.iter().map(message));
    let mut body = json!({
        "model": asking.model,
        "messages": written,
        "stream": true,
        "stream_options": {"include_usage": true},
    });
    // An empty list is refused by several servers; and others refuse calls in the conversation
    // where no tools are named.
    if !asking.tools.is_empty() {
        body["tools"] = asking.tools.iter().map(tool).collect();
        if !asking.may_call {
            body["tool_choice"] = json!("none");
        }
    }
    body
}

fn message(message: &Message) -> Value {
    match message {
        Message::User { text, files } if files.is_empty() => {
            json!({"role": "user", "content": text})
        }
        Message::User { text, files } => {
            let mut parts = vec![json!({"type": "text", "text": text})];
            parts.extend(files.iter().map(file));
            json!({"role": "user", "content": parts})
        }
        Message::Note { text } => json!({"role": "system", "content": text}),
        Message::Tool {
            call_id, content, ..
        } => json!({"role": "tool", "tool_call_id": call_id, "content": content.to_string()}),
        Message::Assistant { text, calls, .. } if calls.is_empty() => {
            json!({"role": "assistant", "content": text})
        }
        Message::Assistant { text, calls, .. } => {
            let calls: Vec<Value> = calls
                .iter()
                .map(|call| {
                    json!({
                        "id": call.id,
                        "type": "function",
                        "function": {
                            "name": call.tool,
                            "arguments": call.arguments.to_string(),
                        },
                    })
                })
                .collect();
            json!({"role": "assistant", "content": text, "tool_calls": calls})
        }
    }
}

fn file(file: &File) -> Value {
    let name = &file.name;
    let text = match (&file.picture, &file.text) {
        (Some(url), _) => return json!({"type": "image_url", "image_url": {"url": url}}),
        (None, Some(text)) => format!("The attached file “{name}”:\n\n{text}"),
        (None, None) => format!("(A picture, “{name}”, was attached.)"),
    };
    json!({"type": "text", "text": text})
}

fn tool(tool: &Tool) -> Value {
    json!({
        "type": "function",
        "function": {
            "name": tool.name,
            "description": tool.description,
            "parameters": *tool.input_schema,
        },
    })
}
