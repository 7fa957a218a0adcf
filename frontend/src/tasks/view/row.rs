//! One task.

use std::rc::Rc;

use protocol::task::Task;
use yew::{
    AttrValue, Callback, Html, MouseEvent, Properties, classes, component, html, use_callback,
    use_state_eq,
};

use super::due::DueMark;
use super::editor::TitleEditor;
use crate::browser;
use crate::components::{Button, IconButton, Look, use_toaster};
use crate::icon::{Glyph, Icon};
use crate::tasks::link::use_task_link;
use crate::tasks::rows::{Row, Trouble, TroubleKind};
use crate::text::Text;

#[derive(Properties, PartialEq)]
pub(super) struct RowProps {
    pub row: Row,
}

#[component]
pub(super) fn RowView(props: &RowProps) -> Html {
    let Row {
        task,
        is_new,
        trouble,
        touched,
        is_pending,
    } = &props.row;
    let is_edited = use_state_eq(|| false);
    let edit = use_callback(is_edited.setter(), |_: MouseEvent, set| set.set(true));
    let id = task.id;
    let close = use_callback(is_edited.setter(), move |(), set| {
        set.set(false);
        browser::focus(&format!("title-{id}"));
    });
    let class = classes!(
        "task",
        task.completed.then_some("is-done"),
        is_new.then_some("is-new"),
        is_pending.then_some("is-pending"),
        touched.then_some("is-touched"),
    );
    html! {
        <li {class}>
            <Latch task={Rc::clone(task)} is_new={*is_new} />
            <div class="task-main">
                if *is_edited {
                    <TitleEditor task={Rc::clone(task)} {close} />
                } else if *is_new {
                    <span class="task-title" dir="auto">{task.title.clone()}</span>
                } else {
                    <button type="button" id={format!("title-{id}")} class="task-title" title={Text::EditTitle} dir="auto" onclick={edit.clone()}>
                        {task.title.clone()}
                    </button>
                }
                <Marks task={Rc::clone(task)} is_new={*is_new} />
                if let Some(trouble) = trouble {
                    <TroubleView trouble={trouble.clone()} />
                }
            </div>
            if !*is_new && !*is_edited {
                <Tools task={Rc::clone(task)} {edit} />
            }
        </li>
    }
}

#[derive(Properties, PartialEq)]
struct LatchProps {
    task: Rc<Task>,
    is_new: bool,
}

/// The check box: a bolt that slides home.
#[component]
fn Latch(props: &LatchProps) -> Html {
    let deps = (use_task_link(), Rc::clone(&props.task));
    let onclick = use_callback(deps, |_: MouseEvent, (link, task)| {
        link.set_completed(task, !task.completed)
    });
    let checked = if props.task.completed {
        "true"
    } else {
        "false"
    };
    let title = props.task.title.as_str();
    html! {
        <button
            type="button"
            class="latch"
            role="checkbox"
            aria-checked={checked}
            aria-label={Text::CompleteTask.with(&[("title", title)])}
            disabled={props.is_new}
            {onclick}
        >
            <span class="latch-bolt"><Icon glyph={Glyph::Check} /></span>
        </button>
    }
}

/// What else there is to know of the task.
#[component]
fn Marks(props: &LatchProps) -> Html {
    use protocol::task::Priority;
    let task = &props.task;
    let priority = match task.priority {
        Priority::None => None,
        Priority::Low => Some(("low", Text::PriorityLow)),
        Priority::Medium => Some(("medium", Text::PriorityMedium)),
        Priority::High => Some(("high", Text::PriorityHigh)),
    };
    html! {
        <p class="marks">
            if !props.is_new {
                <span class="number">{Text::TaskNumber.with(&[("n", &task.id.to_string())])}</span>
            }
            if let Some(due) = task.due {
                <DueMark {due} is_done={task.completed} />
            }
            if let Some((level, label)) = priority {
                <span class="priority" data-level={level}><Icon glyph={Glyph::Flag} />{label}</span>
            }
            { for task.tags.iter().map(|tag| html! { <span class="tag" dir="auto">{"#"}{tag.clone()}</span> }) }
        </p>
    }
}

#[derive(Properties, PartialEq)]
struct ToolsProps {
    task: Rc<Task>,
    edit: Callback<MouseEvent>,
}

#[component]
fn Tools(props: &ToolsProps) -> Html {
    let deps = (use_task_link(), use_toaster(), Rc::clone(&props.task));
    let delete = use_callback(deps, |_: MouseEvent, (link, toaster, task)| {
        let (undo, id) = (link.clone(), task.id);
        // The button goes with its row; the keyboard must not fall out of the list.
        browser::focus("new-task");
        link.delete(id);
        let message = Text::Deleted.with(&[("title", &task.title)]);
        toaster.offer_undo(message, Callback::from(move |()| undo.restore(id)));
    });
    let title = props.task.title.as_str();
    let edit_label = Text::EditTask.with(&[("title", title)]);
    let delete_label = Text::DeleteTask.with(&[("title", title)]);
    html! {
        <div class="task-tools">
            <IconButton glyph={Glyph::Pencil} label={edit_label} class="small edit" onclick={props.edit.clone()} />
            <IconButton glyph={Glyph::Trash} label={delete_label} class="small" onclick={delete} />
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct TroubleProps {
    trouble: Trouble,
}

/// An operation that did not go through, with the ways out of it.
#[component]
fn TroubleView(props: &TroubleProps) -> Html {
    let deps = (use_task_link(), props.trouble.clone());
    let again = use_callback(deps.clone(), |_: MouseEvent, (link, trouble)| {
        link.try_again(trouble)
    });
    let discard = use_callback(deps, |_: MouseEvent, (link, trouble)| {
        link.discard(&trouble.key)
    });
    let (sentence, again_label, discard_label) = match &props.trouble.kind {
        TroubleKind::Failed(failure) => (failure.sentence(), Text::TryAgain, Text::Discard),
        TroubleKind::Conflict(theirs) => (
            Text::ChangedElsewhere.with(&[("title", theirs)]),
            Text::KeepMine,
            Text::TakeTheirs,
        ),
    };
    html! {
        <div class="task-trouble" role="alert">
            <p>{sentence}</p>
            <Button glyph={Glyph::Repeat} label={AttrValue::from(again_label)} onclick={again} />
            <Button look={Look::Quiet} label={AttrValue::from(discard_label)} onclick={discard} />
        </div>
    }
}
