//! What a request is answered with.

use std::pin::Pin;

use protocol::RunId;
use serde_json::Value;
use tokio::sync::mpsc;

/// One event of a run, as it stands in the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Counts the run's events from 1 without gaps.
    pub seq: i64,
    /// The event as JSON on one line.
    pub body: String,
}

pub(crate) type Frames = mpsc::UnboundedSender<Frame>;

/// The events of a run as they come.
pub struct Stream {
    pub run: RunId,
    /// Number of the event before the first of these.
    pub after: i64,
    pub frames: mpsc::UnboundedReceiver<Frame>,
    /// What makes them come. It has to be driven to its end even if nobody reads any more,
    /// because a turn does not depend on its reader.
    pub work: Pin<Box<dyn Future<Output = ()> + Send>>,
}

pub enum Reply {
    Json(Value),
    Stream(Stream),
}
