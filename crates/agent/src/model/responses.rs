//! A conversation as the Responses API takes it, and its stream.

use rmcp::model::Tool;
use serde_json::{Map, Value, json};

use super::wire::{Reading, arguments};
use super::{Asking, Finished, ModelError, Usage};
use crate::{Call, File, Message, Native};

/// Bytes of text that no honest answer exceeds.
const LONGEST: usize = 400_000;

/// `store: false`: what was said stays with us.
pub(super) fn body(asking: &Asking<'_>) -> Value {
    let input: Vec<Value> = asking
        .messages
        .iter()
        .flat_map(|message| items(message, asking.model))
        .collect();
    let mut body = json!({
        "model": asking.model,
        "instructions": asking.instructions,
        "input": input,
        "stream": true,
        "store": false,
        "include": ["reasoning.encrypted_content"],
    });
    if !asking.tools.is_empty() {
        body["tools"] = asking.tools.iter().map(tool).collect();
    }
    if !asking.may_call {
        body["tool_choice"] = json!("none");
    }
    body
}

fn items(message: &Message, model: &str) -> Vec<Value> {
    match message {
        Message::User { text, files } => {
            let mut parts = vec![json!({"type": "input_text", "text": text})];
            parts.extend(files.iter().map(file));
            vec![json!({"type": "message", "role": "user", "content": parts})]
        }
        Message::Note { text } => {
            let parts = [json!({"type": "input_text", "text": text})];
            vec![json!({"type": "message", "role": "system", "content": parts})]
        }
        Message::Tool {
            call_id, content, ..
        } => vec![json!({
            "type": "function_call_output",
            "call_id": call_id,
            "output": content.to_string(),
        })],
        Message::Assistant {
            text,
            calls,
            native,
        } => match native.as_ref().filter(|native| native.model == model) {
            Some(native) => echoed(&native.items, calls),
            None => said(text, calls),
        },
    }
}

fn file(file: &File) -> Value {
    let name = &file.name;
    let text = match (&file.picture, &file.text) {
        (Some(url), _) => return json!({"type": "input_image", "image_url": url}),
        (None, Some(text)) => format!("The attached file “{name}”:\n\n{text}"),
        (None, None) => format!("(A picture, “{name}”, was attached.)"),
    };
    json!({"type": "input_text", "text": text})
}

fn said(text: &str, calls: &[Call]) -> Vec<Value> {
    let mut items = Vec::new();
    if !text.is_empty() {
        let parts = [json!({"type": "output_text", "text": text})];
        items.push(json!({"type": "message", "role": "assistant", "content": parts}));
    }
    items.extend(calls.iter().map(|call| {
        json!({
            "type": "function_call",
            "call_id": call.id,
            "name": call.tool,
            "arguments": call.arguments.to_string(),
        })
    }));
    items
}

/// What the model itself has said, thoughts included. Its calls go by our ids.
fn echoed(items: &[Value], calls: &[Call]) -> Vec<Value> {
    let mut ids = calls.iter().map(|call| call.id.clone());
    let items = items.iter().filter_map(Value::as_object);
    items
        .filter_map(|item| {
            let mut item = item.clone();
            if item.get("type") == Some(&json!("function_call")) {
                item.insert("call_id".to_owned(), json!(ids.next()?));
            }
            Some(Value::Object(item))
        })
        .collect()
}

fn tool(tool: &Tool) -> Value {
    json!({
        "type": "function",
        "name": tool.name,
        "description": tool.description,
        "parameters": *tool.input_schema,
        "strict": false,
    })
}

/// The stream of one answer. Only `response.completed` proves that it is whole.
#[derive(Default)]
pub(super) struct Reader {
    model: String,
    text: String,
    /// The items that are whole, for servers whose last event does not repeat them.
    done: Vec<Value>,
    completed: Option<Value>,
    /// What one took that will not be.
    used: Usage,
}

