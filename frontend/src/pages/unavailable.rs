//! The session endpoint does not answer, so nobody can be let in or sent away.

use yew::{
    AttrValue, Html, Properties, component, html, use_callback, use_effect_with, use_state_eq,
};

use crate::api::Failure;
use crate::browser;
use crate::components::{Button, Look};
use crate::gate::use_sessions;
use crate::icon::{Glyph, Icon, Mark};
use crate::text::Text;

#[derive(Properties, PartialEq)]
pub struct UnavailableProps {
    pub failure: Failure,
}

#[component]
pub fn Unavailable(props: &UnavailableProps) -> Html {
    use_effect_with((), |()| {
        browser::end_early();
        browser::set_title(&Text::TitleUnavailable.with(&[]));
    });
    let is_busy = use_state_eq(|| false);
    let sessions = use_sessions();
    let onclick = use_callback((sessions, is_busy.setter()), |_, (sessions, busy)| {
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
    html! {
        <main class="lone">
            <div class="brand"><Mark /><span>{Text::Product}</span></div>
            <div class="card" role="alert">
                <span class="card-icon"><Icon {glyph} /></span>
                <h1>{title}</h1>
                <p>{props.failure.sentence()}</p>
                if !is_setup {
                    <p class="soft">{Text::UnavailableComfort}</p>
                }
                <Button
                    look={Look::Primary}
                    glyph={Glyph::Repeat}
                    label={AttrValue::from(Text::TryAgain)}
                    is_busy={*is_busy}
                    {onclick}
                />
                <Reference failure={props.failure.clone()} />
            </div>
        </main>
    }
}

/// The number under which the failure lies in the server's log.
#[component]
fn Reference(props: &UnavailableProps) -> Html {
    match &props.failure {
        Failure::Refused(refusal) if !refusal.request_id.is_empty() => html! {
            <p class="reference">
                {Text::Reference.with(&[("code", &refusal.code), ("id", &refusal.request_id)])}
            </p>
        },
        _ => html! {},
    }
}
