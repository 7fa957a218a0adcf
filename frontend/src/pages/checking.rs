//! While nobody knows who is there: the outline of the workspace, exactly as `index.html` has
//! painted it before this program was there, so that nothing moves.

use yew::{Html, component, html};

use crate::components::Bars;
use crate::icon::Mark;
use crate::text::Text;

#[component]
pub fn Checking() -> Html {
    html! {
        <div class="app skeleton" data-pane="chat">
            <header class="rail">
                <div class="brand"><Mark /><span>{Text::Product}</span></div>
                <Bars count={5} />
            </header>
            <main class="chat">
                <h1 class="unseen">{Text::Product}</h1>
                <p class="checking" role="status">{Text::CheckingSession}</p>
                <div class="bone bone-composer" />
            </main>
            <div class="tasks">
                <div class="bone bone-title" />
                <Bars count={6} />
            </div>
            <div class="tabs" />
        </div>
    }
}
