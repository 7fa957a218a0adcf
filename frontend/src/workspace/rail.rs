//! The list of conversations, with the brand above it and the person below.

use protocol::ThreadId;
use wasm_bindgen_futures::spawn_local;
use yew::{
    Callback, Html, MouseEvent, Properties, component, hook, html, use_callback, use_state_eq,
};

use super::Pane;
use crate::chat::{ChatLink, ListState, ThreadList, ThreadName};
use crate::components::{Button, IconButton, bars, use_voice};
use crate::gate::{VerifiedUser, use_sessions};
use crate::icon::{Glyph, brand};
use crate::route::{Route, use_navigator};
use crate::text::Text;

#[derive(Properties, PartialEq)]
pub(super) struct RailProps {
    pub user: VerifiedUser,
    pub list: ThreadList,
    /// The conversation on the screen.
    pub current: Option<ThreadId>,
    pub link: ChatLink,
    pub show: Callback<Pane>,
}

#[component]
pub(super) fn Rail(props: &RailProps) -> Html {
    let navigator = use_navigator();
    let open = use_callback(
        (navigator, props.show.clone()),
        |route, (navigator, show)| {
            navigator.go(route);
            show.emit(Pane::Chat);
        },
    );
    let new = open.reform(|_: MouseEvent| Route::Home);
    let close = props.show.reform(|_: MouseEvent| Pane::Chat);
    let close_button = IconButton::new(Glyph::Close, Text::Close).class("rail-close");
    let (is_leaving, sign_out) = use_sign_out(&props.user);
    html! {
        <>
            <div class="scrim" onclick={close.clone()} />
            <nav class="rail" aria-label={Text::Conversations}>
                <div class="rail-head">
                    {brand("")}
                    {close_button.onclick(close).view()}
                </div>
                {Button::new(Text::NewChat).glyph(Glyph::Plus).onclick(new).view()}
                {names(props, &open)}
                {account(&props.user, is_leaving, sign_out)}
            </nav>
        </>
    }
}

fn names(props: &RailProps, open: &Callback<Route>) -> Html {
    if !props.list.threads.is_empty() {
        let names = props.list.threads.iter();
        let name = |name| one(name, props.current.as_ref(), open);
        return html! { <ul class="rail-list">{ for names.map(name) }</ul> };
    }
    match &props.list.state {
        ListState::Loading => html! { <div class="rail-list">{bars(4)}</div> },
        ListState::Ready => html! { <p class="rail-list soft">{Text::NoConversations}</p> },
        ListState::Failed(failure) => {
            let reload = props.link.on(|link, _: MouseEvent| link.load_list());
            let button = Button::new(Text::TryAgain).quiet().glyph(Glyph::Repeat);
            html! {
                <div class="rail-list soft">
                    <p>{failure.sentence()}</p>
                    {button.onclick(reload).view()}
                </div>
            }
        }
    }
}

fn one(name: &ThreadName, current: Option<&ThreadId>, open: &Callback<Route>) -> Html {
    let route = Route::Chat(name.id.clone());
    let href = route.path();
    let open = open.clone();
    let onclick = Callback::from(move |event: MouseEvent| {
        // A press with a modifier is the browser's: it opens another tab or window.
        if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
            event.prevent_default();
            open.emit(route.clone());
        }
    });
    let current = (current == Some(&name.id)).then_some("page");
    let title = name.title.clone().unwrap_or_else(|| Text::Untitled.into());
    html! {
        <li key={name.id.as_str()}>
            <a {href} {onclick} aria-current={current} dir="auto">{title}</a>
        </li>
    }
}

/// Signs out; a failure leaves the person signed in and says so.
#[hook]
fn use_sign_out(user: &VerifiedUser) -> (bool, Callback<MouseEvent>) {
    let is_leaving = use_state_eq(|| false);
    let deps = (
        user.clone(),
        use_sessions(),
        use_voice(),
        is_leaving.setter(),
    );
    let sign_out = use_callback(deps, |_, (user, sessions, voice, leaving)| {
        let (user, sessions) = (user.clone(), sessions.clone());
        let (voice, leaving) = (voice.clone(), leaving.clone());
        leaving.set(true);
        spawn_local(async move {
            if let Err(failure) = sessions.sign_out(&user).await {
                voice.show(Text::SignOutFailed.with(&[("why", &failure.sentence())]));
                leaving.set(false);
            }
        });
    });
    (*is_leaving, sign_out)
}

/// Who is signed in, and the way out.
fn account(user: &VerifiedUser, is_leaving: bool, sign_out: Callback<MouseEvent>) -> Html {
    let name = match user.name() {
        "" => user.email(),
        name => name,
    };
    let initial: String = name.chars().take(1).flat_map(char::to_uppercase).collect();
    let button = IconButton::new(Glyph::SignOut, Text::SignOut).disabled(is_leaving);
    html! {
        <div class="account">
            <span class="avatar" aria-hidden="true">{initial}</span>
            <p class="account-name">
                <strong dir="auto">{name.to_owned()}</strong>
                <span>{user.email().to_owned()}</span>
            </p>
            {button.onclick(sign_out).view()}
        </div>
    }
}
