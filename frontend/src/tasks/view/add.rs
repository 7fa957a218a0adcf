//! Adding a task by hand.

use protocol::task::limits;
use web_sys::HtmlInputElement;
use yew::{
    AttrValue, Html, InputEvent, Properties, SubmitEvent, TargetCast, component, html,
    use_callback, use_state,
};

use crate::components::IconButton;
use crate::icon::Glyph;
use crate::tasks::link::TaskLink;
use crate::text::Text;

/// Where the words lie until the task is added.
const DRAFT: &str = "task";

#[derive(Properties, PartialEq)]
pub(super) struct AddTaskProps {
    pub link: TaskLink,
}

#[component]
pub(super) fn AddTask(props: &AddTaskProps) -> Html {
    let title = use_state(|| AttrValue::from(props.link.drafts().read(DRAFT)));
    let deps = (props.link.clone(), title.setter());
    let write = use_callback(deps, |text: String, (link, set)| {
        link.drafts().keep(DRAFT, &text);
        set.set(text.into());
    });
    let oninput = write.reform(|event: InputEvent| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        input.map(|input| input.value()).unwrap_or_default()
    });
    let text = AttrValue::clone(&title);
    let onsubmit = props.link.on(move |link, event: SubmitEvent| {
        event.prevent_default();
        if !text.trim().is_empty() {
            link.add(text.trim().to_owned());
            write.emit(String::new());
        }
    });
    let button = IconButton::new(Glyph::Plus, Text::AddTask).submit();
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
            {button.disabled(title.trim().is_empty()).view()}
        </form>
    }
}
