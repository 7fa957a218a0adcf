//! The fields of a request's body, checked as Better Auth checks them and refused in its words.

use axum::http::StatusCode;
use serde_json::{Map, Value};

use super::answer::Refusal;
use super::email;

/// What was sent, and what is wrong with it so far. Fields that nobody asks for are ignored, so
/// nobody can set what is not theirs to set.
pub(super) struct Fields {
    members: Map<String, Value>,
    faults: Vec<String>,
}

impl Fields {
    /// Takes an object; nothing counts as `undefined`.
    pub(super) fn new(body: Option<Value>) -> Result<Self, Refusal> {
        match body {
            Some(Value::Object(members)) => Ok(Self {
                members,
                faults: Vec::new(),
            }),
            other => Err(invalid(&format!(
                "[body] {}",
                expected("object", other.as_ref())
            ))),
        }
    }

    /// A text that has to be there.
    pub(super) fn text(&mut self, name: &str) -> String {
        match self.members.remove(name) {
            Some(Value::String(text)) => text,
            other => {
                self.fault(name, &expected("string", other.as_ref()));
                String::new()
            }
        }
    }

    /// A text that has to be there and not be empty.
    pub(super) fn filled(&mut self, name: &str) -> String {
        let before = self.faults.len();
        let text = self.text(name);
        if text.is_empty() && self.faults.len() == before {
            self.fault(name, "Too small: expected string to have >=1 characters");
        }
        text
    }

    /// An address, as it is stored.
    pub(super) fn email(&mut self, name: &str) -> String {
        let before = self.faults.len();
        let text = self.text(name);
        email::normalized(&text).unwrap_or_else(|| {
            if self.faults.len() == before {
                self.fault(name, "Invalid email address");
            }
            String::new()
        })
    }

    pub(super) fn optional_text(&mut self, name: &str) -> Option<String> {
        match self.members.remove(name) {
            None => None,
            Some(Value::String(text)) => Some(text),
            other => {
                self.fault(name, &expected("string", other.as_ref()));
                None
            }
        }
    }

    /// A text that can be taken away by `null`.
    pub(super) fn nullable_text(&mut self, name: &str) -> Option<Option<String>> {
        if self.members.get(name) == Some(&Value::Null) {
            return Some(None);
        }
        self.optional_text(name).map(Some)
    }

    pub(super) fn flag(&mut self, name: &str) -> Option<bool> {
        match self.members.remove(name) {
            None => None,
            Some(Value::Bool(flag)) => Some(flag),
            other => {
                self.fault(name, &expected("boolean", other.as_ref()));
                None
            }
        }
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.members.contains_key(name)
    }

    /// All faults at once.
    pub(super) fn check(self) -> Result<(), Refusal> {
        if self.faults.is_empty() {
            Ok(())
        } else {
            Err(invalid(&self.faults.join("; ")))
        }
    }

    fn fault(&mut self, name: &str, fault: &str) {
        self.faults.push(format!("[body.{name}] {fault}"));
    }
}

pub(super) fn invalid(message: &str) -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, "VALIDATION_ERROR", message)
}

fn expected(kind: &str, found: Option<&Value>) -> String {
    let found = match found {
        None => "undefined",
        Some(Value::Null) => "null",
        Some(Value::Bool(_)) => "boolean",
        Some(Value::Number(_)) => "number",
        Some(Value::String(_)) => "string",
        Some(Value::Array(_)) => "array",
        Some(Value::Object(_)) => "object",
    };
    format!("Invalid input: expected {kind}, received {found}")
}
