//! One item of the conversation.

use protocol::chatkit::{Input, InputStatus, Item, ItemKind, UserContent};
use yew::{AttrValue, Html, Properties, component, html};

use super::assistant::Assistant;
use super::steps::Steps;
use crate::chat::conversation::Entry;
use crate::markdown::Markdown;
use crate::text::Text;

#[derive(Properties, PartialEq)]
pub(super) struct EntryProps {
    pub entry: Entry,
}

#[component]
pub(super) fn EntryView(props: &EntryProps) -> Html {
    let Entry { item, open } = &props.entry;
    match &item.kind {
        ItemKind::UserMessage { content, .. } => html! { <Said text={words(content)} /> },
        ItemKind::AssistantMessage { .. } => html! {
            <Assistant item={ByPlace(item.clone())} is_open={open.is_some()} />
        },
        ItemKind::Workflow { workflow } => html! {
            <Steps tasks={workflow.tasks.clone()} summary={workflow.summary.clone()} is_open={open.is_some()} />
        },
        ItemKind::Task { task } => html! {
            <Steps tasks={vec![task.clone()]} summary={None} is_open={false} />
        },
        ItemKind::StructuredInput { status, inputs } => html! {
            <Question inputs={inputs.clone()} status={*status} />
        },
        ItemKind::Widget {
            copy_text: Some(text),
            ..
        } => html! {
            <div class="answer"><Markdown source={AttrValue::from(text.clone())} /></div>
        },
        // Nothing to see: a hint for the client, or a kind our server does not send.
        ItemKind::EndOfTurn {}
        | ItemKind::ClientToolCall { .. }
        | ItemKind::GeneratedImage { .. }
        | ItemKind::Widget { .. } => html! {},
    }
}

/// An item that is compared by where it lies.
#[derive(Clone)]
pub(super) struct ByPlace(pub(super) std::rc::Rc<Item>);

impl PartialEq for ByPlace {
    fn eq(&self, other: &Self) -> bool {
        std::rc::Rc::ptr_eq(&self.0, &other.0)
    }
}

fn words(content: &[UserContent]) -> AttrValue {
    let words: String = content.iter().map(UserContent::text).collect();
    words.into()
}

#[derive(Properties, PartialEq)]
pub(super) struct SaidProps {
    pub text: AttrValue,
    /// What became of it, beneath.
    #[prop_or_default]
    pub children: Html,
}

/// What the person said.
#[component]
pub(super) fn Said(props: &SaidProps) -> Html {
    html! {
        <article class="said">
            <h3 class="unseen">{Text::YouSaid}</h3>
            <p class="bubble" dir="auto">{props.text.clone()}</p>
            {props.children.clone()}
        </article>
    }
}

#[derive(Properties, PartialEq)]
struct QuestionProps {
    inputs: Vec<Input>,
    status: InputStatus,
}

/// A question of the assistant with what was answered.
#[component]
fn Question(props: &QuestionProps) -> Html {
    let one = |input: &Input| {
        let values = input.answer.as_ref().map(|answer| answer.values.join(", "));
        let answer = match (props.status, values) {
            (InputStatus::Skipped, _) => Text::Skipped.with(&[]),
            (_, Some(values)) => values.into(),
            (_, None) => AttrValue::default(),
        };
        html! {
            <>
                <dt dir="auto">{input.question.clone()}</dt>
                <dd dir="auto">{answer}</dd>
            </>
        }
    };
    html! { <dl class="question">{ for props.inputs.iter().map(one) }</dl> }
}
