//! Adding a task by hand, with a look at what the line will become.

use std::rc::Rc;

use protocol::task::limits;
use web_sys::HtmlInputElement;
use yew::{
    AttrValue, Html, InputEvent, Properties, SubmitEvent, TargetCast, component, html,
    use_callback, use_mut_ref, use_state,
};

use super::marks::Marks;
use crate::browser;
use crate::components::IconButton;
use crate::icon::Glyph;
use crate::tasks::link::TaskLink;
use crate::tasks::quick::Quick;
use crate::text::Text;

/// Where the words lie until the task is added.
const DRAFT: &str = "task";

#[derive(Properties, PartialEq)]
pub(super) struct AddTaskProps {
    pub link: TaskLink,
}

#[component]
pub(super) fn AddTask(props: &AddTaskProps) -> Html {
    let line = use_state(|| AttrValue::from(props.link.drafts().read(DRAFT)));
    let deps = (props.link.clone(), line.setter());
    // A fast hand is ahead of what is drawn.
    let newest = use_mut_ref(|| line.to_string());
    let kept = Rc::clone(&newest);
    let write = use_callback(deps, move |text: String, (link, set)| {
        link.drafts().keep(DRAFT, &text);
        kept.borrow_mut().clone_from(&text);
        set.set(text.into());
    });
    let oninput = write.reform(|event: InputEvent| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        input.map(|input| input.value()).unwrap_or_default()
    });
    let quick = Quick::read(&line, browser::calendar_now().as_ref());
    let shown = preview(&quick);
    let onsubmit = props.link.on(move |link, event: SubmitEvent| {
        event.prevent_default();
        let quick = Quick::read(&newest.take(), browser::calendar_now().as_ref());
        if !quick.title.is_empty() {
            link.add(quick.into_task());
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
                value={&*line}
                maxlength={limits::TITLE.to_string()}
                autocomplete="off"
                dir="auto"
                aria-describedby="new-task-preview"
                {oninput}
            />
            {button.disabled(line.trim().is_empty()).view()}
            <div id="new-task-preview">{shown}</div>
        </form>
    }
}

/// Shown only where the line says more than its words.
fn preview(quick: &Quick) -> Html {
    if !quick.has_marks() {
        return html! {};
    }
    let words = quick.recurrence.as_ref().map(|(_, words)| words.clone());
    let marks = Marks {
        due: quick.due,
        is_done: false,
        recurrence: words.map(AttrValue::from),
        priority: quick.priority,
        tags: &quick.tags,
    };
    html! {
        <p class="preview">
            <strong dir="auto">{quick.title.clone()}</strong>
            <span class="marks">{marks.view()}</span>
        </p>
    }
}
