//! The one way in which a run writes: collect, commit, then show.

use std::time::Duration;

use auth::Caller;
use protocol::chatkit::{Event, Item};
use protocol::run::RunStatus;
use protocol::{ItemId, RunId};
use serde_json::Value;
use store::runs::{self, Wishes, Written};
use store::spending::Spent;
use store::{Db, Scope};
use tokio::time::Instant;

use crate::Frame;
use crate::driver::LEASE_SECONDS;
use crate::prepare::line;
use crate::stream::Frames;

/// Why a process lets go of a run before its end.
#[derive(Debug)]
pub(crate) enum Halt {
    /// The person asked for it.
    Stop,
    /// Another process works on the run.
    Fenced,
    /// The person's session has ended.
    SessionEnded,
    /// The database stays away; whoever reads next goes on.
    Unavailable,
    /// This process is about to be ended by its platform.
    Deadline,
    /// No model may be asked any more.
    ModelsOff,
}

/// How long an absent database is waited for. The lease is over by then.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Scribe {
    pub(crate) db: Db,
    pub(crate) caller: Caller,
    pub(crate) run: RunId,
    pub(crate) fence: i32,
    /// Sequence number of the newest event in the database.
    pub(crate) last: i64,
    pub(crate) readers: Option<Frames>,
    pub(crate) written_at: Instant,
    pub(crate) pending: Pending,
    /// Whether the run asks a model that can be switched off.
    pub(crate) asks_a_model: bool,
}

#[derive(Default)]
pub(crate) struct Pending {
    events: Vec<String>,
    items: Vec<Item>,
    removed: Vec<ItemId>,
    state: Option<Value>,
    /// What the model has taken.
    spent: Option<Spent>,
}

impl Scribe {
    pub(crate) fn say(&mut self, event: &Event) {
        self.pending.events.push(line(event));
    }

    /// Says that an item is final, and keeps it.
    pub(crate) fn done(&mut self, item: Item) {
        self.say(&Event::ItemDone { item: item.clone() });
        self.pending.items.push(item);
    }

    /// Says that an item takes the place of the one with its id, and keeps it.
    pub(crate) fn replaced(&mut self, item: Item) {
        self.say(&Event::ItemReplaced { item: item.clone() });
        self.pending.items.push(item);
    }

    /// Keeps an item of which nobody is told.
    pub(crate) fn keep(&mut self, item: Item) {
        self.pending.items.push(item);
    }

    pub(crate) fn removed(&mut self, item_id: ItemId) {
        self.say(&Event::ItemRemoved {
            item_id: item_id.clone(),
        });
        self.pending.removed.push(item_id);
    }

    /// What was taken, to be written down with the next commit. Of one run, it is all of one model.
    pub(crate) fn spend(&mut self, spent: Option<Spent>) {
        let Some(spent) = spent else { return };
        match &mut self.pending.spent {
            Some(sum) => sum.add(&spent),
            none => *none = Some(spent),
        }
    }

    /// What was not written down yet.
    pub(crate) fn unwritten(&mut self) -> Option<Spent> {
        self.pending.spent.take()
    }

    /// The state to keep with the next commit.
    pub(crate) fn remember(&mut self, state: Value) {
        self.pending.state = Some(state);
    }

    /// Commits what was collected and shows it to the reader, renewing the lease.
    pub(crate) async fn flush(&mut self) -> Result<(), Halt> {
        self.commit(RunStatus::Running, LEASE_SECONDS).await
    }

    /// The last commit of a run.
    pub(crate) async fn finish(&mut self, status: RunStatus) -> Result<(), Halt> {
        match self.commit(status, LEASE_SECONDS).await {
            Err(Halt::Stop | Halt::ModelsOff) => Ok(()),
            other => other,
        }
    }

    /// Gives the run up at once, so that the next reader need not wait for the lease to end.
    pub(crate) async fn hand_over(&mut self) -> Result<(), Halt> {
        self.commit(RunStatus::Running, -1.0).await
    }

    async fn commit(&mut self, status: RunStatus, lease_seconds: f64) -> Result<(), Halt> {
        let pending = std::mem::take(&mut self.pending);
        let written = Written {
            run: &self.run,
            fence: self.fence,
            after: self.last,
            events: &pending.events,
            items: &pending.items,
            removed: &pending.removed,
            state: pending.state.as_ref(),
            status,
            lease_seconds,
            spent: pending.spent.as_ref(),
        };
        let wishes = self.write(&written).await?;
        for body in pending.events {
            self.last += 1;
            if let Some(readers) = &self.readers {
                // A reader that has gone away misses nothing: it can come back at any time.
                let _ = readers.send(Frame {
                    seq: self.last,
                    body,
                });
            }
        }
        self.written_at = Instant::now();
        match wishes {
            Wishes { stop: true, .. } => Err(Halt::Stop),
            Wishes {
                models_off: true, ..
            } if self.asks_a_model => Err(Halt::ModelsOff),
            _ => Ok(()),
        }
    }

    /// Writes until the database has answered, however often it goes away in between.
    async fn write(&self, written: &Written<'_>) -> Result<Wishes, Halt> {
        let given_up = Instant::now() + PATIENCE;
        let mut pause = Duration::from_millis(50);
        let mut unsure = false;
        loop {
            let answer = runs::flush(self.db.begin(self.scope()), written).await;
            let answer = match answer {
                // Perhaps this very step was kept and only the answer to it got lost.
                Ok(None) if unsure => runs::kept(self.db.begin(self.scope()), written).await,
                answer => answer,
            };
            match answer {
                Ok(Some(wishes)) => return Ok(wishes),
                Ok(None) => return Err(Halt::Fenced),
                Err(store::Error::SessionEnded) => return Err(Halt::SessionEnded),
                Err(error) if error.is_unavailable() && Instant::now() < given_up => {
                    unsure = true;
                    tokio::time::sleep(pause).await;
                    pause = (pause * 2).min(Duration::from_secs(2));
                }
                Err(_) => return Err(Halt::Unavailable),
            }
        }
    }

    pub(crate) fn scope(&self) -> Scope<'_> {
        Scope {
            user: self.caller.user(),
            session: self.caller.session(),
        }
    }

    /// Says why the run ends although its session is gone, with which nothing could be written.
    pub(crate) async fn finish_signed_out(&mut self, event: &Event) {
        let spent = self.unwritten();
        self.pending = Pending::default();
        let events = [line(event)];
        let scope = Scope {
            user: self.caller.user(),
            session: None,
        };
        let written = Written {
            run: &self.run,
            fence: self.fence,
            after: self.last,
            events: &events,
            items: &[],
            removed: &[],
            state: None,
            status: RunStatus::Failed,
            lease_seconds: LEASE_SECONDS,
            spent: spent.as_ref(),
        };
        // If it cannot be written either, the account is gone and with it the run.
        let kept = runs::flush(self.db.begin(scope), &written).await;
        if let (Ok(Some(_)), Some(readers)) = (kept, &self.readers) {
            let [body] = events;
            let _ = readers.send(Frame {
                seq: self.last + 1,
                body,
            });
        }
    }
}
