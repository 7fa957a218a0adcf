//! What the model is told of earlier turns.
//!
//! **Invariant:** a turn is told whole or not at all, so no call is ever parted from its result.

use agent::{Message, Turn};
use protocol::RunId;
use serde_json::{Value, json};
use store::model_keys::ModelKey;
use store::runs::Past;

use crate::input;
use crate::secretary::Overflow;
use crate::state::State;

/// Tokens of earlier turns that the model is told at the most.
const BUDGET: usize = 16_000;

/// Turns whose tool results are told whole; older ones are cut short.
const RECENT: usize = 3;

/// Characters of an old tool result, or of an old file.
const CUT: usize = 200;

/// Turns that are looked at.
pub(crate) const MOST: i64 = 100;

#[derive(Default)]
pub(crate) struct History {
    /// For the model, oldest first.
    pub(crate) messages: Vec<Message>,
    /// What has to be put into notes, so that the rest stays well within the budget for a while.
    pub(crate) overflow: Option<Overflow>,
    /// Whether this is a conversation's first turn.
    pub(crate) is_empty: bool,
    /// What was said first, where the title that a model should have made of it has not come.
    pub(crate) untitled: Option<String>,
    /// The person's own model, if they have brought one.
    pub(crate) model: Option<ModelKey>,
    /// No model is to be asked at the moment.
    pub(crate) models_off: bool,
}

impl History {
    pub(crate) fn of(past: Past) -> Self {
        let is_empty = past.turns.is_empty() && past.summary.is_none();
        let read = past.turns.into_iter().filter_map(|(run, state)| {
            let state: State = serde_json::from_value(state).ok()?;
            Some((run, state.turn))
        });
        let turns: Vec<(RunId, Turn)> = read.collect();
        let untitled = untitled(&turns, past.title.as_deref());
        let untitled = untitled.filter(|_| past.summary.is_none());
        let newest_list = turns.iter().rposition(|(_, turn)| has_list(turn));
        let told = |at: usize| {
            let (age, is_newest_list) = (turns.len() - 1 - at, newest_list == Some(at));
            told(&turns[at].1, age, is_newest_list)
        };
        let newest_first = (0..turns.len()).rev();
        let weights: Vec<usize> = newest_first.map(|at| weight_of(&told(at))).collect();
        let fits = |budget: usize| {
            let mut sum = 0;
            let within = weights.iter().take_while(|weight| {
                sum += **weight;
                sum <= budget
            });
            within.count()
        };
        let kept = fits(BUDGET);
        let full = turns.len() == usize::try_from(MOST).unwrap_or_default();
        let overflows = kept < turns.len() || full;
        let mut messages: Vec<Message> = past.summary.iter().map(|text| notes(text)).collect();
        messages.extend((turns.len() - kept..turns.len()).flat_map(told));
        let overflow = overflows.then(|| {
            let rest = turns.len() - fits(BUDGET / 2).min(turns.len() - 1);
            let old: Vec<_> = turns.into_iter().take(rest).collect();
            old.last().cloned().map(|(upto, _)| Overflow {
                before: past.summary,
                before_upto: past.summary_upto,
                turns: old.into_iter().map(|(_, turn)| turn).collect(),
                upto,
            })
        });
        Self {
            messages,
            overflow: overflow.flatten(),
            is_empty,
            untitled,
            model: past.model,
            models_off: past.models_off,
        }
    }
}

/// The first turn asks for a title; if its process had no time for it, the third asks once more.
/// The second may begin while the first is still at it.
fn untitled(turns: &[(RunId, Turn)], title: Option<&str>) -> Option<String> {
    let [(_, first), _] = turns else {
        return None;
    };
    let said = first.said()?;
    (title == Some(&*input::title(said))).then(|| said.to_owned())
}

fn notes(summary: &str) -> Message {
    Message::Note {
        text: format!("Notes on the earlier part of this conversation:\n{summary}"),
    }
}

/// A turn as it is told; what is long and old is cut. "The second one" is a place in the list that
/// was shown last, however long ago, so that one stays whole.
fn told(turn: &Turn, age: usize, has_newest_list: bool) -> Vec<Message> {
    let mut messages = turn.messages.clone();
    messages.iter_mut().for_each(forget_thoughts);
    let newest_list = messages.iter().rposition(is_list);
    let newest_list = newest_list.filter(|_| has_newest_list);
    let old = messages.iter_mut().enumerate().filter(|_| age >= RECENT);
    for (at, message) in old {
        if newest_list != Some(at) {
            shorten(message);
        }
    }
    messages
}

/// What a model thought is echoed within its turn.
fn forget_thoughts(message: &mut Message) {
    if let Message::Assistant { native, .. } = message {
        *native = None;
    }
}

fn has_list(turn: &Turn) -> bool {
    turn.messages.iter().any(is_list)
}

