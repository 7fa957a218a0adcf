//! The whole panel: adding, choosing what to see, and the tasks.

use yew::{AttrValue, Callback, Html, Properties, component, html, use_callback};

use super::add::AddTask;
use super::row::RowView;
use crate::components::{Bars, Button, Look};
use crate::icon::{Glyph, Icon};
use crate::tasks::link::use_task_link;
use crate::tasks::store::{Filter, State, Tasks};
use crate::text::Text;

#[derive(Properties, PartialEq)]
pub struct TaskPaneProps {
    pub tasks: Tasks,
}

#[component]
pub fn TaskPane(props: &TaskPaneProps) -> Html {
    let tasks = &props.tasks;
    let (open, done) = tasks.counts();
    html! {
        <section class="tasks" aria-labelledby="tasks-title">
            <header class="tasks-head">
                <h2 id="tasks-title">{Text::Tasks}</h2>
                <p class="soft">
                    if tasks.state == State::Ready {
                        {Text::OpenTasks.count(open)}
                    }
                </p>
            </header>
            <AddTask />
            <Filters filter={tasks.filter} counts={(tasks.state == State::Ready).then_some((open, done))} />
            <Body tasks={tasks.clone()} />
        </section>
    }
}

#[component]
fn Body(props: &TaskPaneProps) -> Html {
    let rows = props.tasks.rows();
    match &props.tasks.state {
        State::Loading if rows.is_empty() => html! {
            <div class="task-list" aria-busy="true"><Bars count={6} /></div>
        },
        State::Failed(failure) if rows.is_empty() => html! {
            <ListFailed sentence={failure.sentence()} />
        },
        _ if rows.is_empty() => html! { <Empty tasks={props.tasks.clone()} /> },
        _ => html! {
            <ul class="task-list" aria-label={Text::Tasks}>
                { for rows.into_iter().map(|row| html! { <RowView key={row.key()} row={row.clone()} /> }) }
            </ul>
        },
    }
}

#[derive(Properties, PartialEq)]
struct FiltersProps {
    filter: Filter,
    /// Open and done ones, once they are known.
    counts: Option<(usize, usize)>,
}

#[component]
fn Filters(props: &FiltersProps) -> Html {
    let link = use_task_link();
    let choose: Callback<Filter> = use_callback(link, |filter, link| link.show(filter));
    let (open, done) = props.counts.unzip();
    let all = props.counts.map(|(open, done)| open + done);
    let choice = |filter: Filter, label: Text, count: Option<usize>| {
        let pressed = if props.filter == filter {
            "true"
        } else {
            "false"
        };
        let onclick = choose.reform(move |_| filter);
        html! {
            <button type="button" class="filter" aria-pressed={pressed} {onclick}>
                {label}<span class="count">{count}</span>
            </button>
        }
    };
    html! {
        <div class="filters" role="group" aria-label={Text::Filter}>
            {choice(Filter::Open, Text::Open, open)}
            {choice(Filter::Done, Text::Done, done)}
            {choice(Filter::All, Text::All, all)}
        </div>
    }
}

#[component]
fn Empty(props: &TaskPaneProps) -> Html {
    let (glyph, title, body) = match (props.tasks.filter, props.tasks.counts()) {
        (Filter::Open, (_, 1..)) => (Glyph::Check, Text::AllDoneTitle, Text::AllDoneBody),
        (Filter::Done, _) => (Glyph::Flag, Text::NoneDoneTitle, Text::NoneDoneBody),
        _ => (Glyph::List, Text::NoTasksTitle, Text::NoTasksBody),
    };
    html! {
        <div class="empty">
            <span class="card-icon"><Icon {glyph} /></span>
            <h3>{title}</h3>
            <p class="soft">{body}</p>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ListFailedProps {
    sentence: AttrValue,
}

#[component]
fn ListFailed(props: &ListFailedProps) -> Html {
    let link = use_task_link();
    let reload = use_callback(link, |_, link| link.reload());
    html! {
        <div class="empty" role="alert">
            <span class="card-icon"><Icon glyph={Glyph::Warning} /></span>
            <h3>{Text::ListFailed}</h3>
            <p class="soft">{props.sentence.clone()}</p>
            <Button look={Look::Primary} glyph={Glyph::Repeat} label={AttrValue::from(Text::TryAgain)} onclick={reload} />
        </div>
    }
}
