//! The whole page: an address, a gate, and behind it the workspace of one person.

use yew::{Callback, Html, Properties, component, html, use_callback};

use crate::api::Failure;
use crate::browser::Outline;
use crate::components::VoiceRegion;
use crate::gate::{SessionGate, VerifiedUser, Visitor};
use crate::pages::{Outside, Unavailable, checking, door};
use crate::route::{Route, Router, use_navigator};
use crate::workspace::Workspace;

#[derive(Properties, PartialEq)]
pub(crate) struct AppProps {
    /// Lifted by whatever is the first to be shown.
    pub(crate) outline: Outline,
}

#[component]
pub(crate) fn App(props: &AppProps) -> Html {
    let outline = &props.outline;
    let signed_out: Callback<Visitor, Html> = use_callback(outline.clone(), |visitor, outline| {
        outline.lift();
        door(Outside::SignIn(visitor))
    });
    let unavailable: Callback<Failure, Html> = use_callback(outline.clone(), |failure, outline| {
        outline.lift();
        html! { <Unavailable {failure} /> }
    });
    let signed_in: Callback<VerifiedUser, Html> = use_callback(outline.clone(), |user, outline| {
        outline.lift();
        html! { <Workspace {user} /> }
    });
    let checking = html! { <Checking {outline} /> };
    let gate = html! { <SessionGate {checking} {signed_out} {unavailable} {signed_in} /> };
    html! {
        <Router>
            <VoiceRegion>
                <Place {outline} {gate} />
            </VoiceRegion>
        </Router>
    }
}

#[component]
fn Checking(props: &AppProps) -> Html {
    match props.outline.is_there() {
        true => html! {},
        false => checking(),
    }
}

#[derive(Properties, PartialEq)]
struct PlaceProps {
    outline: Outline,
    gate: Html,
}

/// Whoever has forgotten their password needs no session to get a new one.
#[component]
fn Place(props: &PlaceProps) -> Html {
    let page = match use_navigator().route {
        Route::Forgot => Outside::Forgot,
        Route::Reset => Outside::Reset,
        _ => return props.gate.clone(),
    };
    props.outline.lift();
    door(page)
}
