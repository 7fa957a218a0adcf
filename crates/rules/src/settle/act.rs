//! Completing, reopening, deleting, restoring.

use serde_json::json;

use super::{Job, Resolved, Room, STRICT, USUAL, resolve, unresolved};
use crate::intent::{Intent, Plain, Status, Target, Verb};
use crate::say;
use crate::view::Task;

/// Tasks in one call.
const BATCH: usize = 100;

pub(crate) const fn tool(verb: Verb) -> &'static str {
    match verb {
        Verb::Complete => "complete_tasks",
        Verb::Reopen => "reopen_tasks",
        Verb::Delete => "delete_tasks",
        Verb::Restore => "restore_tasks",
    }
}

/// Where tasks are looked for, the likelier place first.
const fn places(verb: Verb) -> &'static [Status] {
    match verb {
        Verb::Complete => &[Status::Open, Status::Completed],
        Verb::Reopen => &[Status::Completed, Status::Open],
        Verb::Delete => &[Status::Open, Status::Completed],
        Verb::Restore => &[Status::Deleted],
    }
}

pub(crate) fn act(verb: Verb, target: &Target, room: &Room<'_>) -> Vec<Job> {
    if !room.can.has(tool(verb)) {
        return vec![Job::Say(say::cannot(say::doing(verb)))];
    }
    let bar = if verb == Verb::Delete { STRICT } else { USUAL };
    let statuses = if is_everything(verb, target) {
        &[Status::All]
    } else {
        places(verb)
    };
    let resolved = match target {
        Target::Focus if verb == Verb::Restore && room.memory.focus.is_empty() => Resolved::Missing,
        _ => resolve(target, statuses, bar, room),
    };
    match resolved {
        Resolved::Tasks(tasks) => vec![on_tasks(verb, target, &tasks)],
        Resolved::Ids(ids) => vec![Job::Do(calls(verb, &ids))],
        // Who wants something back may mean a tick.
        Resolved::Nothing(_) if verb == Verb::Restore && room.can.has("reopen_tasks") => {
            act(Verb::Reopen, target, room)
        }
        other => vec![unresolved(other, Intent::Act(verb, target.clone()), room)],
    }
}

/// "delete everything" means done tasks too.
fn is_everything(verb: Verb, target: &Target) -> bool {
    match target {
        Target::All(filter) => {
            verb == Verb::Delete && !filter.status_said && !filter.overdue && filter.due.is_none()
        }
        _ => false,
    }
}

fn on_tasks(verb: Verb, target: &Target, tasks: &[Task]) -> Job {
    let ids: Vec<i64> = tasks.iter().map(|task| task.id).collect();
    let chosen_by_words = !matches!(target, Target::Ids(_));
    if verb == Verb::Complete && chosen_by_words && tasks.iter().all(|task| task.completed) {
        return Job::Say(say::already_done(tasks));
    }
    Job::Do(calls(verb, &ids))
}

pub(crate) fn calls(verb: Verb, ids: &[i64]) -> Vec<Plain> {
    ids.chunks(BATCH)
        .map(|ids| Plain {
            tool: tool(verb),
            arguments: json!({ "ids": ids }),
        })
        .collect()
}
