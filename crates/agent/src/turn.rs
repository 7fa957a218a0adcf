//! The loop of one turn as a state machine without IO.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::budget::{self, SPENT, Spent};
use crate::model::Finished;
use crate::{Call, Consent, File, Message, Question, ToolOutput};

/// Everything that has happened in a turn. Saved after each step, it can be continued by another
/// process.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Turn {
    pub messages: Vec<Message>,
    steps: u32,
    #[serde(default)]
    spent: Spent,
    /// What a tool has asked the person, until its call has a result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    asked: Option<Asked>,
    /// The person has asked for one call, and for no answer beside its result.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pressed: bool,
    /// A call that may write has named what it changed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    receipt: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ended: Option<Ending>,
}

/// A question of a tool to the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    pub call_id: String,
    pub question: Question,
    /// The outer `None` while the person thinks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answered>,
}

/// What the person said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    pub consent: Consent,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    Answered,
    /// The person asked for it.
    Stopped,
    /// The model could not be reached, or broke off.
    Failed,
}

/// What has to be done next.
#[derive(Clone, Debug, PartialEq)]
pub enum Next {
    CallModel {
        /// Without them the model can do nothing but answer.
        with_tools: bool,
    },
    /// Calls without a result yet, in order.
    CallTools(Vec<Call>),
    /// Nothing, until the person has answered.
    Wait,
    Done(Ending),
}

