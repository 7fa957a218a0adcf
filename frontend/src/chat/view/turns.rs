//! Turns under way: what was said and has not come back yet, and the sign that an answer is
//! being worked on.

use yew::{AttrValue, Html, MouseEvent, html};

use super::entry::said;
use crate::api::Failure;
use crate::browser;
use crate::chat::conversation::{Conversation, Place};
use crate::chat::link::ChatLink;
use crate::chat::turn::{Phase, Turn};
use crate::components::Button;
use crate::icon::{Glyph, icon};
use crate::text::Text;

/// The person's words until they are an item of the conversation, and what became of them.
pub(super) fn turn_view(turn: &Turn, place: Place, link: &ChatLink, is_online: bool) -> Html {
    let below = match &turn.phase {
        Phase::Failed(failure) => unsent(turn, place, failure, link),
        phase => {
            let status = match (phase, &turn.progress) {
                (Phase::Ready, _) if !is_online => Text::WaitsForNetwork.into(),
                (Phase::Ready, _) => Text::WaitsForTurn.into(),
                (Phase::Live | Phase::Cut, Some(progress)) => progress.clone(),
                _ => AttrValue::from(Text::Sending),
            };
            html! { <p class="said-status">{icon(Glyph::Clock)}{status}</p> }
        }
    };
    match (&turn.words, &turn.phase) {
        (Some(words), _) => said(words.clone(), below),
        (None, Phase::Failed(_)) => below,
        (None, _) => html! {},
    }
}

/// It was not sent, or its answer cannot be followed; nothing of it is lost.
fn unsent(turn: &Turn, place: Place, failure: &Failure, link: &ChatLink) -> Html {
    let with_key = |act: fn(&ChatLink, Place, &AttrValue)| {
        let key = turn.key.clone();
        link.on(move |link, _: MouseEvent| act(link, place, &key))
    };
    let again = with_key(ChatLink::try_again);
    let discard = with_key(ChatLink::discard);
    let edit = with_key(|link, place, key| {
        link.take_back(place, key);
        browser::focus("message");
    });
    // Every ten seconds the same alert would drown what a screen reader reads.
    let role = (!turn.is_revived).then_some("alert");
    html! {
        <div class="unsent" {role}>
            <p>{icon(Glyph::Warning)}<strong>{Text::NotSent}</strong>{" "}{failure.sentence()}</p>
            <div class="unsent-tools">
                {Button::new(Text::TryAgain).glyph(Glyph::Repeat).onclick(again).view()}
                if turn.words.is_some() {
                    {Button::new(Text::Edit).quiet().onclick(edit).view()}
                }
                {Button::new(Text::Discard).quiet().onclick(discard).view()}
            </div>
        </div>
    }
}

/// A line that always has its place, so that nothing jumps when it begins or ends to speak.
pub(super) fn live_mark(chat: &Conversation) -> Html {
    let text = chat
        .live()
        .and_then(|turn| match (&turn.phase, &turn.progress) {
            (Phase::Cut, _) => Some(Text::Reconnecting.into()),
            (_, Some(progress)) if turn.words.is_none() => Some(progress.clone()),
            // The answer itself shows that something is going on.
            _ if chat.is_writing() => None,
            _ => Some(AttrValue::from(Text::Thinking)),
        });
    html! {
        <div class="live" data-on={text.is_some().then_some("true")}>
            <span class="dots" aria-hidden="true"><i /><i /><i /></span>
            <span>{text}</span>
        </div>
    }
}
