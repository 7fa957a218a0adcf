//! `/api/runs`: the answers under way, to be found, followed and stopped.

use protocol::run::{Run, RunList};
use protocol::{RunId, ThreadId};

use super::Api;
use super::failure::Failure;
use super::http::Call;
use super::stream::EventStream;

impl Api {
    /// `GET /api/runs`: the runs of a conversation, newest first.
    pub async fn runs(&self, thread: &ThreadId) -> Result<Vec<Run>, Failure> {
        let list: RunList = self.get(&format!("/api/runs?thread_id={thread}")).await?;
        Ok(list.runs)
    }

    /// `GET /api/runs/{id}/events`: what came after an event, and what is still to come.
    pub async fn follow(&self, run: &RunId, after: i64) -> Result<EventStream, Failure> {
        let path = format!("/api/runs/{run}/events?after={after}");
        let call = Call::new("GET", &path).header("accept", "text/event-stream");
        EventStream::open(&self.send(call).await?, after)
    }

    /// `POST /api/runs/{id}/stop`
    pub async fn stop(&self, key: &str, run: &RunId) -> Result<(), Failure> {
        let call = Call::new("POST", &format!("/api/runs/{run}/stop")).key(key);
        self.send(call).await.map(drop)
    }
}
