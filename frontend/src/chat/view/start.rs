//! A conversation in which nothing was said yet.

use yew::{AttrValue, Callback, Html, MouseEvent, Properties, component, html};

use crate::gate::VerifiedUser;
use crate::icon::{Glyph, Icon};
use crate::text::Text;

/// What one can begin with: something to add, to see, to finish and to change.
const PROMPTS: [(Glyph, Text); 4] = [
    (Glyph::Plus, Text::PromptAdd),
    (Glyph::List, Text::PromptShow),
    (Glyph::Check, Text::PromptDone),
    (Glyph::Clock, Text::PromptRemember),
];

#[derive(Properties, PartialEq)]
pub(super) struct StartProps {
    pub user: VerifiedUser,
    pub say: Callback<String>,
}

#[component]
pub(super) fn Start(props: &StartProps) -> Html {
    let first_name = props.user.name().split_whitespace().next();
    let greeting = match first_name {
        Some(name) => Text::Greeting.with(&[("name", name)]),
        None => Text::GreetingNobody.into(),
    };
    html! {
        <div class="start">
            <h3 dir="auto">{greeting}</h3>
            <p class="soft">{Text::StartHint}</p>
            <ul class="prompts">
                { for PROMPTS.into_iter().map(|(glyph, text)| html! {
                    <Prompt {glyph} {text} say={props.say.clone()} />
                }) }
            </ul>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct PromptProps {
    glyph: Glyph,
    text: Text,
    say: Callback<String>,
}

#[component]
fn Prompt(props: &PromptProps) -> Html {
    let text = props.text;
    let onclick = props
        .say
        .reform(move |_: MouseEvent| AttrValue::from(text).to_string());
    html! {
        <li>
            <button type="button" class="prompt" {onclick}>
                <Icon glyph={props.glyph} />
                <span>{text}</span>
            </button>
        </li>
    }
}
