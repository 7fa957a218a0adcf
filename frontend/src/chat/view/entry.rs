//! One item of the conversation.

use protocol::chatkit::{ItemKind, UserContent};
use yew::{AttrValue, Html, Properties, component, html};

use super::assistant::assistant;
use super::question::{Standing, question};
use super::steps::steps;
use crate::chat::conversation::{Entry, Place};
use crate::chat::link::ChatLink;
use crate::markdown::Markdown;
use crate::text::Text;

#[derive(Properties, PartialEq)]
pub(super) struct EntryProps {
    pub entry: Entry,
    pub place: Place,
    pub link: ChatLink,
    /// Only a question heeds it.
    pub standing: Standing,
}

/// Drawn again only when its item has changed.
#[component]
pub(super) fn EntryView(props: &EntryProps) -> Html {
    let Entry { item, open } = &props.entry;
    let is_open = open.is_some();
    match &item.kind {
        ItemKind::UserMessage { content, .. } => said(words(content), html! {}),
        ItemKind::AssistantMessage { content } => assistant(content, is_open),
        ItemKind::Workflow { workflow } => {
            steps(&workflow.tasks, workflow.summary.as_ref(), is_open)
        }
        ItemKind::Task { task } => steps(std::slice::from_ref(task), None, false),
        ItemKind::StructuredInput { status, inputs } => {
            let whereabouts = (props.place, props.standing);
            question(item, (*status, inputs), whereabouts, &props.link)
        }
        ItemKind::Widget {
            copy_text: Some(text),
            ..
        } => html! {
            <div class="answer"><Markdown source={AttrValue::from(text.clone())} /></div>
        },
        // Nothing to see: a hint for the client, or a kind our server does not send.
        ItemKind::EndOfTurn {}
        | ItemKind::HiddenContextItem { .. }
        | ItemKind::ClientToolCall { .. }
        | ItemKind::GeneratedImage { .. }
        | ItemKind::Widget { .. } => html! {},
    }
}

fn words(content: &[UserContent]) -> AttrValue {
    let words: String = content.iter().map(UserContent::text).collect();
    words.into()
}

/// What the person said, and what became of it beneath.
pub(super) fn said(text: AttrValue, below: Html) -> Html {
    html! {
        <article class="said">
            <h3 class="unseen">{Text::YouSaid}</h3>
            <p class="bubble" dir="auto">{text}</p>
            {below}
        </article>
    }
}
