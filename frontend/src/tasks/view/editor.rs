//! A title being changed in its place.

use std::rc::Rc;

use protocol::task::{Task, limits};
use wasm_split_helpers::wasm_split;
use web_sys::HtmlTextAreaElement;
use yew::{
    AttrValue, Callback, FocusEvent, Html, InputEvent, KeyboardEvent, Properties, TargetCast,
    component, html, use_callback, use_effect_with, use_mut_ref, use_node_ref, use_state,
};

use crate::api::Failure;
use crate::parts::{Draw, Part, Room, later};
use crate::tasks::link::TaskLink;
use crate::text::Text;

#[derive(Clone, Properties, PartialEq)]
pub(super) struct TitleEditorProps {
    pub task: Rc<Task>,
    pub link: TaskLink,
    pub close: Callback<()>,
}

/// The field, once it is here.
pub(super) fn title_editor(props: TitleEditorProps) -> Html {
    later("editor", || Box::pin(field()), Room::Part, props)
}

#[wasm_split(list, fallible)]
fn field() -> Result<Part, Failure> {
    static DRAW: Draw<TitleEditorProps> = |props| html! { <TitleEditor ..props /> };
    Ok(&DRAW)
}

/// Enter and leaving the field keep what is typed, Escape does not. What is saved is meant for
/// the task as it was when the editing began, so that a change from elsewhere is noticed.
#[component]
fn TitleEditor(props: &TitleEditorProps) -> Html {
    let node = use_node_ref();
    let seen = use_state(|| Rc::clone(&props.task));
    let title = use_state(|| AttrValue::from(seen.title.clone()));
    let is_over = use_mut_ref(|| false);
    use_effect_with(node.clone(), |node| {
        if let Some(input) = node.cast::<HtmlTextAreaElement>() {
            let _ = input.focus();
            input.select();
        }
    });
    // A fast hand is ahead of what is drawn.
    let newest = use_mut_ref(|| title.to_string());
    let kept = Rc::clone(&newest);
    let oninput = use_callback(title.setter(), move |event: InputEvent, set| {
        if let Some(input) = event.target_dyn_into::<HtmlTextAreaElement>() {
            // A title is one line, whatever was pasted.
            let title = input.value().replace(['\n', '\r'], " ");
            kept.borrow_mut().clone_from(&title);
            set.set(title.into());
        }
    });
    let deps = (props.link.clone(), Rc::clone(&seen), props.close.clone());
    let save = use_callback(deps, move |saves: bool, (link, seen, close)| {
        // Closing takes the keyboard away, which would save a second time.
        if is_over.replace(true) {
            return;
        }
        let title = newest.borrow();
        let title = title.trim();
        let is_changed = !title.is_empty() && title != seen.title;
        if saves && is_changed {
            link.set_title(seen, title.to_owned());
        }
        close.emit(());
    });
    let onblur = save.reform(|_: FocusEvent| true);
    let onkeydown = use_callback(save, |event: KeyboardEvent, save| {
        match event.key().as_str() {
            "Enter" if !event.is_composing() => {
                event.prevent_default();
                save.emit(true);
            }
            "Escape" => {
                event.stop_propagation();
                save.emit(false);
            }
            _ => {}
        }
    });
    html! {
        <div class="grow task-editor" data-text={&*title}>
            <textarea
                ref={node}
                rows="1"
                aria-label={Text::Title}
                value={&*title}
                maxlength={limits::TITLE.to_string()}
                dir="auto"
                {oninput}
                {onblur}
                {onkeydown}
            />
        </div>
    }
}
