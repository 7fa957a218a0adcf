//! What a run remembers between steps.

use agent::Turn;
use protocol::ItemId;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Kept with the run after every step; enough for any process to go on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct State {
    pub(crate) turn: Turn,
    /// An item that readers have seen begin and not end. Who takes the run over removes it and
    /// does the step again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) open: Option<ItemId>,
    /// The item by which a tool has asked the person something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) question: Option<ItemId>,
    /// Where the stream went on after the person's answer, and the key of the request that
    /// brought it, by which a repeat is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) answered: Option<Answered>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Answered {
    pub(crate) item: ItemId,
    pub(crate) after: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) key: Option<String>,
}

impl State {
    pub(crate) const fn new(turn: Turn) -> Self {
        Self {
            turn,
            open: None,
            question: None,
            answered: None,
        }
    }

    pub(crate) fn to_value(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }
}
