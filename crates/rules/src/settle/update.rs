//! Changing what tasks say.

use protocol::task::Priority;
use serde_json::{Map, Value, json};

use super::due::{NoDue, moved};
use super::{Job, OPEN_FIRST, Resolved, Room, USUAL, resolve, unresolved};
use crate::intent::{Change, Intent, NewDue, NewPriority, NewTitle, Note, Plain, Question, Target};
use crate::pool::{Known, Lookup};
use crate::say;
use crate::view::Task;

pub(crate) fn update(target: &Target, change: &Change, room: &Room<'_>) -> Vec<Job> {
    if !room.can.has("update_tasks") {
        return vec![Job::Say(say::cannot("change tasks"))];
    }
    let tasks = match resolve(target, OPEN_FIRST, USUAL, room) {
        Resolved::Tasks(tasks) => match fresh(tasks, change, room) {
            Ok(tasks) => tasks,
            Err(job) => return vec![*job],
        },
        Resolved::Ids(ids) if !needs_view(change) && change.parent.is_none() => {
            let updates: Vec<Value> = ids
                .iter()
                .filter_map(|id| arguments(*id, None, change, room).ok())
                .collect();
            return vec![call(&updates)];
        }
        Resolved::Ids(ids) => match seen(&ids, room) {
            Ok(tasks) => tasks,
            Err(job) => return vec![*job],
        },
        other => {
            return vec![unresolved(
                other,
                Intent::Update(target.clone(), change.clone()),
                room,
            )];
        }
    };
    match parent(change, room) {
        Ok(None) => vec![on_tasks(&tasks, change, room)],
        Ok(Some(parent)) => {
            let update = |task: &Task| json!({"id": task.id, "parent": parent});
            let updates: Vec<Value> = tasks.iter().map(update).collect();
            vec![call(&updates)]
        }
        Err(job) => vec![*job],
    }
}

/// The number of the task that it is to be a part of.
fn parent(change: &Change, room: &Room<'_>) -> Result<Option<i64>, Box<Job>> {
    let Some(target) = &change.parent else {
        return Ok(None);
    };
    match resolve(target, OPEN_FIRST, USUAL, room) {
        Resolved::Tasks(tasks) if tasks.len() == 1 => Ok(Some(tasks[0].id)),
        Resolved::Ids(ids) if ids.len() == 1 => Ok(Some(ids[0])),
        Resolved::Nothing(words) => Err(Box::new(Job::Say(say::nothing_like(&words)))),
        Resolved::Look(call) => Err(Box::new(Job::Look(call))),
        _ => Err(Box::new(Job::Say(say::WHICH_PARENT.to_owned()))),
    }
}

fn on_tasks(tasks: &[Task], change: &Change, room: &Room<'_>) -> Job {
    let mut updates = Vec::new();
    for task in tasks {
        match arguments(task.id, Some(task), change, room) {
            Ok(update) => updates.push(update),
            Err(NoDue::Undated) if tasks.len() == 1 => {
                let question = Question::Due(Target::Ids(vec![task.id]));
                let text = match change.due {
                    Some(NewDue::By(_)) => say::ask_due_undated(task),
                    _ => say::ask_due(task),
                };
                return Job::Ask(text, crate::pending::Pending::Fill(question));
            }
            Err(NoDue::Undated) => {}
            Err(NoDue::Beyond) => return Job::Say(say::BEYOND.to_owned()),
        }
    }
    if updates.is_empty() {
        return Job::Say(say::NONE_DATED.to_owned());
    }
    call(&updates)
}

fn call(updates: &[Value]) -> Job {
    let calls = updates
        .chunks(100)
        .map(|tasks| Plain {
            tool: "update_tasks",
            arguments: json!({ "tasks": tasks }),
        })
        .collect();
    Job::Do(calls)
}

/// Whether a change depends on what the task says now.
fn needs_view(change: &Change) -> bool {
    let due = match change.due {
        Some(NewDue::To(date, time)) => date.is_none() || time.is_none(),
        Some(NewDue::By(_) | NewDue::Unsaid) => true,
        Some(NewDue::Clear) | None => false,
    };
    due || change.repeats.is_some()
        || !change.add_tags.is_empty()
        || !change.drop_tags.is_empty()
        || matches!(change.note, Some(Note::Append(_)))
        || matches!(change.title, Some(NewTitle::Swap(..)))
        || matches!(change.priority, Some(NewPriority::Up | NewPriority::Down))
}

/// What was seen earlier may have changed since: a change that builds on it looks again.
fn fresh(tasks: Vec<Task>, change: &Change, room: &Room<'_>) -> Result<Vec<Task>, Box<Job>> {
    if !needs_view(change) || !room.can.has("list_tasks") {
        return Ok(tasks);
    }
    let ids: Vec<i64> = tasks.iter().map(|task| task.id).collect();
    match seen(&ids, room) {
        Err(job) if matches!(*job, Job::Say(_)) => Ok(tasks),
        other => other,
    }
}

