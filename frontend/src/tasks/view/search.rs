//! Searching the list, and its order.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::{Event, Html, InputEvent, TargetCast, html};

use crate::tasks::link::TaskLink;
use crate::tasks::order::Sort;
use crate::tasks::store::Tasks;
use crate::text::Text;

const ORDERS: [(&str, Sort, Text); 4] = [
    ("newest", Sort::Newest, Text::SortNewest),
    ("due", Sort::Due, Text::SortDue),
    ("priority", Sort::Priority, Text::SortPriority),
    ("title", Sort::Title, Text::SortTitle),
];

pub(super) fn search(tasks: &Tasks, link: &TaskLink) -> Html {
    let oninput = link.on(|link, event: InputEvent| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        link.search(input.map(|input| input.value()).unwrap_or_default());
    });
    let onchange = link.on(|link, event: Event| {
        let select = event.target_dyn_into::<HtmlSelectElement>();
        let name = select.map(|select| select.value()).unwrap_or_default();
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
        </div>
    }
}
