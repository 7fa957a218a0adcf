//! The whole panel: adding, choosing what to see, and the tasks.

use std::cell::Cell;
use std::rc::Rc;

use protocol::{Due, TaskId};
use wasm_split_helpers::wasm_split;
use yew::{
    Html, MouseEvent, Properties, component, html, use_callback, use_effect_with, use_memo,
    use_state_eq,
};

use super::activity::{ActivityProps, activity};
use super::add::AddTask;
use super::bulk::bulk;
use super::moving::Moving;
use super::row::RowView;
use super::search::search;
use crate::api::Failure;
use crate::browser;
use crate::components::{Button, IconButton, Voice, bars, offline_mark, use_voice};
use crate::icon::{Glyph, icon};
use crate::parts::{Part, use_part};
use crate::tasks::link::TaskLink;
use crate::tasks::order::{Filter, Narrow, Sort};
use crate::tasks::store::{State, Tasks};
use crate::text::Text;

#[derive(Properties, PartialEq)]
pub struct TaskPaneProps {
    pub tasks: Tasks,
    pub link: TaskLink,
    pub is_online: bool,
}

#[component]
pub fn TaskPane(props: &TaskPaneProps) -> Html {
    let TaskPaneProps {
        tasks,
        link,
        is_online,
    } = props;
    let counts = (tasks.state == State::Ready).then(|| tasks.counts());
    let today = browser::today();
    let due = counts.map(|_| tasks.due_count(today));
    let is_searched = use_state_eq(|| false);
    let toggle = use_callback(
        (is_searched.clone(), link.clone()),
        |_: MouseEvent, (is_searched, link)| {
            is_searched.set(!**is_searched);
            link.search(String::new());
        },
    );
    let is_choosing = tasks.chosen.is_some();
    let (tools, again) = use_part(|| Box::pin(tools()), *is_searched || is_choosing);
    let is_ready = *is_searched && tools.part::<Tools>().is_some();
    use_effect_with(is_ready, |is_ready| {
        if *is_ready {
            browser::focus("task-search");
        }
    });
    let glass = IconButton::new(Glyph::Search, Text::SearchTasks).class("small search-key");
    let shows_past = use_state_eq(|| false);
    let past = use_callback(shows_past.clone(), |_: MouseEvent, past| past.set(!**past));
    let clock = IconButton::new(Glyph::Clock, Text::Activity).class("small past-key");
    let choose = link.on(move |link, _: MouseEvent| link.choosing(!is_choosing));
    let boxes = IconButton::new(Glyph::BoxTicked, Text::Choose).class("small choose-key");
    let voice = use_voice();
    let dragged = use_memo((), |()| Rc::new(Cell::new(None)));
    let list = match *shows_past {
        true => activity(ActivityProps {
            link: link.clone(),
            seq: tasks.seq(),
        }),
        false => body(tasks, today, (link, &dragged, &voice)),
    };
    html! {
        <section class="tasks" aria-labelledby="tasks-title">
            <header class="tasks-head">
                <h2 id="tasks-title">{Text::Tasks}</h2>
                <>{offline_mark(*is_online)}</>
                <p class="soft">{counts.map(|(open, _)| Text::OpenTasks.count(open))}</p>
                <span class="tasks-keys">
                    {glass.pressed(*is_searched).onclick(toggle).view()}
                    {boxes.pressed(is_choosing).onclick(choose).view()}
                    {clock.pressed(*shows_past).onclick(past).view()}
                </span>
            </header>
            <AddTask {link} />
            {filters(tasks.filter, counts, due, link)}
            if *is_searched {
                {tools.view(&again, |tools| with(tools, |tools| (tools.search)(tasks, link)))}
            }
            if is_choosing {
                {tools.view(&again, |tools| with(tools, |tools| (tools.bulk)(tasks, link, &voice)))}
            }
            {list}
        </section>
    }
}

/// What stands above the list when somebody asks for it.
struct Tools {
    search: fn(&Tasks, &TaskLink) -> Html,
    bulk: fn(&Tasks, &TaskLink, &Voice) -> Html,
}

