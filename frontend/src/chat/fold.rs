//! An event of a stream, folded into the conversation.
//!
//! **Invariant:** folding is pure, and folding an event that was seen already changes nothing,
//! so a stream can be cut and taken up again at any point.

use std::rc::Rc;

use protocol::ItemId;
use protocol::chatkit::{Event, Item, ItemKind, Thread, Update};

use super::conversation::{Breakdown, Conversation, Notice};
use super::turn::{Phase, TurnKey};

impl Conversation {
    /// Takes in event number `seq` of a turn's run.
    pub fn fold(&mut self, key: &TurnKey, seq: i64, event: Event) {
        let Some(turn) = self.turn_mut(key) else {
            return;
        };
        if seq <= turn.seen {
            return;
        }
        turn.seen = seq;
        turn.phase = Phase::Live;
        if !matches!(
            event,
            Event::StreamOptions { .. } | Event::ClientEffect { .. } | Event::ThreadUpdated { .. }
        ) {
            turn.progress = None;
        }
        self.take(key, event);
    }

    fn take(&mut self, key: &TurnKey, event: Event) {
        match event {
            Event::ThreadCreated { thread } => {
                self.take_thread(thread);
                // Until the server has found a title, what was asked is a good one.
                if self.title.is_none() {
                    self.title = self.turn(key).and_then(|turn| turn.words.clone());
                }
            }
            Event::ThreadUpdated { thread } => self.take_thread(thread),
            Event::ItemAdded { item } => self.put(item, Some(key.clone())),
            Event::ItemUpdated { item_id, update } => self.update(&item_id, update),
            Event::ItemDone { item } => {
                if matches!(item.kind, ItemKind::UserMessage { .. })
                    && let Some(turn) = self.turn_mut(key)
                {
                    turn.words = None;
                }
                self.put(item, None);
            }
            Event::ItemRemoved { item_id } => {
                self.entries.retain(|entry| entry.item.id != item_id);
            }
            Event::ItemReplaced { item } => self.put(item, None),
            Event::StreamOptions { stream_options } => {
                if let Some(turn) = self.turn_mut(key) {
                    turn.allow_cancel = stream_options.allow_cancel;
                }
            }
            Event::ProgressUpdate { text, .. } => {
                if let Some(turn) = self.turn_mut(key) {
                    turn.progress = Some(text.into());
                }
            }
            // Effects are for those beside the conversation; the driver passes them on.
            Event::ClientEffect { .. } => {}
            Event::Error {
                message,
                allow_retry,
                ..
            } => {
                self.breakdown = Some(Breakdown {
                    message: message.map(Into::into),
                    allow_retry,
                });
            }
            Event::Notice {
                level,
                message,
                title,
            } => self.notices.push(Notice {
                level,
                title: title.map(Into::into),
                message: message.into(),
            }),
        }
    }

    /// Title and status; its page of items says nothing.
    fn take_thread(&mut self, thread: Thread) {
        self.id = Some(thread.id);
        self.title = thread.title.map(Into::into).or_else(|| self.title.take());
        self.status = thread.status;
    }

    fn update(&mut self, id: &ItemId, update: Update) {
        if let Some(place) = self.position(id) {
            let item = Rc::make_mut(&mut self.entries[place].item);
            apply(item, update);
        }
    }
}

/// An update that does not fit its item is ignored: the item's last event carries the whole.
fn apply(item: &mut Item, update: Update) {
    match (&mut item.kind, update) {
        (
            ItemKind::AssistantMessage { content },
            Update::ContentPartAdded {
                content_index,
                content: part,
            }
            | Update::ContentPartDone {
                content_index,
                content: part,
            },
        ) => set(content, content_index, part),
        (
            ItemKind::AssistantMessage { content },
            Update::TextDelta {
                content_index,
                delta,
            },
        ) => {
            if let Some(part) = content.get_mut(content_index) {
                part.text.push_str(&delta);
            }
        }
        (
            ItemKind::AssistantMessage { content },
            Update::AnnotationAdded {
                content_index,
                annotation_index,
                annotation,
            },
        ) => {
            if let Some(part) = content.get_mut(content_index) {
                set(&mut part.annotations, annotation_index, annotation);
            }
        }
        (
            ItemKind::Workflow { workflow },
            Update::WorkflowTaskAdded { task_index, task }
            | Update::WorkflowTaskUpdated { task_index, task },
        ) => set(&mut workflow.tasks, task_index, task),
        (ItemKind::Widget { widget, .. }, Update::WidgetRoot { widget: root }) => *widget = root,
        (ItemKind::GeneratedImage { image }, Update::GeneratedImage { image: newer, .. }) => {
            *image = Some(newer);
        }
        _ => {}
    }
}

/// Sets an element, or adds it behind the last.
fn set<T>(list: &mut Vec<T>, index: usize, value: T) {
    match list.get_mut(index) {
        Some(slot) => *slot = value,
        None => list.push(value),
    }
}
