//! The list's state, and what happens because of it.

use std::cell::Cell;
use std::rc::Rc;

use protocol::task::Changes;
use yew::{Callback, UseReducerHandle, hook, use_callback, use_effect_with, use_memo, use_reducer};

use super::link::TaskLink;
use super::store::{Action, State, Tasks};
use crate::api::Api;
use crate::browser::{self, use_again, use_document_event};

/// Coming back to a tab asks for news, but not more often than this.
const PAUSE_MILLIS: f64 = 3_000.0;

/// Keeps the tasks of a person. The callback takes the news that a chat's stream brings.
#[hook]
pub fn use_tasks(
    api: &Api,
    is_online: bool,
) -> (UseReducerHandle<Tasks>, TaskLink, Callback<Changes>) {
    let tasks = use_reducer(Tasks::default);
    let dispatch = tasks.dispatcher();
    let link = use_memo(api.clone(), |api| TaskLink::new(api.clone(), dispatch));
    let link = TaskLink::clone(&link);
    use_effect_with(link.clone(), |link| link.restore_unsent());
    use_effect_with(
        (link.clone(), tasks.state == State::Loading),
        |(link, is_missing)| {
            if *is_missing {
                link.load();
            }
        },
    );
    use_news(&tasks, &link);
    use_sender(&tasks, &link, is_online);
    let changed = use_callback(link.clone(), |changes, link| link.changed(changes));
    (tasks, link, changed)
}

/// Asks for what is missing: after a gap, and when the tab is looked at again.
#[hook]
fn use_news(tasks: &UseReducerHandle<Tasks>, link: &TaskLink) {
    let missing = tasks.missing_since();
    use_effect_with((link.clone(), missing), |(link, missing)| {
        if let Some(since) = missing {
            link.catch_up(*since);
        }
    });
    let looked = use_memo((), |()| Rc::new(Cell::new(browser::now())));
    let known = (tasks.state == State::Ready).then(|| tasks.seq());
    let look = use_callback((link.clone(), known), move |_, (link, known)| {
        let now = browser::now();
        if let Some(since) = known
            && browser::is_visible()
            && now - looked.get() > PAUSE_MILLIS
        {
            looked.set(now);
            link.catch_up(*since);
        }
    });
    use_document_event("visibilitychange", look);
}

/// Sends whatever can be sent.
#[hook]
fn use_sender(tasks: &UseReducerHandle<Tasks>, link: &TaskLink, is_online: bool) {
    use_effect_with((link.clone(), is_online), |(link, is_online)| {
        if *is_online {
            link.dispatch(Action::Online);
        }
    });
    let again = use_callback(link.clone(), |(), link| link.dispatch(Action::Online));
    use_again(is_online && tasks.waits_for_line(), again);
    let ready: Vec<_> = tasks.ready().into_iter().filter(|_| is_online).collect();
    let ready: Vec<_> = ready
        .into_iter()
        .map(|op| (op.key.clone(), op.deed.clone()))
        .collect();
    use_effect_with((link.clone(), ready), |(link, ready)| {
        for (key, deed) in ready {
            link.send(key.clone(), deed.clone());
        }
    });
}
