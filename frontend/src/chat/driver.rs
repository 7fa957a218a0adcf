//! A turn from its request to the end of its answer, through every cut of the line.
//!
//! Whoever reads a stream to its end does not know yet whether the answer is whole: a killed
//! function ends its stream too. The list of runs knows. So the driver reads, asks, and goes
//! on reading from where it was, until the server says that the run is over.

use protocol::chatkit::Request;
use protocol::run::RunStatus;
use protocol::{ErrorCode, RunId, ThreadId};
use wasm_split_helpers::wasm_split;

use super::link::ChatLink;
use super::pump::{Progress, Pump};
use super::store::Change;
use super::turn::{Turn, TurnKey};
use crate::api::{EventStream, Failure};
use crate::browser;
use crate::parts::Doing;

/// How often an unsent request is repeated before the person is asked.
const SEND_ATTEMPTS: u32 = 4;

/// What is needed to send a turn, or to follow it.
pub(super) struct Job {
    link: ChatLink,
    pump: Pump,
    key: TurnKey,
    request: Option<Request>,
    run: Option<RunId>,
    progress: Progress,
}

/// What drives a turn, in the part with what draws it.
#[wasm_split(talk, fallible)]
fn driver() -> Result<fn(Job) -> Doing, Failure> {
    Ok(|job| Box::pin(job.run()))
}

/// What is known of a run after its stream has ended.
enum Standing {
    Over { is_whole: bool },
    GoesOn,
    Unknown,
}

impl Job {
    pub(super) fn new(link: ChatLink, pump: Pump, turn: Turn, thread: Option<ThreadId>) -> Self {
        Self {
            request: turn.ask.and_then(|ask| ask.request(thread.as_ref())),
            key: turn.key,
            run: turn.run,
            progress: Progress {
                seen: turn.seen,
                thread,
            },
            link,
            pump,
        }
    }

    /// Brings the turn to its end. Without the part of the program that can, it is like any other
    /// request that found no network.
    pub(super) async fn drive(self) {
        match driver().await {
            Ok(drive) => drive(self).await,
            Err(failure) => self.fail(failure),
        }
    }

    async fn run(mut self) {
        let mut attempts = 0;
        loop {
            let seen = self.progress.seen;
            match self.read().await {
                Ok(()) => {}
                // The page has moved on; what is unsent lies in the outbox.
                Err(Failure::Closed | Failure::SignedOut(_)) => return,
                Err(failure) if failure.is(ErrorCode::RunNotFound) => return self.end(false).await,
                Err(failure) if failure.may_pass() && self.may_go_on(attempts) => {}
                Err(failure) => return self.fail(failure),
            }
            match self.standing().await {
                Standing::Over { is_whole } => return self.end(is_whole).await,
                Standing::GoesOn if self.progress.seen > seen => attempts = 0,
                Standing::GoesOn | Standing::Unknown => {
                    attempts += 1;
                    if self.run.is_some() {
                        self.pump.tell(Change::Cut(self.key.clone()));
                    }
                    browser::wait(pause_millis(attempts)).await;
                }
            }
        }
    }

    /// One stream, from its opening to its end.
    async fn read(&mut self) -> Result<(), Failure> {
        let mut stream = self.open().await?;
        if stream.run.is_some() {
            self.run = stream.run.take();
        }
        self.link.sent(&self.key);
        self.pump
            .tell(Change::Accepted(self.key.clone(), self.run.clone()));
        self.pump.run(&mut stream, &mut self.progress).await
    }

    async fn open(&self) -> Result<EventStream, Failure> {
        let api = self.link.api();
        match (&self.run, &self.request) {
            (Some(run), _) => api.follow(run, self.progress.seen).await,
            (None, Some(request)) => api.ask(&self.key, request).await,
            (None, None) => Err(Failure::Closed),
        }
    }

    /// A run that the server has is followed for as long as it takes.
    const fn may_go_on(&self, attempts: u32) -> bool {
        self.run.is_some() || attempts + 1 < SEND_ATTEMPTS
    }

    async fn standing(&self) -> Standing {
        let Some(run) = &self.run else {
            return match self.progress.seen {
                0 => Standing::Unknown,
                // A server without runs: its stream is all there is.
                _ => Standing::Over { is_whole: true },
            };
        };
        let Some(thread) = &self.progress.thread else {
            return Standing::Unknown;
        };
        let Ok(runs) = self.link.api().runs(thread).await else {
            return Standing::Unknown;
        };
        match runs.iter().find(|known| known.id == *run) {
            Some(known) if known.last_event > self.progress.seen => Standing::GoesOn,
            Some(known) if known.status.is_over() || known.status == RunStatus::Waiting => {
                let is_whole = !matches!(known.status, RunStatus::Stopped | RunStatus::Failed);
                Standing::Over { is_whole }
            }
            Some(_) => Standing::GoesOn,
            None => Standing::Over { is_whole: false },
        }
    }

    async fn end(self, is_whole: bool) {
        self.pump.tell(Change::Ended(self.key.clone()));
        // What a stopped or failed run left of its items is for the server to say.
        if let Some(thread) = self.progress.thread.filter(|_| !is_whole) {
            self.link.look(self.pump.place(), thread).await;
        }
    }

    fn fail(self, failure: Failure) {
        self.pump.tell(Change::Failed(self.key, failure));
    }
}

/// Half a second, then twice as long each time, at most sixteen seconds.
fn pause_millis(attempts: u32) -> i32 {
    500 << attempts.saturating_sub(1).min(5)
}

#[cfg(test)]
mod tests {
    use super::pause_millis;

    #[test]
    fn pauses_grow_to_a_limit() {
        let pauses: Vec<i32> = (1..=7).map(pause_millis).collect();

        assert_eq!(pauses, [500, 1_000, 2_000, 4_000, 8_000, 16_000, 16_000]);
    }
}
