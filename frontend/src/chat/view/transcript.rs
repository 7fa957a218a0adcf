//! Everything that was said, and what is being said.

use std::rc::Rc;

use yew::{AttrValue, Callback, Html, MouseEvent, Properties, component, html, use_callback};

use super::entry::EntryView;
use super::scroll::use_sticky_scroll;
use super::turns::{LiveMark, TurnView};
use crate::chat::conversation::{Breakdown, Conversation, History, Notice as Note};
use crate::chat::link::use_chat_link;
use crate::chat::turn::Ask;
use crate::components::{Button, IconButton, Look, Notice, Tone};
use crate::icon::Glyph;
use crate::markdown::Markdown;
use crate::text::Text;

#[derive(Properties, PartialEq)]
pub(super) struct TranscriptProps {
    pub chat: Rc<Conversation>,
    pub ask: Callback<Ask>,
}

/// A log whose changes are not read out by themselves: the page's one voice says when an
/// answer begins and ends.
#[component]
pub(super) fn Transcript(props: &TranscriptProps) -> Html {
    let chat = &props.chat;
    let (frame, scroll) = use_sticky_scroll(chat);
    html! {
        <div class="transcript-frame">
            <div
                class="transcript"
                ref={frame}
                role="log"
                aria-live="off"
                aria-label={Text::Messages}
                tabindex="0"
                onscroll={scroll.onscroll}
            >
                <div class="thread">
                    <Older chat={Rc::clone(chat)} />
                    { for chat.entries.iter().map(|entry| html! {
                        <EntryView key={entry.item.id.as_str()} entry={entry.clone()} />
                    }) }
                    { for chat.turns.iter().map(|turn| html! {
                        <TurnView key={turn.key.as_str()} turn={turn.clone()} place={chat.place} />
                    }) }
                    <Notes chat={Rc::clone(chat)} />
                    if let Some(breakdown) = &chat.breakdown {
                        <Broken breakdown={breakdown.clone()} chat={Rc::clone(chat)} ask={props.ask.clone()} />
                    }
                    <LiveMark turn={chat.live().cloned()} is_writing={chat.is_writing()} />
                </div>
            </div>
            if !scroll.is_at_end {
                <IconButton glyph={Glyph::ArrowDown} label={AttrValue::from(Text::JumpToLatest)} class="jump" onclick={scroll.jump} />
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ChatProps {
    chat: Rc<Conversation>,
}

/// The way to what was said before.
#[component]
fn Older(props: &ChatProps) -> Html {
    let deps = (use_chat_link(), Rc::clone(&props.chat));
    let onclick = use_callback(deps, |_, (link, chat)| {
        if let (Some(id), History::From(Some(cursor))) = (&chat.id, &chat.history) {
            link.load_older(chat.place, id.clone(), cursor);
        }
    });
    match &props.chat.history {
        History::From(Some(_)) => html! {
            <Button look={Look::Quiet} label={AttrValue::from(Text::ShowOlder)} {onclick} />
        },
        _ => html! {},
    }
}

#[component]
fn Notes(props: &ChatProps) -> Html {
    let link = use_chat_link();
    let place = props.chat.place;
    let note = |(index, note): (usize, &Note)| {
        use protocol::chatkit::NoticeLevel;
        let tone = match note.level {
            NoticeLevel::Info => Tone::Calm,
            NoticeLevel::Warning => Tone::Warning,
            NoticeLevel::Danger => Tone::Danger,
        };
        let link = link.clone();
        let close: Callback<MouseEvent> = Callback::from(move |_| link.read_notice(place, index));
        html! {
            <Notice {tone} title={note.title.clone()} onclose={close}>
                <Markdown source={&note.message} />
            </Notice>
        }
    };
    html! { <>{ for props.chat.notices.iter().enumerate().map(note) }</> }
}

#[derive(Properties, PartialEq)]
struct BrokenProps {
    breakdown: Breakdown,
    chat: Rc<Conversation>,
    ask: Callback<Ask>,
}

/// The answer broke off.
#[component]
fn Broken(props: &BrokenProps) -> Html {
    let question = props.chat.last_question().cloned();
    let deps = (props.ask.clone(), question.clone());
    let again = use_callback(deps, |_, (ask, question)| {
        if let Some(question) = question {
            ask.emit(Ask::Again(question.clone()));
        }
    });
    let message = props.breakdown.message.clone();
    html! {
        <Notice tone={Tone::Danger} title={AttrValue::from(Text::AnswerBroke)}>
            <p>{message.unwrap_or_else(|| Text::AnswerBrokeBody.into())}</p>
            if props.breakdown.allow_retry && question.is_some() {
                <Button glyph={Glyph::Repeat} label={AttrValue::from(Text::TryAgain)} onclick={again} />
            }
        </Notice>
    }
}
