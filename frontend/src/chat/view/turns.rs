//! Turns under way: what was said and has not come back yet, and the sign that an answer is
//! being worked on.

use yew::{AttrValue, Callback, Html, Properties, component, html, use_callback};

use super::entry::Said;
use crate::api::Failure;
use crate::browser::{self, use_online};
use crate::chat::conversation::Place;
use crate::chat::link::use_chat_link;
use crate::chat::turn::{Phase, Turn};
use crate::components::{Button, Look};
use crate::icon::{Glyph, Icon};
use crate::text::Text;

#[derive(Properties, PartialEq)]
pub(super) struct TurnProps {
    pub turn: Turn,
    pub place: Place,
}

/// The person's words until they are an item of the conversation, and what became of them.
#[component]
pub(super) fn TurnView(props: &TurnProps) -> Html {
    let is_online = use_online();
    let turn = &props.turn;
    if let Phase::Failed(failure) = &turn.phase {
        return html! {
            <Unsent turn={turn.clone()} place={props.place} failure={failure.clone()} />
        };
    }
    let Some(text) = &turn.words else {
        return html! {};
    };
    let status = match (&turn.phase, &turn.progress) {
        (Phase::Ready, _) if !is_online => Text::WaitsForNetwork.into(),
        (Phase::Ready, _) => Text::WaitsForTurn.into(),
        (Phase::Live | Phase::Cut, Some(progress)) => progress.clone(),
        _ => AttrValue::from(Text::Sending),
    };
    html! {
        <Said {text}>
            <p class="said-status"><Icon glyph={Glyph::Clock} />{status}</p>
        </Said>
    }
}

#[derive(Properties, PartialEq)]
struct UnsentProps {
    turn: Turn,
    place: Place,
    failure: Failure,
}

/// It was not sent, or its answer cannot be followed; nothing of it is lost.
#[component]
fn Unsent(props: &UnsentProps) -> Html {
    let link = use_chat_link();
    let deps = (link, props.place, props.turn.key.clone());
    let again = use_callback(deps.clone(), |_, (link, place, key)| {
        link.try_again(*place, key)
    });
    let edit = use_callback(deps.clone(), |_, (link, place, key)| {
        link.take_back(*place, key);
        browser::focus("message");
    });
    let discard = use_callback(deps, |_, (link, place, key)| link.discard(*place, key));
    let note = html! {
        <UnsentNote failure={props.failure.clone()} {again} {edit} {discard} />
    };
    match &props.turn.words {
        Some(text) => html! { <Said {text}>{note}</Said> },
        None => note,
    }
}

#[derive(Properties, PartialEq)]
struct UnsentNoteProps {
    failure: Failure,
    again: Callback<yew::MouseEvent>,
    edit: Callback<yew::MouseEvent>,
    discard: Callback<yew::MouseEvent>,
}

#[component]
fn UnsentNote(props: &UnsentNoteProps) -> Html {
    html! {
        <div class="unsent" role="alert">
            <p><Icon glyph={Glyph::Warning} /><strong>{Text::NotSent}</strong>{" "}{props.failure.sentence()}</p>
            <div class="unsent-tools">
                <Button glyph={Glyph::Repeat} label={AttrValue::from(Text::TryAgain)} onclick={props.again.clone()} />
                <Button look={Look::Quiet} label={AttrValue::from(Text::Edit)} onclick={props.edit.clone()} />
                <Button look={Look::Quiet} label={AttrValue::from(Text::Discard)} onclick={props.discard.clone()} />
            </div>
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct LiveMarkProps {
    pub turn: Option<Turn>,
    /// The answer itself shows that something is going on.
    pub is_writing: bool,
}

/// A line that always has its place, so that nothing jumps when it begins or ends to speak.
#[component]
pub(super) fn LiveMark(props: &LiveMarkProps) -> Html {
    let text = match &props.turn {
        None => None,
        Some(turn) => match (&turn.phase, &turn.progress) {
            (Phase::Cut, _) => Some(Text::Reconnecting.into()),
            (_, Some(progress)) if turn.words.is_none() => Some(progress.clone()),
            _ if props.is_writing => None,
            _ => Some(AttrValue::from(Text::Thinking)),
        },
    };
    html! {
        <div class="live" data-on={text.is_some().then_some("true")}>
            <span class="dots" aria-hidden="true"><i /><i /><i /></span>
            <span>{text}</span>
        </div>
    }
}
