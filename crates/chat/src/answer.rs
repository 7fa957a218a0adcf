//! One answer of the model, streamed.

use std::sync::Arc;
use std::time::Duration;

use agent::{
    Catalogue, Ending, Finished, Message, ModelError, ModelEvent, ModelStream, Next, Usage,
};
use futures_util::StreamExt;
use protocol::ItemId;
use protocol::chatkit::{AssistantContent, Event, Item, ItemKind, Update};
use tokio::time::Instant;

use crate::choice;
use crate::costs::{Taken, is_paid, tokens_in};
use crate::driver::{Driver, HEARTBEAT, error};
use crate::history::weight;
use crate::scribe::Halt;
use crate::trace::{self, Step, What};

/// Text that comes within this time goes into one commit and one event.
const BATCH: Duration = Duration::from_millis(80);

/// A message of the assistant that is being written.
struct Draft {
    item: Option<Item>,
    said: String,
    unsaid: String,
    /// What the server told of one that broke off.
    used: Usage,
}

impl Driver<'_> {
    /// Asks the model and shows what it says as it says it.
    pub(crate) async fn ask(
        &mut self,
        history: &[Message],
        tools: &Catalogue,
        may_call: bool,
    ) -> Result<(), Halt> {
        let begun = Instant::now();
        let part = trace::part(self.chat.chance);
        let mut draft = Draft {
            item: None,
            said: String::new(),
            unsaid: String::new(),
            used: Usage::default(),
        };
        let mut answer = self.answer_to(history, tools, may_call, part);
        let mut heard = self.listen(&mut answer, &mut draft).await;
        if matches!(heard, Ok(Err(ModelError::ContextTooLong))) && !history.is_empty() {
            answer = self.answer_to(newer_half(history), tools, may_call, part);
            heard = self.listen(&mut answer, &mut draft).await;
        }
        self.state.turn.spend(begun.elapsed());
        self.tally.waited(begun, step(part, begun, &heard));
        if let Some(taken) = self.taken(&heard, &draft, history, tools) {
            let model = Arc::clone(&self.model);
            self.spent(&model, taken);
        }
        match heard {
            Ok(Ok(finished)) => self.finished(draft, finished).await,
            Ok(Err(fault)) => self.failed(draft, &fault).await,
            Err(Halt::Stop) => self.stopped(draft).await,
            Err(Halt::ModelsOff) => {
                self.end(&mut draft);
                self.switched_off(&draft.said);
                self.scribe.flush().await
            }
            Err(Halt::Deadline) => self.interrupted(draft).await,
            Err(halt) => Err(halt),
        }
    }

    /// What an answer took, whole or not; `None` if nobody has worked on one.
    fn taken(
        &self,
        heard: &Result<Result<Finished, ModelError>, Halt>,
        draft: &Draft,
        history: &[Message],
        tools: &Catalogue,
    ) -> Option<Taken> {
        let (told, written) = match heard {
            Ok(Ok(finished)) => (finished.usage, finished.weight()),
            Ok(Err(fault)) if !is_paid(fault) => return None,
            _ => (draft.used, draft.said.len() + draft.unsaid.len()),
        };
        Some(Taken::told_or(told, || {
            let said = history.iter().chain(&self.state.turn.messages);
            let said: usize = said.map(weight).sum();
            let asked = self.instructions().len() + tools.weight() + said;
            Usage {
                input: tokens_in(asked),
                output: tokens_in(written),
            }
        }))
    }

    fn answer_to(
        &self,
        history: &[Message],
        tools: &Catalogue,
        may_call: bool,
        part: [u8; 8],
    ) -> ModelStream {
        let mut messages = [history, &self.state.turn.messages].concat();
        self.show_pictures(&mut messages);
        if self.model.is_builtin() {
            choice::without_prefix(&mut messages);
        }
        if !may_call {
            messages.push(Message::Note {
                text: agent::LAST_WORDS.to_owned(),
            });
        }
        let instructions = self.instructions();
        // Whose server it is on a person's own account learns nothing of ours.
        let trace = self.chat.trace.filter(|_| !self.tally.is_own);
        let model = match trace {
            Some(trace) => &self.model.traced(trace.header(part)),
            None => &*self.model,
        };
        model.ask(&instructions, &messages, Some(tools), may_call)
    }

    fn show_pictures(&self, messages: &mut [Message]) {
        for message in messages {
            let Message::User { files, .. } = message else {
                continue;
            };
            for file in files {
                let seen = self.pictures.iter().find(|(id, _)| *id == file.id);
                file.picture = seen.map(|(_, url)| url.clone());
            }
        }
    }

    async fn listen(
        &mut self,
        answer: &mut ModelStream,
        draft: &mut Draft,
    ) -> Result<Result<Finished, ModelError>, Halt> {
        loop {
            let since = self.scribe.written_at.elapsed();
            let pause = if draft.unsaid.is_empty() {
                HEARTBEAT
            } else {
                BATCH.saturating_sub(since)
            };
            if Instant::now() >= self.deadline {
                return Err(Halt::Deadline);
            }
            let wake = self.deadline.min(Instant::now() + pause);
            match tokio::time::timeout_at(wake, answer.next()).await {
                Err(_) => {
                    self.write_down(draft);
                    self.save().await?;
                }
                Ok(Some(Ok(ModelEvent::Text(text)))) => {
                    self.tally.heard();
                    draft.unsaid.push_str(&text);
                }
                Ok(Some(Ok(ModelEvent::Used(usage)))) => draft.used = usage,
                Ok(Some(Ok(ModelEvent::Finished(finished)))) => return Ok(Ok(finished)),
                Ok(Some(Err(fault))) => return Ok(Err(fault)),
                Ok(None) => return Ok(Err(ModelError::Truncated)),
            }
            if draft.item.is_none() && !draft.unsaid.is_empty() {
                self.write_down(draft);
                self.save().await?;
            }
        }
    }

    /// Puts the text that has come since into events.
    fn write_down(&mut self, draft: &mut Draft) {
        if draft.unsaid.is_empty() {
            return;
        }
        let item = match &draft.item {
            Some(item) => item.id.clone(),
            None => self.begin(draft),
        };
        let delta = std::mem::take(&mut draft.unsaid);
        draft.said.push_str(&delta);
        self.update(
            item,
            Update::TextDelta {
                content_index: 0,
                delta,
            },
        );
    }

    fn begin(&mut self, draft: &mut Draft) -> ItemId {
        let ids = self.ids();
        let item = Item {
            id: ids.message(),
            thread_id: self.thread.clone(),
            created_at: ids.now,
            kind: ItemKind::AssistantMessage {
                content: Vec::new(),
            },
        };
        let id = item.id.clone();
        self.scribe.say(&Event::ItemAdded { item: item.clone() });
        let content = content(String::new());
        self.update(
            id.clone(),
            Update::ContentPartAdded {
                content_index: 0,
                content,
            },
        );
        self.state.open = Some(id.clone());
        draft.item = Some(item);
        id
    }

    fn update(&mut self, item_id: ItemId, update: Update) {
        self.scribe.say(&Event::ItemUpdated { item_id, update });
    }

    /// Makes what was said final.
    fn end(&mut self, draft: &mut Draft) {
        self.write_down(draft);
        let Some(item) = draft.item.take() else {
            return;
        };
        let content = content(draft.said.clone());
        self.update(
            item.id.clone(),
            Update::ContentPartDone {
                content_index: 0,
                content: content.clone(),
            },
        );
        self.scribe.done(Item {
            kind: ItemKind::AssistantMessage {
                content: vec![content],
            },
            ..item
        });
        self.state.open = None;
    }

    async fn finished(&mut self, mut draft: Draft, mut finished: Finished) -> Result<(), Halt> {
        if finished.calls.is_empty() && finished.text.trim().is_empty() {
            return self.failed(draft, &ModelError::Truncated).await;
        }
        if let Some(words) = self.state.turn.hold_to_budget(&mut finished) {
            draft.unsaid.push_str(words);
            if !self.model.is_builtin() {
                let offer = format!(" {}", choice::OFFER);
                finished.text.push_str(&offer);
                draft.unsaid.push_str(&offer);
            }
        }
        let answers = finished.calls.is_empty();
        if answers && !self.state.turn.has_receipt() && agent::claims_a_change(&finished.text) {
            let mark = format!("\n\n{}", agent::UNPROVEN);
            finished.text.push_str(&mark);
            draft.unsaid.push_str(&mark);
        }
        self.end(&mut draft);
        self.state.turn.model_finished(finished);
        if matches!(self.state.turn.next(), Next::Done(_)) {
            // Kept by the commit that ends the run.
            self.scribe.remember(self.state.to_value());
            return Ok(());
        }
        self.save().await
    }

    async fn failed(&mut self, mut draft: Draft, fault: &ModelError) -> Result<(), Halt> {
        self.end(&mut draft);
        self.cut_off(&draft.said, Ending::Failed);
        let mut text = told(fault);
        if !self.model.is_builtin() {
            text = format!("{text} {}", choice::OFFER);
        }
        self.scribe.say(&error(&text, true));
        self.scribe.flush().await
    }

    /// What was said so far is final, and another process asks for the rest: an answer may take
    /// longer than any one process has.
    async fn interrupted(&mut self, mut draft: Draft) -> Result<(), Halt> {
        self.end(&mut draft);
        if !draft.said.is_empty() {
            self.state.turn.interrupted(&draft.said);
            self.scribe.remember(self.state.to_value());
        }
        Err(Halt::Deadline)
    }

    async fn stopped(&mut self, mut draft: Draft) -> Result<(), Halt> {
        self.end(&mut draft);
        self.cut_off(&draft.said, Ending::Stopped);
        match self.scribe.flush().await {
            Err(Halt::Stop) => Ok(()),
            other => other,
        }
    }
}

