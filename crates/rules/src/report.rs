//! What became of calls, told by their results and by nothing else.

use serde_json::Value;
use when::Context;

use crate::conversation::Step;
use crate::say;
use crate::view::Task;

/// Whether any of the calls had an effect.
pub(crate) fn did_something(steps: &[&Step<'_>]) -> bool {
    steps.iter().any(|step| {
        step.answer
            .as_ref()
            .is_some_and(|answer| !answer.tasks.is_empty())
    })
}

/// Tells what the calls of one wish did. `planned` calls without a step were not made.
pub(crate) fn report(steps: &[&Step<'_>], planned: usize, ctx: &Context) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut done: Vec<&Task> = Vec::new();
    let mut faults: Vec<String> = Vec::new();
    let mut unanswered = planned.saturating_sub(steps.len());
    for step in steps {
        match &step.answer {
            None => unanswered += 1,
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
        lines.push(told(step.tool, &changed(steps), &done, ctx));
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

fn told(tool: &str, fields: &[(i64, Vec<String>)], done: &[&Task], ctx: &Context) -> String {
    match tool {
        "add_tasks" => say::added(done, ctx),
        "complete_tasks" => {
            let (ticked, open): (Vec<&Task>, Vec<&Task>) =
                done.iter().partition(|task| task.completed);
            say::completed(&ticked, &open)
        }
        "reopen_tasks" => {
            let (done, open): (Vec<&Task>, Vec<&Task>) =
                done.iter().partition(|task| task.completed);
            say::reopened(&open, &done)
        }
        "delete_tasks" => say::deleted(done),
        "restore_tasks" => say::restored(done, ctx),
        "update_tasks" => say::updated(done, fields, ctx),
        _ => say::changed(done),
    }
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