#[wasm_split(list, fallible)]
fn tools() -> Result<Part, Failure> {
    static TOOLS: Tools = Tools { search, bulk };
    Ok(&TOOLS)
}

fn with(part: &Part, draw: impl FnOnce(&Tools) -> Html) -> Html {
    part.downcast_ref().map_or_else(Html::default, draw)
}

fn body(
    tasks: &Tasks,
    today: Option<Due>,
    (link, dragged, voice): (&TaskLink, &Rc<Cell<Option<TaskId>>>, &Voice),
) -> Html {
    let rows = tasks.rows(today);
    let is_by_hand = tasks.sort == Sort::Hand;
    let moving = is_by_hand.then(|| Moving::new(&rows, dragged, link, voice));
    match &tasks.state {
        State::Loading if rows.is_empty() => html! {
            <div class="task-list" aria-busy="true">{bars(6)}</div>
        },
        State::Failed(failure) if rows.is_empty() => failed(failure, link),
        _ if rows.is_empty() => empty(tasks),
        _ => html! {
            <ul class="task-list" aria-label={Text::Tasks}>
                { for rows.into_iter().map(|row| html! {
                    <RowView key={&*row.key} row={row.clone()} {link} moving={moving.clone()} />
                }) }
            </ul>
        },
    }
}

/// The numbers of open and done tasks stand beside the choices, once they are known.
fn filters(
    filter: Filter,
    counts: Option<(usize, usize)>,
    due: Option<usize>,
    link: &TaskLink,
) -> Html {
    let choice = |choice: Filter, label: Text, count: Option<usize>| {
        let pressed = if filter == choice { "true" } else { "false" };
        let onclick = link.on(move |link, _: MouseEvent| link.show(choice));
        html! {
            <button type="button" class="filter" aria-pressed={pressed} {onclick}>
                {label}<span class="count">{count}</span>
            </button>
        }
    };
    let (open, done) = counts.unzip();
    let all = counts.map(|(open, done)| open + done);
    html! {
        <div class="filters" role="group" aria-label={Text::Filter}>
            {choice(Filter::Open, Text::Open, open)}
            {choice(Filter::Today, Text::Today, due)}
            {choice(Filter::Upcoming, Text::Upcoming, None)}
            {choice(Filter::Done, Text::Done, done)}
            {choice(Filter::All, Text::All, all)}
        </div>
    }
}

fn empty(tasks: &Tasks) -> Html {
    if !tasks.search.trim().is_empty() || tasks.narrow != Narrow::default() {
        return html! { <div class="empty"><p class="soft">{Text::NothingFound}</p></div> };
    }
    let (glyph, title, body) = match (tasks.filter, tasks.counts()) {
        (Filter::Today | Filter::Upcoming, _) => {
            (Glyph::Check, Text::NoneDueTitle, Text::NoneDueBody)
        }
        (Filter::Open, (_, 1..)) => (Glyph::Check, Text::AllDoneTitle, Text::AllDoneBody),
        (Filter::Done, _) => (Glyph::Flag, Text::NoneDoneTitle, Text::NoneDoneBody),
        _ => (Glyph::List, Text::NoTasksTitle, Text::NoTasksBody),
    };
    html! {
        <div class="empty">
            <span class="card-icon">{icon(glyph)}</span>
            <h3>{title}</h3>
            <p class="soft">{body}</p>
        </div>
    }
}

fn failed(failure: &Failure, link: &TaskLink) -> Html {
    let reload = link.on(|link, _: MouseEvent| link.reload());
    let button = Button::new(Text::TryAgain).primary().glyph(Glyph::Repeat);
    html! {
        <div class="empty" role="alert">
            <span class="card-icon">{icon(Glyph::Warning)}</span>
            <h3>{Text::ListFailed}</h3>
            <p class="soft">{failure.sentence()}</p>
            {button.onclick(reload).view()}
        </div>
    }
}
