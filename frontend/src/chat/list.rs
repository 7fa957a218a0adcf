//! The list of conversations.

use protocol::ThreadId;
use protocol::chatkit::Thread;
use yew::AttrValue;

use crate::api::Failure;

/// Newest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ThreadList {
    pub threads: Vec<ThreadName>,
    pub state: ListState,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub enum ListState {
    #[default]
    Loading,
    Ready,
    Failed(Failure),
}

#[derive(Clone, Debug, PartialEq)]
pub struct ThreadName {
    pub id: ThreadId,
    pub title: Option<AttrValue>,
}

impl ThreadList {
    /// A conversation that began here while the answer was on its way is kept, and so is a
    /// list that is already on the screen when a later look at the server fails.
    pub fn listed(&mut self, answer: Result<Vec<Thread>, Failure>) {
        let threads = match answer {
            Ok(threads) => threads,
            Err(_) if self.state == ListState::Ready => return,
            Err(failure) => {
                self.state = ListState::Failed(failure);
                return;
            }
        };
        let here = std::mem::take(&mut self.threads);
        let is_listed = |name: &ThreadName| threads.iter().any(|thread| thread.id == name.id);
        if self.state != ListState::Ready {
            self.threads = here.into_iter().filter(|name| !is_listed(name)).collect();
        }
        self.threads
            .extend(threads.into_iter().map(|thread| ThreadName {
                id: thread.id,
                title: thread.title.map(Into::into),
            }));
        self.state = ListState::Ready;
    }

    pub fn title(&self, id: &ThreadId) -> Option<AttrValue> {
        self.find(id).and_then(|name| name.title.clone())
    }

    /// A stream has shown a conversation and its title.
    pub fn saw(&mut self, id: &ThreadId, title: Option<&AttrValue>) {
        match self.threads.iter_mut().find(|name| name.id == *id) {
            Some(name) if title.is_some() => name.title = title.cloned(),
            Some(_) => {}
            None => self.threads.insert(
                0,
                ThreadName {
                    id: id.clone(),
                    title: title.cloned(),
                },
            ),
        }
    }

    pub fn rename(&mut self, id: &ThreadId, title: AttrValue) {
        if let Some(name) = self.threads.iter_mut().find(|name| name.id == *id) {
            name.title = Some(title);
        }
    }

    pub fn remove(&mut self, id: &ThreadId) {
        self.threads.retain(|name| name.id != *id);
    }

    fn find(&self, id: &ThreadId) -> Option<&ThreadName> {
        self.threads.iter().find(|name| name.id == *id)
    }
}
