//! One item of the conversation.

use protocol::ItemId;
use protocol::chatkit::{Item, ItemKind, UserContent};
use yew::{AttrValue, Html, MouseEvent, Properties, component, html};

use super::assistant::assistant;
use super::feedback::Feedback;
use super::files::sent_files;
use super::question::{Standing, question};
use super::steps::steps;
use crate::browser;
use crate::chat::conversation::{Entry, Place};
use crate::chat::link::ChatLink;
use crate::chat::turn::Ask;
use crate::components::{CopyButton, IconButton};
use crate::icon::Glyph;
use crate::markdown::Markdown;
use crate::text::Text;

#[derive(Properties, PartialEq)]
pub(super) struct EntryProps {
    pub entry: Entry,
    pub place: Place,
    pub link: ChatLink,
    /// Only a question heeds it.
    pub standing: Standing,
    /// The question that the entry answers, where it can be asked for another answer.
    pub again: Option<ItemId>,
}

/// Drawn again only when its item has changed.
#[component]
pub(super) fn EntryView(props: &EntryProps) -> Html {
    let Entry { item, open } = &props.entry;
    let is_open = open.is_some();
    match &item.kind {
        ItemKind::UserMessage {
            content,
            attachments,
            ..
        } => {
            let words = words(content);
            let files = sent_files(attachments, &props.link);
            let tools = said_tools(words.clone(), props);
            said(words, html! { <>{files}{tools}</> })
        }
        ItemKind::AssistantMessage { content } => {
            assistant(content, is_open, answer_tools(item, props))
        }
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

/// What can be done with words that were said.
fn said_tools(words: AttrValue, props: &EntryProps) -> Html {
    let place = props.place;
    let copy = words.clone();
    let edit = props.link.on(move |link, _: MouseEvent| {
        link.say_again(place, words.clone());
        browser::focus("message");
    });
    let pencil = IconButton::new(Glyph::Pencil, Text::SayAgain).class("small");
    html! {
        <div class="said-tools">
            {pencil.onclick(edit).view()}
            <CopyButton text={copy} label={Text::CopyMessage} />
        </div>
    }
}

/// What can be done with an answer.
fn answer_tools(item: &Item, props: &EntryProps) -> Html {
    html! {
        <>
            <Feedback thread={item.thread_id.clone()} item={item.id.clone()} link={&props.link} />
            <>{again(item, props)}</>
        </>
    }
}

/// The way to another answer.
fn again(item: &Item, props: &EntryProps) -> Option<Html> {
    let question = props.again.clone()?;
    let (place, thread) = (props.place, item.thread_id.clone());
    let again = props.link.on(move |link, _: MouseEvent| {
        browser::focus("message");
        link.ask_at(place, Some(thread.clone()), Ask::Again(question.clone()));
    });
    let button = IconButton::new(Glyph::Repeat, Text::AnswerAgain).class("small");
    Some(button.onclick(again).view())
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
