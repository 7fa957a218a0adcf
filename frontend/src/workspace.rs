//! What one signed-in person sees: conversations, chat and list, side by side where there is
//! room and one at a time where there is not.

mod rail;
mod thread;

use std::rc::Rc;

use protocol::ThreadId;
use protocol::task::Task;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use yew::{
    AttrValue, Callback, Event, Html, KeyboardEvent, MouseEvent, Properties, component, hook, html,
    use_callback, use_effect_with, use_memo, use_state_eq,
};

use crate::account::{AccountProps, account};
use crate::api::{Api, Undo};
use crate::browser::{self, use_document_event, use_online};
use crate::chat::{ChatPane, Mention, use_chats};
use crate::components::use_voice;
use crate::gate::{VerifiedUser, use_lost};
use crate::icon::{Glyph, icon};
use crate::route::{Navigator, Route, use_navigator};
use crate::status::{StatusProps, status_page};
use crate::tasks::{TaskLink, TaskPane, Tasks, use_reminders, use_tasks};
use crate::text::Text;
use rail::Rail;

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

#[component]
pub fn Workspace(props: &WorkspaceProps) -> Html {
    let (api, is_held) = use_api(&props.user);
    let navigator = use_navigator();
    let is_online = use_online();
    let pane = use_state_eq(Pane::default);
    let show: Callback<Pane> = use_callback(pane.setter(), |next, pane| pane.set(next));
    let (tasks, task_link, changed) = use_tasks(&api, is_online);
    let (chats, link) = use_chats(&api, &navigator, is_online, changed);
    let open = chats.open().cloned();
    use_reminders(&tasks);
    let undo = use_undo(&task_link);
    use_known_address(&props.user, &navigator);
    use_title(open.as_ref().and_then(|chat| chat.title.clone()));
    let onkeydown = use_callback(
        (show.clone(), *pane),
        |event: KeyboardEvent, (show, pane)| {
            if event.key() == "Escape" && *pane == Pane::Threads {
                show.emit(Pane::Chat);
            }
        },
    );
    let current = open.as_ref().and_then(|chat| chat.id.clone());
    let section = navigator.route.section();
    let is_page = navigator.route.is_page();
    let leave = use_leave(&navigator, current.clone());
    let show = use_showing(is_page, &show, &leave);
    let is_settled = use_settled();
    let on_threads = use_callback(show.clone(), |_, show| show.emit(Pane::Threads));
    html! {
        <div class="app" data-pane={pane.name()} data-account={is_page.then_some("true")} {onkeydown}>
            <a class="skip" href="#message">{Text::SkipToMessage}</a>
            <Rail user={&props.user} list={chats.list.clone()} {current} link={&link} show={show.clone()} />
            <main class="panes">
                <h1 class="unseen">{Text::Product}</h1>
                if let Some(section) = section {
                    {account(AccountProps {
                        user: props.user.clone(),
                        api,
                        section,
                        counts: (tasks.counts().0 + tasks.counts().1, chats.list.threads.len()),
                        changed: task_link.on(|link, ()| link.reload()),
                        leave: leave.reform(|_: MouseEvent| ()),
                    })}
                } else if is_page {
                    {status_page(StatusProps {
                        user: props.user.clone(),
                        api,
                        leave: leave.reform(|_: MouseEvent| ()),
                    })}
                } else if let Some(chat) = open {
                    <ChatPane
                        key={chat.place.0}
                        user={&props.user}
                        chat={Rc::clone(&chat)}
                        {link}
                        {is_online}
                        receipts={Rc::new(tasks.receipts())}
                        mentions={Rc::new(mentions(&tasks))}
                        {undo}
                        {on_threads}
                    />
                }
                if is_settled && !is_page {
                    <TaskPane tasks={(*tasks).clone()} link={task_link} {is_online} />
                }
            </main>
            {tabs((!is_page).then_some(*pane), tasks.counts().0, &show)}
            {offline(is_online)}
            {held(is_held)}
        </div>
    }
}

/// Whether the browser had its turn since the workspace was mounted: chat and list at once would
/// hold up a phone for longer than a key may wait.
#[hook]
fn use_settled() -> bool {
    let is_settled = use_state_eq(|| false);
    use_effect_with(is_settled.setter(), |settled| {
        let settled = settled.clone();
        spawn_local(async move {
            browser::wait(0).await;
            settled.set(true);
        });
    });
    *is_settled
}

/// From the account back to where the person was.
#[hook]
fn use_leave(navigator: &Navigator, current: Option<ThreadId>) -> Callback<()> {
    use_callback((navigator.clone(), current), |(), (navigator, current)| {
        navigator.go(current.clone().map_or(Route::Home, Route::Chat));
    })
}

