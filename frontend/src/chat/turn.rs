//! A turn: something the person asked, from the press of a key to the end of its answer.

use protocol::chatkit::{InferenceOptions, InputAnswers, Request, UserContent, UserMessageInput};
use protocol::{ItemId, RunId, ThreadId};
use serde::Serialize;
use serde_json::Value;
use yew::AttrValue;

use crate::api::Failure;
use crate::wire::{self, Read};

/// Names a turn: the idempotency key of its request, or the id of a run found on the server.
pub(super) type TurnKey = AttrValue;

#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    pub key: TurnKey,
    /// `None` when the turn was asked on another device or before a reload.
    pub ask: Option<Ask>,
    pub phase: Phase,
    pub run: Option<RunId>,
    /// Sequence number of the newest event taken in.
    pub seen: i64,
    /// What the server says it is doing.
    pub progress: Option<AttrValue>,
    pub allow_cancel: bool,
    /// The person's words, until they have come back as an item.
    pub words: Option<AttrValue>,
    /// The page tried it again by itself, so that one more failure is no news.
    pub is_revived: bool,
}

/// What can be asked.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    Message(String),
    /// A message with files, by their ids.
    WithFiles(String, Vec<String>),
    /// Answer the question of this item once more.
    Again(ItemId),
    /// The person's answer to a question of the assistant.
    Answers(ItemId, InputAnswers),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Phase {
    /// To be sent, or followed, as soon as that can be.
    Ready,
    /// Sent; the server has not said anything yet.
    Sending,
    /// The answer is coming.
    Live,
    /// The stream was cut; somebody is looking for its continuation.
    Cut,
    /// It will not go on by itself. The words and the key are kept.
    Failed(Failure),
}

impl Read for Ask {
    fn read(value: Value) -> Option<Self> {
        let mut kept = wire::fields(value)?;
        let message = wire::take::<Option<String>>(&mut kept, "message")?;
        let again = wire::take::<Option<ItemId>>(&mut kept, "again")?;
        let answers = wire::take::<Vec<Value>>(&mut kept, "answers")?;
        let files = wire::take::<Vec<Value>>(&mut kept, "with_files")?;
        if let Ok([text, ids]) = <[Value; 2]>::try_from(files) {
            return Some(Self::WithFiles(String::read(text)?, Vec::read(ids)?));
        }
        match (message, again, <[Value; 2]>::try_from(answers)) {
            (Some(text), ..) => Some(Self::Message(text)),
            (_, Some(item), _) => Some(Self::Again(item)),
            (_, _, Ok([item, answers])) => Some(Self::Answers(
                ItemId::read(item)?,
                InputAnswers::read(answers)?,
            )),
            _ => None,
        }
    }
}

impl Ask {
    /// The request for it; `None` where it needs a thread and there is none.
    pub fn request(&self, thread: Option<&ThreadId>) -> Option<Request> {
        let request = match (self, thread.cloned()) {
            (Self::Message(text), None) => Request::ThreadsCreate {
                input: input(text, &[]),
            },
            (Self::WithFiles(text, files), None) => Request::ThreadsCreate {
                input: input(text, files),
            },
            (Self::WithFiles(text, files), Some(thread_id)) => Request::ThreadsAddUserMessage {
                thread_id,
                input: input(text, files),
            },
            (Self::Message(text), Some(thread_id)) => Request::ThreadsAddUserMessage {
                thread_id,
                input: input(text, &[]),
            },
            (Self::Again(item), Some(thread_id)) => Request::ThreadsRetryAfterItem {
                thread_id,
                item_id: item.clone(),
            },
            (Self::Answers(item, answers), Some(thread_id)) => Request::ThreadsAddStructuredInput {
                thread_id,
                item_id: item.clone(),
                input: answers.clone(),
            },
            (Self::Again(_) | Self::Answers(..), None) => return None,
        };
        Some(request)
    }

    fn words(&self) -> Option<AttrValue> {
        match self {
            Self::Message(text) | Self::WithFiles(text, _) => Some(text.as_str().into()),
            Self::Again(_) | Self::Answers(..) => None,
        }
    }
}

fn input(text: &str, files: &[String]) -> UserMessageInput {
    UserMessageInput {
        content: vec![UserContent::InputText {
            text: text.to_owned(),
        }],
        attachments: files.to_vec(),
        inference_options: InferenceOptions::default(),
        ..UserMessageInput::default()
    }
}

impl Turn {
    /// Whether only the line was at fault, so that it may well go out later.
    pub fn may_revive(&self) -> bool {
        matches!(&self.phase, Phase::Failed(failure) if failure.may_pass())
    }

    pub fn asked(key: TurnKey, ask: Ask) -> Self {
        Self {
            key,
            words: ask.words(),
            ask: Some(ask),
            phase: Phase::Ready,
            run: None,
            seen: 0,
            progress: None,
            allow_cancel: false,
            is_revived: false,
        }
    }

    /// A turn that the server is busy with, to be followed from its first event.
    pub fn found(run: RunId) -> Self {
        Self {
            key: run.as_str().into(),
            ask: None,
            phase: Phase::Ready,
            run: Some(run),
            seen: 0,
            progress: None,
            allow_cancel: true,
            words: None,
            is_revived: false,
        }
    }

    pub const fn is_live(&self) -> bool {
        !matches!(self.phase, Phase::Ready | Phase::Failed(_))
    }

    /// The server may not know of it yet.
    pub const fn is_unsent(&self) -> bool {
        self.run.is_none()
    }
}

#[cfg(test)]
mod tests {
    use protocol::chatkit::Answer;

    use super::*;

    #[test]
    fn what_is_kept_is_read_again() {
        let answer = Answer {
            values: vec!["yes".to_owned()],
            skipped: false,
        };
        let answers = InputAnswers::Answered {
            answers: [("q".to_owned(), answer)].into(),
        };
        for ask in [
            Ask::Message("Milk".to_owned()),
            Ask::WithFiles("Milk".to_owned(), vec!["atc_1".to_owned()]),
            Ask::Again(ItemId::new("msg_1")),
            Ask::Answers(ItemId::new("si_1"), answers),
        ] {
            let kept = serde_json::to_string(&ask).unwrap();

            assert_eq!(wire::parse(&kept), Some(ask));
        }
    }
}
