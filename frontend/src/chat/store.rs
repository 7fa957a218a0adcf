//! All conversations of the signed-in person, and which of them is open.
//!
//! **Invariant:** a pure reducer. What must happen outside (calls, the address bar, storage)
//! is read from the state by `chat/driver.rs`, never done here.

use std::rc::Rc;

use protocol::chatkit::{Event, Item, Thread};
use protocol::{RunId, ThreadId};
use yew::{AttrValue, Reducible};

use super::conversation::{Conversation, History, Place};
use super::list::ThreadList;
use super::turn::{Ask, Phase, Turn, TurnKey};
use crate::api::Failure;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chats {
    open: Place,
    conversations: Vec<Rc<Conversation>>,
    pub list: ThreadList,
}

#[derive(Clone, Debug)]
pub enum Action {
    /// Show this conversation, or a new one.
    Open(Option<ThreadId>),
    Listed(Result<Vec<Thread>, Failure>),
    In(Place, Change),
    /// A message kept from an earlier life of the page.
    Kept(Option<ThreadId>, TurnKey, Ask),
    /// There is a network again: what failed for the lack of one is tried again.
    Online,
    Renamed(ThreadId, AttrValue),
    Deleted(ThreadId),
}

/// What happens in one conversation.
#[derive(Clone, Debug)]
pub enum Change {
    /// Ask for its past again.
    Reload,
    /// Its newest items, oldest first, the cursor to what is before them, and the runs that
    /// the server is still busy with.
    Loaded(Vec<Item>, Option<AttrValue>, Vec<RunId>),
    /// Runs of the conversation, whether they are over or not.
    Ran(Vec<RunId>),
    LoadFailed(Failure),
    Older(Vec<Item>, Option<AttrValue>),
    Asked(TurnKey, Ask),
    Started(TurnKey),
    Accepted(TurnKey, Option<RunId>),
    Events(TurnKey, Vec<(i64, Event)>),
    Cut(TurnKey),
    Ended(TurnKey),
    Failed(TurnKey, Failure),
    TryAgain(TurnKey),
    Discarded(TurnKey),
    /// The words of an unsent message go back to where they can be changed.
    TakenBack(TurnKey),
    /// Words that were sent are to be said again, in other words.
    Returned(AttrValue),
    NoticeRead(usize),
}

impl Reducible for Chats {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = Rc::unwrap_or_clone(self);
        next.apply(action);
        Rc::new(next)
    }
}

impl Chats {
    /// Whether something waits for the line to be mended.
    pub fn waits_for_line(&self) -> bool {
        let mut turns = self.conversations.iter().flat_map(|chat| &chat.turns);
        turns.any(Turn::may_revive)
    }

    /// The conversation on the screen; `None` only before the first [`Action::Open`].
    pub fn open(&self) -> Option<&Rc<Conversation>> {
        self.at(self.open)
    }

    pub fn at(&self, place: Place) -> Option<&Rc<Conversation>> {
        self.conversations.iter().find(|chat| chat.place == place)
    }

    /// Conversations in which something is going on, by thread.
    pub fn is_busy(&self, id: &ThreadId) -> bool {
        let mut with_id = self
            .conversations
            .iter()
            .filter(|chat| chat.id.as_ref() == Some(id));
        with_id.any(|chat| chat.live().is_some())
    }

    /// The turns that somebody should begin to send, or to follow. Within a conversation order
    /// is kept: an unsent turn waits for those before it until the server has them, and the
    /// first brings the thread's id.
    pub fn ready(&self) -> Vec<(Place, Turn)> {
        let mut ready = Vec::new();
        for chat in &self.conversations {
            let mut is_blocked = false;
            for turn in &chat.turns {
                let waits = turn.is_unsent() && is_blocked;
                if turn.phase == Phase::Ready && !waits {
                    ready.push((chat.place, turn.clone()));
                }
                is_blocked |= turn.is_unsent() && !matches!(turn.phase, Phase::Failed(_));
            }
        }
        ready
    }

    fn apply(&mut self, action: Action) {
        match action {
            Action::Open(thread) => self.show(thread),
            Action::Listed(answer) => {
                self.list.listed(answer);
                for chat in self
                    .conversations
                    .iter_mut()
                    .filter(|chat| chat.title.is_none())
                {
                    let title = chat.id.as_ref().and_then(|id| self.list.title(id));
                    if title.is_some() {
                        Rc::make_mut(chat).title = title;
                    }
                }
            }
            Action::In(place, change) => self.change(place, change),
            Action::Kept(thread, key, ask) => {
                let place = self.place_of_kept(thread);
                self.change(place, Change::Asked(key, ask));
            }
            Action::Online => {
                for chat in &mut self.conversations {
                    Rc::make_mut(chat).revive();
                }
            }
            Action::Renamed(id, title) => {
                for chat in &mut self.conversations {
                    if chat.id.as_ref() == Some(&id) {
                        Rc::make_mut(chat).title = Some(title.clone());
                    }
                }
                self.list.rename(&id, title);
            }
            Action::Deleted(id) => {
                self.conversations
                    .retain(|chat| chat.id.as_ref() != Some(&id));
                self.list.remove(&id);
                if self.open().is_none() {
                    self.show(None);
                }
            }
        }
    }

