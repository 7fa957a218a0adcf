//! Beginning a turn.

use protocol::chatkit::Event;
use protocol::run::RunStatus;
use store::runs::{self, Held, NewRun, Started};
use store::spending::Budget;
use tokio::sync::mpsc;

use crate::choice::wants_builtin;
use crate::driver::{LEASE_SECONDS, drive};
use crate::follow::follow;
use crate::history;
use crate::ids::Ids;
use crate::prepare::{Opening, Prepared, hash, line};
use crate::state::State;
use crate::{Chat, Error, Frame, Stream, Visit};

impl Chat {
    pub(crate) async fn open(&self, opening: Opening, visit: &Visit) -> Result<Stream, Error> {
        let ids = Ids {
            now: (self.clock)(),
            chance: self.chance,
        };
        let request_hash = hash(&opening);
        let prepared = self.prepare(opening, visit, ids).await?;
        let run = ids.run();
        let state = State::new(prepared.turn.clone()).to_value();
        let zone = visit.zone.kept();
        let new = NewRun {
            id: &run,
            thread: &prepared.thread,
            opening: store_opening(&prepared),
            client_key: visit.key.as_deref().or(prepared.key.as_deref()),
            fallback_key: &ids.text("key_"),
            request_hash: &request_hash,
            state: &state,
            session: visit.caller.session().map(protocol::SessionId::as_str),
            time_zone: &zone,
            events: &prepared.events,
            queued_event: &line(&queued()),
            attachments: &prepared.attachments,
            history: history::MOST,
            lease_seconds: LEASE_SECONDS,
            budget: self.budget(&prepared),
            now: ids.now,
        };
        let started = runs::start(self.db.begin(visit.scope()), &new).await?;
        let (frames, receiver) = mpsc::unbounded_channel();
        let (chat, visit) = (self.clone(), visit.clone());
        let stream = |run, work| {
            Ok(Stream {
                run,
                after: 0,
                frames: receiver,
                work,
            })
        };
        match started {
            Started::Running(past) => {
                for (seq, body) in (1..).zip(&prepared.events) {
                    let body = body.clone();
                    // The receiver is in our hands.
                    let _ = frames.send(Frame { seq, body });
                }
                let held = Held {
                    id: run.clone(),
                    user: visit.caller.user().clone(),
                    fence: 1,
                    last_event: i64::try_from(prepared.events.len()).unwrap_or_default(),
                    thread: prepared.thread,
                    user_item: prepared.item,
                    state,
                    time_zone: visit.zone.kept(),
                    was: RunStatus::Running,
                    past: Some(past),
                };
                stream(
                    run,
                    Box::pin(async move {
                        drive(&chat, &visit, held, None, Some(frames)).await;
                    }),
                )
            }
            Started::Queued => {
                let id = run.clone();
                let work = async move { follow(&chat, &visit, &id, 0, frames, true).await };
                stream(run, Box::pin(work))
            }
            Started::Existing(known) => {
                let id = known.id.clone();
                let work = async move { follow(&chat, &visit, &id, 0, frames, false).await };
                stream(known.id, Box::pin(work))
            }
            Started::Swept => Err(Error::RunSwept),
            Started::KeyReused => Err(Error::KeyReused),
            Started::ThreadNotFound => Err(Error::ThreadNotFound),
            Started::ThreadLocked(reason) => Err(Error::ThreadLocked(reason)),
            Started::ItemNotFound => Err(Error::ItemNotFound),
        }
    }
}

impl Chat {
    /// What the turn has to fit into: nothing, where a button was pressed or the built-in assistant
    /// is to answer.
    fn budget(&self, prepared: &Prepared) -> Option<Budget> {
        if prepared.turn.is_pressed() || wants_builtin(&prepared.item, &prepared.turn) {
            return None;
        }
        self.costs.budget(&self.model, self.own_models.is_some())
    }
}

fn queued() -> Event {
    Event::ProgressUpdate {
        icon: None,
        text: "Waiting for the answer before this one…".to_owned(),
    }
}

const fn store_opening(prepared: &Prepared) -> runs::Opening<'_> {
    match (&prepared.title, prepared.again) {
        (_, true) => runs::Opening::Again(&prepared.item.id),
        (Some(title), false) => runs::Opening::Thread(&prepared.item, title.as_str()),
        (None, false) => runs::Opening::Message(&prepared.item),
    }
}
