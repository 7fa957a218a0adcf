//! Taking back what was done last, as far as the conversation knows how things were before.

use serde_json::{Map, Value, json};

use super::act::act;
use super::{Job, Resolved, Room, USUAL, resolve, unresolved};
use crate::intent::{Intent, Plain, Status, Target, Verb};
use crate::memory::Write;
use crate::pending::Pending;
use crate::pool::{Known, Lookup};
use crate::say;
use crate::view::Task;

/// Takes the last action back; of a turn that has just made several, all of them.
pub(crate) fn undo(room: &Room<'_>) -> Vec<Job> {
    if room.memory.last.is_empty() && room.can.has("undo") && room.can.has("list_activity") {
        return vec![offered(room)];
    }
    let made = room.memory.last.iter().filter(|write| write.tool != "undo");
    let count = if room.memory.just_now {
        made.count()
    } else {
        1
    };
    vec![taken_back(count.max(1), room)]
}

/// What this conversation did not do is shown before it is taken back.
fn offered(room: &Room<'_>) -> Job {
    let log = match room.pool.one(&Lookup::Log) {
        Ok(answer) => &answer.entries,
        Err(Known::Ask(call)) => return Job::Look(call),
        Err(Known::Fault(fault)) => return Job::Say(say::fault(&fault)),
        Err(Known::Tasks(..)) => return Job::Say(say::fault("")),
    };
    let Some(last) = log.iter().find(|entry| entry.what != "undone") else {
        return Job::Say(say::NOTHING_TO_UNDO.to_owned());
    };
    let together = log
        .iter()
        .filter(|entry| entry.at == last.at && entry.what == last.what);
    let Job::Do(calls) = taken_back(1, room) else {
        return taken_back(1, room);
    };
    let text = say::offer_undo(last, together.count(), room.ctx);
    Job::Ask(text, Pending::Confirm(calls))
}

fn taken_back(count: usize, room: &Room<'_>) -> Job {
    if !room.can.has("undo") {
        return Job::Say(say::cannot("undo things"));
    }
    let call = Plain {
        tool: "undo",
        arguments: json!({}),
    };
    Job::Do(vec![call; count])
}

fn ids(write: &Write) -> Vec<i64> {
    write.tasks.iter().map(|(_, now)| now.id).collect()
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
    let mut jobs = vec![taken_back(1, room)];
    jobs.extend(match verb {
        Some(verb) => act(verb, &Target::Ids(right), room),
        None => same_change(last, &right),
    });
    jobs
}

fn ask_which(_: &Target) -> Job {
    let question = crate::intent::Question::Target(Box::new(Intent::Instead(Target::Missing)));
    Job::Ask(say::WHICH_TASK.to_owned(), Pending::Fill(question))
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
        false => vec![Job::Do(vec![Plain {
            tool: "update_tasks",
            arguments: json!({ "tasks": updates }),
        }])],
    }
}