impl Reader {
    pub(super) fn of(model: &str) -> Self {
        Self {
            model: model.to_owned(),
            ..Self::default()
        }
    }
}

impl Reading for Reader {
    fn add(&mut self, event: &Value) -> Result<String, ModelError> {
        let has_error = event.get("error").is_some_and(|error| !error.is_null());
        match event["type"].as_str().unwrap_or_default() {
            "response.output_text.delta" | "response.refusal.delta" => {
                let delta = event["delta"].as_str().unwrap_or_default().to_owned();
                self.text.push_str(&delta);
                if self.text.len() > LONGEST {
                    return Err(ModelError::TooLong);
                }
                return Ok(delta);
            }
            "response.output_item.done" => self.done.push(event["item"].clone()),
            "response.completed" => self.completed = Some(event["response"].clone()),
            "response.incomplete" => {
                self.used = usage(&event["response"]);
                return Err(ModelError::Truncated);
            }
            "response.failed" | "error" => {
                self.used = usage(&event["response"]);
                return Err(ModelError::InStream);
            }
            _ if has_error => return Err(ModelError::InStream),
            _ => {}
        }
        Ok(String::new())
    }

    fn used(&self) -> Usage {
        self.used
    }

    fn finish(self: Box<Self>) -> Result<Finished, ModelError> {
        let response = self.completed.ok_or(ModelError::Truncated)?;
        let output = response["output"]
            .as_array()
            .filter(|output| !output.is_empty());
        let output = output.unwrap_or(&self.done);
        let text = match self.text.is_empty() {
            true => texts(output),
            false => self.text,
        };
        Ok(Finished {
            text,
            calls: output.iter().filter_map(call).collect(),
            native: Some(Native {
                model: self.model,
                items: output.iter().filter_map(kept).collect(),
            }),
            usage: usage(&response),
        })
    }
}

fn usage(response: &Value) -> Usage {
    let count = |name: &str| response["usage"][name].as_u64().unwrap_or_default();
    Usage {
        input: count("input_tokens"),
        output: count("output_tokens"),
    }
}

fn texts(output: &[Value]) -> String {
    let parts = output
        .iter()
        .filter(|item| item["type"] == "message")
        .filter_map(|item| item["content"].as_array());
    parts
        .flatten()
        .filter_map(|part| part["text"].as_str().or(part["refusal"].as_str()))
        .collect()
}

fn call(item: &Value) -> Option<(String, Value)> {
    let is_call = item["type"] == "function_call";
    let name = item["name"]
        .as_str()
        .filter(|name| is_call && !name.is_empty())?;
    let given = match &item["arguments"] {
        Value::String(text) => arguments(text),
        Value::Null => json!({}),
        whole => whole.clone(),
    };
    Some((name.to_owned(), given))
}

/// An item as it is echoed: ids and states belong to what is kept there, and nothing is.
fn kept(item: &Value) -> Option<Value> {
    let known = ["reasoning", "message", "function_call"];
    let kind = item["type"].as_str()?;
    let item: Map<String, Value> = item
        .as_object()?
        .iter()
        .filter(|(name, _)| !["id", "status"].contains(&name.as_str()))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    let nameless = kind == "function_call" && item.get("name").is_none_or(|name| name == "");
    (known.contains(&kind) && !nameless).then_some(Value::Object(item))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FR-213.
    #[test]
    fn an_answer_that_is_not_whole_tells_what_it_took() {
        for (kind, fault) in [
            ("response.incomplete", ModelError::Truncated),
            ("response.failed", ModelError::InStream),
        ] {
            let mut reader = Reader::of("gpt");
            let usage = json!({"input_tokens": 70, "output_tokens": 7});

            let end = reader.add(&json!({"type": kind, "response": {"usage": usage}}));

            assert_eq!(end, Err(fault));
            let (input, output) = (reader.used().input, reader.used().output);
            assert_eq!((input, output), (70, 7));
        }
    }
}
