//! Everything of a task but its title, to be changed in its place.

use std::rc::Rc;

use protocol::task::{Priority, Task, TaskPatch, limits};
use wasm_split_helpers::wasm_split;
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::{
    AttrValue, Callback, Event, Html, KeyboardEvent, Properties, TargetCast, component, html,
    use_callback, use_state,
};

use crate::api::Failure;
use crate::parts::{Draw, Part, Room, later};
use crate::tasks::dates::in_words;
use crate::tasks::link::TaskLink;
use crate::tasks::op::{Deed, NONE, Seen};
use crate::text::Text;

#[derive(Clone, Properties, PartialEq)]
pub(super) struct DetailsProps {
    pub task: Rc<Task>,
    pub link: TaskLink,
    pub close: Callback<()>,
}

/// The fields, once they are here.
pub(super) fn details(props: DetailsProps) -> Html {
    later("details", || Box::pin(fields()), Room::Part, props)
}

#[wasm_split(list, fallible)]
fn fields() -> Result<Part, Failure> {
    static DRAW: Draw<DetailsProps> = |props| html! { <Fields ..props /> };
    Ok(&DRAW)
}

/// Each field is saved when it is left. What is saved is meant for the task as it was when the
/// details were opened or last saved here, so that a change from elsewhere is noticed.
#[component]
fn Fields(props: &DetailsProps) -> Html {
    let DetailsProps { task, link, close } = props;
    // The task as the fields show it, which is what the person has seen.
    let seen = use_state(|| Rc::clone(task));
    let save = {
        let (link, task) = (link.clone(), Rc::clone(task));
        let seen = seen.clone();
        Callback::from(move |patch: TaskPatch| {
            link.update(&seen, patch.clone());
            // What the person has just written they have seen as well.
            let mut next = Task::clone(&task);
            Deed::Update(Seen::from(&*task), patch).apply_to(&mut next);
            seen.set(Rc::new(next));
        })
    };
    let onkeydown = use_callback(close.clone(), |event: KeyboardEvent, close| {
        if event.key() == "Escape" {
            event.stop_propagation();
            close.emit(());
        }
    });
    html! {
        <div class="details" {onkeydown}>
            {when_due(task, &save)}
            {priority(task, &save)}
            {repeats(task, &save)}
            {reminder(task, &save)}
            {tags(task, &save)}
            {notes(task, &save)}
        </div>
    }
}

fn value(event: &Event) -> String {
    let input = event.target_dyn_into::<HtmlInputElement>();
    input.map(|input| input.value()).unwrap_or_default()
}

/// A day, and a time on it where there is a day.
fn when_due(task: &Rc<Task>, save: &Callback<TaskPatch>) -> Html {
    let (day, time) = match task.due {
        Some(due) => {
            let text = due.to_string();
            let (day, time) = text.split_once('T').unwrap_or((&text, ""));
            (day.to_owned(), time.to_owned())
        }
        None => Default::default(),
    };
    let due = |due: String| TaskPatch {
        due: Some(due),
        ..TaskPatch::default()
    };
    let old_time = time.clone();
    let on_day = save.reform(move |event: Event| match value(&event).as_str() {
        "" => due(NONE.to_owned()),
        day if old_time.is_empty() => due(day.to_owned()),
        day => due(format!("{day}T{old_time}")),
    });
    let old_day = day.clone();
    let on_time = save.reform(move |event: Event| match value(&event).as_str() {
        "" => due(old_day.clone()),
        time => due(format!("{old_day}T{time}")),
    });
    let is_free = day.is_empty();
    let id = |name: &str| format!("{name}-{}", task.id);
    html! {
        <div class="detail detail-due">
            <label for={id("day")}>{Text::DueDay}</label>
            <input id={id("day")} type="date" value={day} onchange={on_day} />
            <label class="unseen" for={id("time")}>{Text::DueTime}</label>
            <input id={id("time")} type="time" value={time} disabled={is_free} onchange={on_time} />
        </div>
    }
}

const PRIORITIES: [(Priority, Text); 4] = [
    (Priority::None, Text::PriorityNone),
    (Priority::Low, Text::PriorityLow),
    (Priority::Medium, Text::PriorityMedium),
    (Priority::High, Text::PriorityHigh),
];

fn priority(task: &Rc<Task>, save: &Callback<TaskPatch>) -> Html {
    let onchange = save.reform(|event: Event| {
        let select = event.target_dyn_into::<HtmlSelectElement>();
        let name = select.map(|select| select.value()).unwrap_or_default();
        let chosen = PRIORITIES
            .iter()
            .find(|(priority, _)| priority.as_str() == name);
        TaskPatch {
            priority: chosen.map(|(priority, _)| *priority),
            ..TaskPatch::default()
        }
    });
    let id = format!("priority-{}", task.id);
    let option = |(priority, name): (Priority, Text)| {
        html! {
            <option value={priority.as_str()} selected={task.priority == priority}>{name}</option>
        }
    };
    html! {
        <div class="detail">
            <label for={id.clone()}>{Text::Priority}</label>
            <select {id} {onchange}>{ for PRIORITIES.into_iter().map(option) }</select>
        </div>
    }
}

