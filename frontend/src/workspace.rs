//! What one signed-in person sees: conversations, chat and list, side by side where there is
//! room and one at a time where there is not.

mod account;
mod rail;
mod tabs;

use std::rc::Rc;

use yew::{
    Callback, ContextProvider, Html, KeyboardEvent, Properties, component, html, use_callback,
    use_effect_with, use_memo, use_state_eq,
};

use crate::api::Api;
use crate::browser::{self, use_online};
use crate::chat::{ChatLink, ChatPane, use_chats};
use crate::components::Toasts;
use crate::gate::{VerifiedUser, use_lost};
use crate::icon::{Glyph, Icon};
use crate::route::{Route, use_navigator};
use crate::tasks::{TaskLink, TaskPane, use_tasks};
use crate::text::Text;
use rail::Rail;
use tabs::Tabs;

/// What a narrow screen shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    #[default]
    Chat,
    Tasks,
    Threads,
}

impl Pane {
    const fn name(self) -> &'static str {
        match self {
            Self::Chat => "chat",
            Self::Tasks => "tasks",
            Self::Threads => "threads",
        }
    }
}

#[derive(Properties, PartialEq)]
pub struct WorkspaceProps {
    pub user: VerifiedUser,
}

/// Its calls end with it, so nothing of one person arrives in another's workspace.
#[component]
pub fn Workspace(props: &WorkspaceProps) -> Html {
    let lost = use_lost();
    let user = props.user.clone();
    let api = use_memo((), move |()| Api::new(user.id().clone(), lost));
    let api = Api::clone(&api);
    use_effect_with(api.clone(), |api| {
        browser::end_early();
        let api = api.clone();
        move || api.close()
    });
    html! {
        <Toasts>
            <Desk user={&props.user} {api} />
        </Toasts>
    }
}

#[derive(Properties, PartialEq)]
struct DeskProps {
    user: VerifiedUser,
    api: Api,
}

#[component]
fn Desk(props: &DeskProps) -> Html {
    let pane = use_state_eq(Pane::default);
    let show: Callback<Pane> = use_callback(pane.setter(), |next, pane| pane.set(next));
    let navigator = use_navigator();
    let (tasks, task_link, changed) = use_tasks(&props.api);
    let (chats, chat_link) = use_chats(&props.api, &navigator, changed);
    let open = chats.open().cloned();
    use_known_address(&navigator.route);
    use_effect_with(open.as_ref().and_then(|chat| chat.title.clone()), |title| {
        browser::set_title(&match title {
            Some(title) => Text::TitleThread.with(&[("title", title)]),
            None => Text::TitleHome.into(),
        });
    });
    let onkeydown = use_callback(
        (show.clone(), *pane),
        |event: KeyboardEvent, (show, pane)| {
            if event.key() == "Escape" && *pane == Pane::Threads {
                show.emit(Pane::Chat);
            }
        },
    );
    html! {
        <ContextProvider<TaskLink> context={task_link}>
        <ContextProvider<ChatLink> context={chat_link}>
            <div class="app" data-pane={pane.name()} {onkeydown}>
                <a class="skip" href="#message">{Text::SkipToMessage}</a>
                <Rail user={&props.user} list={chats.list.clone()} open={open.as_ref().and_then(|chat| chat.id.clone())} show={show.clone()} />
                <main class="panes">
                    <h1 class="unseen">{Text::Product}</h1>
                    if let Some(chat) = open {
                    <ChatPane key={chat.place.0} user={&props.user} chat={Rc::clone(&chat)} on_threads={show.reform(|()| Pane::Threads)} />
                    }
                    <TaskPane tasks={(*tasks).clone()} />
                </main>
                <Tabs pane={*pane} open_tasks={tasks.counts().0} {show} />
                <Offline />
            </div>
        </ContextProvider<ChatLink>>
        </ContextProvider<TaskLink>>
    }
}

/// Somebody who is signed in has nothing to do at the door; an address that leads nowhere
/// leads home.
#[yew::hook]
fn use_known_address(route: &Route) {
    let navigator = use_navigator();
    use_effect_with((navigator, route.clone()), |(navigator, route)| {
        let is_nowhere = matches!(route, Route::SignIn | Route::SignUp | Route::Unknown);
        if is_nowhere {
            navigator.replace(Route::Home);
        }
    });
}

#[component]
fn Offline() -> Html {
    let is_online = use_online();
    html! {
        <div class="offline" role="status">
            if !is_online {
                <p><Icon glyph={Glyph::Offline} />{Text::Offline}</p>
            }
        </div>
    }
}
