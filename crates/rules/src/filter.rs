//! Which of the tasks that were looked up a filter leaves, and in what order they are shown.

use std::cmp::Reverse;

use jiff::civil::{DateTime, Time};
use protocol::Due;
use when::Context;

use crate::intent::{Filter, Range, Sort, Status};
use crate::matching;
use crate::view::Task;

/// How well a title has to fit the words of a filter.
const FITS: f64 = 0.6;

pub(crate) fn apply<'t>(filter: &Filter, tasks: &[&'t Task], ctx: &Context) -> Vec<&'t Task> {
    let mut left: Vec<&Task> = tasks
        .iter()
        .filter(|task| fits(filter, task, ctx))
        .copied()
        .collect();
    if matching::says_something(&filter.words) {
        let ranked = matching::rank(&filter.words, false, &left);
        let most = ranked.first().map_or(0.0, |best| best.score);
        let keep: Vec<i64> = ranked
            .iter()
            .filter(|found| found.score >= FITS.max(most - 0.3))
            .map(|found| found.task.id)
            .collect();
        left.retain(|task| keep.contains(&task.id) || has_tag(task, &filter.words));
    }
    sort(&mut left, filter.sort);
    left
}

/// As it was asked for, and what is equal in that as usual.
pub(crate) fn sort(tasks: &mut [&Task], by: Sort) {
    tasks.sort_by_key(|task| order(task));
    match by {
        Sort::Due => {}
        Sort::Priority => tasks.sort_by_key(|task| Reverse(task.priority)),
        Sort::Title => tasks.sort_by_key(|task| task.title.to_lowercase()),
        Sort::Number => tasks.sort_by_key(|task| task.id),
    }
}

/// Open before done, then by date, then the more important first.
fn order(
    task: &Task,
) -> (
    bool,
    bool,
    Option<Due>,
    Reverse<protocol::task::Priority>,
    i64,
) {
    (
        task.completed,
        task.due.is_none(),
        task.due,
        Reverse(task.priority),
        task.id,
    )
}

fn fits(filter: &Filter, task: &Task, ctx: &Context) -> bool {
    let status = match filter.status {
        Status::Open => !task.completed,
        Status::Completed => task.completed,
        Status::All | Status::Deleted => true,
    };
    let late = is_overdue(task, ctx);
    let due = match filter.due {
        Some(_) if filter.when_done => true,
        Some(range) => {
            task.due.is_some_and(|due| within(due, range)) || filter.with_overdue && late
        }
        None => true,
    };
    let hours = filter.hours.is_none_or(|(from, to)| {
        let hour = task.due.and_then(Due::time).map(|time| i16::from(time.0));
        hour.is_some_and(|hour| (i16::from(from)..i16::from(to)).contains(&hour))
    });
    status
        && due
        && hours
        && filter.number.is_none_or(|number| task.id == number)
        && (!filter.overdue || late)
        && (!filter.undated || task.due.is_none())
        && filter
            .priority
            .is_none_or(|priority| task.priority == priority)
        && filter.tag.as_ref().is_none_or(|tag| has_tag(task, tag))
}

/// A tag, in one of its forms: "groceries" is "grocery".
pub(crate) fn has_tag(task: &Task, name: &str) -> bool {
    let name = name.to_lowercase();
    task.tags.iter().any(|tag| {
        let tag = tag.to_lowercase();
        tag == name || matching::stem(&tag) == matching::stem(&name)
    })
}

/// Whether any of a due day, or a due minute, lies in a stretch of time.
pub(crate) fn within(due: Due, range: Range) -> bool {
    let Some(start) = when::datetime_of(due) else {
        return false;
    };
    let last = match due.time() {
        Some(_) => start,
        None => start.date().to_datetime(Time::constant(23, 59, 59, 0)),
    };
    range.from.is_none_or(|from| last >= from) && range.to.is_none_or(|to| start < to)
}

pub(crate) fn is_overdue(task: &Task, ctx: &Context) -> bool {
    let Some(due) = task.due.filter(|_| !task.completed) else {
        return false;
    };
    let now: DateTime = ctx.now.datetime();
    when::datetime_of(due).is_some_and(|at| match due.time() {
        Some(_) => at < now,
        None => at.date() < now.date(),
    })
}
