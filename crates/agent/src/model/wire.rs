//! The two languages that model servers speak.

use serde_json::{Value, json};

use super::accumulate::Accumulator;
use super::responses::{self, Reader};
use super::{Asking, Finished, ModelError, Usage, request};

/// How a model is asked, and how its answer is read.
pub(super) trait Wire: Send + Sync {
    fn path(&self) -> &'static str;

    fn body(&self, asking: &Asking<'_>) -> Value;

    fn reader(&self, model: &str) -> Box<dyn Reading>;
}

/// An answer that is being put together.
pub(super) trait Reading: Send {
    /// The text that the chunk adds.
    fn add(&mut self, chunk: &Value) -> Result<String, ModelError>;

    /// What was told so far of what it takes.
    fn used(&self) -> Usage;

    fn finish(self: Box<Self>) -> Result<Finished, ModelError>;
}

/// `POST /chat/completions`, which most servers speak.
pub(super) struct Chat;

impl Wire for Chat {
    fn path(&self) -> &'static str {
        "/chat/completions"
    }

    fn body(&self, asking: &Asking<'_>) -> Value {
        request::body(asking)
    }

    fn reader(&self, _: &str) -> Box<dyn Reading> {
        Box::<Accumulator>::default()
    }
}

/// `POST /responses`, OpenAI's own. Nothing is kept there; what the model thought comes back
/// sealed, and is echoed within the turn.
pub(super) struct Responses;

impl Wire for Responses {
    fn path(&self) -> &'static str {
        "/responses"
    }

    fn body(&self, asking: &Asking<'_>) -> Value {
        responses::body(asking)
    }

    fn reader(&self, model: &str) -> Box<dyn Reading> {
        Box::new(Reader::of(model))
    }
}

/// Arguments that are no JSON are passed on as text: the toolbox answers that they are no object,
/// which the model can repair.
pub(super) fn arguments(text: &str) -> Value {
    if text.trim().is_empty() {
        return json!({});
    }
    serde_json::from_str(text).unwrap_or_else(|_| json!(text))
}
