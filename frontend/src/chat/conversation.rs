//! One conversation as the page holds it: its entries, its turns under way, its notices.

use std::rc::Rc;

use protocol::chatkit::{Item, NoticeLevel, ThreadStatus};
use protocol::{ItemId, RunId, ThreadId};
use yew::AttrValue;

use super::turn::{Ask, Turn, TurnKey};
use crate::api::Failure;
use crate::sorted::SortedSet;

/// A conversation's local name: it has one before the server has given it an id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place(pub u32);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Conversation {
    pub place: Place,
    /// `None` until the first message has been accepted.
    pub id: Option<ThreadId>,
    pub title: Option<AttrValue>,
    pub status: ThreadStatus,
    pub history: History,
    /// Oldest first.
    pub entries: Vec<Entry>,
    /// What was asked here and is not answered yet, in the order of asking.
    pub turns: Vec<Turn>,
    /// Runs of this conversation, as far as they are known.
    pub runs: SortedSet<RunId>,
    pub notices: Vec<Notice>,
    /// Words that were not sent and go back to where they can be changed, and how often that
    /// has happened.
    pub returned: (u32, AttrValue),
    /// Why the newest answer broke off.
    pub breakdown: Option<Breakdown>,
}

/// How much of the past is here.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum History {
    /// There is none: the conversation is new.
    #[default]
    New,
    Loading,
    Failed(Failure),
    /// All entries from a point on; the cursor asks for those before it.
    From(Option<AttrValue>),
}

/// An item of the conversation. Comparing two entries compares where they lie, not what they
/// say, so that a long conversation is cheap to draw again.
#[derive(Clone, Debug)]
pub struct Entry {
    pub item: Rc<Item>,
    /// The turn that is still writing it.
    pub open: Option<TurnKey>,
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.item, &other.item) && self.open == other.open
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    pub level: NoticeLevel,
    pub title: Option<AttrValue>,
    /// Markdown.
    pub message: AttrValue,
}

/// An answer that ended with an error.
#[derive(Clone, Debug, PartialEq)]
pub struct Breakdown {
    pub message: Option<AttrValue>,
    pub allow_retry: bool,
}

impl Entry {
    pub fn done(item: Item) -> Self {
        Self {
            item: Rc::new(item),
            open: None,
        }
    }
}

impl Entry {
    fn is_visible(&self) -> bool {
        use protocol::chatkit::ItemKind;
        match &self.item.kind {
            ItemKind::AssistantMessage { content } => {
                content.iter().any(|part| !part.text.is_empty())
            }
            _ => true,
        }
    }
}

impl Conversation {
    /// A conversation that the server knows and whose past is still to be asked for.
    pub fn known(place: Place, id: ThreadId) -> Self {
        Self {
            place,
            id: Some(id),
            history: History::Loading,
            ..Self::default()
        }
    }

    /// Nothing was said here yet, so it can serve as the next new conversation.
    pub fn is_blank(&self) -> bool {
        self.id.is_none() && self.turns.is_empty() && self.entries.is_empty()
    }

    pub fn turn(&self, key: &TurnKey) -> Option<&Turn> {
        self.turns.iter().find(|turn| turn.key == *key)
    }

    pub(super) fn turn_mut(&mut self, key: &TurnKey) -> Option<&mut Turn> {
        self.turns.iter_mut().find(|turn| turn.key == *key)
    }

    /// The turn whose answer is being written, or that will be next.
    pub fn live(&self) -> Option<&Turn> {
        self.turns.iter().find(|turn| turn.is_live())
    }

    /// Something is growing before the reader's eyes.
    pub fn is_writing(&self) -> bool {
        let last = self.entries.last();
        last.is_some_and(|entry| entry.open.is_some() && entry.is_visible())
    }

    /// The last thing the person said, after which an answer can be asked for again.
    pub fn last_question(&self) -> Option<&ItemId> {
        use protocol::chatkit::ItemKind;
        let newest_first = self.entries.iter().rev();
        newest_first
            .map(|entry| &entry.item)
            .find(|item| matches!(item.kind, ItemKind::UserMessage { .. }))
            .map(|item| &item.id)
    }

    /// The run is over, and it was one of this conversation.
    pub fn has_finished(&self, run: &str) -> bool {
        let is_followed = |turn: &Turn| turn.run.as_ref().is_some_and(|id| id.as_str() == run);
        !self.turns.iter().any(is_followed) && self.runs.iter().any(|id| id.as_str() == run)
    }

    /// An answer to the question of this item is on its way.
    pub fn is_answering(&self, id: &ItemId) -> bool {
        let answers = |turn: &Turn| matches!(&turn.ask, Some(Ask::Answers(item, _)) if item == id);
        self.turns.iter().any(answers)
    }

    /// The person has said something else since, by which an open question is declined.
    pub fn is_passed(&self, id: &ItemId) -> bool {
        use protocol::chatkit::ItemKind;
        let said = |entry: &Entry| matches!(entry.item.kind, ItemKind::UserMessage { .. });
        self.position(id)
            .is_some_and(|place| self.entries[place..].iter().any(said))
    }

    pub(super) fn position(&self, id: &ItemId) -> Option<usize> {
        // Newest first, because that is where things change.
        self.entries.iter().rposition(|entry| entry.item.id == *id)
    }

    /// Puts an item in its place: over the one with its id, or at the end.
    pub(super) fn put(&mut self, item: Item, open: Option<TurnKey>) {
        let entry = Entry {
            item: Rc::new(item),
            open,
        };
        match self.position(&entry.item.id) {
            Some(place) => self.entries[place] = entry,
            None => self.entries.push(entry),
        }
    }

    /// Takes the newest page of the past, oldest first. What is being written at this moment,
    /// or came after the page was read, is newer than the page and stays.
    pub fn load(&mut self, page: Vec<Item>, before: Option<AttrValue>) {
        let newest = page.iter().map(|item| item.created_at).max();
        let mut newer = std::mem::take(&mut self.entries);
        newer.retain(|entry| entry.open.is_some() || Some(entry.item.created_at) > newest);
        self.entries = page.into_iter().map(Entry::done).collect();
        for entry in newer {
            match self.position(&entry.item.id) {
                Some(place) => self.entries[place] = entry,
                None => self.entries.push(entry),
            }
        }
        self.history = History::From(before);
    }

    /// Puts an older page, oldest first, in front.
    pub fn load_older(&mut self, page: Vec<Item>, before: Option<AttrValue>) {
        let older = page
            .into_iter()
            .filter(|item| self.position(&item.id).is_none());
        let older: Vec<Entry> = older.map(Entry::done).collect();
        self.entries.splice(0..0, older);
        self.history = History::From(before);
    }
}