impl Turn {
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            messages: vec![Message::user(text)],
            steps: 0,
            spent: Spent::default(),
            asked: None,
            pressed: false,
            receipt: false,
            ended: None,
        }
    }

    /// A message with files beside it.
    pub fn with_files(text: impl Into<String>, files: Vec<File>) -> Self {
        let mut turn = Self::new("");
        turn.messages = vec![Message::User {
            text: text.into(),
            files,
        }];
        turn
    }

    /// One call that the person has asked for by a button. No model is asked.
    pub fn pressed(tool: &str, arguments: Value) -> Self {
        let mut turn = Self::new(format!("(By a button: {tool})"));
        turn.pressed = true;
        turn.messages.push(Message::Assistant {
            text: String::new(),
            calls: vec![Call {
                id: "call_1".to_owned(),
                tool: tool.to_owned(),
                arguments,
            }],
            native: None,
        });
        turn
    }

    /// What the person said.
    pub fn said(&self) -> Option<&str> {
        self.messages.iter().find_map(|message| match message {
            Message::User { text, .. } => Some(text.as_str()),
            _ => None,
        })
    }

    /// Keeps the beginning of an answer whose rest another process will ask for.
    pub fn interrupted(&mut self, partial: &str) {
        self.messages.push(Message::Assistant {
            text: partial.to_owned(),
            calls: Vec::new(),
            native: None,
        });
        self.messages.push(Message::Note {
            text: "Your answer was interrupted here. Go on exactly where it stopped, and repeat \
                   nothing."
                .to_owned(),
        });
    }

    /// Whether it is one call by the person's own hand.
    pub const fn is_pressed(&self) -> bool {
        self.pressed
    }

    /// The question that stands between a call and its result.
    pub const fn asked(&self) -> Option<&Asked> {
        self.asked.as_ref()
    }

    /// A call asks the person something before it does anything.
    pub fn ask(&mut self, call_id: String, question: Question) {
        self.asked = Some(Asked {
            call_id,
            question,
            answer: None,
        });
    }

    /// What the person said to the question. The first answer counts.
    pub fn answer(&mut self, consent: Consent) {
        if let Some(asked) = &mut self.asked {
            asked.answer.get_or_insert(Answered { consent });
        }
    }

    pub fn next(&self) -> Next {
        if let Some(ending) = self.ended {
            return Next::Done(ending);
        }
        if self
            .asked
            .as_ref()
            .is_some_and(|asked| asked.answer.is_none())
        {
            return Next::Wait;
        }
        let unanswered = self.unanswered();
        if !unanswered.is_empty() {
            return Next::CallTools(unanswered);
        }
        if self.pressed {
            return Next::Done(Ending::Answered);
        }
        Next::CallModel {
            with_tools: !self.is_spent(),
        }
    }

    /// Whether the model has to answer the next time it is asked.
    pub fn is_spent(&self) -> bool {
        self.steps + 1 >= budget::STEPS
            || self.calls().count() >= budget::CALLS
            || self.spent.is_all()
    }

    /// Notes how long a step has taken.
    pub fn spend(&mut self, time: std::time::Duration) {
        let millis = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        self.spent.millis = self.spent.millis.saturating_add(millis);
    }

    /// Holds an answer to the budget: a model that had to answer and calls instead has answered.
    /// What has to be said in its place, if it said nothing.
    pub fn hold_to_budget(&self, finished: &mut Finished) -> Option<&'static str> {
        if finished.calls.is_empty() || !self.is_spent() {
            return None;
        }
        finished.calls.clear();
        finished.native = None;
        if !finished.text.trim().is_empty() {
            return None;
        }
        SPENT.clone_into(&mut finished.text);
        Some(SPENT)
    }

    fn calls(&self) -> impl Iterator<Item = &Call> {
        self.messages.iter().flat_map(|message| match message {
            Message::Assistant { calls, .. } => calls.as_slice(),
            _ => &[],
        })
    }

    fn unanswered(&self) -> Vec<Call> {
        let answered = |call: &Call| {
            self.messages.iter().any(
                |message| matches!(message, Message::Tool { call_id, .. } if *call_id == call.id),
            )
        };
        self.calls()
            .filter(|call| !answered(call))
            .cloned()
            .collect()
    }

    /// Takes what the model said. Its calls get ids of ours; those beyond the budget are answered
    /// with a refusal, so that none stays without a result.
    pub fn model_finished(&mut self, finished: Finished) {
        self.steps += 1;
        let tokens = finished.usage.input + finished.usage.output;
        self.spent.tokens = self.spent.tokens.saturating_add(tokens);
        let made = self.calls().count();
        let calls: Vec<Call> = finished
            .calls
            .into_iter()
            .enumerate()
            .map(|(place, (tool, arguments))| Call {
                id: format!("call_{}", made + place + 1),
                tool,
                arguments,
            })
            .collect();
        if calls.is_empty() {
            self.ended = Some(Ending::Answered);
        }
        let beyond: Vec<String> = calls
            .iter()
            .skip(budget::CALLS.saturating_sub(made))
            .map(|call| call.id.clone())
            .collect();
        self.messages.push(Message::Assistant {
            text: finished.text,
            calls,
            native: finished.native,
        });
        for call_id in beyond {
            let content = json!({"error": "Not run: this turn has made too many calls."});
            self.tool_answered(call_id, content, true);
        }
    }

    /// Whether a tool of this turn has changed something.
    pub const fn has_receipt(&self) -> bool {
        self.receipt
    }

    /// Takes what a tool gave, with `content` as much of it as the model is to read.
    pub fn take_output(&mut self, call_id: String, content: Value, output: &ToolOutput) {
        self.receipt |= output.is_receipt;
        self.tool_answered(call_id, content, output.is_error);
    }

    pub fn tool_answered(&mut self, call_id: String, content: Value, is_error: bool) {
        if self
            .asked
            .as_ref()
            .is_some_and(|asked| asked.call_id == call_id)
        {
            self.asked = None;
        }
        self.messages.push(Message::Tool {
            call_id,
            content,
            is_error,
        });
    }

    /// Ends the turn before its time. What was said so far stays, calls without a result are
    /// closed, and a note tells the model next time.
    pub fn cut_off(&mut self, partial: &str, ending: Ending) {
        if !partial.is_empty() {
            self.messages.push(Message::Assistant {
                text: partial.to_owned(),
                calls: Vec::new(),
                native: None,
            });
        }
        for call in self.unanswered() {
            self.tool_answered(call.id, json!({"error": "Not run."}), true);
        }
        let note = match ending {
            Ending::Stopped => "The person stopped this answer. Do not go on with it.",
            Ending::Failed | Ending::Answered => "This answer was cut off by a fault.",
        };
        self.messages.push(Message::Note {
            text: note.to_owned(),
        });
        self.ended = Some(ending);
    }
}

#[cfg(test)]
mod tests;
