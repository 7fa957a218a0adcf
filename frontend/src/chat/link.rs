//! What the components of the chat can do.

use std::rc::Rc;

use protocol::chatkit::Item;
use protocol::task::Changes;
use protocol::{RunId, ThreadId};
use serde::Serialize;
use wasm_bindgen_futures::spawn_local;
use wasm_split_helpers::wasm_split;
use yew::html::ImplicitClone;
use yew::{AttrValue, Callback, UseReducerDispatcher};

use super::conversation::{Conversation, Place};
use super::driver::Job;
use super::pump::Pump;
use super::store::{Action, Change, Chats};
use super::turn::{Ask, Turn, TurnKey};
use crate::api::{Api, Failure, both};
use crate::browser::{self, Drafts, Outbox};
use crate::components::Voice;
use crate::parts::Doing;
use crate::wire::read_struct;

/// The handle of the chat. It stays the same as long as its person is signed in.
#[derive(Clone)]
pub struct ChatLink(Rc<Inner>);

struct Inner {
    api: Api,
    dispatch: UseReducerDispatcher<Chats>,
    changes: Callback<Changes>,
    outbox: Outbox,
    drafts: Drafts,
}

/// An unsent turn as the outbox keeps it.
#[derive(Serialize)]
struct Letter {
    thread: Option<ThreadId>,
    ask: Ask,
}

read_struct! {
    Letter { thread, ask }
}

impl ImplicitClone for ChatLink {}

impl PartialEq for ChatLink {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl ChatLink {
    pub(super) fn new(
        api: Api,
        dispatch: UseReducerDispatcher<Chats>,
        changes: Callback<Changes>,
    ) -> Self {
        let user = api.user();
        Self(Rc::new(Inner {
            outbox: Outbox::of(user, "chat"),
            drafts: Drafts::of(user),
            api,
            dispatch,
            changes,
        }))
    }

    pub(super) fn api(&self) -> &Api {
        &self.0.api
    }

    pub(super) fn dispatch(&self, action: Action) {
        self.0.dispatch.dispatch(action);
    }

    /// A callback that does something with the chat.
    pub fn on<E: 'static>(&self, act: impl Fn(&Self, E) + 'static) -> Callback<E> {
        let link = self.clone();
        Callback::from(move |event| act(&link, event))
    }

    pub fn drafts(&self) -> &Drafts {
        &self.0.drafts
    }

    /// Asks something in a conversation. It lies in the outbox before it is anywhere else.
    pub fn ask(&self, chat: &Conversation, ask: Ask) {
        self.ask_at(chat.place, chat.id.clone(), ask);
    }

    pub fn ask_at(&self, place: Place, thread: Option<ThreadId>, ask: Ask) {
        let key = browser::random_key();
        let letter = Letter { thread, ask };
        self.0.outbox.put(&key, &letter);
        self.dispatch(Action::In(place, Change::Asked(key.into(), letter.ask)));
    }

    /// Sends what failed once more, under the same key.
    pub fn try_again(&self, place: Place, key: &TurnKey) {
        self.dispatch(Action::In(place, Change::TryAgain(key.clone())));
    }

    /// Gives up a turn that was not sent.
    pub fn discard(&self, place: Place, key: &TurnKey) {
        self.sent(key);
        self.dispatch(Action::In(place, Change::Discarded(key.clone())));
    }

    /// Gives the words of an unsent turn back, to be changed.
    pub fn take_back(&self, place: Place, key: &TurnKey) {
        self.sent(key);
        self.dispatch(Action::In(place, Change::TakenBack(key.clone())));
    }

    /// Puts words that were sent before where they can be changed and sent again.
    pub fn say_again(&self, place: Place, words: AttrValue) {
        self.dispatch(Action::In(place, Change::Returned(words)));
    }

    /// The server has it: there is nothing left to keep.
    pub(super) fn sent(&self, key: &TurnKey) {
        self.0.outbox.remove(key);
    }

    /// Takes up what an earlier life of the page could not send.
    pub(super) fn restore(&self) {
        for (key, letter) in self.0.outbox.all::<Letter>() {
            self.dispatch(Action::Kept(letter.thread, key.into(), letter.ask));
        }
    }

    /// Begins to send or to follow a turn.
    pub(super) fn start(&self, place: Place, turn: Turn, thread: Option<ThreadId>) {
        let (dispatch, changes) = (self.0.dispatch.clone(), self.0.changes.clone());
        let pump = Pump::new(dispatch, changes, place, turn.key.clone());
        pump.tell(Change::Started(turn.key.clone()));
        spawn_local(Job::new(self.clone(), pump, turn, thread).drive());
    }

