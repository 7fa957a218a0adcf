//! From a request to everything that a turn needs before it can be written down.
//!
//! **Invariant:** what is refused is refused here or by the transaction that begins the turn,
//! before a stream has begun.

use agent::Turn;
use protocol::chatkit::{
    Event, Item, ItemAction, ItemKind, StreamOptions, Thread, ToolCallStatus, UserMessageInput,
};
use protocol::{ItemId, ThreadId};
use serde_json::Value;
use sha2::{Digest, Sha256};
use store::attachments::Attachment;

use crate::attachments::told;
use crate::ids::Ids;
use crate::{Chat, Error, Visit, input};

/// What a turn opens with.
pub(crate) enum Opening {
    Thread(UserMessageInput),
    Message(ThreadId, UserMessageInput),
    /// Another answer to a message that is there.
    Again(ThreadId, ItemId),
    /// What the page gave back for a call that it was asked to make.
    Output(ThreadId, Value),
    /// A button was pressed.
    Action(ItemAction),
}

pub(crate) struct Prepared {
    pub(crate) thread: ThreadId,
    pub(crate) item: Item,
    /// The item is there already, and what follows it goes.
    pub(crate) again: bool,
    /// Of a new conversation.
    pub(crate) title: Option<String>,
    pub(crate) turn: Turn,
    pub(crate) events: Vec<String>,
    pub(crate) attachments: Vec<String>,
    /// By which a repeat is known that carries no key.
    pub(crate) key: Option<String>,
}

impl Chat {
    pub(crate) async fn prepare(
        &self,
        opening: Opening,
        visit: &Visit,
        ids: Ids,
    ) -> Result<Prepared, Error> {
        match opening {
            Opening::Thread(input) => {
                let thread = ids.thread();
                let title = input::title(&input::text(&input)?);
                let mut prepared = self.message(input, thread, visit, ids).await?;
                let created = Event::ThreadCreated {
                    thread: new_thread(&prepared.thread, &title, ids),
                };
                prepared.events.insert(0, line(&created));
                prepared.title = Some(title);
                Ok(prepared)
            }
            Opening::Message(thread, input) => self.message(input, thread, visit, ids).await,
            Opening::Again(thread, item) => self.again(thread, &item, visit).await,
            Opening::Output(thread, result) => self.output(thread, result, visit).await,
            Opening::Action(action) => self.action(action, visit, ids).await,
        }
    }

    async fn message(
        &self,
        input: UserMessageInput,
        thread: ThreadId,
        visit: &Visit,
        ids: Ids,
    ) -> Result<Prepared, Error> {
        let text = input::text(&input)?;
        let mut files = self.files(&input.attachments, visit).await?;
        for file in &mut files {
            let used_elsewhere = file.thread.as_ref().is_some_and(|used| *used != thread);
            if used_elsewhere {
                return Err(Error::Invalid("The file belongs to another conversation."));
            }
            file.thread = Some(thread.clone());
        }
        let mut item = message(input, &thread, ids);
        if let ItemKind::UserMessage { attachments, .. } = &mut item.kind {
            *attachments = files.iter().map(|file| self.on_the_wire(file)).collect();
        }
        Ok(Prepared {
            events: vec![line(&done(&item)), line(&options())],
            attachments: files.iter().map(|file| file.id.clone()).collect(),
            turn: turn(text, &files),
            thread,
            item,
            again: false,
            title: None,
            key: None,
        })
    }

    async fn again(
        &self,
        thread: ThreadId,
        item: &ItemId,
        visit: &Visit,
    ) -> Result<Prepared, Error> {
        let mut tx = self.db.begin(visit.scope());
        let found = store::items::find(&mut tx, &thread, item).await?;
        tx.commit().await?;
        let item = found.ok_or(Error::ItemNotFound)?;
        let ItemKind::UserMessage {
            content,
            attachments,
            quoted_text,
            ..
        } = &item.kind
        else {
            return Err(Error::ItemNotFound);
        };
        let files: Vec<String> = attachments.iter().map(|file| file.id.clone()).collect();
        // A file that was deleted since is told of no more.
        let files = self.files(&files, visit).await.unwrap_or_default();
        Ok(Prepared {
            events: vec![line(&options())],
            turn: turn(input::told(content, quoted_text.as_deref()), &files),
            thread,
            item,
            again: true,
            title: None,
            attachments: Vec::new(),
            key: None,
        })
    }

    async fn output(
        &self,
        thread: ThreadId,
        result: Value,
        visit: &Visit,
    ) -> Result<Prepared, Error> {
        let newest = store::items::newest(self.db.begin(visit.scope()), &thread).await?;
        let item = newest.ok_or(Error::ThreadNotFound)?;
        let mut item = item.ok_or(Error::NotPending)?;
        let ItemKind::ClientToolCall {
            status,
            name,
            output,
            ..
        } = &mut item.kind
        else {
            return Err(Error::NotPending);
        };
        if *status != ToolCallStatus::Pending {
            return Err(Error::NotPending);
        }
        let text = format!("(The page's result of {name}: {result})");
        (*status, *output) = (ToolCallStatus::Completed, Some(result));
        Ok(Prepared {
            events: vec![line(&options())],
            turn: Turn::new(text),
            thread,
            // One call has one result, from whichever device it comes first.
            key: Some(format!("output/{}", item.id)),
            item,
            again: false,
            title: None,
            attachments: Vec::new(),
        })
    }

    async fn action(&self, action: ItemAction, visit: &Visit, ids: Ids) -> Result<Prepared, Error> {
        let thread = action.thread_id.clone();
        let content = serde_json::to_value(&action.action).map_err(store::Error::from)?;
        let pressed = self.pressed(&thread, action, visit).await?;
        Ok(Prepared {
            events: vec![line(&options())],
            turn: Turn::pressed(&pressed.tool, pressed.arguments),
            item: Item {
                id: ItemId::new(ids.text("hcx_")),
                thread_id: thread.clone(),
                created_at: ids.now,
                kind: ItemKind::HiddenContextItem { content },
            },
            thread,
            again: false,
            title: None,
            attachments: Vec::new(),
            key: None,
        })
    }
}

fn turn(text: String, files: &[Attachment]) -> Turn {
    Turn::with_files(text, files.iter().map(told).collect())
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

/// A message without its files.
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

/// What a repeat of the request must be equal in.
pub(crate) fn hash(opening: &Opening) -> Vec<u8> {
    let parts = match opening {
        Opening::Thread(input) => serde_json::json!(["create", input]),
        Opening::Message(thread, input) => serde_json::json!(["add", thread, input]),
        Opening::Again(thread, item) => serde_json::json!(["again", thread, item]),
        Opening::Output(thread, result) => serde_json::json!(["output", thread, result]),
        Opening::Action(action) => serde_json::json!(["action", action]),
    };
    Sha256::digest(parts.to_string()).to_vec()
}
