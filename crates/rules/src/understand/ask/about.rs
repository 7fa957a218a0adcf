//! Whether a question is about tasks, or about the world.

use super::Desk;
use crate::lexicon::asking::{AHEAD, NEXT, WORLD};
use crate::slots::tags;
use crate::target::filter;
use crate::tokens::Span;

/// Words that only tasks are spoken of with.
const TOPIC: &[&str] = &[
    "task",
    "tasks",
    "todo",
    "todos",
    "to-do",
    "to-dos",
    "reminder",
    "reminders",
    "chore",
    "chores",
    "errand",
    "errands",
    "overdue",
    "agenda",
    "backlog",
    "deadline",
    "deadlines",
    "plate",
    "undone",
    "assignments",
    "uncompleted",
    "unticked",
    "remainders",
    "ticked",
];

/// Whether a text names tasks, or the list of them.
pub(super) fn names_tasks(span: Span<'_>) -> bool {
    let list = (0..span.len().min(8)).any(|at| tags::list_at(span.from(at)).is_some());
    list || span.has(TOPIC) && !span.has(&["license", "plates"])
}

/// Whether what is to be shown can be a task: a word or two, and nothing that others show.
pub(super) fn is_short_name(span: Span<'_>, desk: Desk<'_>) -> bool {
    if span.has(WORLD) {
        return false;
    }
    let reading = filter::read(span, desk.ctx);
    let words = reading.filter.words.split_whitespace().count();
    words <= 2 && (reading.criteria || span.len() <= 4)
}

/// Whether a question asks for tasks.
pub(super) fn asks_for_tasks(span: Span<'_>, desk: Desk<'_>) -> bool {
    if names_tasks(span) || span.is(NEXT) {
        return true;
    }
    if span.has(WORLD) || span.has(&["you", "your"]) {
        return false;
    }
    let reading = filter::read(span, desk.ctx);
    let words = reading.filter.words.split_whitespace().count();
    if span.starts_any(AHEAD).is_some() {
        return words <= 3;
    }
    let any = span.starts("any|got").is_some();
    let have = span
        .starts("do|have i|we still|already? have|got any|a|an|the|some")
        .is_some()
        || span
            .starts("i|we still? have|got any|anything|a|an|some")
            .is_some()
        || span.starts("is|are there any|a|an|some").is_some();
    let mine = span.has(&["i", "my", "me", "we", "our"]);
    (any || have && mine) && words <= 3 && span.len() <= 10
        || reading.criteria && words == 0 && (mine || span.len() <= 5)
}

pub(super) fn asks_what_is_next(span: Span<'_>) -> bool {
    span.is(NEXT)
}
