//! Who is signed in, and the way out.

use wasm_bindgen_futures::spawn_local;
use yew::{AttrValue, Html, Properties, component, html, use_callback, use_state_eq};

use crate::components::{IconButton, use_toaster};
use crate::gate::{VerifiedUser, use_sessions};
use crate::icon::Glyph;
use crate::text::Text;

#[derive(Properties, PartialEq)]
pub(super) struct AccountProps {
    pub user: VerifiedUser,
}

#[component]
pub(super) fn Account(props: &AccountProps) -> Html {
    let is_busy = use_state_eq(|| false);
    let deps = (
        props.user.clone(),
        use_sessions(),
        use_toaster(),
        is_busy.setter(),
    );
    let sign_out = use_callback(deps, |_, (user, sessions, toaster, busy)| {
        let (user, toaster, busy) = (user.clone(), toaster.clone(), busy.clone());
        let sessions = sessions.clone();
        busy.set(true);
        spawn_local(async move {
            if let Err(failure) = sessions.sign_out(&user).await {
                toaster.say(Text::SignOutFailed.with(&[("why", &failure.sentence())]));
                busy.set(false);
            }
        });
    });
    let name = match props.user.name() {
        "" => props.user.email(),
        name => name,
    };
    let initial: String = name.chars().take(1).flat_map(char::to_uppercase).collect();
    html! {
        <div class="account">
            <span class="avatar" aria-hidden="true">{initial}</span>
            <p class="account-name">
                <strong dir="auto">{name.to_owned()}</strong>
                <span>{props.user.email().to_owned()}</span>
            </p>
            <IconButton
                glyph={Glyph::SignOut}
                label={AttrValue::from(Text::SignOut)}
                onclick={sign_out}
                is_disabled={*is_busy}
            />
        </div>
    }
}
