//! The whole page: an address, a gate, and behind it the workspace of one person.

use yew::{Callback, Html, component, html, use_callback};

use crate::api::Failure;
use crate::components::VoiceRegion;
use crate::gate::{SessionGate, VerifiedUser, Visitor};
use crate::pages::{SignIn, Unavailable, checking};
use crate::route::Router;
use crate::workspace::Workspace;

#[component]
pub(crate) fn App() -> Html {
    let signed_out: Callback<Visitor, Html> =
        use_callback((), |visitor, ()| html! { <SignIn {visitor} /> });
    let unavailable: Callback<Failure, Html> =
        use_callback((), |failure, ()| html! { <Unavailable {failure} /> });
    let signed_in: Callback<VerifiedUser, Html> =
        use_callback((), |user, ()| html! { <Workspace {user} /> });
    html! {
        <Router>
            <VoiceRegion>
                <SessionGate checking={checking()} {signed_out} {unavailable} {signed_in} />
            </VoiceRegion>
        </Router>
    }
}
