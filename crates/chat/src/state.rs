//! What a run remembers between steps.

use agent::{Message, Turn};
use protocol::ItemId;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Kept with the run after every step; enough for any process to go on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct State {
    pub(crate) turn: Turn,
    /// An item that readers have seen begin and not end. Who takes the run over removes it and
    /// does the step again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) open: Option<ItemId>,
    /// The item by which a tool has asked the person something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) question: Option<ItemId>,
    /// Where the stream went on after the person's answer, and the key of the request that
    /// brought it, by which a repeat is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) answered: Option<Answered>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Answered {
    pub(crate) item: ItemId,
    pub(crate) after: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) key: Option<String>,
}

impl State {
    pub(crate) const fn new(turn: Turn) -> Self {
        Self {
            turn,
            open: None,
            question: None,
            answered: None,
        }
    }

    pub(crate) fn to_value(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }
}

/// Characters of earlier turns that the model is told at the most.
const BUDGET: usize = 60_000;

/// Turns whose tool results are told whole; older ones are cut short.
const RECENT: usize = 3;

/// Characters of an old tool result.
const CUT: usize = 200;

/// Earlier turns as the model is told of them: the newest that fit, each whole or not at all, so
/// that no call is parted from its result.
pub(crate) fn history(states: Vec<Value>) -> Vec<Message> {
    let mut turns: Vec<Vec<Message>> = Vec::new();
    let mut length = 0;
    // "The second one" is a place in the list that was shown last, however long ago.
    let mut listed = false;
    let newest_first = states.into_iter().rev();
    for (age, state) in newest_first.enumerate() {
        let Ok(state) = serde_json::from_value::<State>(state) else {
            continue;
        };
        let mut messages = state.turn.messages;
        messages.iter_mut().for_each(forget_thoughts);
        let last_list = messages.iter().rposition(is_list).filter(|_| !listed);
        listed |= last_list.is_some();
        let old = messages.iter_mut().enumerate();
        for (at, message) in old.filter(|_| age >= RECENT) {
            if last_list != Some(at) {
                shorten(message);
            }
        }
        length += messages.iter().map(weight).sum::<usize>();
        if length > BUDGET {
            break;
        }
        turns.push(messages);
    }
    turns.into_iter().rev().flatten().collect()
}

/// What a model thought is echoed within its turn.
fn forget_thoughts(message: &mut Message) {
    if let Message::Assistant { native, .. } = message {
        *native = None;
    }
}

fn is_list(message: &Message) -> bool {
    let Message::Tool { content, .. } = message else {
        return false;
    };
    let tasks = content.get("tasks").and_then(Value::as_array);
    tasks.is_some_and(|tasks| tasks.len() > 1)
}

fn shorten(message: &mut Message) {
    if let Message::User { files, .. } = message {
        for text in files.iter_mut().filter_map(|file| file.text.as_mut()) {
            *text = text.chars().take(CUT).collect();
        }
    }
    let Message::Tool { content, .. } = message else {
        return;
    };
    let text = content.to_string();
    if text.chars().count() > CUT {
        *content = json!(text.chars().take(CUT).collect::<String>());
    }
}

fn weight(message: &Message) -> usize {
    match message {
        Message::Note { text } => text.len(),
        Message::User { text, files } => {
            let texts = files.iter().filter_map(|file| file.text.as_ref());
            text.len() + texts.map(String::len).sum::<usize>()
        }
        Message::Tool { content, .. } => content.to_string().len(),
        Message::Assistant { text, calls, .. } => {
            text.len()
                + calls
                    .iter()
                    .map(|call| call.arguments.to_string().len() + call.tool.len())
                    .sum::<usize>()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(text: &str) -> Value {
        State::new(Turn::new(text)).to_value()
    }

    #[test]
    fn the_newest_turns_that_fit_are_told_in_order() {
        let long = "a".repeat(BUDGET);

        let told = history(vec![state(&long), state("one"), state("two")]);

        let texts: Vec<_> = told.iter().map(weight).collect();
        assert_eq!(texts, [3, 3]);
        assert!(matches!(&told[0], Message::User { text, .. } if text == "one"));
    }

    #[test]
    fn of_old_results_the_list_shown_last_stays_whole() {
        let list = |title: &str| {
            let mut state = State::new(Turn::new("Show"));
            let tasks = json!({"tasks": [{"id": 1, "title": title.repeat(300)}, {"id": 2}]});
            state.turn.messages.push(Message::Tool {
                call_id: "call_1".to_owned(),
                content: tasks,
                is_error: false,
            });
            state.to_value()
        };
        let mut states = vec![list("a"), list("b")];
        states.extend((0..RECENT).map(|_| state("Hm")));

        let told = history(states);

        let whole =
            |at: usize| matches!(&told[at], Message::Tool { content, .. } if content.is_object());
        assert!(!whole(1) && whole(3));
    }
}
