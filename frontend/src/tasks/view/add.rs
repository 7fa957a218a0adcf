//! Adding a task by hand, with a look at what the line will become.

use std::rc::Rc;

use protocol::task::limits;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::{
    AttrValue, Html, InputEvent, Properties, SubmitEvent, TargetCast, component, html,
    use_callback, use_mut_ref, use_state,
};

use super::marks::{Marks, recurring};
use crate::components::IconButton;
use crate::icon::Glyph;
use crate::parts::use_part;
use crate::tasks::dates::{Dates, dates};
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
    let (fetched, _) = use_part(|| Box::pin(dates()), !line.is_empty());
    let shown = preview(&read(&line, fetched.part()));
    let set = line.setter();
    // Sent, and not read yet.
    let lines = use_mut_ref(Vec::<String>::new);
    let onsubmit = props.link.on(move |link, event: SubmitEvent| {
        event.prevent_default();
        let line = newest.take();
        if line.trim().is_empty() {
            return;
        }
        set.set(AttrValue::default());
        lines.borrow_mut().push(line);
        let (link, lines) = (link.clone(), Rc::clone(&lines));
        spawn_local(async move {
            // A fast hand is ahead of the reader of dates, too. Whoever waits for it may be called
            // in any order, and takes the line that waits longest.
            let dates = dates().await.ok().and_then(|part| part.downcast_ref());
            let line = lines.borrow_mut().remove(0);
            link.add(read(&line, dates).into_task());
            if link.drafts().read(DRAFT) == line {
                link.drafts().keep(DRAFT, "");
            }
        });
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
            // Never disabled: until it is drawn anew, Enter of a fast hand would do nothing.
            {button.view()}
            <div id="new-task-preview">{shown}</div>
        </form>
    }
}

fn read(line: &str, dates: Option<&Dates>) -> Quick {
    Quick::read(line, |line| (dates?.find)(line))
}

/// Shown only where the line says more than its words.
fn preview(quick: &Quick) -> Html {
    if !quick.has_marks() {
        return html! {};
    }
    let recurrence = quick.recurrence.as_ref().map(|(_, words)| words);
    let marks = Marks {
        due: quick.due,
        is_done: false,
        recurrence: recurrence.map(|words| recurring(words.clone().into())),
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
