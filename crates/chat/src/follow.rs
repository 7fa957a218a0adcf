//! Reading a run's events as they come, from any process, and taking the run over if nobody
//! works on it.

use std::time::Duration;

use protocol::RunId;
use protocol::run::RunStatus;
use store::runs::{self, Claim, Followed};
use tokio::sync::mpsc;
use tokio::time::Instant;

use crate::driver::{LEASE_SECONDS, drive};
use crate::stream::Frames;
use crate::{Chat, Error, Frame, Stream, Visit};

/// Events that are fetched at once.
const BATCH: i64 = 500;

/// Time between two looks: short while something happens, longer while nothing does.
const BRISK: Duration = Duration::from_millis(60);
const CALM: Duration = Duration::from_secs(1);

impl Chat {
    /// The events of a run after the one numbered `after`, and all that follow.
    ///
    /// # Errors
    /// If the person has no such run.
    pub async fn follow(&self, run: &RunId, after: i64, visit: &Visit) -> Result<Stream, Error> {
        let known = runs::follow(self.db.begin(visit.scope()), run, after, 0).await?;
        if known.ok_or(Error::RunNotFound)?.swept {
            return Err(Error::RunSwept);
        }
        let (frames, receiver) = mpsc::unbounded_channel();
        let (chat, visit, id) = (self.clone(), visit.clone(), run.clone());
        Ok(Stream {
            run: run.clone(),
            after,
            frames: receiver,
            work: Box::pin(async move { follow(&chat, &visit, &id, after, frames, false).await }),
        })
    }
}

/// Sends on what the run says until it ends. `faithful` is for the request that the run came
/// from: it goes on when its reader has left, because somebody has to see to the run.
pub(crate) async fn follow(
    chat: &Chat,
    visit: &Visit,
    run: &RunId,
    after: i64,
    frames: Frames,
    faithful: bool,
) {
    let mut seen = after;
    let mut pause = BRISK;
    while Instant::now() < visit.deadline && (faithful || !frames.is_closed()) {
        let read = runs::follow(chat.db.begin(visit.scope()), run, seen, BATCH).await;
        let followed = match read {
            Ok(Some(followed)) => followed,
            Err(error) if error.is_unavailable() => {
                pause = (pause * 2).min(CALM);
                tokio::time::sleep(pause).await;
                continue;
            }
            // Gone, or signed out: the stream is cut, and asking again tells why.
            Ok(None) | Err(_) => return,
        };
        let quiet = followed.events.is_empty();
        if !quiet {
            pause = BRISK;
        }
        seen = send(&frames, &followed, seen);
        if followed.swept {
            return;
        }
        if seen < followed.run.last_event {
            continue;
        }
        // A run that waits for the person is followed again once they have answered.
        if followed.run.status.is_over() || followed.run.status == RunStatus::Waiting {
            return;
        }
        if followed.orphaned && take_over(chat, visit, run, &mut seen, &frames).await {
            continue;
        }
        tokio::time::sleep(pause).await;
        if quiet {
            pause = (pause * 5 / 4).min(CALM);
        }
    }
}

fn send(frames: &Frames, followed: &Followed, mut seen: i64) -> i64 {
    for (seq, body) in &followed.events {
        seen = *seq;
        let body = body.clone();
        // A reader that has gone away is noticed at the next look.
        let _ = frames.send(Frame { seq: *seq, body });
    }
    seen
}

/// Works on the run, or on the dead one before it in the queue; false if there is nothing to be
/// had yet.
async fn take_over(
    chat: &Chat,
    visit: &Visit,
    run: &RunId,
    seen: &mut i64,
    frames: &Frames,
) -> bool {
    let claim = runs::claim(chat.db.begin(visit.scope()), run, LEASE_SECONDS).await;
    let Ok(Claim::Held(held)) = claim else {
        return false;
    };
    if held.id != *run {
        drive(chat, visit, *held, None, None).await;
        return true;
    }
    // What was said between the last look and the claim. Nobody else can add to it any more.
    let missed = runs::follow(chat.db.begin(visit.scope()), run, *seen, BATCH).await;
    if let Ok(Some(missed)) = missed {
        *seen = send(frames, &missed, *seen);
    }
    let readers = (*seen == held.last_event).then(|| frames.clone());
    let shown = readers.is_some();
    let last = drive(chat, visit, *held, None, readers).await;
    if shown {
        *seen = last;
    }
    true
}
