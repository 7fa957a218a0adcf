//! What is wanted becomes jobs: something to look up, calls, a question, or words.

mod act;
pub(crate) mod due;
mod resolve;
mod undo;
mod update;

use serde_json::{Map, Value, json};
use when::Context;

use crate::capabilities::Capabilities;
use crate::intent::{Asked, Draft, Filter, Intent, Plain, Question, Status, Target, Topic};
use crate::memory::Memory;
use crate::pending::Pending;
use crate::pool::Pool;
use crate::say;
use crate::view::Task;

pub(crate) use resolve::{Resolved, STRICT, USUAL, resolve};

/// All that a decision can rest on.
pub(crate) struct Room<'a> {
    pub(crate) pool: Pool<'a>,
    pub(crate) memory: &'a Memory,
    pub(crate) can: &'a Capabilities,
    pub(crate) ctx: &'a Context,
}

/// A step that an intent needs.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Job {
    /// Something is looked up; everything is decided anew when the answer is there.
    Look(Plain),
    Do(Vec<Plain>),
    Say(String),
    Ask(String, Pending),
    /// An answer that needs the tasks as they are after all calls.
    Show(Filter, Asked),
    /// The same for what is no list of tasks.
    Overview,
    Log(Topic),
    Parts(Task),
}

/// Lists that tasks are looked for in.
const OPEN_FIRST: &[Status] = &[Status::Open, Status::Completed];

pub(crate) fn settle(intent: &Intent, room: &Room<'_>) -> Vec<Job> {
    match intent {
        Intent::Add(drafts) => vec![add(drafts, room)],
        Intent::Offer(drafts) => vec![match add(drafts, room) {
            Job::Do(calls) => Job::Ask(say::offer(drafts), Pending::Confirm(calls)),
            other => other,
        }],
        Intent::Show(filter, asked) => vec![show(filter, *asked, room)],
        Intent::Tell(topic) => vec![tell(topic, room)],
        Intent::AddTo(target, drafts) => vec![add_to(target, drafts, room)],
        Intent::Act(verb, target) => act::act(*verb, target, room),
        Intent::Update(target, change) => update::update(target, change, room),
        Intent::IfKnown(target, then, otherwise) => if_known(target, then, otherwise, room),
        Intent::Undo => undo::undo(room),
        Intent::Instead(target) => undo::instead(target, room),
        Intent::Say(text) => vec![Job::Say(text.clone())],
        Intent::Ask(question) => vec![ask(question, room)],
        Intent::Settled(calls) => vec![Job::Do(calls.clone())],
    }
}

fn if_known(target: &Target, then: &[Intent], otherwise: &[Intent], room: &Room<'_>) -> Vec<Job> {
    let chosen = match resolve(target, &[Status::Open], STRICT, room) {
        resolved @ (Resolved::Look(_) | Resolved::Fault(_)) => {
            return vec![unresolved(resolved, Intent::Undo, room)];
        }
        Resolved::Tasks(_) | Resolved::Ids(_) => then,
        _ => otherwise,
    };
    chosen
        .iter()
        .flat_map(|intent| settle(intent, room))
        .collect()
}

fn add(drafts: &[Draft], room: &Room<'_>) -> Job {
    add_under(drafts, None, room)
}

/// Adds tasks, as parts of another if there is one. Of several, those without a name are left out:
/// "add milk, bread and that".
fn add_under(drafts: &[Draft], parent: Option<i64>, room: &Room<'_>) -> Job {
    if !room.can.has("add_tasks") {
        return Job::Say(say::cannot("add tasks"));
    }
    let named = drafts.iter().filter(|draft| !draft.title.is_empty());
    let tasks: Vec<Value> = named.map(|draft| new_task(draft, parent)).collect();
    if tasks.is_empty() {
        let about = drafts.first().cloned().unwrap_or_default();
        return ask(&Question::Title(about), room);
    }
    let calls = tasks
        .chunks(100)
        .map(|tasks| Plain {
            tool: "add_tasks",
            arguments: json!({ "tasks": tasks }),
        })
        .collect();
    Job::Do(calls)
}

fn add_to(target: &Target, drafts: &[Draft], room: &Room<'_>) -> Job {
    match resolve(target, &[Status::Open], USUAL, room) {
        Resolved::Tasks(tasks) if tasks.len() == 1 => add_under(drafts, Some(tasks[0].id), room),
        Resolved::Ids(ids) if ids.len() == 1 => add_under(drafts, Some(ids[0]), room),
        other => {
            let intent = Intent::AddTo(target.clone(), drafts.to_vec());
            unresolved(other, intent, room)
        }
    }
}

