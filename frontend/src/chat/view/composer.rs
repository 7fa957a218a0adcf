//! Where the person writes.

use std::cell::RefCell;
use std::rc::Rc;

use protocol::chatkit::ThreadStatus;
use web_sys::HtmlTextAreaElement;
use yew::{
    AttrValue, Callback, Html, InputEvent, KeyboardEvent, MouseEvent, Properties, SubmitEvent,
    TargetCast, component, hook, html, use_callback, use_effect_with, use_mut_ref, use_state,
};

use super::commands::{Mention, offers, offers_view};
use super::dictation::{Stage, use_dictation};
use super::files::{use_choose_files, use_files};
use crate::api::Quota;
use crate::browser;
use crate::chat::conversation::Conversation;
use crate::chat::link::ChatLink;
use crate::chat::turn::Ask;
use crate::components::IconButton;
use crate::icon::{Glyph, icon};
use crate::text::Text;

/// Characters the server takes in one message.
const LIMIT: usize = 8_000;
/// How many may be left before the page says so.
const NEAR: usize = 500;
/// How few requests may be left before the page says so.
const FEW: u32 = 10;

#[derive(Properties, PartialEq)]
pub(super) struct ComposerProps {
    pub chat: Rc<Conversation>,
    pub link: ChatLink,
    pub is_online: bool,
    /// The tasks that can be named.
    pub mentions: Rc<Vec<Mention>>,
}

#[component]
pub(super) fn Composer(props: &ComposerProps) -> Html {
    let ComposerProps {
        chat,
        link,
        is_online,
        mentions,
    } = props;
    let (draft, newest, write) = use_draft(chat, link);
    let length = draft.chars().count();
    let files = use_files();
    let clip = use_choose_files(&files, link);
    let heard = write.reform({
        let newest = Rc::clone(&newest);
        move |words: String| joined(&newest.borrow(), &words)
    });
    let (microphone, stage) = use_dictation(link, &heard);
    use_effect_with((), |()| {
        // Whoever opens a conversation wants to write, unless that brings up half a screen of
        // keys.
        if !browser::has_touch_keyboard() {
            browser::focus("message");
        }
    });
    if let ThreadStatus::Closed { reason } | ThreadStatus::Locked { reason } = &chat.status {
        let reason = reason
            .as_deref()
            .unwrap_or(Text::Closed.as_str())
            .to_owned();
        return html! {
            <div class="composer"><p class="closed">{icon(Glyph::Info)}{reason}</p></div>
        };
    }
    let (asked, sent, attached) = (Rc::clone(chat), write.clone(), files.clone());
    let send = link.on(move |link, ()| {
        // Taken, not read: a second press in the same moment finds nothing to send.
        let words = newest.borrow().clone();
        if can_be_sent(&words) {
            newest.take();
            let (words, files) = (words.trim().to_owned(), attached.take());
            let ask = match files.is_empty() {
                true => Ask::Message(words),
                false => Ask::WithFiles(words, files),
            };
            link.ask(&asked, ask);
            sent.emit(String::new());
        }
    });
    let onsubmit = send.reform(|event: SubmitEvent| event.prevent_default());
    let offered = offers(&draft, mentions);
    let take = write.reform(|message: String| {
        browser::focus("message");
        message
    });
    let quotas = link.api().quotas();
    html! {
        <form class="composer" {onsubmit}>
            {offers_view(&offered, &take)}
            {files.view(link)}
            <div class="composer-box">
                {clip}
                {microphone}
                {area(&draft, write, send, length > LIMIT)}
                {keys(chat, link, can_be_sent(&draft))}
            </div>
            <p class="composer-note" id="message-note">{note(length, stage, *is_online, &quotas)}</p>
        </form>
    }
}

fn can_be_sent(words: &str) -> bool {
    !words.trim().is_empty() && words.chars().count() <= LIMIT
}

/// What is spoken comes behind what is typed.
fn joined(typed: &str, spoken: &str) -> String {
    let is_apart = typed.is_empty() || typed.ends_with(char::is_whitespace);
    let gap = if is_apart { "" } else { " " };
    format!("{typed}{gap}{spoken}")
}

