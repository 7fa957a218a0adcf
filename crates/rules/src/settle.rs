//! What is wanted becomes jobs: something to look up, calls, a question, or words.

mod act;
pub(crate) mod due;
mod resolve;
mod undo;
mod update;

use serde_json::{Map, Value, json};
use when::Context;

use crate::capabilities::Capabilities;
use crate::filter;
use crate::intent::{Asked, Draft, Filter, Intent, Plain, Question, Status, Target};
use crate::memory::Memory;
use crate::pending::Pending;
use crate::pool::{Known, Lookup, Pool};
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
    /// Arguments of `list_tasks`; everything is decided anew when the answer is there.
    Look(Value),
    /// Calls, and what is to be said beside their results.
    Do(Vec<Plain>, String),
    Say(String),
    Ask(String, Pending),
    /// An answer that needs the tasks as they are after all calls.
    Show(Filter, Asked),
}

/// Lists that tasks are looked for in.
const OPEN_FIRST: &[Status] = &[Status::Open, Status::Completed];

pub(crate) fn settle(intent: &Intent, room: &Room<'_>) -> Vec<Job> {
    match intent {
        Intent::Add(drafts) => vec![add(drafts, room)],
        Intent::Offer(drafts) => vec![match add(drafts, room) {
            Job::Do(calls, _) => Job::Ask(say::offer(drafts), Pending::Confirm(calls)),
            other => other,
        }],
        Intent::Show(filter, asked) => vec![show(filter, *asked, room)],
        Intent::Act(verb, target) => act::act(*verb, target, room),
        Intent::Update(target, change) => update::update(target, change, room),
        Intent::IfKnown(target, then, otherwise) => if_known(target, then, otherwise, room),
        Intent::Undo => undo::undo(room),
        Intent::Instead(target) => undo::instead(target, room),
        Intent::Say(text) => vec![Job::Say(text.clone())],
        Intent::Ask(question) => vec![ask(question, room)],
        Intent::Settled(calls) => vec![Job::Do(calls.clone(), String::new())],
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
    if !room.can.has("add_tasks") {
        return Job::Say(say::cannot("add tasks"));
    }
    let repeats = drafts.iter().any(|draft| draft.repeats.is_some());
    let aside = match repeats && !room.can.repeats() {
        true => say::NO_REPEATS,
        false => "",
    };
    let tasks: Vec<Value> = drafts
        .iter()
        .map(|draft| new_task(draft, room.can))
        .collect();
    let calls = tasks
        .chunks(100)
        .map(|tasks| Plain {
            tool: "add_tasks",
            arguments: json!({ "tasks": tasks }),
        })
        .collect();
    Job::Do(calls, aside.to_owned())
}

fn new_task(draft: &Draft, can: &Capabilities) -> Value {
    let mut task = Map::new();
    task.insert("title".to_owned(), json!(draft.title));
    if let Some(description) = &draft.description {
        task.insert("description".to_owned(), json!(description));
    }
    if let Some(priority) = draft.priority {
        task.insert("priority".to_owned(), json!(priority));
    }
    if !draft.tags.is_empty() {
        task.insert("tags".to_owned(), json!(draft.tags));
    }
    if let Some(due) = &draft.due {
        task.insert("due".to_owned(), json!(due));
    }
    if let Some(rule) = draft.repeats.as_ref().filter(|_| can.repeats()) {
        task.insert("recurrence".to_owned(), json!(rule));
    }
    Value::Object(task)
}

fn show(filter: &Filter, asked: Asked, room: &Room<'_>) -> Job {
    match room.can.has("list_tasks") {
        true => Job::Show(filter.clone(), asked),
        false => Job::Say(say::cannot("look at tasks")),
    }
}

/// What is needed to show something: arguments to look up with, or the tasks.
pub(crate) enum Shown<'s> {
    Look(Value),
    Fault(String),
    Tasks(Vec<&'s Task>, bool),
}

/// The tasks that a filter leaves of what was looked up.
pub(crate) fn shown<'s>(filter: &Filter, asked: Asked, pool: Pool<'s>, ctx: &Context) -> Shown<'s> {
    let status = filter.status;
    if asked == Asked::Exists && filter.tag.is_none() {
        let query = Lookup {
            status,
            query: Some(filter.words.clone()),
        };
        match pool.get(&query) {
            Known::Ask(arguments) => return Shown::Look(arguments),
            Known::Fault(fault) => return Shown::Fault(fault),
            Known::Tasks(tasks, more) => {
                let left = filter::apply(filter, &tasks, ctx);
                if !left.is_empty() {
                    return Shown::Tasks(left, more);
                }
            }
        }
    }
    match pool.get(&Lookup::all_of(status)) {
        Known::Ask(arguments) => Shown::Look(arguments),
        Known::Fault(fault) => Shown::Fault(fault),
        Known::Tasks(tasks, more) => Shown::Tasks(filter::apply(filter, &tasks, ctx), more),
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
        Resolved::Look(arguments) => match room.can.has("list_tasks") {
            true => Job::Look(arguments),
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
