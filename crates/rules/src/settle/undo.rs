//! Taking back what was done last, as far as the conversation knows how things were before.

use serde_json::{Map, Value, json};

use super::act::{act, calls};
use super::{Job, Resolved, Room, USUAL, resolve, unresolved};
use crate::intent::{Intent, Plain, Status, Target, Verb};
use crate::memory::Write;
use crate::pending::Pending;
use crate::say;
use crate::view::Task;

pub(crate) fn undo(room: &Room<'_>) -> Vec<Job> {
    if room.can.undoes() {
        let arguments = json!({});
        return vec![Job::Do(
            vec![Plain {
                tool: "undo",
                arguments,
            }],
            String::new(),
        )];
    }
    if room.memory.last.is_empty() {
        return vec![Job::Say(say::NOTHING_TO_UNDO.to_owned())];
    }
    room.memory
        .last
        .iter()
        .rev()
        .map(|write| reversed(write, room))
        .collect()
}

fn ids(write: &Write) -> Vec<i64> {
    write.tasks.iter().map(|(_, now)| now.id).collect()
}

fn reversed(write: &Write, room: &Room<'_>) -> Job {
    let verb = match write.tool.as_str() {
        "complete_tasks" => Verb::Reopen,
        "reopen_tasks" => Verb::Complete,
        "delete_tasks" => Verb::Restore,
        "add_tasks" | "restore_tasks" => Verb::Delete,
        "update_tasks" => return as_before(write, room),
        _ => return Job::Say(say::CANNOT_UNDO.to_owned()),
    };
    if !room.can.has(super::act::tool(verb)) {
        return Job::Say(say::cannot(say::doing(verb)));
    }
    if verb == Verb::Delete {
        let tasks: Vec<Task> = write.tasks.iter().map(|(_, now)| now.clone()).collect();
        return Job::Ask(
            say::confirm_delete(&tasks, room.ctx),
            Pending::Confirm(calls(verb, &ids(write))),
        );
    }
    Job::Do(calls(verb, &ids(write)), String::new())
}

/// The fields that differ, as they were.
fn as_before(write: &Write, room: &Room<'_>) -> Job {
    if !room.can.has("update_tasks") {
        return Job::Say(say::cannot("change tasks"));
    }
    if write.tasks.iter().any(|(before, _)| before.is_none()) {
        return Job::Say(say::CANNOT_UNDO.to_owned());
    }
    let updates: Vec<Value> = write
        .tasks
        .iter()
        .filter_map(|(before, now)| difference(before.as_ref()?, now))
        .collect();
    match updates.is_empty() {
        true => Job::Say(say::NOTHING_TO_UNDO.to_owned()),
        false => Job::Do(
            vec![Plain {
                tool: "update_tasks",
                arguments: json!({ "tasks": updates }),
            }],
            String::new(),
        ),
    }
}

/// What has to be set so that the second task is as the first.
fn difference(wanted: &Task, is: &Task) -> Option<Value> {
    let mut update = Map::new();
    if wanted.title != is.title {
        update.insert("title".to_owned(), json!(wanted.title));
    }
    if wanted.description != is.description {
        update.insert("description".to_owned(), json!(wanted.description));
    }
    if wanted.priority != is.priority {
        update.insert("priority".to_owned(), json!(wanted.priority));
    }
    if wanted.tags != is.tags {
        update.insert("tags".to_owned(), json!(wanted.tags));
    }
    if wanted.due != is.due {
        let due = wanted.due.map_or("none".to_owned(), |due| due.to_string());
        update.insert("due".to_owned(), json!(due));
    }
    if update.is_empty() {
        return None;
    }
    update.insert("id".to_owned(), json!(is.id));
    Some(Value::Object(update))
}

/// The last change was about the wrong task: it is taken back there, and done to the right one.
pub(crate) fn instead(target: &Target, room: &Room<'_>) -> Vec<Job> {
    let Some(last) = room.memory.last.last() else {
        return vec![Job::Say(say::NOTHING_TO_UNDO.to_owned())];
    };
    let verb = match last.tool.as_str() {
        "complete_tasks" => Some(Verb::Complete),
        "reopen_tasks" => Some(Verb::Reopen),
        "delete_tasks" => Some(Verb::Delete),
        "restore_tasks" => Some(Verb::Restore),
        _ => None,
    };
    let right = match resolve(target, &[Status::Open, Status::Completed], USUAL, room) {
        Resolved::Tasks(tasks) => tasks,
        Resolved::Missing => return vec![ask_which(target)],
        other => return vec![unresolved(other, Intent::Instead(target.clone()), room)],
    };
    let wrong = ids(last);
    let right: Vec<i64> = right
        .iter()
        .map(|task| task.id)
        .filter(|id| !wrong.contains(id))
        .collect();
    if right.is_empty() {
        return vec![ask_which(target)];
    }
    let mut jobs = vec![reversed(last, room)];
    jobs.extend(match verb {
        Some(Verb::Delete) => confirmed_delete(&right, room),
        Some(verb) => act(verb, &Target::Ids(right), room),
        None => same_change(last, &right),
    });
    jobs
}

fn ask_which(_: &Target) -> Job {
    let question = crate::intent::Question::Target(Box::new(Intent::Instead(Target::Missing)));
    Job::Ask(say::WHICH_TASK.to_owned(), Pending::Fill(question))
}

/// A deletion that was corrected is no order to delete something else: it is asked first.
fn confirmed_delete(right: &[i64], room: &Room<'_>) -> Vec<Job> {
    let known = |id: &i64| {
        room.memory
            .known
            .get(id)
            .cloned()
            .or_else(|| room.pool.task(*id))
    };
    let tasks: Vec<Task> = right.iter().filter_map(known).collect();
    let text = say::confirm_delete(&tasks, room.ctx);
    vec![Job::Ask(text, Pending::Confirm(calls(Verb::Delete, right)))]
}

/// What was changed at the wrong task, for the right one.
fn same_change(last: &Write, right: &[i64]) -> Vec<Job> {
    let Some((Some(before), now)) = last.tasks.first() else {
        return vec![Job::Say(say::CANNOT_UNDO.to_owned())];
    };
    let updates: Vec<Value> = right
        .iter()
        .filter_map(|id| {
            let mut wanted = now.clone();
            let mut is = before.clone();
            is.id = *id;
            // A title belongs to its task.
            wanted.title.clone_from(&is.title);
            difference(&wanted, &is)
        })
        .collect();
    match updates.is_empty() {
        true => vec![Job::Say(say::CANNOT_UNDO.to_owned())],
        false => vec![Job::Do(
            vec![Plain {
                tool: "update_tasks",
                arguments: json!({ "tasks": updates }),
            }],
            String::new(),
        )],
    }
}
