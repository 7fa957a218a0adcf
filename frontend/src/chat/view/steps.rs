//! What the assistant did: its calls of tools, as one line that can be opened.

use protocol::chatkit::{TaskKind, TaskStatus, WorkflowSummary, WorkflowTask};
use yew::{AttrValue, Html, Properties, component, html};

use crate::icon::{Glyph, Icon};
use crate::markdown::Markdown;
use crate::text::Text;

#[derive(Properties, PartialEq)]
pub(super) struct StepsProps {
    pub tasks: Vec<WorkflowTask>,
    pub summary: Option<WorkflowSummary>,
    pub is_open: bool,
}

/// One line, whatever happens within it, so that an answer below it does not move.
#[component]
pub(super) fn Steps(props: &StepsProps) -> Html {
    let Some(newest) = props.tasks.last() else {
        return html! {};
    };
    let line = match (&props.summary, props.is_open) {
        (Some(WorkflowSummary::Titled { title, .. }), false) => AttrValue::from(title.clone()),
        _ if props.tasks.len() == 1 || props.is_open => title(newest),
        _ => Text::UsedTools.count(props.tasks.len()),
    };
    let is_busy = props.is_open && newest.status_indicator == TaskStatus::Loading;
    html! {
        <details class="steps" data-busy={is_busy.then_some("true")}>
            <summary>
                <span class="steps-state">
                    if is_busy {
                        <span class="spinner" />
                    } else {
                        <Icon glyph={Glyph::Check} />
                    }
                </span>
                <span dir="auto">{line}</span>
                <Icon glyph={Glyph::ChevronDown} />
            </summary>
            <ol>{ for props.tasks.iter().map(|task| html! { <Step task={task.clone()} /> }) }</ol>
        </details>
    }
}

#[derive(Properties, PartialEq)]
struct StepProps {
    task: WorkflowTask,
}

#[component]
fn Step(props: &StepProps) -> Html {
    let (state, label) = match props.task.status_indicator {
        TaskStatus::Loading => ("loading", Text::StepRuns),
        TaskStatus::None | TaskStatus::Complete => ("complete", Text::Done),
    };
    html! {
        <li data-state={state}>
            <strong dir="auto">{title(&props.task)}</strong>
            <span class="unseen">{label}</span>
            if let Some(content) = content(&props.task) {
                <Markdown source={content} />
            }
        </li>
    }
}

fn title(task: &WorkflowTask) -> AttrValue {
    let title = match &task.kind {
        TaskKind::Custom { title, .. }
        | TaskKind::WebSearch { title, .. }
        | TaskKind::Thought { title, .. }
        | TaskKind::File { title, .. }
        | TaskKind::Image { title } => title,
    };
    title
        .as_ref()
        .map_or_else(|| Text::Step.into(), |title| AttrValue::from(title.clone()))
}

fn content(task: &WorkflowTask) -> Option<AttrValue> {
    let content = match &task.kind {
        TaskKind::Custom { content, .. } => content.as_ref(),
        TaskKind::Thought { content, .. } => Some(content),
        TaskKind::WebSearch { .. } | TaskKind::File { .. } | TaskKind::Image { .. } => None,
    };
    content.map(|content| AttrValue::from(content.clone()))
}
