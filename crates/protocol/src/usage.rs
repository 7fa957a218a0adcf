//! What a person's turns took.

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// The answer to `GET /api/account/usage`. Money is in millionths of a US dollar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Usage {
    /// The last thirty days, newest first; days are those of UTC.
    pub days: Vec<UsageOfDay>,
    /// What this person's turns of today have cost the deployment.
    pub spent_today: i64,
    /// How much that may be, where there is such a limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<i64>,
    /// When today ends.
    pub resets_at: Timestamp,
}

/// What one model took on one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UsageOfDay {
    /// `2026-11-23`
    pub day: String,
    /// `own` for the model that the person has brought.
    pub model: String,
    /// How often it was asked.
    pub asked: i32,
    /// How many of these answers nobody counted, so that their tokens are a guess.
    #[serde(default)]
    pub estimated: i32,
    pub input_tokens: i64,
    pub output_tokens: i64,
    /// Nothing for a model whose price is not known, and for `own`.
    pub cost: i64,
}
