//! The chat's state, and what happens because of it.

use std::rc::Rc;

use protocol::ThreadId;
use protocol::task::Changes;
use yew::{
    Callback, UseReducerHandle, hook, use_callback, use_effect_with, use_memo, use_mut_ref,
    use_reducer,
};

use super::conversation::{History, Place};
use super::link::ChatLink;
use super::store::{Action, Chats};
use crate::api::Api;
use crate::browser::{self, use_again, use_document_event};
use crate::route::{Navigator, Route};

/// Keeps all conversations of a person: opens what the address names, sends what is asked,
/// follows what is answered. `changes` hears what happens to tasks on the way.
#[hook]
pub fn use_chats(
    api: &Api,
    navigator: &Navigator,
    is_online: bool,
    changes: Callback<Changes>,
) -> (UseReducerHandle<Chats>, ChatLink) {
    let chats = use_reducer(Chats::default);
    let dispatch = chats.dispatcher();
    let link = use_memo((api.clone(), changes), |(api, changes)| {
        ChatLink::new(api.clone(), dispatch, changes.clone())
    });
    let link = ChatLink::clone(&link);
    use_beginning(&link);
    use_address(&chats, &link, navigator);
    use_past(&chats, &link);
    use_senders(&chats, &link, is_online);
    (chats, link)
}

/// What was not sent in an earlier life of the page comes before anything else.
#[hook]
fn use_beginning(link: &ChatLink) {
    use_effect_with(link.clone(), |link| {
        link.restore();
        link.load_list();
    });
}

/// Shows what the address names, and gives a new conversation its address once it has an id.
#[hook]
fn use_address(chats: &UseReducerHandle<Chats>, link: &ChatLink, navigator: &Navigator) {
    let deps = (link.clone(), navigator.route.clone());
    let is_first = chats.open().is_none();
    use_effect_with(deps, move |(link, route)| {
        // Behind the pages of the account everything stays as it is.
        if is_first || route.section().is_none() {
            link.dispatch(Action::Open(route.thread().cloned()));
        }
    });
    let shown = use_mut_ref(|| (Place::default(), None::<ThreadId>));
    let now = chats.open().map(|chat| (chat.place, chat.id.clone()));
    use_effect_with((now, navigator.clone()), move |(now, navigator)| {
        let Some((place, id)) = now else { return };
        let before = shown.replace((*place, id.clone()));
        if before == (*place, None)
            && navigator.route.section().is_none()
            && let Some(id) = id
        {
            navigator.replace(Route::Chat(id.clone()));
        }
    });
}

/// Fetches the past of the open conversation, and looks again when the tab is looked at.
#[hook]
fn use_past(chats: &UseReducerHandle<Chats>, link: &ChatLink) {
    let missing = chats.open().and_then(|chat| {
        let is_missing = chat.history == History::Loading;
        chat.id
            .clone()
            .filter(|_| is_missing)
            .map(|id| (chat.place, id))
    });
    use_effect_with((link.clone(), missing), |(link, missing)| {
        if let Some((place, thread)) = missing {
            link.load(*place, thread.clone());
        }
    });
    let open = chats.open().filter(|chat| chat.turns.is_empty());
    let open = open.and_then(|chat| Some((chat.place, chat.id.clone()?)));
    let look = use_callback((link.clone(), open), |_, (link, open)| {
        if let Some((place, thread)) = open.as_ref().filter(|_| browser::is_visible()) {
            link.load(*place, thread.clone());
        }
    });
    use_document_event("visibilitychange", look);
}

/// Sends whatever can be sent.
#[hook]
fn use_senders(chats: &UseReducerHandle<Chats>, link: &ChatLink, is_online: bool) {
    use_effect_with((link.clone(), is_online), |(link, is_online)| {
        if *is_online {
            link.dispatch(Action::Online);
        }
    });
    let again = use_callback(link.clone(), |(), link| link.dispatch(Action::Online));
    use_again(is_online && chats.waits_for_line(), again);
    let ready: Vec<_> = if is_online { chats.ready() } else { Vec::new() };
    let ready: Vec<_> = ready
        .into_iter()
        .map(|(place, turn)| {
            let thread = chats.at(place).and_then(|chat| chat.id.clone());
            (place, Rc::new(turn), thread)
        })
        .collect();
    use_effect_with((link.clone(), ready), |(link, ready)| {
        for (place, turn, thread) in ready {
            link.start(*place, Rc::unwrap_or_clone(Rc::clone(turn)), thread.clone());
        }
    });
}
