//! The session endpoint does not answer, so nobody can be let in or sent away.

use yew::{Html, Properties, component, html, use_callback, use_effect_with, use_state_eq};

use crate::api::Failure;
use crate::browser;
use crate::components::Button;
use crate::gate::use_sessions;
use crate::icon::{Glyph, brand, icon};
use crate::text::Text;

#[derive(Properties, PartialEq)]
pub struct UnavailableProps {
    pub failure: Failure,
}

#[component]
pub fn Unavailable(props: &UnavailableProps) -> Html {
    use_effect_with((), |()| {
        browser::end_early();
        browser::set_title(Text::TitleUnavailable.as_str());
    });
    let is_busy = use_state_eq(|| false);
    let sessions = use_sessions();
    let again = use_callback((sessions, is_busy.setter()), |_, (sessions, busy)| {
        let (sessions, busy) = (sessions.clone(), busy.clone());
        busy.set(true);
        wasm_bindgen_futures::spawn_local(async move {
            sessions.ask().await;
            busy.set(false);
        });
    });
    let is_setup = props.failure.is(protocol::ErrorCode::ConfigInvalid);
    let (glyph, title) = match (&props.failure, is_setup) {
        (Failure::Unreachable, _) => (Glyph::Offline, Text::UnreachableTitle),
        (_, true) => (Glyph::Warning, Text::SetupTitle),
        (_, false) => (Glyph::Warning, Text::UnavailableTitle),
    };
    let button = Button::new(Text::TryAgain).primary().glyph(Glyph::Repeat);
    html! {
        <main class="lone">
            {brand("")}
            <div class="card" role="alert">
                <span class="card-icon">{icon(glyph)}</span>
                <h1>{title}</h1>
                <p>{props.failure.sentence()}</p>
                if !is_setup {
                    <p class="soft">{Text::UnavailableComfort}</p>
                }
                {button.busy(*is_busy).onclick(again).view()}
                {reference(&props.failure)}
            </div>
        </main>
    }
}

/// The number under which the failure lies in the server's log.
fn reference(failure: &Failure) -> Html {
    match failure {
        Failure::Refused(refusal) if !refusal.request_id.is_empty() => html! {
            <p class="reference">
                {Text::Reference.with(&[("code", &refusal.code), ("id", &refusal.request_id)])}
            </p>
        },
        _ => html! {},
    }
}
