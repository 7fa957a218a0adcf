//! What was said in a turn, in a form that belongs to no provider and is kept in the database.

use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "role", rename_all = "snake_case")]
pub enum Message {
    User {
        text: String,
    },
    Assistant {
        text: String,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        calls: Vec<Call>,
    },
    Tool {
        call_id: String,
        /// JSON for the model to read.
        content: Value,
        #[serde(default)]
        is_error: bool,
    },
    /// What the model should know and nobody said: "the person stopped this answer".
    Note {
        text: String,
    },
}

/// A call of a tool that the model asks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Call {
    /// Unique in its turn and given by us: the key of the call's effect is made of it.
    pub id: String,
    pub tool: String,
    pub arguments: Value,
}