/// The account stands in the place of chat and list, so whoever asks for one of these leaves it.
#[hook]
fn use_showing(is_account: bool, show: &Callback<Pane>, leave: &Callback<()>) -> Callback<Pane> {
    let deps = (is_account, show.clone(), leave.clone());
    use_callback(deps, |pane, (is_account, show, leave)| {
        if *is_account && pane != Pane::Threads {
            leave.emit(());
        }
        show.emit(pane);
    })
}

/// The open tasks, newest first.
fn mentions(tasks: &Tasks) -> Vec<Mention> {
    let mention = |task: &Rc<Task>| Mention {
        number: task.id.0,
        title: task.title.clone().into(),
    };
    tasks.open_tasks().map(mention).collect()
}

/// Takes back what a run did; and, by Ctrl-Z outside of a text, what was done last.
#[hook]
fn use_undo(link: &TaskLink) -> Callback<AttrValue> {
    let voice = use_voice();
    let deps = (link.clone(), voice);
    let press = use_callback(deps.clone(), |event: Event, (link, voice)| {
        let event: KeyboardEvent = event.unchecked_into();
        let is_undo = (event.ctrl_key() || event.meta_key()) && !event.shift_key();
        if is_undo && event.key() == "z" && !browser::is_typing() {
            event.prevent_default();
            link.undo(Undo::default(), voice);
        }
    });
    use_document_event("keydown", press);
    use_callback(deps, |run: AttrValue, (link, voice)| {
        let run_id = Some(run.to_string());
        let undo = Undo {
            run_id,
            ..Undo::default()
        };
        link.undo(undo, voice);
    })
}

/// The person's calls, and whether nothing may be changed at the moment. They end with the
/// workspace, so nothing of one person arrives in another's.
#[hook]
fn use_api(user: &VerifiedUser) -> (Api, bool) {
    let (lost, is_held) = (use_lost(), use_state_eq(|| false));
    let held = is_held.setter();
    let api = use_memo((), |()| {
        let held = Callback::from(move |is_held| held.set(is_held));
        Api::new(user.id().clone(), lost, held)
    });
    use_effect_with(Api::clone(&api), |api| {
        browser::end_early();
        let api = api.clone();
        move || api.close()
    });
    (Api::clone(&api), *is_held)
}

/// Somebody who is signed in has nothing to do at the door; an address that leads nowhere
/// leads home, and so does one that another person has left behind.
#[hook]
fn use_known_address(user: &VerifiedUser, navigator: &Navigator) {
    use_effect_with((user.clone(), navigator.clone()), |(user, navigator)| {
        let is_nowhere = matches!(
            navigator.route,
            Route::SignIn | Route::SignUp | Route::Unknown
        );
        if browser::claim_tab(user.id()) || is_nowhere {
            navigator.replace(Route::Home);
        }
    });
}

#[hook]
fn use_title(title: Option<AttrValue>) {
    use_effect_with(title, |title| {
        browser::set_title(&match title {
            Some(title) => Text::TitleThread.with(&[("title", title)]),
            None => Text::TitleHome.into(),
        });
    });
}

/// The bar at the foot of a narrow screen.
fn tabs(pane: Option<Pane>, open_tasks: usize, show: &Callback<Pane>) -> Html {
    let tab = |to: Pane, glyph: Glyph, label: Text, badge: Html| {
        let onclick = show.reform(move |_| to);
        let current = (pane == Some(to)).then_some("page");
        html! {
            <button type="button" class="tab" aria-current={current} {onclick}>
                {icon(glyph)}<span>{label}</span>{badge}
            </button>
        }
    };
    let badge = match open_tasks {
        0 => html! {},
        count => html! {
            <span class="badge" role="img" aria-label={Text::OpenTasks.count(count)}>{count}</span>
        },
    };
    html! {
        <nav class="tabs" aria-label={Text::Views}>
            {tab(Pane::Chat, Glyph::Chat, Text::Chat, html! {})}
            {tab(Pane::Tasks, Glyph::List, Text::Tasks, badge)}
            {tab(Pane::Threads, Glyph::Clock, Text::History, html! {})}
        </nav>
    }
}

/// Said once; what one sees of it stands at the heads of chat and list.
fn offline(is_online: bool) -> Html {
    html! {
        <p class="unseen" role="status">
            if !is_online {
                {Text::OfflineHint}
            }
        </p>
    }
}

/// Above everything, for as long as it lasts.
fn held(is_held: bool) -> Html {
    html! {
        <p class="held" role="status">
            if is_held {
                {icon(Glyph::Info)}<span>{Text::ReadOnly}</span>
            }
        </p>
    }
}
