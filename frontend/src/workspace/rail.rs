//! The list of conversations, with the brand above it and the person below.

use protocol::ThreadId;
use yew::{AttrValue, Callback, Html, MouseEvent, Properties, component, html, use_callback};

use super::Pane;
use super::account::Account;
use crate::chat::{ListState, ThreadList, ThreadName, use_chat_link};
use crate::components::{Bars, Button, IconButton, Look};
use crate::gate::VerifiedUser;
use crate::icon::{Glyph, Mark};
use crate::route::{Route, use_go};
use crate::text::Text;

#[derive(Properties, PartialEq)]
pub(super) struct RailProps {
    pub user: VerifiedUser,
    pub list: ThreadList,
    /// The conversation on the screen.
    pub open: Option<ThreadId>,
    pub show: Callback<Pane>,
}

#[component]
pub(super) fn Rail(props: &RailProps) -> Html {
    let go = use_go();
    let open = use_callback((go, props.show.clone()), |route: Route, (go, show)| {
        go.emit(route);
        show.emit(Pane::Chat);
    });
    let new = open.reform(|_: MouseEvent| Route::Home);
    let close = props.show.reform(|_: MouseEvent| Pane::Chat);
    html! {
        <>
            <div class="scrim" onclick={close.clone()} />
            <nav class="rail" aria-label={Text::Conversations}>
                <div class="rail-head">
                    <div class="brand"><Mark /><span>{Text::Product}</span></div>
                    <IconButton glyph={Glyph::Close} label={AttrValue::from(Text::Close)} class="rail-close" onclick={close} />
                </div>
                <Button glyph={Glyph::Plus} label={AttrValue::from(Text::NewChat)} onclick={new} />
                <Names list={props.list.clone()} current={props.open.clone()} {open} />
                <Account user={&props.user} />
            </nav>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct NamesProps {
    list: ThreadList,
    current: Option<ThreadId>,
    open: Callback<Route>,
}

#[component]
fn Names(props: &NamesProps) -> Html {
    let link = use_chat_link();
    let reload = use_callback(link, |_, link| link.load_list());
    if props.list.threads.is_empty() {
        return match &props.list.state {
            ListState::Loading => html! { <div class="rail-list"><Bars count={4} /></div> },
            ListState::Ready => html! { <p class="rail-list soft">{Text::NoConversations}</p> },
            ListState::Failed(failure) => html! {
                <div class="rail-list soft">
                    <p>{failure.sentence()}</p>
                    <Button look={Look::Quiet} glyph={Glyph::Repeat} label={AttrValue::from(Text::TryAgain)} onclick={reload} />
                </div>
            },
        };
    }
    html! {
        <ul class="rail-list">
            { for props.list.threads.iter().map(|name| html! {
                <Name
                    key={name.id.as_str()}
                    name={name.clone()}
                    is_current={props.current.as_ref() == Some(&name.id)}
                    open={props.open.clone()}
                />
            }) }
        </ul>
    }
}

#[derive(Properties, PartialEq)]
struct NameProps {
    name: ThreadName,
    is_current: bool,
    open: Callback<Route>,
}

#[component]
fn Name(props: &NameProps) -> Html {
    let route = Route::Chat(props.name.id.clone());
    let href = route.path();
    let deps = (props.open.clone(), route);
    let onclick = use_callback(deps, |event: MouseEvent, (open, route)| {
        // A press with a modifier is the browser's: it opens another tab or window.
        if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
            event.prevent_default();
            open.emit(route.clone());
        }
    });
    let current = props.is_current.then_some("page");
    let title = props.name.title.clone();
    html! {
        <li>
            <a {href} {onclick} aria-current={current} dir="auto">
                {title.unwrap_or_else(|| Text::Untitled.into())}
            </a>
        </li>
    }
}
