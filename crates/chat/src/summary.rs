//! A finished turn in short, for clients that want one JSON answer.

use agent::{Message, Question};
use protocol::RunId;
use serde::Serialize;
use serde_json::Value;

use crate::state::State;
use crate::{Chat, Error, Visit};

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    pub response: String,
    pub tool_calls: Vec<ToolCall>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ToolCall {
    pub tool: String,
    pub arguments: Value,
    pub result: Value,
}

impl Chat {
    /// What the turn said and did so far.
    ///
    /// # Errors
    /// If the person has no such run.
    pub async fn summary(&self, run: &RunId, visit: &Visit) -> Result<Summary, Error> {
        let state = store::runs::state(self.db.begin(visit.scope()), run).await?;
        let state = state.ok_or(Error::RunNotFound)?;
        let state: State = serde_json::from_value(state).map_err(store::Error::from)?;
        let messages = &state.turn.messages;
        let mut summary = Summary {
            response: String::new(),
            tool_calls: Vec::new(),
        };
        for message in messages {
            let Message::Assistant { text, calls, .. } = message else {
                continue;
            };
            if !summary.response.is_empty() && !text.is_empty() {
                summary.response.push_str("\n\n");
            }
            summary.response.push_str(text);
            summary.tool_calls.extend(calls.iter().map(|call| ToolCall {
                tool: call.tool.clone(),
                arguments: call.arguments.clone(),
                result: result_of(messages, &call.id),
            }));
        }
        // Who reads no cards is asked in words, and may answer in words.
        let open = state.turn.asked().filter(|asked| asked.answer.is_none());
        if let Some(asked) = open {
            if !summary.response.is_empty() {
                summary.response.push_str("\n\n");
            }
            summary.response.push_str(&in_words(&asked.question));
        }
        Ok(summary)
    }
}

fn in_words(question: &Question) -> String {
    let mut text = question.message.clone();
    if question.options.len() > 1 {
        for (id, title) in &question.options {
            text.push_str(&format!("\n- task {id}: “{title}”"));
        }
    }
    text.push_str("\n\nAnswer yes or no.");
    text
}

fn result_of(messages: &[Message], id: &str) -> Value {
    let result = messages.iter().find_map(|message| match message {
        Message::Tool {
            call_id, content, ..
        } if call_id == id => Some(content.clone()),
        _ => None,
    });
    result.unwrap_or_default()
}
