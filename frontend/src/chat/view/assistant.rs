//! What the assistant says.

use protocol::chatkit::AssistantContent;
use yew::{AttrValue, Html, html};

use crate::components::CopyButton;
use crate::icon::mark;
use crate::markdown::Markdown;
use crate::text::Text;

/// While it is open more words are coming.
pub(super) fn assistant(content: &[AssistantContent], is_open: bool, tools: Html) -> Html {
    let text = whole(content);
    if text.is_empty() {
        return html! {};
    }
    html! {
        <article class="answer" data-open={is_open.then_some("true")}>
            <h3 class="unseen">{Text::AssistantSaid}</h3>
            <span class="answer-mark">{mark()}</span>
            <Markdown source={&text} {is_open} />
            <div class="answer-tools">
                if !is_open {
                    <CopyButton {text} label={Text::CopyAnswer} />
                    {tools}
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
