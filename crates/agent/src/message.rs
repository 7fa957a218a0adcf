//! What was said in a turn, in a form that belongs to no provider and is kept in the database.

use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "role", rename_all = "snake_case")]
pub enum Message {
    User {
        text: String,
        /// Files beside the message.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<File>,
    },
    Assistant {
        text: String,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        calls: Vec<Call>,
        /// The same as the model's own server writes it, for that model only.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        native: Option<Native>,
    },
    Tool {
        call_id: String,
        /// JSON for the model to read.
        content: Value,
        #[serde(default)]
        is_error: bool,
    },
    /// What the model should know and nobody said: "the person stopped this answer".
    Note { text: String },
}

/// A file that a person has put beside a message.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    pub id: String,
    pub name: String,
    /// What stands in it, if it is a text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The picture as a `data:` URL. Never kept: a state is written after every step.
    #[serde(skip)]
    pub picture: Option<String>,
}

impl Message {
    pub fn user(text: impl Into<String>) -> Self {
        Self::User {
            text: text.into(),
            files: Vec::new(),
        }
    }
}

/// A call of a tool that the model asks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Call {
    /// Unique in its turn and given by us: the key of the call's effect is made of it.
    pub id: String,
    pub tool: String,
    pub arguments: Value,
}

/// What a model has said in the words of its server, thoughts that are sealed among it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Native {
    pub model: String,
    pub items: Vec<Value>,
}
