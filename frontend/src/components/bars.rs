//! The outline of text that is on its way.

use yew::{Html, html};

/// Grey bars where lines of text will be.
pub fn bars(count: usize) -> Html {
    html! {
        <div class="bars" aria-hidden="true">
            { for (0..count).map(|_| html! { <div class="bone" /> }) }
        </div>
    }
}
