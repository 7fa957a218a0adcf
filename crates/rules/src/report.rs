//! What became of calls, told by their results and by nothing else.

use serde_json::Value;
use when::Context;

use crate::conversation::Step;
use crate::say;
use crate::view::Task;

/// Tells what the calls of one wish did. `planned` calls without a step were not made.
pub(crate) fn report(steps: &[&Step<'_>], planned: usize, ctx: &Context) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut done: Vec<&Task> = Vec::new();
    let mut faults: Vec<String> = Vec::new();
    let mut unanswered = planned.saturating_sub(steps.len());
    let mut declined = None;
    for step in steps {
        match &step.answer {
            None => unanswered += 1,
            Some(answer) if answer.declined => declined = Some(step.tool),
            Some(answer) => {
                done.extend(&answer.tasks);
                faults.extend(answer.failed.iter().cloned());
                if let Some(error) = &answer.error {
                    faults.push(error.clone());
                } else if answer.tasks.is_empty() && answer.failed.is_empty() {
                    faults.push(String::new());
                }
            }
        }
    }
    if let Some(step) = steps.first().filter(|_| !done.is_empty()) {
        lines.push(told(step.tool, steps, &done, ctx));
    }
    if let Some(tool) = declined.filter(|_| done.is_empty()) {
        lines.push(say::declined(tool));
    }
    if !faults.is_empty() {
        faults.dedup();
        lines.push(say::not_done(&faults, done.is_empty()));
    }
    if unanswered > 0 {
        lines.push(say::NOT_RUN.to_owned());
    }
    lines.join("\n")
}

fn told(tool: &str, steps: &[&Step<'_>], done: &[&Task], ctx: &Context) -> String {
    match tool {
        "add_tasks" => say::added(done, ctx),
        "complete_tasks" => {
            let meant = named(steps);
            let (ticked, open): (Vec<&Task>, Vec<&Task>) =
                done.iter().partition(|task| task.completed);
            let (still, next): (Vec<&Task>, Vec<&Task>) =
                open.iter().partition(|task| meant.contains(&task.id));
            say::completed(&ticked, &still, &next, ctx)
        }
        "reopen_tasks" => {
            let (done, open): (Vec<&Task>, Vec<&Task>) =
                done.iter().partition(|task| task.completed);
            say::reopened(&open, &done)
        }
        "delete_tasks" => say::deleted(done),
        "restore_tasks" => say::restored(done, ctx),
        "undo" => say::undone(done, ctx),
        "update_tasks" => say::updated(done, &changed(steps), ctx),
        _ => say::changed(done),
    }
}

/// The tasks that the calls are about.
fn named(steps: &[&Step<'_>]) -> Vec<i64> {
    let ids = steps
        .iter()
        .filter_map(|step| step.arguments.get("ids")?.as_array());
    ids.flatten().filter_map(Value::as_i64).collect()
}

/// The fields that each task was to change, so that these are told as they are now.
fn changed(steps: &[&Step<'_>]) -> Vec<(i64, Vec<String>)> {
    let updates = steps
        .iter()
        .filter_map(|step| step.arguments.get("tasks")?.as_array());
    updates
        .flatten()
        .filter_map(|update| {
            let id = update.get("id").and_then(Value::as_i64)?;
            let fields = update.as_object()?.keys().filter(|name| *name != "id");
            Some((id, fields.cloned().collect()))
        })
        .collect()
}
