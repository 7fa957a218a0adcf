//! What is offered while one writes: commands after a slash, tasks after an at-sign.

use yew::{AttrValue, Callback, Html, html};

use crate::browser::lower_case;
use crate::text::Text;

/// So many are offered.
const MOST: usize = 6;

/// A task that can be named in a message.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    pub number: i32,
    pub title: AttrValue,
}

/// Something that can stand in the place of the word that is being written.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Offer {
    pub label: AttrValue,
    /// The whole message with it.
    pub message: String,
}

/// What each command begins, which the built-in assistant understands as well.
const COMMANDS: [(&str, Text, &str); 5] = [
    ("/add", Text::CommandAdd, "Add a task to "),
    ("/list", Text::CommandList, "Show me all my tasks"),
    ("/today", Text::CommandToday, "What is due today?"),
    ("/done", Text::CommandDone, "What have I completed?"),
    ("/undo", Text::CommandUndo, "Undo"),
];

/// The offers for a message as far as it is written.
pub(super) fn offers(message: &str, tasks: &[Mention]) -> Vec<Offer> {
    if message.starts_with('/') && !message.contains(char::is_whitespace) {
        let fitting = COMMANDS
            .iter()
            .filter(|(name, ..)| name.starts_with(message));
        return fitting
            .map(|(name, text, begun)| Offer {
                label: format!("{name} · {text}").into(),
                message: (*begun).to_owned(),
            })
            .collect();
    }
    let Some((before, word)) = message.rsplit_once('@') else {
        return Vec::new();
    };
    if !(before.is_empty() || before.ends_with(char::is_whitespace)) || word.contains('\n') {
        return Vec::new();
    }
    let wanted = lower_case(word);
    let fitting = tasks
        .iter()
        .filter(|task| lower_case(&task.title).contains(&wanted));
    fitting
        .take(MOST)
        .map(|task| Offer {
            label: format!("{} · {}", task.number, task.title).into(),
            message: format!("{before}task {} ", task.number),
        })
        .collect()
}

/// Buttons above the message, which the keyboard reaches by Tab, and the first by Tab alone.
pub(super) fn offers_view(offers: &[Offer], take: &Callback<String>) -> Html {
    if offers.is_empty() {
        return html! {};
    }
    let offer = |offer: &Offer| {
        let message = offer.message.clone();
        let onclick = take.reform(move |_| message.clone());
        html! {
            <li><button type="button" class="offer" dir="auto" {onclick}>{offer.label.clone()}</button></li>
        }
    };
    html! { <ul class="offers" aria-label={Text::Offers}>{ for offers.iter().map(offer) }</ul> }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(message: &str) -> Vec<String> {
        let tasks = [(3, "Milk"), (4, "Bread")].map(|(number, title)| Mention {
            number,
            title: title.into(),
        });
        let offers = offers(message, &tasks);
        offers.iter().map(|offer| offer.message.clone()).collect()
    }

    #[test]
    fn a_slash_offers_commands_and_an_at_sign_tasks() {
        assert_eq!(labels("/ad"), ["Add a task to "]);
        assert_eq!(labels("/").len(), COMMANDS.len());
        assert_eq!(labels("complete @mi"), ["complete task 3 "]);
        assert_eq!(labels("@").len(), 2);
    }

    #[test]
    fn addresses_and_other_words_offer_nothing() {
        for message in ["", "write to ann@mi", "/add milk", "1/2", "@milk\n"] {
            assert!(labels(message).is_empty(), "{message}");
        }
    }
}