fn seen(ids: &[i64], room: &Room<'_>) -> Result<Vec<Task>, Box<Job>> {
    let mut found: Vec<Task> = Vec::new();
    for status in OPEN_FIRST {
        match room.pool.get(&Lookup::All(*status)) {
            Known::Ask(call) => return Err(Box::new(Job::Look(call))),
            Known::Fault(fault) => return Err(Box::new(Job::Say(say::fault(&fault)))),
            Known::Tasks(tasks, _) => found.extend(
                tasks
                    .into_iter()
                    .filter(|task| ids.contains(&task.id))
                    .cloned(),
            ),
        }
        if found.len() == ids.len() {
            break;
        }
    }
    found.sort_by_key(|task| ids.iter().position(|id| *id == task.id));
    match found.is_empty() {
        true => Err(Box::new(Job::Say(say::no_task(ids)))),
        false => Ok(found),
    }
}

fn arguments(
    id: i64,
    task: Option<&Task>,
    change: &Change,
    room: &Room<'_>,
) -> Result<Value, NoDue> {
    let mut update = Map::new();
    update.insert("id".to_owned(), json!(id));
    if let Some(title) = &change.title {
        update.insert("title".to_owned(), json!(titled(title, task)));
    }
    if let Some(note) = &change.note {
        update.insert("description".to_owned(), json!(noted(note, task)));
    }
    if let Some(priority) = change.priority {
        update.insert("priority".to_owned(), json!(ranked(priority, task)));
    }
    if change.clear_tags || !change.add_tags.is_empty() || !change.drop_tags.is_empty() {
        update.insert("tags".to_owned(), json!(tagged(change, task)));
    }
    let has_date = task.is_some_and(|task| task.due.is_some());
    let moves = |due: &NewDue| !(has_date && is_start_only(*due, change));
    if let Some(due) = change.due.filter(moves) {
        let due = moved(due, task.and_then(|task| task.due), room.ctx)?;
        update.insert("due".to_owned(), json!(due));
    }
    if let Some(rule) = &change.repeats {
        update.insert("recurrence".to_owned(), json!(rule));
    }
    if let Some(minutes) = change.reminder {
        update.insert("reminder".to_owned(), json!(minutes));
    }
    Ok(Value::Object(update))
}

/// "Every week" says no day: a task that has a date goes on from there.
fn is_start_only(due: NewDue, change: &Change) -> bool {
    let rule = change.repeats.as_deref();
    rule.is_some_and(|rule| !rule.contains("BY")) && matches!(due, NewDue::To(_, None))
}

fn titled(title: &NewTitle, task: Option<&Task>) -> String {
    match (title, task) {
        (NewTitle::To(title), _) | (NewTitle::Swap(_, title), None) => say::capital(title),
        (NewTitle::Swap(old, new), Some(task)) => {
            let title = swapped(&task.title, old.as_deref(), new);
            // A person who began it with a small letter by hand keeps that.
            match task.title.starts_with(char::is_lowercase) {
                true => title,
                false => say::capital(&title),
            }
        }
    }
}

/// The title with one part exchanged: the part that was named, or the last words it shares with
/// the new part, or all that follows its verb.
fn swapped(title: &str, old: Option<&str>, new: &str) -> String {
    let lower = title.to_ascii_lowercase();
    if let Some(old) = old
        && let Some(at) = lower.find(&old.to_ascii_lowercase())
        && !old.is_empty()
    {
        return format!("{}{new}{}", &title[..at], &title[at + old.len()..]);
    }
    let words: Vec<&str> = title.split(' ').collect();
    let verb = |text: &str| {
        let first = text.split(' ').next().unwrap_or_default().to_lowercase();
        crate::lexicon::words::VERBS.has(&first)
    };
    if verb(new) || words.len() < 2 || !verb(title) {
        return new.to_owned();
    }
    let shared = |word: &&str| {
        new.to_lowercase()
            .split(' ')
            .any(|other| other == word.to_lowercase())
    };
    match words.iter().position(shared).filter(|at| *at > 0) {
        Some(at) => format!("{} {new}", words[..at].join(" ")),
        None => format!("{} {new}", words[0]),
    }
}

fn noted(note: &Note, task: Option<&Task>) -> String {
    let before = task
        .map(|task| task.description.as_str())
        .unwrap_or_default();
    match note {
        Note::Append(text) if !before.is_empty() => format!("{before}\n{text}"),
        Note::Append(text) | Note::Replace(text) => text.clone(),
    }
}

fn ranked(priority: NewPriority, task: Option<&Task>) -> Priority {
    let before = task.map(|task| task.priority).unwrap_or_default();
    match (priority, before) {
        (NewPriority::To(priority), _) => priority,
        (NewPriority::Up, Priority::None | Priority::Medium | Priority::High) => Priority::High,
        (NewPriority::Up, Priority::Low) => Priority::Medium,
        (NewPriority::Down, Priority::High) => Priority::Medium,
        (NewPriority::Down, _) => Priority::Low,
    }
}

fn tagged(change: &Change, task: Option<&Task>) -> Vec<String> {
    let before = task
        .filter(|_| !change.clear_tags)
        .map(|task| task.tags.clone())
        .unwrap_or_default();
    let same = |a: &str, b: &str| a.eq_ignore_ascii_case(b);
    let mut tags: Vec<String> = before
        .into_iter()
        .filter(|tag| !change.drop_tags.iter().any(|drop| same(drop, tag)))
        .collect();
    for tag in &change.add_tags {
        if !tags.iter().any(|other| same(other, tag)) {
            tags.push(tag.clone());
        }
    }
    tags
}
