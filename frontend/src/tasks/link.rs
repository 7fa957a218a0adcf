//! What the components of the list can do.

use std::rc::Rc;

use protocol::TaskId;
use protocol::task::{Changes, NewTask, Task, TaskPatch};
use wasm_bindgen_futures::spawn_local;
use yew::html::ImplicitClone;
use yew::{Callback, UseReducerDispatcher};

use super::op::{Deed, OpKey, Seen};
use super::order::{Filter, Narrow, Sort};
use super::rows::{Trouble, TroubleKind};
use super::sender;
use super::store::{Action, Tasks};
use crate::api::{Api, Between, Failure, Undo};
use crate::browser::{self, Drafts, Outbox};
use crate::components::Voice;
use crate::text::Text;

/// How long a task that was just completed stays among the open ones.
const LINGER_MILLIS: i32 = 2_500;

/// How many changes from before the page are asked for.
const PAST: u32 = 100;

/// The handle of the list. It stays the same as long as its person is signed in.
#[derive(Clone)]
pub struct TaskLink(Rc<Inner>);

struct Inner {
    api: Api,
    dispatch: UseReducerDispatcher<Tasks>,
    outbox: Outbox,
    drafts: Drafts,
}

impl ImplicitClone for TaskLink {}

impl PartialEq for TaskLink {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl TaskLink {
    pub(super) fn new(api: Api, dispatch: UseReducerDispatcher<Tasks>) -> Self {
        Self(Rc::new(Inner {
            outbox: Outbox::of(api.user(), "tasks"),
            drafts: Drafts::of(api.user()),
            api,
            dispatch,
        }))
    }

    pub fn api(&self) -> &Api {
        &self.0.api
    }

    pub(super) fn dispatch(&self, action: Action) {
        self.0.dispatch.dispatch(action);
    }

    /// A callback that does something with the list.
    pub fn on<E: 'static>(&self, act: impl Fn(&Self, E) + 'static) -> Callback<E> {
        let link = self.clone();
        Callback::from(move |event| act(&link, event))
    }

    pub fn drafts(&self) -> &Drafts {
        &self.0.drafts
    }

    pub fn add(&self, task: NewTask) {
        self.does(Deed::Add(task));
    }

    pub fn set_completed(&self, task: &Task, completed: bool) {
        let patch = TaskPatch {
            completed: Some(completed),
            ..TaskPatch::default()
        };
        self.does(Deed::Update(Seen::from(task), patch));
        if completed {
            self.settle_later(task.id);
        }
    }

    /// Changes the title of the task as the person saw it.
    pub fn set_title(&self, seen: &Task, title: String) {
        let patch = TaskPatch {
            title: Some(title),
            ..TaskPatch::default()
        };
        self.does(Deed::Update(Seen::from(seen), patch));
    }

    /// Changes whatever else of the task as the person saw it.
    pub fn update(&self, seen: &Task, patch: TaskPatch) {
        self.does(Deed::Update(Seen::from(seen), patch));
    }

    pub fn delete(&self, id: TaskId) {
        self.does(Deed::Delete(id));
    }

    pub fn restore(&self, id: TaskId) {
        self.does(Deed::Restore(id));
    }

    /// Takes something back. What was changed again since stays, and is said.
    pub fn undo(&self, undo: Undo, voice: &Voice) {
        let (link, voice) = (self.clone(), voice.clone());
        spawn_local(async move {
            let key = browser::random_key();
            match link.0.api.undo_tasks(&key, &undo).await {
                Ok(undone) => {
                    voice.show(match undone.failed.is_empty() {
                        true => Text::Undone.into(),
                        false => Text::PartlyUndone.count(undone.failed.len()),
                    });
                    link.changed(Changes {
                        changes: undone.changes,
                        has_more: false,
                    });
                }
                Err(Failure::Closed) => {}
                Err(failure) => voice.show(failure.sentence()),
            }
        });
    }

    /// Sends what did not go through once more; under a new key where the old one was answered,
    /// since that would only bring the same answer back.
    pub fn try_again(&self, trouble: &Trouble) {
        let key = trouble.key.clone();
        let new_key = match &trouble.kind {
            TroubleKind::Failed(failure) if failure.may_pass() => key.clone(),
            _ => browser::random_key().into(),
        };
        if new_key != key {
            self.rename_unsent(&key, &new_key);
        }
        self.dispatch(Action::TryAgain(key, new_key));
    }

