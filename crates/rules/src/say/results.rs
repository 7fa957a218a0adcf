//! What became of calls, as their results tell it.

use when::Context;

use super::format::{self, details, list, quoted, quoted_all, when_due};
use crate::view::Task;

pub(crate) fn not_done(faults: &[String], nothing: bool) -> String {
    let reasons: Vec<&str> = faults
        .iter()
        .map(String::as_str)
        .filter(|fault| !fault.is_empty())
        .collect();
    let lead = match nothing {
        true => "That didn't work, nothing was changed",
        false => "Not everything worked",
    };
    match reasons.is_empty() {
        true => format!("{lead}."),
        false => format!("{lead}: {}", reasons.join(" ")),
    }
}

pub(crate) fn added(tasks: &[&Task], ctx: &Context) -> String {
    match tasks {
        [only] => format!("Added {}{}.", quoted(only), details(only, ctx)),
        _ => {
            let same = tasks.windows(2).all(|pair| pair[0].due == pair[1].due);
            if same && tasks.len() <= 10 {
                let when = tasks[0]
                    .due
                    .map(|due| format!(" for {}", when_due(due, ctx)))
                    .unwrap_or_default();
                return format!("Added {} tasks{when}: {}.", tasks.len(), quoted_all(tasks));
            }
            format!("Added {} tasks:\n{}", tasks.len(), list(tasks, ctx))
        }
    }
}

/// `next` are those that a repetition has made.
pub(crate) fn completed(done: &[&Task], open: &[&Task], next: &[&Task], ctx: &Context) -> String {
    let mut text = match done {
        [] => String::new(),
        [only] => format!("Marked {} as done.", quoted(only)),
        _ => format!("Marked {} tasks as done: {}.", done.len(), quoted_all(done)),
    };
    if !open.is_empty() {
        text = format!("{text} Still open: {}.", quoted_all(open));
    }
    for task in next {
        text = format!("{text} Next: {}{}.", quoted(task), details(task, ctx));
    }
    text.trim().to_owned()
}

pub(crate) fn reopened(open: &[&Task], done: &[&Task]) -> String {
    let mut text = match open {
        [] => String::new(),
        [only] => format!("{} is open.", quoted(only)),
        _ => format!("{} tasks are open: {}.", open.len(), quoted_all(open)),
    };
    if !done.is_empty() {
        text = format!("{text} Still done: {}.", quoted_all(done))
            .trim()
            .to_owned();
    }
    text
}

pub(crate) fn deleted(tasks: &[&Task]) -> String {
    match tasks {
        [only] => format!("Deleted {}. Say “undo” to bring it back.", quoted(only)),
        _ => format!(
            "Deleted {} tasks: {}. Say “undo” to bring them back.",
            tasks.len(),
            quoted_all(tasks)
        ),
    }
}

pub(crate) fn restored(tasks: &[&Task], ctx: &Context) -> String {
    match tasks {
        [only] => format!("Restored {}{}.", quoted(only), details(only, ctx)),
        _ => format!("Restored {} tasks: {}.", tasks.len(), quoted_all(tasks)),
    }
}

/// What was taken back, as it is now.
pub(crate) fn undone(tasks: &[&Task], ctx: &Context) -> String {
    let (gone, there): (Vec<&Task>, Vec<&Task>) = tasks.iter().partition(|task| task.deleted);
    let mut lines: Vec<String> = there
        .iter()
        .map(|task| {
            let state = if task.completed { "done" } else { "open" };
            let due = task.due.map(|due| format!(", due {}", when_due(due, ctx)));
            format!("{} is {state}{}.", quoted(task), due.unwrap_or_default())
        })
        .collect();
    if !gone.is_empty() {
        let verb = if gone.len() == 1 { "is" } else { "are" };
        lines.push(format!("{} {verb} removed.", quoted_all(&gone)));
    }
    match lines.as_slice() {
        [only] => format!("Undone: {only}"),
        _ => format!("Undone:\n- {}", lines.join("\n- ")),
    }
}

/// The person was asked by the tool, and said no.
pub(crate) fn declined(tool: &str) -> String {
    let what = match tool {
        "delete_tasks" => "deleted",
        _ => "changed",
    };
    format!("All right, nothing was {what}.")
}

/// What a tool did that is known by its results only.
pub(crate) fn changed(tasks: &[&Task]) -> String {
    format!("Changed: {}.", quoted_all(tasks))
}

pub(crate) fn updated(tasks: &[&Task], fields: &[(i64, Vec<String>)], ctx: &Context) -> String {
    let of = |id: i64| {
        let mut names: Vec<&str> = fields
            .iter()
            .filter(|(other, _)| *other == id)
            .flat_map(|(_, names)| names.iter().map(String::as_str))
            .collect();
        names.dedup();
        names
    };
    let lines: Vec<String> = tasks
        .iter()
        .map(|task| format::now(task, &of(task.id), ctx))
        .collect();
    match lines.as_slice() {
        [only] => only.clone(),
        _ => format!("Changed {} tasks:\n- {}", lines.len(), lines.join("\n- ")),
    }
}
