//! What one turn may cost before it has to come to an end.

use serde::{Deserialize, Serialize};

/// Times the model is asked; the last time it has to answer.
pub(crate) const STEPS: u32 = 10;

/// Calls of tools.
pub(crate) const CALLS: usize = 40;

/// Milliseconds of work; what a person takes to think is not counted.
const MILLIS: u64 = 180_000;

/// Tokens, read and written.
const TOKENS: u64 = 300_000;

/// What is said where a model that had to answer said nothing.
pub const SPENT: &str = "I stop here: this took more steps than one answer may have. What was done \
    so far stays done. Say “go on” and I'll continue, or ask for less at once.";

/// What a model is told when it has to answer.
pub const LAST_WORDS: &str = "No more tools can be used for this answer. Answer now: say what was \
    done, and what was not.";

/// What a turn has cost so far, beside its steps and calls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Spent {
    pub(crate) millis: u64,
    pub(crate) tokens: u64,
}

impl Spent {
    pub(crate) const fn is_all(self) -> bool {
        self.millis >= MILLIS || self.tokens >= TOKENS
    }
}
