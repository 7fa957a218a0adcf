//! One item of the conversation.

use protocol::chatkit::{Input, InputStatus, ItemKind, UserContent};
use yew::{AttrValue, Html, Properties, component, html};

use super::assistant::assistant;
use super::steps::steps;
use crate::chat::conversation::Entry;
use crate::markdown::Markdown;
use crate::text::Text;

#[derive(Properties, PartialEq)]
pub(super) struct EntryProps {
    pub entry: Entry,
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
        ItemKind::StructuredInput { status, inputs } => question(inputs, *status),
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

/// A question of the assistant with what was answered.
fn question(inputs: &[Input], status: InputStatus) -> Html {
    let one = |input: &Input| {
        let values = input.answer.as_ref().map(|answer| answer.values.join(", "));
        let answer = match (status, values) {
            (InputStatus::Skipped, _) => Text::Skipped.into(),
            (_, values) => AttrValue::from(values.unwrap_or_default()),
        };
        html! {
            <>
                <dt dir="auto">{input.question.clone()}</dt>
                <dd dir="auto">{answer}</dd>
            </>
        }
    };
    html! { <dl class="question">{ for inputs.iter().map(one) }</dl> }
}
