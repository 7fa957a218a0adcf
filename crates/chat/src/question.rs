//! Questions of tools to the person, and their answers.
//!
//! A run that has asked waits without a process. The answer comes as a request of its own, by the
//! card or in words, and takes the run up where it stopped; whoever says something else instead
//! has said no.

use agent::{Call, Consent, Question};
use protocol::chatkit::{
    Answer, Input, InputAnswers, InputKind, InputStatus, Item, ItemKind, StructuredInputOption,
    UserMessageInput,
};
use protocol::{ItemId, RunId, ThreadId};
use serde_json::Value;
use store::runs;
use tokio::sync::mpsc;

use crate::driver::{Driver, LEASE_SECONDS, drive};
use crate::follow::follow;
use crate::ids::Ids;
use crate::prepare::{message, options};
use crate::scribe::Halt;
use crate::state::{Answered, State};
use crate::{Chat, Error, Stream, Visit, input};

/// Name of the one question of an approval. Our page shows it with boxes that are ticked.
const APPROVE: &str = "approve";
const YES: &str = "Yes";
const NO: &str = "No";

/// What the person answered, and how.
pub(crate) struct Reply {
    answer: Option<Answer>,
    /// They said it instead of using the card.
    words: Option<Item>,
    key: Option<String>,
}

impl Driver<'_> {
    /// Puts the question of a tool before the person.
    pub(crate) async fn ask_person(&mut self, call: &Call, question: Question) -> Result<(), Halt> {
        let ids = self.ids();
        let item = Item {
            id: ItemId::new(ids.text("si_")),
            thread_id: self.thread.clone(),
            created_at: ids.now,
            kind: card(&question, InputStatus::Pending, None),
        };
        self.state.question = Some(item.id.clone());
        self.state.turn.ask(call.id.clone(), question);
        self.scribe.done(item);
        self.save().await
    }

    /// Takes the answer, or its absence for a no, before anything is done with it.
    pub(crate) async fn take_answer(&mut self, reply: Option<Reply>) -> Result<(), Halt> {
        let asked = self.state.turn.asked().cloned();
        let (Some(asked), Some(item)) = (asked, self.state.question.take()) else {
            return Ok(());
        };
        let by_person = reply.is_some();
        let reply = reply.unwrap_or(Reply {
            answer: None,
            words: None,
            key: None,
        });
        let consent = consent(&asked.question, reply.answer.as_ref());
        if let Some(words) = reply.words {
            self.scribe.done(words);
        }
        if by_person {
            self.scribe.say(&options());
        }
        self.state.answered = Some(Answered {
            item: item.clone(),
            after: self.scribe.last,
            key: reply.key,
        });
        let status = match reply.answer {
            Some(_) => InputStatus::Answered,
            None => InputStatus::Skipped,
        };
        let ids = self.ids();
        let card = Item {
            id: item,
            thread_id: self.thread.clone(),
            created_at: ids.now,
            kind: card(&asked.question, status, reply.answer),
        };
        self.state.turn.answer(consent);
        self.scribe.replaced(card);
        self.save().await
    }
}

/// The question as ChatKit's structured input.
fn card(question: &Question, status: InputStatus, answer: Option<Answer>) -> ItemKind {
    let answer = match (status, answer) {
        (InputStatus::Pending, _) => None,
        (_, Some(answer)) => Some(answer),
        (_, None) => Some(Answer {
            values: Vec::new(),
            skipped: true,
        }),
    };
    let multiple = question.options.len() > 1;
    let options = if multiple {
        question.options.iter().map(label).collect()
    } else {
        vec![YES.to_owned(), NO.to_owned()]
    };
    let options = options
        .into_iter()
        .map(|value| StructuredInputOption { value })
        .collect();
    ItemKind::StructuredInput {
        status,
        inputs: vec![Input {
            id: APPROVE.to_owned(),
            question: question.message.clone(),
            answer,
            kind: InputKind::MultipleChoice { options, multiple },
        }],
    }
}

/// Two tasks may have one title.
fn label((id, title): &(String, String)) -> String {
    format!("#{id} {title}")
}

/// What an answer agrees to. Only a clear yes does.
fn consent(question: &Question, answer: Option<&Answer>) -> Consent {
    let answer = answer.filter(|answer| !answer.skipped)?;
    let has = |value: &str| answer.values.iter().any(|chosen| chosen == value);
    let all = question.options.len() <= 1 && has(YES);
    let chosen: Vec<String> = question
        .options
        .iter()
        .filter(|option| all || (question.options.len() > 1 && has(&label(option))))
        .map(|(id, _)| id.clone())
        .collect();
    (!chosen.is_empty()).then_some(chosen)
}

