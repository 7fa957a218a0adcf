//! Searching the list, and its order.

use protocol::task::Priority;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::{AttrValue, Event, Html, InputEvent, TargetCast, html};

use crate::tasks::link::TaskLink;
use crate::tasks::order::{Narrow, Sort};
use crate::tasks::store::Tasks;
use crate::text::Text;

const ORDERS: [(&str, Sort, Text); 5] = [
    ("newest", Sort::Newest, Text::SortNewest),
    ("due", Sort::Due, Text::SortDue),
    ("priority", Sort::Priority, Text::SortPriority),
    ("title", Sort::Title, Text::SortTitle),
    ("hand", Sort::Hand, Text::SortHand),
];

pub(super) fn search(tasks: &Tasks, link: &TaskLink) -> Html {
    let oninput = link.on(|link, event: InputEvent| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        link.search(input.map(|input| input.value()).unwrap_or_default());
    });
    let onchange = link.on(|link, event: Event| {
        let name = value(&event);
        if let Some((_, sort, _)) = ORDERS.iter().find(|(known, ..)| *known == name) {
            link.sort(*sort);
        }
    });
    let option = |(name, sort, text): (&'static str, Sort, Text)| {
        html! { <option value={name} selected={tasks.sort == sort}>{text}</option> }
    };
    html! {
        <div class="task-search" role="search">
            <input
                id="task-search"
                type="search"
                aria-label={Text::SearchTasks}
                placeholder={Text::SearchTasks}
                value={&tasks.search}
                dir="auto"
                {oninput}
            />
            <select aria-label={Text::Order} {onchange}>{ for ORDERS.into_iter().map(option) }</select>
            {narrow(tasks, link)}
            if tasks.sort == Sort::Hand {
                <p class="soft">{Text::HandHint}</p>
            }
        </div>
    }
}

const PRIORITIES: [(&str, Priority, Text); 3] = [
    ("high", Priority::High, Text::PriorityHigh),
    ("medium", Priority::Medium, Text::PriorityMedium),
    ("low", Priority::Low, Text::PriorityLow),
];

/// Only tasks of one priority, with one tag, or due by a day.
fn narrow(tasks: &Tasks, link: &TaskLink) -> Html {
    let now = &tasks.narrow;
    // One of the three is chosen anew, and the others stay.
    let choice = |change: fn(&mut Narrow, String)| {
        let now = now.clone();
        link.on(move |link, event: Event| {
            let mut next = now.clone();
            change(&mut next, value(&event));
            link.narrow(next);
        })
    };
    let by_priority = choice(|next, name| {
        let found = PRIORITIES.iter().find(|(known, ..)| *known == name);
        next.priority = found.map(|(_, priority, _)| *priority);
    });
    let by_tag = choice(|next, tag| {
        next.tag = Some(tag).filter(|tag| !tag.is_empty()).map(AttrValue::from);
    });
    let by_day = choice(|next, day| next.until = day.parse().ok());
    let tags = tasks.tags();
    let level = |(name, level, text): (&'static str, Priority, Text)| {
        html! { <option value={name} selected={now.priority == Some(level)}>{text}</option> }
    };
    let tag = |tag: String| {
        let is_chosen = now.tag.as_deref() == Some(tag.as_str());
        html! { <option value={tag.clone()} selected={is_chosen}>{format!("#{tag}")}</option> }
    };
    let until = now.until.map(|until| until.to_string()).unwrap_or_default();
    html! {
        <>
            <select aria-label={Text::Priority} class="by-priority" onchange={by_priority}>
                <option value="" selected={now.priority.is_none()}>{Text::AnyPriority}</option>
                { for PRIORITIES.into_iter().map(level) }
            </select>
            <select aria-label={Text::Tags} class="by-tag" onchange={by_tag}>
                <option value="" selected={now.tag.is_none()}>{Text::AnyTag}</option>
                { for tags.into_iter().map(tag) }
            </select>
            <label class="by-day">
                {Text::DueBy}
                <input type="date" value={until} onchange={by_day} />
            </label>
        </>
    }
}

/// What stands in a field, or is chosen in a list.
fn value(event: &Event) -> String {
    let target = event.target();
    let input = target
        .clone()
        .and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let select = target.and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
    let value = input.map(|input| input.value());
    value
        .or_else(|| select.map(|select| select.value()))
        .unwrap_or_default()
}
