//! A conversation in which nothing was said yet.

use std::rc::Rc;

use yew::{Html, MouseEvent, html};

use crate::browser;
use crate::chat::conversation::Conversation;
use crate::chat::link::ChatLink;
use crate::chat::turn::Ask;
use crate::gate::VerifiedUser;
use crate::icon::{Glyph, icon};
use crate::text::Text;

/// What one can begin with: something to add, to see, to finish and to change.
const PROMPTS: [(Glyph, Text); 4] = [
    (Glyph::Plus, Text::PromptAdd),
    (Glyph::List, Text::PromptShow),
    (Glyph::Check, Text::PromptDone),
    (Glyph::Clock, Text::PromptRemember),
];

pub(super) fn start(user: &VerifiedUser, chat: &Rc<Conversation>, link: &ChatLink) -> Html {
    let greeting = match user.name().split_whitespace().next() {
        Some(name) => Text::Greeting.with(&[("name", name)]),
        None => Text::GreetingNobody.into(),
    };
    let prompt = |(glyph, text): (Glyph, Text)| {
        let chat = Rc::clone(chat);
        let onclick = link.on(move |link, _: MouseEvent| {
            // The button that was pressed goes away with the start screen.
            browser::focus("message");
            link.ask(&chat, Ask::Message(text.to_string()));
        });
        html! {
            <li>
                <button type="button" class="prompt" {onclick}>{icon(glyph)}<span dir="auto">{text}</span></button>
            </li>
        }
    };
    html! {
        <div class="start">
            <h3 dir="auto">{greeting}</h3>
            <p class="soft">{Text::StartHint}</p>
            <ul class="prompts">{ for PROMPTS.into_iter().map(prompt) }</ul>
        </div>
    }
}