    fn show(&mut self, thread: Option<ThreadId>) {
        let is_start = self.open().is_none();
        let shown = |chat: &&Rc<Conversation>| match &thread {
            Some(id) => chat.id.as_ref() == Some(id),
            // At the start a message kept from before is more welcome than an empty page.
            None => chat.is_blank() || (is_start && chat.id.is_none()),
        };
        let found = self.conversations.iter().find(shown).map(|chat| chat.place);
        self.open = found.unwrap_or_else(|| self.add(thread));
    }

    fn place_of_kept(&mut self, thread: Option<ThreadId>) -> Place {
        let found = self.conversations.iter().find(|chat| chat.id == thread);
        match found.map(|chat| chat.place) {
            Some(place) => place,
            None => self.add(thread),
        }
    }

    fn add(&mut self, thread: Option<ThreadId>) -> Place {
        let newest = self.conversations.iter().map(|chat| chat.place.0).max();
        let place = Place(newest.unwrap_or(0) + 1);
        let mut chat = match thread {
            Some(id) => Conversation::known(place, id),
            None => Conversation {
                place,
                ..Conversation::default()
            },
        };
        chat.title = chat.id.as_ref().and_then(|id| self.list.title(id));
        self.conversations.push(Rc::new(chat));
        place
    }

    fn change(&mut self, place: Place, change: Change) {
        let Some(chat) = self
            .conversations
            .iter_mut()
            .find(|chat| chat.place == place)
        else {
            return;
        };
        let chat = Rc::make_mut(chat);
        let tells_of_thread = matches!(change, Change::Events(..));
        chat.apply(change);
        if tells_of_thread && let Some(id) = &chat.id {
            self.list.saw(id, chat.title.as_ref());
        }
    }
}

impl Conversation {
    fn apply(&mut self, change: Change) {
        match change {
            Change::Reload => self.history = History::Loading,
            Change::Loaded(items, before, runs) => {
                self.load(items, before);
                self.follow(runs);
            }
            Change::Ran(runs) => self.runs.extend(runs),
            // A past that is on the screen already is better than an error in its place.
            Change::LoadFailed(failure) if self.history == History::Loading => {
                self.history = History::Failed(failure);
            }
            Change::LoadFailed(_) => {}
            Change::Older(items, before) => self.load_older(items, before),
            Change::Asked(key, ask) => self.ask(key, ask),
            Change::Started(key) => self.set_phase(&key, Phase::Sending),
            Change::Accepted(key, run) => {
                self.runs.extend(run.clone());
                if let Some(turn) = self.turn_mut(&key) {
                    turn.run = run;
                    turn.phase = Phase::Live;
                }
            }
            Change::Events(key, events) => {
                for (seq, event) in events {
                    self.fold(&key, seq, event);
                }
            }
            Change::Cut(key) => self.set_phase(&key, Phase::Cut),
            Change::Ended(key) => self.end(&key),
            Change::Failed(key, failure) => self.set_phase(&key, Phase::Failed(failure)),
            Change::TryAgain(key) => self.try_again(&key),
            Change::Discarded(key) => self.turns.retain(|turn| turn.key != key),
            Change::TakenBack(key) => {
                let words = self.turn(&key).and_then(|turn| turn.words.clone());
                self.turns.retain(|turn| turn.key != key);
                if let Some(words) = words {
                    self.returned = (self.returned.0 + 1, words);
                }
            }
            Change::Returned(words) => self.returned = (self.returned.0 + 1, words),
            Change::NoticeRead(index) => {
                if index < self.notices.len() {
                    self.notices.remove(index);
                }
            }
        }
    }

    fn ask(&mut self, key: TurnKey, ask: Ask) {
        if self.turn(&key).is_some() {
            return;
        }
        self.breakdown = None;
        // The server forgets everything behind the question it answers again.
        if let Ask::Again(item) = &ask
            && let Some(place) = self.position(item)
        {
            self.entries.truncate(place + 1);
        }
        self.turns.push(Turn::asked(key, ask));
    }

    /// Follows the runs found on the server that nobody here follows yet, oldest first.
    fn follow(&mut self, runs: Vec<RunId>) {
        for run in runs {
            if !self
                .turns
                .iter()
                .any(|turn| turn.run.as_ref() == Some(&run))
            {
                self.turns.push(Turn::found(run));
            }
        }
    }

    fn revive(&mut self) {
        for turn in &mut self.turns {
            if turn.may_revive() {
                turn.phase = Phase::Ready;
                turn.is_revived = true;
            }
        }
    }

    /// The person wants it tried again, and to hear how that went.
    fn try_again(&mut self, key: &TurnKey) {
        if let Some(turn) = self.turn_mut(key) {
            turn.phase = Phase::Ready;
            turn.is_revived = false;
        }
    }

    fn set_phase(&mut self, key: &TurnKey, phase: Phase) {
        if let Some(turn) = self.turn_mut(key) {
            turn.phase = phase;
        }
    }

    fn end(&mut self, key: &TurnKey) {
        self.turns.retain(|turn| turn.key != *key);
        for entry in &mut self.entries {
            if entry.open.as_ref() == Some(key) {
                entry.open = None;
            }
        }
    }
}
