//! A run: the durable execution of one turn, which any process can follow or finish.

use serde::{Deserialize, Serialize};

use crate::{RunId, ThreadId, Timestamp};

/// Response header that names the run behind a stream.
pub const RUN_ID_HEADER: &str = "x-run-id";

/// Response header with the number of the event before the first one of a stream; 0 unless the
/// stream goes on with a run that has spoken before.
pub const RUN_AFTER_HEADER: &str = "x-run-after";

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RunStatus {
    /// Waits until the thread's current run has ended.
    Queued,
    Running,
    /// Waits for a person: an approval, or an answer to a question.
    Waiting,
    Done,
    Stopped,
    Failed,
}

impl RunStatus {
    /// No event will follow.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Stopped | Self::Failed)
    }
}

/// `GET /api/runs?thread_id=…` lists these, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Run {
    pub id: RunId,
    pub thread_id: ThreadId,
    pub status: RunStatus,
    /// Sequence number of the newest event; the first is 1 and none is skipped.
    pub last_event: i64,
    pub created_at: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RunList {
    pub runs: Vec<Run>,
}
