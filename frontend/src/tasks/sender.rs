//! One operation from its request to the server's answer.

use protocol::ErrorCode;
use protocol::task::Task;
use wasm_split_helpers::wasm_split;

use super::link::TaskLink;
use super::op::{Deed, OpKey};
use super::store::Action;
use crate::api::{Api, Failure};
use crate::browser;
use crate::parts::Doing;

/// How often a request is repeated before the person is asked.
const ATTEMPTS: u32 = 4;

/// Sends it. Without the part of the program that can, it is like any other request that found no
/// network.
pub(super) async fn send(link: TaskLink, key: OpKey, deed: Deed) {
    match sender().await {
        Ok(send) => send(link, key, deed).await,
        Err(failure) => link.dispatch(Action::Failed(key, failure)),
    }
}

#[wasm_split(list, fallible)]
fn sender() -> Result<fn(TaskLink, OpKey, Deed) -> Doing, Failure> {
    Ok(|link, key, deed| Box::pin(bring(link, key, deed)))
}

/// Sends, and again under the same key while only the line is at fault.
async fn bring(link: TaskLink, key: OpKey, deed: Deed) {
    let mut attempt = 1;
    let answer = loop {
        match request(link.api(), &key, &deed).await {
            Err(failure) if failure.may_pass() && attempt < ATTEMPTS => {
                browser::wait(500 << attempt).await;
                attempt += 1;
            }
            answer => break answer,
        }
    };
    match answer {
        Ok(task) => {
            link.forget(&key);
            link.dispatch(Action::Saved(key, task));
        }
        // The page has moved on; the outbox keeps it.
        Err(Failure::Closed | Failure::SignedOut(_)) => {}
        Err(failure) if failure.is(ErrorCode::TaskChanged) => outdated(&link, key, &deed).await,
        Err(failure) => link.dispatch(Action::Failed(key, failure)),
    }
}

async fn request(api: &Api, key: &str, deed: &Deed) -> Result<Task, Failure> {
    match deed {
        Deed::Add(task) => api.add_task(key, task).await,
        Deed::Update(seen, patch) => api.update_task(key, seen.id, deed.version(), patch).await,
        Deed::Delete(id) => api.delete_task(key, *id).await,
        Deed::Restore(id) => api.restore_task(key, *id).await,
    }
}

/// Fetches what the task has become. The old key would only bring the refusal back.
async fn outdated(link: &TaskLink, key: OpKey, deed: &Deed) {
    let Some(id) = deed.task() else { return };
    match link.api().task(id).await {
        Ok(theirs) => {
            let new_key = browser::random_key();
            link.rename_unsent(&key, &new_key);
            link.dispatch(Action::Outdated(key, new_key.into(), theirs));
        }
        Err(failure) => link.dispatch(Action::Failed(key, failure)),
    }
}