    /// Gives up what did not go through.
    pub fn discard(&self, key: &OpKey) {
        self.forget(key);
        self.dispatch(Action::Discarded(key.clone()));
    }

    pub fn show(&self, filter: Filter) {
        self.dispatch(Action::Show(filter));
    }

    pub fn sort(&self, sort: Sort) {
        self.dispatch(Action::Sort(sort));
    }

    pub fn search(&self, words: String) {
        self.dispatch(Action::Search(words.into()));
    }

    pub fn narrow(&self, narrow: Narrow) {
        self.dispatch(Action::Narrow(narrow));
    }

    pub fn choosing(&self, begins: bool) {
        self.dispatch(Action::Choosing(begins));
    }

    pub fn choose(&self, id: TaskId) {
        self.dispatch(Action::Chosen(id));
    }

    /// Puts a task between two others in the order by hand.
    pub fn move_between(&self, id: TaskId, between: Between, voice: &Voice) {
        let (link, voice) = (self.clone(), voice.clone());
        spawn_local(async move {
            let key = browser::random_key();
            match link.0.api.move_tasks(&key, id, between).await {
                Ok(moved) => link.changed(Changes {
                    changes: moved.changes,
                    has_more: false,
                }),
                Err(Failure::Closed) => {}
                Err(failure) => voice.show(failure.sentence()),
            }
        });
    }

    pub fn reload(&self) {
        self.dispatch(Action::Reload);
    }

    /// Takes in what a stream tells of the tasks.
    pub(super) fn changed(&self, changes: Changes) {
        for change in &changes.changes {
            if change.after.completed {
                self.settle_later(change.after.id);
            }
        }
        self.dispatch(Action::Changed(changes));
    }

    /// An operation lies in the outbox before it is anywhere else.
    fn does(&self, deed: Deed) {
        let key = browser::random_key();
        self.0.outbox.put(&key, &deed);
        self.dispatch(Action::Did(key.into(), deed));
    }

    pub(super) fn restore_unsent(&self) {
        for (key, deed) in self.0.outbox.all::<Deed>() {
            self.dispatch(Action::Did(key.into(), deed));
        }
    }

    /// The server has answered: there is nothing left to keep.
    pub(super) fn forget(&self, key: &OpKey) {
        self.0.outbox.remove(key);
    }

    pub(super) fn rename_unsent(&self, key: &OpKey, new_key: &str) {
        self.0.outbox.rename(key, new_key);
    }

    pub(super) fn send(&self, key: OpKey, deed: Deed) {
        self.dispatch(Action::Started(key.clone()));
        spawn_local(sender::send(self.clone(), key, deed));
    }

    /// Reads the whole list.
    pub(super) fn load(&self) {
        let link = self.clone();
        spawn_local(async move {
            match link.read_all().await {
                Ok((tasks, change)) => {
                    link.dispatch(Action::Loaded(tasks, change));
                    if let Ok(past) = link.0.api.task_activity(PAST).await {
                        link.dispatch(Action::Remembered(past));
                    }
                }
                Err(Failure::Closed) => {}
                Err(failure) => link.dispatch(Action::LoadFailed(failure)),
            }
        });
    }

    async fn read_all(&self) -> Result<(Vec<Task>, i64), Failure> {
        let mut page = self.0.api.tasks(None).await?;
        // What happens between two pages comes again as a change after the first.
        let change = page.change;
        let mut tasks = page.tasks;
        while let Some(after) = page.after.filter(|_| page.has_more) {
            page = self.0.api.tasks(Some(&after)).await?;
            tasks.append(&mut page.tasks);
        }
        Ok((tasks, change))
    }

    /// Asks for the changes after a number until there are no more.
    pub(super) fn catch_up(&self, since: i64) {
        let link = self.clone();
        spawn_local(async move {
            let mut since = since;
            while let Ok(changes) = link.0.api.task_changes(since).await {
                let newest = changes.changes.last().map_or(since, |change| change.seq);
                let goes_on = changes.has_more && newest > since;
                since = newest;
                link.changed(changes);
                if !goes_on {
                    return link.dispatch(Action::CaughtUp);
                }
            }
        });
    }

    fn settle_later(&self, id: TaskId) {
        let link = self.clone();
        spawn_local(async move {
            browser::wait(LINGER_MILLIS).await;
            // A row that the keyboard is in does not go from under it.
            while browser::finds(&format!("#task-{id} :focus-visible")) {
                browser::wait(LINGER_MILLIS).await;
            }
            link.dispatch(Action::Settled(id));
        });
    }
}
