//! While nobody knows who is there, later than at the beginning: the outline of the workspace,
//! exactly as `index.html` has painted it before this program was there.

use yew::{Html, html};

use crate::components::bars;
use crate::icon::brand;
use crate::text::Text;

pub fn checking() -> Html {
    html! {
        <div class="app skeleton" data-pane="chat">
            <header class="rail">
                {brand("")}
                {bars(5)}
            </header>
            <main class="chat">
                <h1 class="unseen">{Text::Product}</h1>
                <p class="checking" role="status">{Text::CheckingSession}</p>
                <div class="bone bone-composer" />
            </main>
            <div class="tasks">
                <div class="bone bone-title" />
                {bars(6)}
            </div>
            <div class="tabs" />
        </div>
    }
}