/// Everything there is to agree to.
fn everything(question: &Question) -> Answer {
    let values = match question.options.len() {
        0 | 1 => vec![YES.to_owned()],
        _ => question.options.iter().map(label).collect(),
    };
    Answer {
        values,
        skipped: false,
    }
}

impl Chat {
    /// Takes up the run that has asked.
    pub(crate) async fn answer(
        &self,
        thread: &ThreadId,
        item: &ItemId,
        input: &InputAnswers,
        visit: &Visit,
    ) -> Result<Stream, Error> {
        let waiting = runs::waiting(self.db.begin(visit.scope()), thread).await?;
        let asks = |state: &State| state.question.as_ref() == Some(item);
        if waiting.is_some_and(|(_, state)| read(state).is_ok_and(|state| asks(&state))) {
            let answer = match input {
                InputAnswers::Answered { answers } => answers.get(APPROVE).cloned(),
                InputAnswers::Skipped { .. } => None,
            };
            let reply = Reply {
                answer,
                words: None,
                key: visit.key.clone(),
            };
            if let Some(stream) = self.take_up(thread, reply, visit).await? {
                return Ok(stream);
            }
        }
        // Answered before, by a request whose stream got lost or by another device.
        let known = runs::of_item(self.db.begin(visit.scope()), thread, item).await?;
        let (run, state) = known.ok_or(Error::ItemNotFound)?;
        let answered = read(state)?.answered;
        let answered = answered.filter(|answered| answered.item == *item);
        let answered = answered.ok_or(Error::NotPending)?;
        Ok(self.attach(run, answered.after, visit))
    }

    /// A plain yes or no to a question that is open. Other words begin a turn of their own, and
    /// the question is taken for declined.
    pub(crate) async fn answer_in_words(
        &self,
        thread: &ThreadId,
        input: &UserMessageInput,
        visit: &Visit,
    ) -> Result<Option<Stream>, Error> {
        let text = input::text(input)?;
        let Some(agrees) = agent::agrees(&text) else {
            return Ok(None);
        };
        let waiting = runs::waiting(self.db.begin(visit.scope()), thread).await?;
        let Some((run, state)) = waiting else {
            return Ok(None);
        };
        let state = read(state)?;
        if let Some(answered) = &state.answered
            && answered.key.is_some()
            && answered.key == visit.key
        {
            return Ok(Some(self.attach(run, answered.after, visit)));
        }
        let Some(asked) = state.turn.asked().filter(|_| state.question.is_some()) else {
            return Ok(None);
        };
        let ids = Ids {
            now: (self.clock)(),
            chance: self.chance,
        };
        let reply = Reply {
            answer: agrees.then(|| everything(&asked.question)),
            words: Some(message(input.clone(), thread, ids)),
            key: visit.key.clone(),
        };
        self.take_up(thread, reply, visit).await
    }

    /// `None` if another request was faster.
    async fn take_up(
        &self,
        thread: &ThreadId,
        reply: Reply,
        visit: &Visit,
    ) -> Result<Option<Stream>, Error> {
        let held = runs::resume(self.db.begin(visit.scope()), thread, LEASE_SECONDS).await?;
        let Some(held) = held else { return Ok(None) };
        let (frames, receiver) = mpsc::unbounded_channel();
        let (chat, visit) = (self.clone(), visit.clone());
        Ok(Some(Stream {
            run: held.id.clone(),
            after: held.last_event,
            frames: receiver,
            work: Box::pin(async move {
                drive(&chat, &visit, held, Some(reply), Some(frames)).await;
            }),
        }))
    }

    fn attach(&self, run: RunId, after: i64, visit: &Visit) -> Stream {
        let (frames, receiver) = mpsc::unbounded_channel();
        let (chat, visit, id) = (self.clone(), visit.clone(), run.clone());
        Stream {
            run,
            after,
            frames: receiver,
            work: Box::pin(async move { follow(&chat, &visit, &id, after, frames, false).await }),
        }
    }
}

fn read(state: Value) -> Result<State, Error> {
    Ok(serde_json::from_value(state).map_err(store::Error::from)?)
}
