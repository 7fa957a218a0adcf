//! The loop of one turn as a state machine without IO.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::model::Finished;
use crate::{Call, Consent, File, Message, Question};

/// Times the model is asked in one turn; the last time it has to answer without tools.
const MOST_STEPS: u32 = 10;

/// Calls that one turn may make.
const MOST_CALLS: usize = 40;

/// Everything that has happened in a turn. Saved after each step, it can be continued by another
/// process.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Turn {
    pub messages: Vec<Message>,
    steps: u32,
    /// What a tool has asked the person, until its call has a result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    asked: Option<Asked>,
    /// The person has asked for one call, and for no answer beside its result.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pressed: bool,
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
            asked: None,
            pressed: false,
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
        });
        turn
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
            with_tools: self.steps + 1 < MOST_STEPS && self.calls().count() < MOST_CALLS,
        }
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
            .skip(MOST_CALLS.saturating_sub(made))
            .map(|call| call.id.clone())
            .collect();
        self.messages.push(Message::Assistant {
            text: finished.text,
            calls,
        });
        for call_id in beyond {
            let content = json!({"error": "Not run: this turn has made too many calls."});
            self.tool_answered(call_id, content, true);
        }
    }

    /// Whether a tool of this turn has changed something.
    pub fn has_receipt(&self) -> bool {
        let reads = ["list_", "find_", "get_"];
        self.calls().any(|call| {
            let answer = self.messages.iter().find_map(|message| match message {
                Message::Tool {
                    call_id,
                    content,
                    is_error: false,
                } if *call_id == call.id => Some(content),
                _ => None,
            });
            let is_write = !reads.iter().any(|verb| call.tool.starts_with(verb));
            let tasks = answer.and_then(|content| content["tasks"].as_array());
            let waits = answer.is_some_and(|content| content.get("confirm").is_some());
            is_write && !waits && tasks.is_some_and(|tasks| !tasks.is_empty())
        })
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
mod tests {
    use super::*;

    fn calling(tools: &[&str]) -> Finished {
        Finished {
            text: String::new(),
            calls: tools
                .iter()
                .map(|tool| ((*tool).to_owned(), json!({})))
                .collect(),
        }
    }

    fn saying(text: &str) -> Finished {
        Finished {
            text: text.to_owned(),
            calls: Vec::new(),
        }
    }

    #[test]
    fn a_turn_asks_calls_asks_and_is_done() {
        let mut turn = Turn::new("What is open?");
        assert_eq!(turn.next(), Next::CallModel { with_tools: true });

        turn.model_finished(calling(&["list_tasks"]));
        let Next::CallTools(calls) = turn.next() else {
            panic!("a call is waiting");
        };
        turn.tool_answered(calls[0].id.clone(), json!({"tasks": []}), false);
        assert_eq!(turn.next(), Next::CallModel { with_tools: true });

        turn.model_finished(saying("Nothing."));
        assert_eq!(turn.next(), Next::Done(Ending::Answered));
    }

    #[test]
    fn a_button_is_one_call_and_no_answer() {
        let mut turn = Turn::pressed("complete_tasks", json!({"ids": [3]}));
        let Next::CallTools(calls) = turn.next() else {
            panic!("a call is waiting");
        };

        turn.tool_answered(calls[0].id.clone(), json!({}), false);

        assert_eq!(turn.next(), Next::Done(Ending::Answered));
    }

    #[test]
    fn a_saved_turn_goes_on_with_the_calls_that_have_no_result() {
        let mut turn = Turn::new("Add both");
        turn.model_finished(calling(&["add_tasks", "add_tasks"]));
        turn.tool_answered("call_1".to_owned(), json!({}), false);

        let saved = serde_json::to_value(&turn).unwrap();
        let restored: Turn = serde_json::from_value(saved).unwrap();

        let Next::CallTools(calls) = restored.next() else {
            panic!("a call is waiting");
        };
        assert_eq!(calls.len(), 1);
        assert_eq!(calls[0].id, "call_2");
    }

    #[test]
    fn a_model_that_never_answers_is_made_to() {
        let mut turn = Turn::new("Loop");
        for _ in 0..9 {
            assert_eq!(turn.next(), Next::CallModel { with_tools: true });
            turn.model_finished(calling(&["list_tasks"]));
            for call in turn.unanswered() {
                turn.tool_answered(call.id, json!({}), false);
            }
        }

        assert_eq!(turn.next(), Next::CallModel { with_tools: false });
    }

    #[test]
    fn calls_beyond_the_budget_are_refused_and_not_left_open() {
        let mut turn = Turn::new("Flood");
        turn.model_finished(calling(&["list_tasks"; 60]));

        assert_eq!(turn.unanswered().len(), MOST_CALLS);
    }

    #[test]
    fn a_stopped_turn_leaves_no_call_open() {
        let mut turn = Turn::new("Add");
        turn.model_finished(calling(&["add_tasks"]));

        turn.cut_off("Well", Ending::Stopped);

        assert_eq!(turn.next(), Next::Done(Ending::Stopped));
        assert!(turn.unanswered().is_empty());
        assert!(matches!(turn.messages.last(), Some(Message::Note { .. })));
    }
}
