//! What the assistant says.

use protocol::chatkit::{AssistantContent, ItemKind};
use yew::{AttrValue, Html, Properties, component, html};

use super::entry::ByPlace;
use crate::components::CopyButton;
use crate::icon::Mark;
use crate::markdown::Markdown;
use crate::text::Text;

#[derive(Properties, PartialEq)]
pub(super) struct AssistantProps {
    pub(super) item: ByPlace,
    /// More words are coming.
    pub is_open: bool,
}

#[component]
pub(super) fn Assistant(props: &AssistantProps) -> Html {
    let ItemKind::AssistantMessage { content } = &props.item.0.kind else {
        return html! {};
    };
    let text = whole(content);
    if text.is_empty() {
        return html! {};
    }
    html! {
        <article class="answer" data-open={props.is_open.then_some("true")}>
            <h3 class="unseen">{Text::AssistantSaid}</h3>
            <span class="answer-mark"><Mark /></span>
            <Markdown source={&text} is_open={props.is_open} />
            <div class="answer-tools">
                if !props.is_open {
                    <CopyButton {text} label={Text::CopyAnswer} />
                }
            </div>
        </article>
    }
}

fn whole(content: &[AssistantContent]) -> AttrValue {
    match content {
        [one] => one.text.as_str().into(),
        parts => {
            let texts: Vec<&str> = parts.iter().map(|part| part.text.as_str()).collect();
            texts.join("\n\n").into()
        }
    }
}