    /// Asks the server to end an answer. What was written so far is kept.
    pub fn stop(&self, run: RunId) {
        let api = self.0.api.clone();
        spawn_local(async move {
            // The stream ends when the server agrees; if it does not, the answer goes on and
            // the button is still there.
            let _ = api.stop(&browser::random_key(), &run).await;
        });
    }

    /// Shows a conversation's past, or says why not.
    pub(super) fn load(&self, place: Place, thread: ThreadId) {
        let link = self.clone();
        spawn_local(async move {
            match looker().await {
                Ok(look) => look(link, place, thread).await,
                Err(failure) => link.dispatch(Action::In(place, Change::LoadFailed(failure))),
            }
        });
    }

    /// Asks for the newest items and for runs that go on.
    pub(super) async fn look(&self, place: Place, thread: ThreadId) {
        let change = match self.read(place, &thread).await {
            Ok((items, before, runs)) => Change::Loaded(items, before, runs),
            Err(Failure::Closed) => return,
            Err(failure) => Change::LoadFailed(failure),
        };
        self.dispatch(Action::In(place, change));
    }

    async fn read(&self, place: Place, thread: &ThreadId) -> Result<Past, Failure> {
        let api = &self.0.api;
        let (items, runs) = both(api.items(thread.clone(), None), api.runs(thread)).await;
        let mut page = items?;
        let runs = runs.unwrap_or_default();
        let all = runs.iter().map(|run| run.id.clone()).collect();
        self.dispatch(Action::In(place, Change::Ran(all)));
        let live: Vec<RunId> = runs
            .iter()
            .rev()
            .filter(|run| !run.status.is_over())
            .map(|run| run.id.clone())
            .collect();
        // The run may have ended between the two answers, the page being read before.
        if live.is_empty() && page.data.first().is_some_and(is_question) {
            page = api.items(thread.clone(), None).await?;
        }
        page.data.reverse();
        Ok((page.data, page.after.map(Into::into), live))
    }

    /// Fetches what was said before the cursor.
    pub fn load_older(&self, place: Place, thread: ThreadId, cursor: &AttrValue) {
        let (link, cursor) = (self.clone(), cursor.to_string());
        spawn_local(async move {
            if let Ok(mut page) = link.0.api.items(thread, Some(cursor)).await {
                page.data.reverse();
                let before = page.after.map(Into::into);
                link.dispatch(Action::In(place, Change::Older(page.data, before)));
            }
        });
    }

    pub fn reload(&self, place: Place) {
        self.dispatch(Action::In(place, Change::Reload));
    }

    pub fn read_notice(&self, place: Place, index: usize) {
        self.dispatch(Action::In(place, Change::NoticeRead(index)));
    }

    /// The new name is shown at once; a server that does not take it gives the old one back.
    pub fn rename_thread(&self, id: ThreadId, title: String, voice: Voice) {
        self.dispatch(Action::Renamed(id.clone(), title.clone().into()));
        let link = self.clone();
        spawn_local(async move {
            if let Err(failure) = link.0.api.rename_thread(id, title).await {
                voice.show(failure.sentence());
                link.load_list();
            }
        });
    }

    /// Gives the person the whole conversation as a file.
    pub fn export_thread(&self, id: ThreadId, voice: Voice) {
        let link = self.clone();
        spawn_local(async move {
            let path = format!("/api/threads/{id}/export");
            match link.0.api.file(&path).await {
                Ok(file) => browser::save(&file, "conversation.md"),
                Err(failure) => voice.show(failure.sentence()),
            }
        });
    }

    pub fn delete_thread(&self, id: ThreadId, voice: Voice) {
        let link = self.clone();
        spawn_local(async move {
            match link.0.api.delete_thread(id.clone()).await {
                Ok(()) => link.dispatch(Action::Deleted(id)),
                Err(failure) => voice.show(failure.sentence()),
            }
        });
    }

    /// Fetches the list of conversations.
    pub fn load_list(&self) {
        let link = self.clone();
        spawn_local(async move {
            match link.0.api.threads().await {
                Err(Failure::Closed) => {}
                answer => link.dispatch(Action::Listed(answer)),
            }
        });
    }
}

/// What reads a conversation's past, in the part with what draws it.
#[wasm_split(talk, fallible)]
fn looker() -> Result<fn(ChatLink, Place, ThreadId) -> Doing, Failure> {
    Ok(|link, place, thread| Box::pin(async move { link.look(place, thread).await }))
}

/// Items, oldest first; the cursor to what is before them; the runs that go on, oldest first.
type Past = (Vec<Item>, Option<AttrValue>, Vec<RunId>);

fn is_question(item: &Item) -> bool {
    matches!(item.kind, protocol::chatkit::ItemKind::UserMessage { .. })
}
