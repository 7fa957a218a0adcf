//! The whole page: an address, a gate, and behind it the workspace of one person.

use yew::{Callback, Html, Properties, component, html, use_callback};

use crate::api::Failure;
use crate::components::VoiceRegion;
use crate::gate::{SessionGate, VerifiedUser, Visitor};
use crate::pages::{Outside, Unavailable, checking, door};
use crate::route::{Route, Router, use_navigator};
use crate::workspace::Workspace;

#[component]
pub(crate) fn App() -> Html {
    let signed_out: Callback<Visitor, Html> =
        use_callback((), |visitor, ()| door(Outside::SignIn(visitor)));
    let unavailable: Callback<Failure, Html> =
        use_callback((), |failure, ()| html! { <Unavailable {failure} /> });
    let signed_in: Callback<VerifiedUser, Html> =
        use_callback((), |user, ()| html! { <Workspace {user} /> });
    let gate =
        html! { <SessionGate checking={checking()} {signed_out} {unavailable} {signed_in} /> };
    html! {
        <Router>
            <VoiceRegion>
                <Place {gate} />
            </VoiceRegion>
        </Router>
    }
}

#[derive(Properties, PartialEq)]
struct PlaceProps {
    gate: Html,
}

/// Whoever has forgotten their password needs no session to get a new one.
#[component]
fn Place(props: &PlaceProps) -> Html {
    match use_navigator().route {
        Route::Forgot => door(Outside::Forgot),
        Route::Reset => door(Outside::Reset),
        _ => props.gate.clone(),
    }
}