fn is_list(message: &Message) -> bool {
    let Message::Tool { content, .. } = message else {
        return false;
    };
    let tasks = content.get("tasks").and_then(Value::as_array);
    tasks.is_some_and(|tasks| tasks.len() > 1)
}

fn shorten(message: &mut Message) {
    let cut = |text: &str| text.chars().take(CUT).collect::<String>();
    match message {
        Message::User { files, .. } => {
            for text in files.iter_mut().filter_map(|file| file.text.as_mut()) {
                *text = cut(text);
            }
        }
        Message::Tool { content, .. } => {
            let text = content.to_string();
            if text.chars().count() > CUT {
                *content = json!(cut(&text));
            }
        }
        Message::Assistant { .. } | Message::Note { .. } => {}
    }
}

fn weight_of(messages: &[Message]) -> usize {
    messages.iter().map(tokens).sum()
}

/// About four characters to a token, and some for the form of a message.
fn tokens(message: &Message) -> usize {
    weight(message).div_ceil(4) + 4
}

/// Characters that the model reads of it. A picture counts as much as a page of text.
pub(crate) fn weight(message: &Message) -> usize {
    const PICTURE: usize = 3_000;
    match message {
        Message::Note { text } => text.len(),
        Message::User { text, files } => {
            let texts = files.iter().filter_map(|file| file.text.as_ref());
            let pictures = files.iter().filter(|file| file.picture.is_some()).count();
            text.len() + texts.map(String::len).sum::<usize>() + PICTURE * pictures
        }
        Message::Tool { content, .. } => content.to_string().len(),
        Message::Assistant { text, calls, .. } => {
            let calls = calls.iter();
            let calls = calls.map(|call| call.arguments.to_string().len() + call.tool.len());
            text.len() + calls.sum::<usize>()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn past(texts: &[&str]) -> Past {
        let turns = texts.iter().zip(1..).map(|(text, number)| {
            let state = State::new(Turn::new(*text)).to_value();
            (RunId::new(format!("run_{number}")), state)
        });
        Past {
            model: None,
            models_off: false,
            title: None,
            summary: None,
            summary_upto: None,
            turns: turns.collect(),
        }
    }

    fn texts(messages: &[Message]) -> Vec<&str> {
        let text = |message| match message {
            &Message::User { ref text, .. } | &Message::Note { ref text } => text.as_str(),
            _ => "",
        };
        messages.iter().map(text).collect()
    }

    #[test]
    fn the_newest_turns_that_fit_are_told_in_order() {
        let long = "a".repeat(4 * BUDGET);

        let history = History::of(past(&[&long, "one", "two"]));

        assert_eq!(texts(&history.messages), ["one", "two"]);
        let overflow = history.overflow.unwrap();
        assert_eq!(overflow.upto, RunId::new("run_1"));
    }

    #[test]
    fn what_fits_needs_no_notes() {
        let history = History::of(past(&["one", "two"]));

        assert!(history.overflow.is_none());
        assert!(!history.is_empty);
        assert!(History::of(past(&[])).is_empty);
    }

    #[test]
    fn notes_leave_room_for_the_turns_to_come() {
        let third = "a".repeat(4 * BUDGET / 3);

        let history = History::of(past(&[&third, &third, &third, "four"]));

        // Told as long as it fits, and put into notes down to half of the room.
        assert_eq!(history.messages.len(), 3);
        assert_eq!(history.overflow.unwrap().upto, RunId::new("run_2"));
    }

    #[test]
    fn notes_stand_before_what_is_told() {
        let mut past = past(&["two"]);
        past.summary = Some("They like milk.".to_owned());

        let history = History::of(past);

        assert!(texts(&history.messages)[0].contains("They like milk."));
        assert_eq!(texts(&history.messages)[1], "two");
    }

    #[test]
    fn of_old_results_the_list_shown_last_stays_whole() {
        let list = |title: &str| {
            let mut turn = Turn::new("Show");
            let tasks = json!({"tasks": [{"id": 1, "title": title.repeat(300)}, {"id": 2}]});
            turn.messages.push(Message::Tool {
                call_id: "call_1".to_owned(),
                content: tasks,
                is_error: false,
            });
            turn
        };
        let mut turns = vec![list("a"), list("b")];
        turns.extend((0..RECENT).map(|_| Turn::new("Hm")));
        let turns = turns.into_iter().map(|turn| {
            let state = State::new(turn).to_value();
            (RunId::new("run_1"), state)
        });

        let told = History::of(Past {
            model: None,
            models_off: false,
            title: None,
            summary: None,
            summary_upto: None,
            turns: turns.collect(),
        });

        let whole = |at: usize| {
            let told = &told.messages[at];
            matches!(told, Message::Tool { content, .. } if content.is_object())
        };
        assert!(!whole(1) && whole(3));
    }
}
