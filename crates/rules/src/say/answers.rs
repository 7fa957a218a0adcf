//! Answers to questions about tasks.

use when::Context;

use super::format::{self, list, quoted, when_due};
use super::nothing_like;
use crate::intent::{Asked, Filter};
use crate::tell::local;
use crate::view::{Entry, Task};

/// Entries of the log that are told.
const MOST: usize = 20;

/// The answer to a question about tasks.
pub(crate) fn shown(
    filter: &Filter,
    asked: Asked,
    tasks: &[&Task],
    more: bool,
    ctx: &Context,
) -> String {
    let count = tasks.len();
    let plus = if more { "at least " } else { "" };
    let what = format::described(filter, count);
    if asked == Asked::Due || asked == Asked::Done {
        return about(filter, asked, tasks, ctx);
    }
    if count == 0 && filter.when_done {
        return format!("You completed no tasks {}.", format::said_of(filter));
    }
    if count == 0 {
        return format!("You have no {what}.");
    }
    match asked {
        Asked::Count => format!("You have {plus}{count} {what}."),
        Asked::Next => {
            let open: Vec<&Task> = tasks.iter().take(3).copied().collect();
            format!(
                "Next {}:\n{}",
                if open.len() == 1 { "is" } else { "are" },
                list(&open, ctx)
            )
        }
        _ => format!("You have {plus}{count} {what}:\n{}", list(tasks, ctx)),
    }
}

/// "When is …?" and "is … done?", for the tasks that fit.
fn about(filter: &Filter, asked: Asked, tasks: &[&Task], ctx: &Context) -> String {
    if tasks.is_empty() {
        if let Some(number) = filter.number {
            return super::no_task(&[number]);
        }
        return nothing_like(&filter.words);
    }
    let line = |task: &&Task| match (asked, task.completed) {
        (Asked::Done, false) => format!(
            "{} is still open{}.",
            quoted(task),
            task.due
                .map(|due| format!(", due {}", when_due(due, ctx)))
                .unwrap_or_default()
        ),
        (_, true) => format!("{} is done.", quoted(task)),
        _ => match task.due {
            Some(due) => format!("{} is due {}.", quoted(task), when_due(due, ctx)),
            None => format!("{} has no date.", quoted(task)),
        },
    };
    tasks
        .iter()
        .take(5)
        .map(line)
        .collect::<Vec<_>>()
        .join("\n")
}

/// How things stand, of what was counted.
pub(crate) fn overview(counts: &[(String, i64)]) -> String {
    let of = |name: &str| {
        let found = counts.iter().find(|(known, _)| known == name);
        found.map(|(_, count)| *count)
    };
    let kinds = [
        ("overdue", "overdue"),
        ("due_today", "due today"),
        ("due_this_week", "due in the next 7 days"),
        ("high_priority", "of high priority"),
    ];
    let parts: Vec<String> = kinds
        .iter()
        .filter_map(|(name, words)| {
            let count = of(name).filter(|count| *count > 0)?;
            Some(format!("{count} {words}"))
        })
        .collect();
    let open = match of("open") {
        Some(0) => "You have no open tasks".to_owned(),
        Some(1) => "You have 1 open task".to_owned(),
        Some(count) => format!("You have {count} open tasks"),
        None => return super::fault(""),
    };
    let open = match parts.is_empty() {
        true => format!("{open}."),
        false => format!("{open}: {}.", parts.join(", ")),
    };
    match of("completed_today") {
        Some(count) if count > 0 => format!("{open} Done today: {count}."),
        _ => open,
    }
}

/// What was done lately, newest first.
pub(crate) fn log(entries: &[&Entry], ctx: &Context) -> String {
    if entries.is_empty() {
        return "I see no such changes.".to_owned();
    }
    let line = |entry: &&Entry| {
        let by = match entry.by.as_str() {
            "the person" => "you".to_owned(),
            "the assistant" => "me".to_owned(),
            other => format::clipped(other),
        };
        format!(
            "- {}, {} “{}” (by {by})",
            moment(entry, ctx),
            entry.what,
            format::headline(&entry.title)
        )
    };
    let mut lines: Vec<String> = entries.iter().take(MOST).map(line).collect();
    if entries.len() > MOST {
        lines.push(format!("… and {} more.", entries.len() - MOST));
    }
    let count = entries.len();
    let noun = if count == 1 { "change" } else { "changes" };
    format!("{count} {noun}, newest first:\n{}", lines.join("\n"))
}

/// When it was, by the person's clock.
pub(crate) fn moment(entry: &Entry, ctx: &Context) -> String {
    let Some(at) = local(entry, ctx) else {
        return "some time ago".to_owned();
    };
    let clock = format!("{:02}:{:02}", at.hour(), at.minute());
    match at.date() == ctx.now.date() {
        true => clock,
        false => format!("{}, {clock}", format::day(at.date(), ctx)),
    }
}

/// What a task consists of.
pub(crate) fn parts(task: &Task, parts: &[&Task], ctx: &Context) -> String {
    match parts.is_empty() {
        true => format!("{} has no subtasks.", quoted(task)),
        false => format!(
            "{} has {} subtask{}:\n{}",
            quoted(task),
            parts.len(),
            if parts.len() == 1 { "" } else { "s" },
            list(parts, ctx)
        ),
    }
}
