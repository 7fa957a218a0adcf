//! What was said, and how it falls into turns.

use serde_json::Value;

use crate::view::Answer;

/// One entry of a conversation.
#[derive(Clone, Debug, PartialEq)]
pub enum Message {
    User(String),
    Assistant {
        text: String,
        calls: Vec<Call>,
    },
    ToolResult {
        call_id: String,
        content: Value,
        is_error: bool,
    },
}

/// A call of a tool.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    pub id: String,
    pub tool: String,
    pub arguments: Value,
}

/// What comes next: calls, or, if there are none, the answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reply {
    pub text: String,
    pub calls: Vec<Call>,
}

/// What a person said, and all that followed.
#[derive(Debug)]
pub(crate) struct Turn<'a> {
    pub(crate) said: &'a str,
    pub(crate) steps: Vec<Step<'a>>,
    /// The answer, once there is one.
    pub(crate) answer: &'a str,
}

/// A call, and what came back.
#[derive(Debug)]
pub(crate) struct Step<'a> {
    pub(crate) tool: &'a str,
    pub(crate) arguments: &'a Value,
    /// `None` while it is under way, or if it was never run.
    pub(crate) answer: Option<Answer>,
}

impl Step<'_> {
    pub(crate) fn is_read(&self) -> bool {
        !is_write(self.tool)
    }
}

/// Whether a tool changes something, by the first word of its name.
pub(crate) fn is_write(tool: &str) -> bool {
    let reads = ["list_", "find_", "get_"];
    !reads.iter().any(|verb| tool.starts_with(verb))
}

/// Splits a conversation at what the person said. Ids of calls are unique within a turn only.
pub(crate) fn turns(conversation: &[Message]) -> Vec<Turn<'_>> {
    let mut turns: Vec<Turn<'_>> = Vec::new();
    let mut ids: Vec<&str> = Vec::new();
    for message in conversation {
        if let Message::User(said) = message {
            ids.clear();
            turns.push(Turn {
                said,
                steps: Vec::new(),
                answer: "",
            });
            continue;
        }
        let Some(turn) = turns.last_mut() else {
            continue;
        };
        match message {
            Message::Assistant { text, calls } => {
                turn.answer = text;
                for call in calls {
                    ids.push(&call.id);
                    turn.steps.push(Step {
                        tool: &call.tool,
                        arguments: &call.arguments,
                        answer: None,
                    });
                }
            }
            Message::ToolResult {
                call_id,
                content,
                is_error,
            } => {
                let asked = |at: &usize| ids[*at] == call_id && turn.steps[*at].answer.is_none();
                if let Some(at) = (0..ids.len()).find(asked) {
                    turn.steps[at].answer = Some(Answer::read(content, *is_error));
                }
            }
            Message::User(_) => {}
        }
    }
    turns
}
