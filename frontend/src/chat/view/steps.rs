//! What the assistant did: its calls of tools, as one line that can be opened.

use protocol::chatkit::{TaskKind, TaskStatus, WorkflowSummary, WorkflowTask};
use yew::{AttrValue, Html, html};

use crate::icon::{Glyph, icon};
use crate::markdown::Markdown;
use crate::text::Text;

/// One line, whatever happens within it, so that an answer below it does not move.
pub(super) fn steps(
    tasks: &[WorkflowTask],
    summary: Option<&WorkflowSummary>,
    is_open: bool,
) -> Html {
    let Some(newest) = tasks.last() else {
        return html! {};
    };
    let line = match (summary, is_open) {
        (Some(WorkflowSummary::Titled { title, .. }), false) => AttrValue::from(title.clone()),
        _ if tasks.len() == 1 || is_open => title(newest),
        _ => Text::UsedTools.count(tasks.len()),
    };
    let is_busy = is_open && newest.status_indicator == TaskStatus::Loading;
    let state = match newest.status_indicator {
        TaskStatus::Loading if is_busy => html! { <span class="spinner" /> },
        // It has not been done: the person is asked first, or the answer broke off.
        TaskStatus::None | TaskStatus::Loading => icon(Glyph::Dots),
        TaskStatus::Complete => icon(Glyph::Check),
    };
    html! {
        <details class="steps" data-busy={is_busy.then_some("true")}>
            <summary>
                <span class="steps-state">{state}</span>
                <span dir="auto">{line}</span>
                {icon(Glyph::ChevronDown)}
            </summary>
            <ol>{ for tasks.iter().map(step) }</ol>
        </details>
    }
}

fn step(task: &WorkflowTask) -> Html {
    let state = match task.status_indicator {
        TaskStatus::Loading => Text::StepRuns,
        TaskStatus::None => Text::NotDone,
        TaskStatus::Complete => Text::Done,
    };
    let content = content(task).map(AttrValue::from);
    html! {
        <li>
            <strong dir="auto">{title(task)}</strong>
            <span class="unseen">{state}</span>
            <>{content.map(|source| html! { <Markdown {source} /> })}</>
        </li>
    }
}

fn title(task: &WorkflowTask) -> AttrValue {
    let title = match &task.kind {
        TaskKind::Custom { title, .. }
        | TaskKind::WebSearch { title, .. }
        | TaskKind::Thought { title, .. }
        | TaskKind::File { title, .. }
        | TaskKind::Image { title } => title.as_deref(),
    };
    title.map_or_else(|| Text::Step.into(), AttrValue::from)
}

fn content(task: &WorkflowTask) -> Option<&str> {
    match &task.kind {
        TaskKind::Custom { content, .. } => content.as_deref(),
        TaskKind::Thought { content, .. } => Some(content),
        TaskKind::WebSearch { .. } | TaskKind::File { .. } | TaskKind::Image { .. } => None,
    }
}
