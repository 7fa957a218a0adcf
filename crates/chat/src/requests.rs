//! Each of ChatKit's requests.

use protocol::chatkit::{Order, Request};
use protocol::run::RunList;
use protocol::{RunId, ThreadId};
use serde::Serialize;
use serde_json::{Value, json};
use store::threads::PageOf;
use store::{items, runs, sweep, threads};
use tokio::time::Instant;

use crate::prepare::Opening;
use crate::{Chat, Error, Reply, Visit};

/// Seconds for which the events of a run are kept after its end.
const EVENTS_LIVE: i64 = 24 * 60 * 60;

/// Characters in the title of a conversation.
const LONGEST_TITLE: usize = 200;

/// Items that one feedback may be about.
const MOST_JUDGED: usize = 200;

impl Chat {
    /// # Errors
    /// If the request is refused; nothing was written then.
    pub async fn handle(&self, request: Request, visit: &Visit) -> Result<Reply, Error> {
        match request {
            Request::ThreadsCreate { input } => {
                let opening = Opening::Thread(input);
                self.open(opening, visit).await.map(Reply::Stream)
            }
            Request::ThreadsAddUserMessage { thread_id, input } => {
                if let Some(stream) = self.answer_in_words(&thread_id, &input, visit).await? {
                    return Ok(Reply::Stream(stream));
                }
                let opening = Opening::Message(thread_id, input);
                self.open(opening, visit).await.map(Reply::Stream)
            }
            Request::ThreadsRetryAfterItem { thread_id, item_id } => {
                let opening = Opening::Again(thread_id, item_id);
                self.open(opening, visit).await.map(Reply::Stream)
            }
            Request::ThreadsAddStructuredInput {
                thread_id,
                item_id,
                input,
            } => {
                let stream = self.answer(&thread_id, &item_id, &input, visit).await?;
                Ok(Reply::Stream(stream))
            }
            Request::ThreadsAddClientToolOutput { thread_id, result } => {
                let opening = Opening::Output(thread_id, result);
                self.open(opening, visit).await.map(Reply::Stream)
            }
            Request::ThreadsCustomAction(action) => {
                let opening = Opening::Action(action);
                self.open(opening, visit).await.map(Reply::Stream)
            }
            other => self.handle_json(other, visit).await.map(Reply::Json),
        }
    }

    async fn handle_json(&self, request: Request, visit: &Visit) -> Result<Value, Error> {
        match request {
            Request::ThreadsSyncCustomAction(action) => {
                let updated = self.press(action, visit).await?;
                return Ok(updated.map_or_else(|| json!({}), |item| json!({"updated_item": item})));
            }
            Request::AttachmentsCreate {
                name,
                size,
                mime_type,
            } => return json(&self.announce_file(&name, size, &mime_type, visit).await?),
            Request::AttachmentsDelete { attachment_id } => {
                self.delete_file(&attachment_id, visit).await?;
                return Ok(json!({}));
            }
            Request::InputTranscribe {
                audio_base64,
                mime_type,
            } => {
                let text = self.transcribe(&audio_base64, &mime_type, visit).await?;
                return Ok(json!({"text": text}));
            }
            _ => {}
        }
        let tx = self.db.begin(visit.scope());
        match request {
            Request::ThreadsGetById { thread_id } => {
                let page = page(None, Order::Asc, None);
                found(items::page(tx, &thread_id, &page).await?)
            }
            Request::ThreadsList {
                limit,
                order,
                after,
            } => json(&threads::list(tx, &page(limit, order, after)).await?),
            Request::ThreadsUpdate { thread_id, title } => {
                let title = valid_title(&title)?;
                found(threads::rename(tx, &thread_id, &title, (self.clock)()).await?)
            }
            Request::ThreadsDelete { thread_id } => {
                if threads::delete(tx, &thread_id).await? {
                    Ok(json!({}))
                } else {
                    Err(Error::ThreadNotFound)
                }
            }
            Request::ItemsList {
                thread_id,
                limit,
                order,
                after,
            } => {
                let page = page(limit, order, after);
                let thread = items::page(tx, &thread_id, &page).await?;
                found(thread.map(|thread| thread.items))
            }
            Request::ItemsFeedback {
                thread_id,
                item_ids,
                kind,
            } => {
                if item_ids.is_empty() || item_ids.len() > MOST_JUDGED {
                    return Err(Error::Invalid("Feedback is about 1 to 200 items."));
                }
                if items::judge(tx, &thread_id, &item_ids, kind, (self.clock)()).await? {
                    Ok(json!({}))
                } else {
                    Err(Error::ItemNotFound)
                }
            }
            _ => Err(Error::Invalid("This is answered with a stream.")),
        }
    }

    /// The newest runs of a conversation.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn runs(&self, thread: &ThreadId, visit: &Visit) -> Result<RunList, Error> {
        let runs = runs::list(self.db.begin(visit.scope()), thread, 20).await?;
        Ok(RunList { runs })
    }

    /// Removes what is too old to be followed, and files that no message took, until nothing is
    /// left to remove or the time is over.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn sweep(&self, deadline: Instant) -> Result<sweep::Swept, Error> {
        let before = (self.clock)().plus_seconds(-EVENTS_LIVE);
        let mut all = sweep::Swept::default();
        loop {
            let step = sweep::step(&self.db, before).await?;
            all.runs += step.runs;
            all.events += step.events;
            all.files += step.files;
            all.more = step.more;
            if !step.more || Instant::now() >= deadline {
                return Ok(all);
            }
        }
    }

    /// Asks a run to stop, whoever works on it.
    ///
    /// # Errors
    /// If there is no such run.
    pub async fn stop(&self, run: &RunId, visit: &Visit) -> Result<(), Error> {
        let asked = runs::request_stop(self.db.begin(visit.scope()), run).await?;
        asked.map(|_| ()).ok_or(Error::RunNotFound)
    }
}

/// Twenty entries unless the client asks for another number; 9999, as the official client does,
/// means as many as we give.
pub(crate) fn page(limit: Option<i64>, order: Order, after: Option<String>) -> PageOf {
    let limit = limit.filter(|limit| *limit > 0).unwrap_or(20).min(200);
    PageOf {
        limit,
        order,
        after,
    }
}

fn valid_title(title: &str) -> Result<String, Error> {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    if title.is_empty() || title.chars().count() > LONGEST_TITLE {
        return Err(Error::Invalid("A title has 1 to 200 characters."));
    }
    Ok(title)
}

fn found<T: Serialize>(value: Option<T>) -> Result<Value, Error> {
    json(&value.ok_or(Error::ThreadNotFound)?)
}

fn json(value: &impl Serialize) -> Result<Value, Error> {
    Ok(serde_json::to_value(value).map_err(store::Error::from)?)
}
