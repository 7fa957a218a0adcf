//! Beginning a turn.

use protocol::chatkit::{Event, Item, ItemKind, StreamOptions, Thread, UserMessageInput};
use protocol::run::RunStatus;
use protocol::{ItemId, ThreadId};
use serde_json::Value;
use sha2::{Digest, Sha256};
use store::runs::{self, Held, NewRun, Started};
use tokio::sync::mpsc;

use crate::driver::{LEASE_SECONDS, drive};
use crate::follow::follow;
use crate::ids::Ids;
use crate::state::State;
use crate::{Chat, Error, Frame, Stream, Visit, input};

pub(crate) enum Opening {
    Thread(UserMessageInput),
    Message(ThreadId, UserMessageInput),
    Again(ThreadId, ItemId),
}

/// What a turn needs before it can be written down.
struct Prepared {
    thread: ThreadId,
    /// `None` if another answer is wanted to a message that is there.
    item: Option<Item>,
    again: Option<ItemId>,
    title: Option<String>,
    text: String,
    events: Vec<String>,
}

impl Chat {
    pub(crate) async fn open(&self, opening: Opening, visit: &Visit) -> Result<Stream, Error> {
        let ids = Ids {
            now: (self.clock)(),
            chance: self.chance,
        };
        let request_hash = hash(&opening);
        let prepared = self.prepare(opening, visit, ids).await?;
        let run = ids.run();
        let state = State::new(prepared.text.clone()).to_value();
        let new = NewRun {
            id: &run,
            thread: &prepared.thread,
            opening: store_opening(&prepared)?,
            client_key: visit.key.as_deref(),
            fallback_key: &ids.text("key_"),
            request_hash: &request_hash,
            state: &state,
            session: visit.caller.session().map(protocol::SessionId::as_str),
            time_zone: visit.zone.name(),
            events: &prepared.events,
            queued_event: &line(&queued()),
            lease_seconds: LEASE_SECONDS,
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
            Started::Running => {
                for (seq, body) in (1..).zip(&prepared.events) {
                    let body = body.clone();
                    // The receiver is in our hands.
                    let _ = frames.send(Frame { seq, body });
                }
                let held = held(&run, prepared, &visit, state)?;
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
            Started::KeyReused => Err(Error::KeyReused),
            Started::ThreadNotFound => Err(Error::ThreadNotFound),
            Started::ThreadLocked(reason) => Err(Error::ThreadLocked(reason)),
            Started::ItemNotFound => Err(Error::ItemNotFound),
        }
    }

    async fn prepare(&self, opening: Opening, visit: &Visit, ids: Ids) -> Result<Prepared, Error> {
        match opening {
            Opening::Thread(input) => {
                let (text, thread) = (input::text(&input)?, ids.thread());
                let title = input::title(&text);
                let item = message(input, &thread, ids);
                let created = Event::ThreadCreated {
                    thread: new_thread(&thread, &title, ids),
                };
                Ok(Prepared {
                    events: vec![line(&created), line(&done(&item)), line(&options())],
                    thread,
                    item: Some(item),
                    again: None,
                    title: Some(title),
                    text,
                })
            }
            Opening::Message(thread, input) => {
                let text = input::text(&input)?;
                let item = message(input, &thread, ids);
                Ok(Prepared {
                    events: vec![line(&done(&item)), line(&options())],
                    thread,
                    item: Some(item),
                    again: None,
                    title: None,
                    text,
                })
            }
            Opening::Again(thread, item) => {
                let mut tx = self.db.begin(visit.scope());
                let found = store::items::find(&mut tx, &thread, &item).await?;
                tx.commit().await?;
                let found = found.ok_or(Error::ItemNotFound)?;
                Ok(Prepared {
                    events: vec![line(&options())],
                    thread,
                    text: input::text_of(&found.kind),
                    item: Some(found),
                    again: Some(item),
                    title: None,
                })
            }
        }
    }
}

pub(crate) fn line(event: &Event) -> String {
    serde_json::to_string(event).unwrap_or_default()
}

pub(crate) fn done(item: &Item) -> Event {
    Event::ItemDone { item: item.clone() }
}

pub(crate) const fn options() -> Event {
    Event::StreamOptions {
        stream_options: StreamOptions { allow_cancel: true },
    }
}

fn queued() -> Event {
    Event::ProgressUpdate {
        icon: None,
        text: "Waiting for the answer before this one…".to_owned(),
    }
}

fn new_thread(id: &ThreadId, title: &str, ids: Ids) -> Thread {
    Thread {
        title: Some(title.to_owned()),
        id: id.clone(),
        created_at: ids.now,
        status: protocol::chatkit::ThreadStatus::Active,
        allowed_image_domains: None,
        metadata: serde_json::Map::new(),
        items: protocol::chatkit::Page::default(),
    }
}

pub(crate) fn message(input: UserMessageInput, thread: &ThreadId, ids: Ids) -> Item {
    Item {
        id: ids.message(),
        thread_id: thread.clone(),
        created_at: ids.now,
        kind: ItemKind::UserMessage {
            content: input.content,
            attachments: Vec::new(),
            quoted_text: input.quoted_text,
            inference_options: input.inference_options,
        },
    }
}

fn store_opening(prepared: &Prepared) -> Result<runs::Opening<'_>, Error> {
    match (&prepared.again, &prepared.item, &prepared.title) {
        (Some(item), ..) => Ok(runs::Opening::Again(item)),
        (None, Some(item), Some(title)) => Ok(runs::Opening::Thread(item, title)),
        (None, Some(item), None) => Ok(runs::Opening::Message(item)),
        (None, None, _) => Err(Error::ItemNotFound),
    }
}

fn held(
    run: &protocol::RunId,
    prepared: Prepared,
    visit: &Visit,
    state: Value,
) -> Result<Held, Error> {
    Ok(Held {
        id: run.clone(),
        user: visit.caller.user().clone(),
        thread: prepared.thread,
        fence: 1,
        last_event: i64::try_from(prepared.events.len()).unwrap_or_default(),
        user_item: prepared.item.ok_or(Error::ItemNotFound)?,
        state,
        time_zone: visit.zone.name().to_owned(),
        was: RunStatus::Running,
    })
}

/// What a repeat of the request must be equal in.
fn hash(opening: &Opening) -> Vec<u8> {
    let parts = match opening {
        Opening::Thread(input) => serde_json::json!(["create", input]),
        Opening::Message(thread, input) => serde_json::json!(["add", thread, input]),
        Opening::Again(thread, item) => serde_json::json!(["again", thread, item]),
    };
    Sha256::digest(parts.to_string()).to_vec()
}
