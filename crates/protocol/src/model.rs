//! Which model answers a person.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// The answer to `GET`, `PUT` and `DELETE /api/account/model`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ModelSettings {
    /// Whether this server takes models of people. One that was brought before can be deleted in
    /// any case, and is not used while it does not.
    pub enabled: bool,
    /// What answers those who have brought none.
    pub model: String,
    /// Whether that is the built-in assistant.
    pub builtin: bool,
    /// Whether this server writes down what is spoken (`input.transcribe`).
    pub dictation: bool,
    /// What answers this person instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<OwnModel>,
}

/// A person's own model, without its key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OwnModel {
    pub model: String,
    pub base_url: String,
    /// The last four characters of the key; empty where these would tell too much of it.
    pub key_end: String,
    pub set_at: Timestamp,
}

/// The body of `PUT /api/account/model`. The key is asked for each time: who could point it to
/// another server without knowing it could have it sent there.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NewModel {
    pub model: String,
    /// OpenAI's own if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_url: Option<String>,
    pub key: String,
}

impl fmt::Debug for NewModel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewModel")
            .field("model", &self.model)
            .field("base_url", &self.base_url)
            .finish_non_exhaustive()
    }
}
