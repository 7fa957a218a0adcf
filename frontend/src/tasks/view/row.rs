//! One task.

use std::rc::Rc;

use protocol::task::Task;
use yew::{
    Callback, Event, Html, MouseEvent, Properties, classes, component, hook, html, use_callback,
    use_effect_with, use_mut_ref, use_state_eq,
};

use super::details::{DetailsProps, details};
use super::editor::{TitleEditorProps, title_editor};
use super::marks::{Marks, rule};
use super::moving::Moving;
use crate::browser;
use crate::components::{Button, IconButton, Voice, use_voice};
use crate::icon::{Glyph, icon};
use crate::tasks::link::TaskLink;
use crate::tasks::rows::{Row, Trouble, TroubleKind};
use crate::text::Text;

#[derive(Properties, PartialEq)]
pub(super) struct RowProps {
    pub row: Row,
    pub link: TaskLink,
    /// Present while the rows stand in the order by hand.
    pub moving: Option<Moving>,
}

#[component]
pub(super) fn RowView(props: &RowProps) -> Html {
    let RowProps { row, link, moving } = props;
    let Row {
        task,
        is_new,
        trouble,
        touched,
        is_pending,
        ..
    } = row;
    let voice = use_voice();
    let is_edited = use_state_eq(|| false);
    let is_open = use_state_eq(|| false);
    let open = use_callback(is_open.clone(), |_: MouseEvent, is_open| {
        is_open.set(!**is_open)
    });
    let shut = use_callback(is_open.setter(), |(), set| set.set(false));
    let edit = use_callback(is_edited.setter(), |_: MouseEvent, set| set.set(true));
    let close = use_callback(is_edited.setter(), |(), set| set.set(false));
    use_focus_back(*is_edited, title_id(task));
    let id = (!is_new).then(|| format!("task-{}", task.id));
    let class = classes!(
        "task",
        task.completed.then_some("is-done"),
        is_new.then_some("is-new"),
        is_pending.then_some("is-pending"),
        touched.then_some("is-touched"),
    );
    let moving = moving.as_ref().filter(|_| !is_new);
    let ondragstart = moving.map(|moving| moving.ondragstart(task.id));
    let ondragover = moving.map(Moving::ondragover);
    let ondrop = moving.map(|moving| moving.ondrop(task.id));
    let onkeydown = moving.map(|moving| moving.onkeydown(task.id));
    html! {
        <li {id} {class} draggable={moving.is_some().then_some("true")} {ondragstart} {ondragover} {ondrop} {onkeydown}>
            {latch(row, link)}
            <div class="task-main">
                if *is_edited {
                    {title_editor(TitleEditorProps { task: Rc::clone(task), link: link.clone(), close })}
                } else {
                    {title(row, edit)}
                }
                {marks(row)}
                if *is_open {
                    {details(DetailsProps { task: Rc::clone(task), link: link.clone(), close: shut })}
                }
                <>{trouble.as_ref().map(|trouble| trouble_view(trouble, link))}</>
            </div>
            if !(*is_new || *is_edited || row.chosen.is_some()) {
                {tools(task, link, &voice, (*is_open, open))}
            }
        </li>
    }
}

fn title_id(task: &Task) -> String {
    format!("title-{}", task.id)
}

/// When the editor closes, the keyboard goes back to the title, unless the person has moved it
/// elsewhere already.
#[hook]
fn use_focus_back(is_edited: bool, title: String) {
    let was_edited = use_mut_ref(|| false);
    use_effect_with(is_edited, move |is_edited| {
        if was_edited.replace(*is_edited) && !is_edited && browser::has_no_focus() {
            browser::focus(&title);
        }
    });
}

fn title(row: &Row, edit: Callback<MouseEvent>) -> Html {
    let title = row.task.title.clone();
    if row.is_new {
        return html! { <span class="task-title" dir="auto">{title}</span> };
    }
    html! {
        <button type="button" id={title_id(&row.task)} class="task-title" title={Text::EditTitle} dir="auto" onclick={edit}>
            {title}
        </button>
    }
}

/// The check box: a bolt that slides home.
fn latch(row: &Row, link: &TaskLink) -> Html {
    if let Some(is_chosen) = row.chosen {
        let id = row.task.id;
        let onchange = link.on(move |link, _: Event| link.choose(id));
        let label = Text::ChooseTask.with(&[("title", &row.task.title)]);
        return html! {
            <input type="checkbox" class="choice" checked={is_chosen} aria-label={label} {onchange} />
        };
    }
    let task = Rc::clone(&row.task);
    let label = Text::CompleteTask.with(&[("title", &task.title)]);
    let checked = if task.completed { "true" } else { "false" };
    let onclick = link.on(move |link, _: MouseEvent| link.set_completed(&task, !task.completed));
    html! {
        <button
            type="button"
            class="latch"
            role="checkbox"
            aria-checked={checked}
            aria-label={label}
            disabled={row.is_new}
            {onclick}
        >
            <span class="latch-bolt">{icon(Glyph::Check)}</span>
        </button>
    }
}

/// What else there is to know of the task.
fn marks(row: &Row) -> Html {
    let task = &row.task;
    let marks = Marks {
        due: task.due,
        is_done: task.completed,
        recurrence: task.recurrence.clone().map(rule),
        priority: task.priority,
        tags: &task.tags,
    };
    html! {
        <p class="marks">
            if !row.is_new {
                <span class="number">{Text::TaskNumber.with(&[("n", &task.id.to_string())])}</span>
            }
            {marks.view()}
        </p>
    }
}

fn tools(
    task: &Task,
    link: &TaskLink,
    voice: &Voice,
    (is_open, open): (bool, Callback<MouseEvent>),
) -> Html {
    let title = [("title", task.title.as_str())];
    let (id, voice) = (task.id, voice.clone());
    let done = Text::Deleted.with(&title);
    let delete = link.on(move |link, _: MouseEvent| {
        // The button goes with its row; the keyboard must not fall out of the list.
        browser::focus("new-task");
        link.delete(id);
        voice.offer_undo(done.clone(), link.on(move |link, ()| link.restore(id)));
    });
    let more = IconButton::new(Glyph::ChevronDown, Text::TaskDetails.with(&title));
    let more = more.class("small more").expanded(is_open).onclick(open);
    let bin = IconButton::new(Glyph::Trash, Text::DeleteTask.with(&title)).class("small");
    html! {
        <div class="task-tools">
            {more.view()}
            {bin.onclick(delete).view()}
        </div>
    }
}

/// An operation that did not go through, with the ways out of it.
fn trouble_view(trouble: &Trouble, link: &TaskLink) -> Html {
    let (sentence, again_label, discard_label) = match &trouble.kind {
        TroubleKind::Failed(failure) => (failure.sentence(), Text::TryAgain, Text::Discard),
        TroubleKind::Conflict(theirs) => (
            match theirs {
                Some(title) => Text::ChangedElsewhere.with(&[("title", title)]),
                None => Text::ChangedMeanwhile.into(),
            },
            Text::KeepMine,
            Text::TakeTheirs,
        ),
    };
    let (failed, key) = (trouble.clone(), trouble.key.clone());
    let again = link.on(move |link, _: MouseEvent| link.try_again(&failed));
    let discard = link.on(move |link, _: MouseEvent| link.discard(&key));
    html! {
        <div class="task-trouble" role="alert">
            <p>{sentence}</p>
            {Button::new(again_label).glyph(Glyph::Repeat).onclick(again).view()}
            {Button::new(discard_label).quiet().onclick(discard).view()}
        </div>
    }
}
