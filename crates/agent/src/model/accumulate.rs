//! The pieces of a streamed answer, put together. Servers differ in what they leave out, so
//! everything is optional and nothing is trusted.

use serde_json::Value;

use super::wire::{Reading, arguments};
use super::{Finished, ModelError, Usage};

/// Bytes of text or of arguments that no honest answer exceeds.
const LONGEST: usize = 400_000;

#[derive(Default)]
pub(super) struct Accumulator {
    text: String,
    calls: Vec<Building>,
    usage: Usage,
    /// Only this proves that the answer is whole; a stream may also just end.
    finished: bool,
}

#[derive(Default)]
struct Building {
    index: Option<i64>,
    id: Option<String>,
    name: String,
    arguments: String,
}

impl Reading for Accumulator {
    fn add(&mut self, chunk: &Value) -> Result<String, ModelError> {
        if chunk.get("error").is_some_and(|error| !error.is_null()) {
            return Err(ModelError::InStream);
        }
        let count = |name: &str| chunk["usage"][name].as_u64();
        if let Some(input) = count("prompt_tokens") {
            self.usage = Usage {
                input,
                output: count("completion_tokens").unwrap_or_default(),
            };
        }
        let Some(choice) = chunk["choices"].get(0) else {
            return Ok(String::new());
        };
        if choice["finish_reason"]
            .as_str()
            .is_some_and(|reason| !reason.is_empty())
        {
            self.finished = true;
        }
        let delta = &choice["delta"];
        for call in delta["tool_calls"].as_array().into_iter().flatten() {
            self.add_call(call);
        }
        let text = delta["content"].as_str().unwrap_or_default().to_owned();
        self.text.push_str(&text);
        let arguments: usize = self.calls.iter().map(|call| call.arguments.len()).sum();
        if self.text.len() + arguments > LONGEST {
            return Err(ModelError::TooLong);
        }
        Ok(text)
    }

    fn used(&self) -> Usage {
        self.usage
    }

    fn finish(self: Box<Self>) -> Result<Finished, ModelError> {
        if !self.finished {
            return Err(ModelError::Truncated);
        }
        let calls = self
            .calls
            .into_iter()
            .filter(|call| !call.name.is_empty())
            .map(|call| (call.name, arguments(&call.arguments)))
            .collect();
        Ok(Finished {
            text: self.text,
            calls,
            native: None,
            usage: self.usage,
        })
    }
}

impl Accumulator {
    fn add_call(&mut self, piece: &Value) {
        let index = piece["index"].as_i64();
        let id = piece["id"].as_str().filter(|id| !id.is_empty());
        let continues = self.calls.iter().rposition(|call| {
            let same_index = call.index == index;
            // A new id under a known index is a new call.
            let same_id = id.is_none() || call.id.as_deref() == id;
            same_index && same_id
        });
        let place = continues.unwrap_or_else(|| {
            self.calls.push(Building {
                index,
                id: id.map(str::to_owned),
                ..Building::default()
            });
            self.calls.len() - 1
        });
        let call = &mut self.calls[place];
        let function = &piece["function"];
        call.name
            .push_str(function["name"].as_str().unwrap_or_default());
        match &function["arguments"] {
            Value::String(text) => call.arguments.push_str(text),
            Value::Null => {}
            whole => call.arguments = whole.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn fold(chunks: &[Value]) -> Result<Finished, ModelError> {
        let mut answer = Box::<Accumulator>::default();
        for chunk in chunks {
            answer.add(chunk)?;
        }
        answer.finish()
    }

    fn delta(delta: &Value) -> Value {
        json!({"choices": [{"delta": delta}]})
    }

    fn end() -> Value {
        json!({"choices": [{"delta": {}, "finish_reason": "stop"}]})
    }

    #[test]
    fn text_and_interleaved_calls_are_put_together() {
        let answer = fold(&[
            delta(&json!({"content": "Let me "})),
            delta(&json!({"content": "look."})),
            delta(
                &json!({"tool_calls": [{"index": 0, "id": "a", "function": {"name": "list_tasks"}}]}),
            ),
            delta(
                &json!({"tool_calls": [{"index": 1, "id": "b", "function": {"name": "add_tasks", "arguments": "{\"a\""}}]}),
            ),
            delta(&json!({"tool_calls": [{"index": 0, "function": {"arguments": "{}"}}]})),
            delta(&json!({"tool_calls": [{"index": 1, "function": {"arguments": ":1}"}}]})),
            end(),
        ]);

        let answer = answer.unwrap();
        assert_eq!(answer.text, "Let me look.");
        assert_eq!(
            answer.calls,
            [
                ("list_tasks".to_owned(), json!({})),
                ("add_tasks".to_owned(), json!({"a": 1}))
            ]
        );
    }

    #[test]
    fn a_stream_without_an_end_is_truncated() {
        let answer = fold(&[delta(&json!({"content": "Half"}))]);

        assert_eq!(answer, Err(ModelError::Truncated));
    }

    #[test]
    fn a_fault_inside_the_stream_is_seen() {
        let answer = fold(&[json!({"error": {"message": "overloaded"}}), end()]);

        assert_eq!(answer, Err(ModelError::InStream));
    }

    #[test]
    fn a_new_id_under_the_same_index_is_a_new_call() {
        let call = |id: &str| {
            delta(&json!({"tool_calls": [
                {"index": 0, "id": id, "function": {"name": "list_tasks", "arguments": {}}}
            ]}))
        };

        let answer = fold(&[call("a"), call("b"), end()]).unwrap();

        assert_eq!(answer.calls.len(), 2);
    }

    #[test]
    fn arguments_that_are_no_json_are_handed_on_as_text() {
        let call =
            json!({"tool_calls": [{"function": {"name": "add_tasks", "arguments": "{oops"}}]});

        let answer = fold(&[delta(&call), end()]).unwrap();

        assert_eq!(answer.calls, [("add_tasks".to_owned(), json!("{oops"))]);
    }

    #[test]
    fn an_endless_answer_is_given_up() {
        let chunk = delta(&json!({"content": "a".repeat(300_000)}));

        assert_eq!(fold(&[chunk.clone(), chunk]), Err(ModelError::TooLong));
    }
}
