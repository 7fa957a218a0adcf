//! The list of conversations, with the brand above it and the person below.

use protocol::ThreadId;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::{
    AttrValue, Callback, Html, InputEvent, MouseEvent, Properties, TargetCast, component, hook,
    html, use_callback, use_state_eq,
};

use super::Pane;
use super::thread::ThreadRow;
use crate::browser::lower_case;
use crate::chat::{ChatLink, ListState, ThreadList, ThreadName};
use crate::components::{Button, IconButton, bars, use_voice};
use crate::gate::{VerifiedUser, use_sessions};
use crate::icon::{Glyph, brand};
use crate::route::{Route, Section, use_navigator};
use crate::text::Text;

/// From so many conversations on, one can search them.
const SEARCHABLE: usize = 5;

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
            show.emit(Pane::Chat);
            navigator.go(route);
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
                <Names list={props.list.clone()} current={props.current.clone()} link={&props.link} open={open.clone()} />
                {account(&props.user, &open, is_leaving, sign_out)}
            </nav>
        </>
    }
}

/// The conversations, and above a longer list the way to search it.
#[component]
fn Names(props: &NamesProps) -> Html {
    let search = use_state_eq(AttrValue::default);
    let oninput = use_callback(search.setter(), |event: InputEvent, set| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        set.set(input.map(|input| input.value()).unwrap_or_default().into());
    });
    let threads = &props.list.threads;
    if threads.is_empty() {
        return without_names(props);
    }
    let wanted = lower_case(search.trim());
    let is_wanted = |name: &&ThreadName| {
        let title = name.title.as_deref().unwrap_or_default();
        wanted.is_empty() || lower_case(title).contains(&wanted)
    };
    let found: Vec<&ThreadName> = threads.iter().filter(is_wanted).collect();
    html! {
        <>
            if threads.len() > SEARCHABLE {
                <input
                    type="search"
                    class="rail-search"
                    aria-label={Text::SearchThreads}
                    placeholder={Text::SearchThreads}
                    value={&*search}
                    {oninput}
                />
            }
            if found.is_empty() {
                <p class="rail-list soft">{Text::NothingFound}</p>
            } else {
                <ul class="rail-list">
                    { for found.into_iter().map(|name| html! {
                        <ThreadRow
                            key={name.id.as_str()}
                            name={name.clone()}
                            is_current={props.current.as_ref() == Some(&name.id)}
                            open={&props.open}
                            link={&props.link}
                        />
                    }) }
                </ul>
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct NamesProps {
    list: ThreadList,
    current: Option<ThreadId>,
    link: ChatLink,
    open: Callback<Route>,
}

fn without_names(props: &NamesProps) -> Html {
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
fn account(
    user: &VerifiedUser,
    open: &Callback<Route>,
    is_leaving: bool,
    sign_out: Callback<MouseEvent>,
) -> Html {
    let name = match user.name() {
        "" => user.email(),
        name => name,
    };
    // The style sheet makes it a capital, which here would take tables of all letters.
    let initial: String = name.chars().take(1).collect();
    let button = IconButton::new(Glyph::SignOut, Text::SignOut).disabled(is_leaving);
    let route = Route::Account(Section::Profile);
    let (open, to) = (open.clone(), route.clone());
    let enter = Callback::from(move |event: MouseEvent| {
        event.prevent_default();
        open.emit(to.clone());
    });
    html! {
        <div class="account">
            <a class="account-link" href={route.path()} onclick={enter}>
                <span class="avatar" aria-hidden="true">{initial}</span>
                <span class="account-name">
                    <strong dir="auto">{name.to_owned()}</strong>
                    <span>{user.email().to_owned()}</span>
                </span>
                <span class="unseen">{Text::Account}</span>
            </a>
            {button.onclick(sign_out).view()}
        </div>
    }
}