/// What is typed, kept so that neither a reload nor an expired session can lose it: as it is
/// drawn, as it is at this moment, which a fast hand is ahead of, and the way to change it.
#[hook]
fn use_draft(
    chat: &Conversation,
    link: &ChatLink,
) -> (AttrValue, Rc<RefCell<String>>, Callback<String>) {
    let place = chat.id.as_ref().map_or("new", |id| id.as_str()).to_owned();
    let last_place = use_mut_ref(String::new);
    let draft = use_state(|| AttrValue::from(link.drafts().read(&place)));
    let newest = use_mut_ref(|| draft.to_string());
    // A new conversation gets its id while one types: the draft moves along.
    let moved = (place.clone(), link.clone(), draft.clone());
    use_effect_with(place.clone(), move |_| {
        let (place, link, draft) = moved;
        let before = last_place.replace(place.clone());
        if !before.is_empty() && before != place {
            link.drafts().keep(&before, "");
            link.drafts().keep(&place, &draft);
        }
    });
    let deps = (link.clone(), place, draft.setter());
    let kept = Rc::clone(&newest);
    let write = use_callback(deps, move |text: String, (link, place, set)| {
        link.drafts().keep(place, &text);
        kept.borrow_mut().clone_from(&text);
        set.set(text.into());
    });
    let put_back = (draft.clone(), write.clone());
    use_effect_with(chat.returned.clone(), move |(times, words)| {
        let (draft, write) = put_back;
        if *times > 0 {
            let rest = draft.trim();
            let gap = if rest.is_empty() { "" } else { "\n" };
            write.emit(format!("{words}{gap}{rest}"));
        }
    });
    (AttrValue::clone(&draft), newest, write)
}

/// A text area that grows with its text: the frame repeats the text unseen, and the two share
/// one cell of a grid.
fn area(draft: &AttrValue, write: Callback<String>, send: Callback<()>, is_over: bool) -> Html {
    let oninput = Callback::from(move |event: InputEvent| {
        if let Some(area) = event.target_dyn_into::<HtmlTextAreaElement>() {
            write.emit(area.value());
        }
    });
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        let is_plain = !(event.shift_key() || event.is_composing());
        if event.key() == "Enter" && is_plain && !browser::has_touch_keyboard() {
            event.prevent_default();
            send.emit(());
        }
    });
    html! {
        <div class="grow" data-text={draft}>
            <label class="unseen" for="message">{Text::Message}</label>
            <textarea
                id="message"
                rows="1"
                placeholder={Text::MessagePlaceholder}
                value={draft}
                aria-describedby="message-note"
                aria-invalid={is_over.then_some("true")}
                dir="auto"
                {oninput}
                {onkeydown}
            />
        </div>
    }
}

/// Send, and while an answer is written also stop.
fn keys(chat: &Conversation, link: &ChatLink, can_send: bool) -> Html {
    let live = chat.live().filter(|turn| turn.allow_cancel);
    let stop = live.and_then(|turn| turn.run.clone()).map(|run| {
        let stop = link.on(move |link, _: MouseEvent| link.stop(run.clone()));
        let button = IconButton::new(Glyph::Stop, Text::Stop).class("stop");
        button.onclick(stop).view()
    });
    let send = IconButton::new(Glyph::Send, Text::Send)
        .class("send")
        .submit();
    html! {
        <div class="composer-keys"><>{stop}</>{send.disabled(!can_send).view()}</div>
    }
}

/// How many characters are left, or that nothing can be sent now, where that matters.
fn note(length: usize, stage: Stage, is_online: bool, quotas: &[Quota]) -> Html {
    if length > LIMIT {
        let over = Text::CharactersOver.count(length - LIMIT);
        return html! { <span class="field-error">{over}</span> };
    }
    if length + NEAR > LIMIT {
        return html! { <span>{Text::CharactersLeft.count(LIMIT - length)}</span> };
    }
    if let Some(sentence) = stage.sentence() {
        return html! { <span>{sentence}</span> };
    }
    if !is_online {
        return html! { <span>{Text::OfflineHint}</span> };
    }
    if let Some(quota) = quotas.iter().find(|quota| quota.left <= FEW) {
        let (left, all) = (quota.left.to_string(), quota.most.to_string());
        let left = Text::QuotaLeft.with(&[("left", &left), ("all", &all)]);
        let reset = Text::QuotaReset.count(quota.reset.div_ceil(60) as usize);
        return html! { <span>{left}{". "}{reset}</span> };
    }
    html! { <span class="composer-hint">{Text::ComposerHint}</span> }
}
