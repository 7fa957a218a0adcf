//! What an owner sees of a deployment, and may stop.

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// Response header that is there while nothing may be changed.
pub const READ_ONLY_HEADER: &str = "x-read-only";

/// What is stopped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Switches {
    /// No model is asked; the built-in assistant answers.
    pub models_off: bool,
    /// Nothing is changed; people read what there is.
    pub read_only: bool,
}

/// The answer to `GET /api/status`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Status {
    /// From this hour on, until now.
    pub since: Timestamp,
    pub requests: Numbers,
    /// By route, the most frequent first.
    pub routes: Vec<RouteNumbers>,
    /// The most frequent first.
    pub refusals: Vec<Refusals>,
    /// Stretches of work on turns, by model.
    pub turns: Vec<TurnNumbers>,
    pub spending: Spending,
    /// What is stopped by the switches in the database.
    pub switches: Switches,
    /// What is stopped by the environment, whatever the switches say.
    pub fixed: Switches,
}

/// How many there were, and within how many milliseconds a half, and all but a twentieth and a
/// hundredth of them, were done; absent of none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Numbers {
    pub count: i64,
    /// How many of them were refused, or failed.
    pub refused: i64,
    pub p50: Option<u64>,
    pub p95: Option<u64>,
    pub p99: Option<u64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RouteNumbers {
    /// `GET /api/tasks/{id}`
    pub route: String,
    pub numbers: Numbers,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Refusals {
    pub code: String,
    pub route: String,
    pub count: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TurnNumbers {
    /// `own` for those that people have brought.
    pub model: String,
    /// Those that failed count as refused.
    pub numbers: Numbers,
    /// Until the first word.
    pub first_word: Numbers,
}

/// Money is in millionths of a US dollar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Spending {
    /// What today has cost so far.
    pub today: i64,
    /// How much it may, where there is such a limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<i64>,
    /// When today ends.
    pub resets_at: Timestamp,
    /// By model, from the day on that the numbers begin with.
    pub models: Vec<Taken>,
    /// The same by person, those who took most.
    pub people: Vec<Taken>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Taken {
    /// The model's name, or the person's id.
    pub name: String,
    pub asked: i64,
    pub input_tokens: i64,
    pub output_tokens: i64,
    pub cost: i64,
}
