//! The bar at the foot of a narrow screen.

use yew::{Callback, Html, Properties, component, html};

use super::Pane;
use crate::icon::{Glyph, Icon};
use crate::text::Text;

#[derive(Properties, PartialEq)]
pub(super) struct TabsProps {
    pub pane: Pane,
    pub open_tasks: usize,
    pub show: Callback<Pane>,
}

#[component]
pub(super) fn Tabs(props: &TabsProps) -> Html {
    let tab = |pane: Pane, glyph: Glyph, label: Text, count: usize| {
        let onclick = props.show.reform(move |_| pane);
        let current = (props.pane == pane).then_some("page");
        html! {
            <button type="button" class="tab" aria-current={current} {onclick}>
                <Icon {glyph} />
                <span>{label}</span>
                if count > 0 {
                    <span class="badge" aria-label={Text::OpenTasks.count(count)}>{count}</span>
                }
            </button>
        }
    };
    html! {
        <nav class="tabs" aria-label={Text::Views}>
            {tab(Pane::Chat, Glyph::Chat, Text::Chat, 0)}
            {tab(Pane::Tasks, Glyph::List, Text::Tasks, props.open_tasks)}
            {tab(Pane::Threads, Glyph::Clock, Text::History, 0)}
        </nav>
    }
}