/// What asking the model was, as a part of the turn's trace.
fn step(id: [u8; 8], since: Instant, heard: &Result<Result<Finished, ModelError>, Halt>) -> Step {
    let usage = match heard {
        Ok(Ok(finished)) => finished.usage,
        _ => Usage::default(),
    };
    Step {
        id,
        what: What::Model(usage),
        began: Duration::ZERO,
        took: since.elapsed(),
        failed: !matches!(heard, Ok(Ok(_))),
    }
}

/// The newer half of what was said before, from where a person speaks.
fn newer_half(history: &[Message]) -> &[Message] {
    let spoken = |at: &usize| matches!(history[*at], Message::User { .. });
    let start = (history.len() / 2..history.len()).find(spoken);
    &history[start.unwrap_or(history.len())..]
}

fn content(text: String) -> AssistantContent {
    AssistantContent {
        annotations: Vec::new(),
        text,
    }
}

/// What the person is told of a fault of the model.
fn told(fault: &ModelError) -> String {
    match fault {
        ModelError::RateLimited(Some(seconds)) => {
            format!("The assistant is busy. Try again in {seconds} seconds.")
        }
        ModelError::RateLimited(None) => "The assistant is busy. Try again in a moment.".to_owned(),
        ModelError::NoCredit => "The assistant's account has no credit left.".to_owned(),
        ModelError::ContextTooLong => {
            "This conversation is too long for the assistant. Begin a new one.".to_owned()
        }
        ModelError::Truncated | ModelError::InStream | ModelError::TooLong => {
            "The answer broke off.".to_owned()
        }
        ModelError::Unreachable
        | ModelError::Refused(_)
        | ModelError::NotAStream
        | ModelError::Stalled => "The assistant cannot be reached.".to_owned(),
    }
}
