//! Everything that was said, and what is being said.

use std::rc::Rc;

use protocol::ItemId;
use protocol::chatkit::{ItemKind, NoticeLevel};
use wasm_split_helpers::wasm_split;
use yew::{AttrValue, Callback, Html, MouseEvent, Properties, component, html};

use super::entry::EntryView;
use super::question::Standing;
use super::receipt::{placed, receipt_view};
use super::scroll::use_sticky_scroll;
use super::turns::{live_mark, turn_view};
use crate::api::Failure;
use crate::chat::conversation::{Conversation, Entry, History, Notice as Note};
use crate::chat::link::ChatLink;
use crate::chat::turn::Ask;
use crate::components::{Button, IconButton, Notice, Tone};
use crate::icon::Glyph;
use crate::markdown::Markdown;
use crate::parts::{Draw, Part};
use crate::tasks::Receipt;
use crate::text::Text;

#[derive(Clone, Properties, PartialEq)]
pub(super) struct TranscriptProps {
    pub chat: Rc<Conversation>,
    pub link: ChatLink,
    pub is_online: bool,
    pub receipts: Rc<Vec<Receipt>>,
    pub undo: Callback<AttrValue>,
}

/// Draws a conversation in which something was said.
#[wasm_split(talk, fallible)]
pub(super) fn transcript() -> Result<Part, Failure> {
    static DRAW: Draw<TranscriptProps> = |props| html! { <Transcript ..props /> };
    Ok(&DRAW)
}

/// A log whose changes are not read out by themselves: the page's one voice says when an
/// answer begins and ends.
#[component]
fn Transcript(props: &TranscriptProps) -> Html {
    let TranscriptProps {
        chat,
        link,
        is_online,
        ..
    } = props;
    let (frame, scroll) = use_sticky_scroll(chat);
    // Below, each list is one of its own, so that what changes in one leaves the others in place.
    let turn = |turn| turn_view(turn, chat.place, link, *is_online);
    let jump = IconButton::new(Glyph::ArrowDown, Text::JumpToLatest).class("jump");
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
                    {older(chat, link)}
                    <>{ for entries(props) }</>
                    <>{ for chat.turns.iter().map(turn) }</>
                    <>{ for chat.notices.iter().enumerate().map(|note| notice(note, chat, link)) }</>
                    {broken(chat, link)}
                    {live_mark(chat)}
                </div>
            </div>
            if !scroll.is_at_end {
                {jump.onclick(scroll.jump).view()}
            }
        </div>
    }
}

/// What was said, with what was done about it.
fn entries(props: &TranscriptProps) -> Vec<Html> {
    let chat = &props.chat;
    let mut receipts = placed(chat, &props.receipts).peekable();
    let mut views = Vec::with_capacity(chat.entries.len());
    let last = chat.entries.len().wrapping_sub(1);
    let question = repeatable(chat, &props.receipts);
    for (place, entry) in chat.entries.iter().enumerate() {
        while let Some((_, receipt)) = receipts.next_if(|(before, _)| *before <= place) {
            views.push(receipt_view(receipt, &props.undo));
        }
        views.push(html! {
            <EntryView
                key={entry.item.id.as_str()}
                entry={entry.clone()}
                place={chat.place}
                link={&props.link}
                standing={standing(chat, entry)}
                again={question.clone().filter(|_| place == last)}
            />
        });
    }
    views.extend(receipts.map(|(_, receipt)| receipt_view(receipt, &props.undo)));
    views
}

/// The last question, if it can be asked for another answer: what the first one did would be
/// done a second time.
fn repeatable(chat: &Conversation, receipts: &[Receipt]) -> Option<ItemId> {
    let did =
        |(place, receipt): (usize, &Receipt)| place == chat.entries.len() && !receipt.is_undone;
    let is_free = chat.turns.is_empty() && !placed(chat, receipts).any(did);
    chat.last_question().filter(|_| is_free).cloned()
}

/// What can be done with an entry, if it is a question.
fn standing(chat: &Conversation, entry: &Entry) -> Standing {
    if !matches!(entry.item.kind, ItemKind::StructuredInput { .. }) {
        return Standing::Passed;
    }
    if chat.is_answering(&entry.item.id) {
        Standing::Answering
    } else if chat.is_passed(&entry.item.id) {
        Standing::Passed
    } else {
        Standing::Open
    }
}

/// The way to what was said before.
fn older(chat: &Rc<Conversation>, link: &ChatLink) -> Html {
    let (Some(id), History::From(Some(cursor))) = (&chat.id, &chat.history) else {
        return html! {};
    };
    let (place, id, cursor) = (chat.place, id.clone(), cursor.clone());
    let load = link.on(move |link, _| link.load_older(place, id.clone(), &cursor));
    Button::new(Text::ShowOlder).quiet().onclick(load).view()
}

fn notice((index, note): (usize, &Note), chat: &Conversation, link: &ChatLink) -> Html {
    let notice = Notice::new(match note.level {
        NoticeLevel::Info => Tone::Calm,
        NoticeLevel::Warning => Tone::Warning,
        NoticeLevel::Danger => Tone::Danger,
    });
    let notice = match &note.title {
        Some(title) => notice.title(title),
        None => notice,
    };
    let place = chat.place;
    let close = link.on(move |link, _: MouseEvent| link.read_notice(place, index));
    notice
        .onclose(close)
        .view(html! { <Markdown source={&note.message} /> })
}

/// The answer broke off.
fn broken(chat: &Rc<Conversation>, link: &ChatLink) -> Html {
    let Some(breakdown) = &chat.breakdown else {
        return html! {};
    };
    let question = chat.last_question().filter(|_| breakdown.allow_retry);
    let again = question.cloned().map(|question| {
        let chat = Rc::clone(chat);
        let again = link.on(move |link, _| link.ask(&chat, Ask::Again(question.clone())));
        Button::new(Text::TryAgain)
            .glyph(Glyph::Repeat)
            .onclick(again)
            .view()
    });
    let message = breakdown.message.clone();
    let message = message.unwrap_or_else(|| Text::AnswerBrokeBody.into());
    let notice = Notice::new(Tone::Danger).title(Text::AnswerBroke);
    notice.view(html! { <><p>{message}</p>{again}</> })
}
