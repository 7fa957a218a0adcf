//! Where the person writes.

use std::rc::Rc;

use protocol::chatkit::ThreadStatus;
use web_sys::HtmlTextAreaElement;
use yew::{
    AttrValue, Callback, Html, InputEvent, KeyboardEvent, MouseEvent, Properties, SubmitEvent,
    TargetCast, component, hook, html, use_callback, use_effect_with, use_mut_ref, use_state,
};

use crate::browser;
use crate::chat::conversation::Conversation;
use crate::chat::link::use_chat_link;
use crate::components::IconButton;
use crate::icon::{Glyph, Icon};
use crate::text::Text;

/// Characters the server takes in one message.
const LIMIT: usize = 8_000;
/// How many may be left before the page says so.
const NEAR: usize = 500;

#[derive(Properties, PartialEq)]
pub(super) struct ComposerProps {
    pub chat: Rc<Conversation>,
    pub say: Callback<String>,
}

#[component]
pub(super) fn Composer(props: &ComposerProps) -> Html {
    let (draft, write) = use_draft(&props.chat);
    let length = draft.chars().count();
    let can_send = !draft.trim().is_empty() && length <= LIMIT;
    let deps = (draft.clone(), write.clone(), props.say.clone(), can_send);
    let send = use_callback(deps, |(), (draft, write, say, can_send)| {
        if *can_send {
            say.emit(draft.trim().to_owned());
            write.emit(String::new());
        }
    });
    if let ThreadStatus::Closed { reason } | ThreadStatus::Locked { reason } = &props.chat.status {
        let reason = reason
            .clone()
            .map_or_else(|| Text::Closed.into(), AttrValue::from);
        return html! {
            <div class="composer"><p class="closed"><Icon glyph={Glyph::Info} />{reason}</p></div>
        };
    }
    let onsubmit = send.reform(|event: SubmitEvent| event.prevent_default());
    html! {
        <form class="composer" {onsubmit}>
            <div class="composer-box">
                <Words value={draft} {write} {send} is_over={length > LIMIT} />
                <Keys chat={Rc::clone(&props.chat)} {can_send} />
            </div>
            <p class="composer-note" id="message-note">
                if length + NEAR > LIMIT {
                    <Left {length} />
                } else {
                    <span class="composer-hint">{Text::ComposerHint}</span>
                }
            </p>
        </form>
    }
}

/// What is typed, kept so that neither a reload nor an expired session can lose it.
#[hook]
fn use_draft(chat: &Conversation) -> (AttrValue, Callback<String>) {
    let link = use_chat_link();
    let place = chat.id.as_ref().map_or("new", |id| id.as_str()).to_owned();
    let last_place = use_mut_ref(String::new);
    let draft = use_state(|| AttrValue::from(link.drafts().read(&place)));
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
    let deps = (link, place, draft.setter());
    let write = use_callback(deps, |text: String, (link, place, set)| {
        link.drafts().keep(place, &text);
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
    (AttrValue::clone(&draft), write)
}

#[derive(Properties, PartialEq)]
struct WordsProps {
    value: AttrValue,
    write: Callback<String>,
    send: Callback<()>,
    is_over: bool,
}

/// A text area that grows with its text: the frame repeats the text unseen, and the two share
/// one cell of a grid.
#[component]
fn Words(props: &WordsProps) -> Html {
    // Whoever opens a conversation wants to write, unless that brings up half a screen of keys.
    use_effect_with((), |()| {
        if !browser::has_touch_keyboard() {
            browser::focus("message");
        }
    });
    let oninput = use_callback(props.write.clone(), |event: InputEvent, write| {
        if let Some(area) = event.target_dyn_into::<HtmlTextAreaElement>() {
            write.emit(area.value());
        }
    });
    let onkeydown = use_callback(props.send.clone(), |event: KeyboardEvent, send| {
        let is_plain = !(event.shift_key() || event.is_composing());
        if event.key() == "Enter" && is_plain && !browser::has_touch_keyboard() {
            event.prevent_default();
            send.emit(());
        }
    });
    html! {
        <div class="grow" data-text={&props.value}>
            <label class="unseen" for="message">{Text::Message}</label>
            <textarea
                id="message"
                rows="1"
                placeholder={Text::MessagePlaceholder}
                value={&props.value}
                aria-describedby="message-note"
                aria-invalid={props.is_over.then_some("true")}
                dir="auto"
                {oninput}
                {onkeydown}
            />
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct KeysProps {
    chat: Rc<Conversation>,
    can_send: bool,
}

/// Send, and while an answer is written also stop.
#[component]
fn Keys(props: &KeysProps) -> Html {
    let live = props.chat.live().filter(|turn| turn.allow_cancel);
    let run = live.and_then(|turn| turn.run.clone());
    let is_stoppable = run.is_some();
    let deps = (use_chat_link(), run);
    let stop = use_callback(deps, |_: MouseEvent, (link, run)| {
        if let Some(run) = run {
            link.stop(run.clone());
        }
    });
    html! {
        <div class="composer-keys">
            if is_stoppable {
                <IconButton glyph={Glyph::Stop} label={AttrValue::from(Text::Stop)} class="stop" onclick={stop} />
            }
            <IconButton
                kind="submit"
                glyph={Glyph::Send}
                label={AttrValue::from(Text::Send)}
                class="send"
                is_disabled={!props.can_send}
            />
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct LeftProps {
    length: usize,
}

/// How many characters are left, when that matters.
#[component]
fn Left(props: &LeftProps) -> Html {
    if props.length > LIMIT {
        let over = Text::CharactersOver.count(props.length - LIMIT);
        return html! { <span class="field-error">{over}</span> };
    }
    html! { <span>{Text::CharactersLeft.count(LIMIT - props.length)}</span> }
}
