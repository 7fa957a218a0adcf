//! The tasks that were looked up in the turn under way.

use serde_json::{Map, Value, json};

use crate::conversation::Step;
use crate::intent::Status;
use crate::view::Task;

/// Pages of one list that are read before the rest is left out.
const MOST_PAGES: usize = 4;

/// Tasks of a page; as many as the tools give.
const PAGE: i64 = 200;

/// A list that is needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lookup {
    pub(crate) status: Status,
    pub(crate) query: Option<String>,
}

impl Lookup {
    pub(crate) const fn all_of(status: Status) -> Self {
        Self {
            status,
            query: None,
        }
    }

    fn arguments(&self, after: Option<i64>) -> Value {
        let mut arguments = Map::new();
        arguments.insert("status".to_owned(), json!(self.status.word()));
        if let Some(query) = &self.query {
            arguments.insert("query".to_owned(), json!(query));
        }
        arguments.insert("limit".to_owned(), json!(PAGE));
        if let Some(after) = after {
            arguments.insert("after".to_owned(), json!(after));
        }
        Value::Object(arguments)
    }
}

/// What is known of a list.
pub(crate) enum Known<'s> {
    /// The arguments to ask with.
    Ask(Value),
    /// The tasks, and whether there are more than were read.
    Tasks(Vec<&'s Task>, bool),
    /// Why it cannot be known.
    Fault(String),
}

/// The steps of a turn that looked something up.
#[derive(Clone, Copy)]
pub(crate) struct Pool<'s> {
    steps: &'s [Step<'s>],
}

impl<'s> Pool<'s> {
    pub(crate) const fn new(steps: &'s [Step<'s>]) -> Self {
        Self { steps }
    }

    pub(crate) fn get(self, lookup: &Lookup) -> Known<'s> {
        let mut tasks = Vec::new();
        let mut after = None;
        for _ in 0..MOST_PAGES {
            let arguments = lookup.arguments(after);
            let asked =
                |step: &&Step<'_>| step.tool == "list_tasks" && *step.arguments == arguments;
            let Some(step) = self.steps.iter().find(asked) else {
                return Known::Ask(arguments);
            };
            let Some(answer) = &step.answer else {
                return Known::Fault(String::new());
            };
            if let Some(error) = &answer.error {
                return Known::Fault(error.clone());
            }
            tasks.extend(&answer.tasks);
            after = answer.next;
            if after.is_none() {
                return Known::Tasks(tasks, false);
            }
        }
        Known::Tasks(tasks, true)
    }

    /// A task that was looked up, by its number.
    pub(crate) fn task(self, id: i64) -> Option<Task> {
        let answers = self.steps.iter().filter_map(|step| step.answer.as_ref());
        answers
            .flat_map(|answer| &answer.tasks)
            .find(|task| task.id == id)
            .cloned()
    }
}
