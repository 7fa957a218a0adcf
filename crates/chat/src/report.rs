//! What a turn took, for whoever watches over the deployment.
//!
//! **Invariant:** nothing that anybody said, and no name that a person gave.

use std::sync::Arc;
use std::time::Duration;

use agent::Usage;
use protocol::{RunId, Timestamp};
use tokio::time::Instant;

use crate::costs::Taken;
use crate::scribe::Halt;
use crate::trace::Step;

/// Is told of every stretch that this process has worked on a turn.
pub type Observer = Arc<dyn Fn(&Report) + Send + Sync>;

/// What became of a turn in this process, and what it took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub run: RunId,
    /// `done`, `waiting`, `stopped`, `failed`; or why the process let go of it: `deadline`,
    /// `fenced`, `signed_out`, `unavailable`, `models_off`.
    pub ending: &'static str,
    /// `own` for one that the person has brought: its name is theirs.
    pub model: String,
    /// Times the model was asked, and calls of tools.
    pub asked: u32,
    pub calls: u32,
    /// Answers that nobody counted, so that their tokens are a guess.
    pub estimated: u32,
    pub usage: Usage,
    pub took: Duration,
    /// Until the first word of an answer.
    pub first_word: Option<Duration>,
    /// When the turn was taken up, and what it waited for since then.
    pub began: Timestamp,
    pub steps: Vec<Step>,
}

/// Steps that are told of one stretch of work.
const MOST: usize = 100;

/// What is counted on the way.
pub(crate) struct Tally {
    began: Timestamp,
    begun: Instant,
    steps: Vec<Step>,
    took: Option<Duration>,
    pub(crate) first_word: Option<Duration>,
    pub(crate) asked: u32,
    pub(crate) calls: u32,
    pub(crate) estimated: u32,
    pub(crate) usage: Usage,
    pub(crate) ending: &'static str,
    pub(crate) is_own: bool,
}

impl Tally {
    pub(crate) fn begin(now: Timestamp) -> Self {
        Self {
            began: now,
            begun: Instant::now(),
            steps: Vec::new(),
            took: None,
            first_word: None,
            asked: 0,
            calls: 0,
            estimated: 0,
            usage: Usage::default(),
            ending: "failed",
            is_own: false,
        }
    }

    pub(crate) fn heard(&mut self) {
        self.first_word.get_or_insert(self.begun.elapsed());
    }

    pub(crate) fn spent(&mut self, taken: Taken) {
        self.asked += 1;
        self.estimated += u32::from(taken.is_estimate);
        self.usage.input += taken.usage.input;
        self.usage.output += taken.usage.output;
    }

    /// Something that was waited for from `since` on, which took so long.
    pub(crate) fn waited(&mut self, since: Instant, mut step: Step) {
        if self.steps.len() < MOST {
            step.began = since.saturating_duration_since(self.begun);
            self.steps.push(step);
        }
    }

    /// The turn is over; what comes after it nobody waits for.
    pub(crate) fn over(&mut self) {
        self.took.get_or_insert(self.begun.elapsed());
    }

    pub(crate) const fn is_over(&self) -> bool {
        self.took.is_some()
    }

    pub(crate) fn report(self, run: RunId, model: &str) -> Report {
        Report {
            run,
            ending: self.ending,
            model: if self.is_own { "own" } else { model }.to_owned(),
            asked: self.asked,
            calls: self.calls,
            estimated: self.estimated,
            usage: self.usage,
            took: self.took.unwrap_or_else(|| self.begun.elapsed()),
            first_word: self.first_word,
            began: self.began,
            steps: self.steps,
        }
    }
}

/// Why a process let go of a turn, in a word.
pub(crate) const fn reason(halt: &Halt) -> &'static str {
    match halt {
        Halt::Stop => "stopped",
        Halt::Fenced => "fenced",
        Halt::SessionEnded => "signed_out",
        Halt::Unavailable => "unavailable",
        Halt::Deadline => "deadline",
        Halt::ModelsOff => "models_off",
    }
}
