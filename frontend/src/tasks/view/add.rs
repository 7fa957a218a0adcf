//! Adding a task by hand.

use protocol::task::limits;
use web_sys::HtmlInputElement;
use yew::{
    AttrValue, Html, InputEvent, SubmitEvent, TargetCast, component, html, use_callback, use_state,
};

use crate::components::IconButton;
use crate::icon::Glyph;
use crate::tasks::link::use_task_link;
use crate::text::Text;

/// Where the words lie until the task is added.
const DRAFT: &str = "task";

#[component]
pub fn AddTask() -> Html {
    let link = use_task_link();
    let title = use_state(|| AttrValue::from(link.drafts().read(DRAFT)));
    let write = use_callback(
        (link.clone(), title.setter()),
        |text: String, (link, set)| {
            link.drafts().keep(DRAFT, &text);
            set.set(text.into());
        },
    );
    let oninput = use_callback(write.clone(), |event: InputEvent, write| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            write.emit(input.value());
        }
    });
    let deps = (link, AttrValue::clone(&title), write);
    let onsubmit = use_callback(deps, |event: SubmitEvent, (link, title, write)| {
        event.prevent_default();
        if !title.trim().is_empty() {
            link.add(title.trim().to_owned());
            write.emit(String::new());
        }
    });
    html! {
        <form class="add" {onsubmit}>
            <label class="unseen" for="new-task">{Text::NewTask}</label>
            <input
                id="new-task"
                placeholder={Text::NewTaskPlaceholder}
                value={&*title}
                maxlength={limits::TITLE.to_string()}
                autocomplete="off"
                dir="auto"
                {oninput}
            />
            <IconButton
                kind="submit"
                glyph={Glyph::Plus}
                label={AttrValue::from(Text::AddTask)}
                is_disabled={title.trim().is_empty()}
            />
        </form>
    }
}