fn new_task(draft: &Draft, parent: Option<i64>) -> Value {
    let mut task = Map::new();
    let mut put = |name: &str, value: Value| task.insert(name.to_owned(), value);
    // As it will be shown, so that every page says what the answer says.
    put("title", json!(say::capital(&draft.title)));
    if let Some(description) = &draft.description {
        put("description", json!(description));
    }
    if let Some(priority) = draft.priority {
        put("priority", json!(priority));
    }
    if !draft.tags.is_empty() {
        put("tags", json!(draft.tags));
    }
    if let Some(due) = &draft.due {
        put("due", json!(due));
    }
    if let Some(rule) = &draft.repeats {
        put("recurrence", json!(rule));
    }
    // A reminder counts from a date.
    if let Some(minutes) = draft.reminder.filter(|_| draft.due.is_some()) {
        put("reminder", json!(minutes));
    }
    if let Some(parent) = parent {
        put("parent", json!(parent));
    }
    Value::Object(task)
}

fn tell(topic: &Topic, room: &Room<'_>) -> Job {
    let (tool, job) = match topic {
        Topic::Overview => ("get_overview", Job::Overview),
        Topic::Log { .. } => ("list_activity", Job::Log(topic.clone())),
        Topic::Parts(target) => match resolve(target, OPEN_FIRST, USUAL, room) {
            Resolved::Tasks(tasks) if tasks.len() == 1 => {
                ("list_tasks", Job::Parts(tasks[0].clone()))
            }
            other => return unresolved(other, Intent::Tell(topic.clone()), room),
        },
    };
    match room.can.has(tool) {
        true => job,
        false => Job::Say(say::cannot("look that up")),
    }
}

fn show(filter: &Filter, asked: Asked, room: &Room<'_>) -> Job {
    match room.can.has("list_tasks") {
        true => Job::Show(filter.clone(), asked),
        false => Job::Say(say::cannot("look at tasks")),
    }
}

/// A question, put so that it names the task it is about.
fn ask(question: &Question, room: &Room<'_>) -> Job {
    let about = match question {
        Question::Title(draft) => {
            let due = draft.due.as_deref().and_then(|due| due.parse().ok());
            let text = say::ask_title(due, room.ctx);
            return Job::Ask(text, Pending::Fill(question.clone()));
        }
        Question::Target(_) => {
            return Job::Ask(say::WHICH_TASK.to_owned(), Pending::Fill(question.clone()));
        }
        Question::Due(target)
        | Question::NewTitle(target)
        | Question::Note(target)
        | Question::Tag(target) => target,
    };
    let task = match resolve(about, OPEN_FIRST, USUAL, room) {
        Resolved::Tasks(tasks) if tasks.len() == 1 => tasks[0].clone(),
        other => return unresolved(other, Intent::Ask(question.clone()), room),
    };
    let target = Target::Ids(vec![task.id]);
    let (text, question) = match question {
        Question::Due(_) => (say::ask_due(&task), Question::Due(target)),
        Question::NewTitle(_) => (say::ask_new_title(&task), Question::NewTitle(target)),
        Question::Note(_) => (say::ask_note(&task), Question::Note(target)),
        _ => (say::ask_tag(&task), Question::Tag(target)),
    };
    Job::Ask(text, Pending::Fill(question))
}

/// What is said or asked where a reference came to nothing definite.
pub(crate) fn unresolved(resolved: Resolved, intent: Intent, room: &Room<'_>) -> Job {
    match resolved {
        Resolved::Look(call) => match room.can.has(call.tool) {
            true => Job::Look(call),
            false => Job::Say(say::cannot("look at tasks")),
        },
        Resolved::Fault(fault) => Job::Say(say::fault(&fault)),
        Resolved::Choose(tasks) | Resolved::Tasks(tasks) => {
            let text = say::choose(&tasks, &intent, room.ctx);
            Job::Ask(text, Pending::Choose(tasks, Box::new(intent)))
        }
        Resolved::Ids(ids) => Job::Say(say::no_task(&ids)),
        Resolved::Nothing(words) => Job::Say(say::nothing_like(&words)),
        Resolved::Empty(filter) => Job::Say(say::none_left(&filter)),
        Resolved::NoPlace => Job::Say(say::NO_PLACE.to_owned()),
        Resolved::Missing => {
            let question = Question::Target(Box::new(intent));
            Job::Ask(say::WHICH_TASK.to_owned(), Pending::Fill(question))
        }
    }
}
