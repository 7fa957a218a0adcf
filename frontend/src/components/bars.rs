//! The outline of text that is on its way.

use yew::{Html, Properties, component, html};

#[derive(Properties, PartialEq)]
pub struct BarsProps {
    pub count: usize,
}

/// Grey bars where lines of text will be.
#[component]
pub fn Bars(props: &BarsProps) -> Html {
    html! {
        <div class="bars" aria-hidden="true">
            { for (0..props.count).map(|_| html! { <div class="bone" /> }) }
        </div>
    }
}