/// The rules that are asked for most, as iCalendar writes them.
const RULES: [(&str, Text); 6] = [
    (NONE, Text::RepeatsNever),
    ("FREQ=DAILY", Text::RepeatsDaily),
    ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", Text::RepeatsWorkdays),
    ("FREQ=WEEKLY", Text::RepeatsWeekly),
    ("FREQ=MONTHLY", Text::RepeatsMonthly),
    ("FREQ=YEARLY", Text::RepeatsYearly),
];

/// A rule that is none of these stands among them, in words, as long as it holds.
fn repeats(task: &Rc<Task>, save: &Callback<TaskPatch>) -> Html {
    let onchange = save.reform(|event: Event| {
        let select = event.target_dyn_into::<HtmlSelectElement>();
        TaskPatch {
            recurrence: select.map(|select| select.value()),
            ..TaskPatch::default()
        }
    });
    let id = format!("repeats-{}", task.id);
    let now = task.recurrence.as_deref().unwrap_or(NONE);
    let other = RULES.iter().all(|(rule, _)| *rule != now).then(|| {
        let words = in_words(now).unwrap_or_else(|| now.to_owned().into());
        html! { <option value={now.to_owned()} selected=true>{words}</option> }
    });
    let option = |(rule, name): (&'static str, Text)| {
        html! { <option value={rule} selected={rule == now}>{name}</option> }
    };
    let is_free = task.due.is_none();
    html! {
        <div class="detail">
            <label for={id.clone()}>{Text::Repeats}</label>
            <select {id} disabled={is_free} {onchange}>
                {other}
                { for RULES.into_iter().map(option) }
            </select>
        </div>
    }
}

/// Minutes before the task is due; −1 stands for none.
const REMINDERS: [(i32, Text); 5] = [
    (-1, Text::ReminderNone),
    (0, Text::ReminderThen),
    (10, Text::ReminderMinutes),
    (60, Text::ReminderHour),
    (1_440, Text::ReminderDay),
];

fn reminder(task: &Rc<Task>, save: &Callback<TaskPatch>) -> Html {
    let onchange = save.reform(|event: Event| {
        let select = event.target_dyn_into::<HtmlSelectElement>();
        TaskPatch {
            reminder: select.and_then(|select| select.value().parse().ok()),
            ..TaskPatch::default()
        }
    });
    let id = format!("reminder-{}", task.id);
    let now = task.reminder.unwrap_or(-1);
    let option = |(minutes, name): (i32, Text)| {
        html! { <option value={minutes.to_string()} selected={minutes == now}>{name}</option> }
    };
    let is_free = task.due.is_none();
    html! {
        <div class="detail">
            <label for={id.clone()}>{Text::Reminder}</label>
            <select {id} disabled={is_free} {onchange}>{ for REMINDERS.into_iter().map(option) }</select>
        </div>
    }
}

fn tags(task: &Rc<Task>, save: &Callback<TaskPatch>) -> Html {
    let onchange = save.reform(|event: Event| {
        let value = value(&event);
        let words = value.split([' ', ',']);
        let tags = words.map(|word| word.trim_start_matches('#').to_owned());
        TaskPatch {
            tags: Some(tags.filter(|tag| !tag.is_empty()).collect()),
            ..TaskPatch::default()
        }
    });
    let id = format!("tags-{}", task.id);
    html! {
        <div class="detail">
            <label for={id.clone()}>{Text::Tags}</label>
            <input {id} value={task.tags.join(" ")} autocomplete="off" dir="auto" {onchange} />
        </div>
    }
}

fn notes(task: &Rc<Task>, save: &Callback<TaskPatch>) -> Html {
    let onchange = save.reform(|event: Event| {
        let area = event.target_dyn_into::<HtmlTextAreaElement>();
        TaskPatch {
            description: Some(area.map(|area| area.value()).unwrap_or_default()),
            ..TaskPatch::default()
        }
    });
    let id = format!("notes-{}", task.id);
    let text = AttrValue::from(task.description.clone());
    html! {
        <div class="detail detail-notes">
            <label for={id.clone()}>{Text::Notes}</label>
            <textarea
                {id}
                rows="3"
                value={text}
                maxlength={limits::DESCRIPTION.to_string()}
                dir="auto"
                {onchange}
            />
        </div>
    }
}
