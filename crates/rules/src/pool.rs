//! What was looked up in the turn under way.

use serde_json::{Map, Value, json};

use crate::conversation::Step;
use crate::intent::{Plain, Status};
use crate::view::{Answer, Task};

/// Pages of one list that are read before the rest is left out.
const MOST_PAGES: usize = 3;

/// Tasks of a page; as many as the tools give.
const PAGE: i64 = 200;

/// Entries of the log that are looked through.
const LOG: i64 = 200;

/// What is needed to decide or to answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Lookup {
    All(Status),
    /// Those that have some words in them.
    With(Status, String),
    /// Those that have such words, or words like them.
    Like(Status, String),
    /// The parts of a task.
    Parts(i64),
    Overview,
    Log,
}

impl Lookup {
    fn call(&self, after: Option<&str>) -> Plain {
        let mut arguments = Map::new();
        let mut put = |name: &str, value: Value| arguments.insert(name.to_owned(), value);
        let tool = match self {
            Self::All(status) => {
                put("status", json!(status.word()));
                "list_tasks"
            }
            Self::With(status, words) => {
                put("status", json!(status.word()));
                put("query", json!(words));
                "list_tasks"
            }
            Self::Like(status, words) => {
                put("status", json!(status.word()));
                put("text", json!(words));
                "find_tasks"
            }
            Self::Parts(id) => {
                put("status", json!(Status::All.word()));
                put("parent", json!(id));
                "list_tasks"
            }
            Self::Overview => "get_overview",
            Self::Log => {
                put("limit", json!(LOG));
                "list_activity"
            }
        };
        if tool == "list_tasks" {
            put("limit", json!(PAGE));
            if let Some(after) = after {
                put("after", json!(after));
            }
        }
        Plain {
            tool,
            arguments: Value::Object(arguments),
        }
    }
}

/// What is known of a list.
pub(crate) enum Known<'s> {
    /// The call to ask with.
    Ask(Plain),
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

    /// The answer to a call of this turn: the call, if it was not made yet, or why there is none.
    fn answer(self, call: Plain) -> Result<&'s Answer, Known<'s>> {
        let made = |step: &&Step<'_>| step.tool == call.tool && *step.arguments == call.arguments;
        let Some(step) = self.steps.iter().find(made) else {
            return Err(Known::Ask(call));
        };
        let Some(answer) = &step.answer else {
            return Err(Known::Fault(String::new()));
        };
        match &answer.error {
            Some(error) => Err(Known::Fault(error.clone())),
            None => Ok(answer),
        }
    }

    /// An answer that is no list of tasks.
    pub(crate) fn one(self, lookup: &Lookup) -> Result<&'s Answer, Known<'s>> {
        self.answer(lookup.call(None))
    }

    pub(crate) fn get(self, lookup: &Lookup) -> Known<'s> {
        let mut tasks = Vec::new();
        let mut after: Option<&str> = None;
        for _ in 0..MOST_PAGES {
            let answer = match self.answer(lookup.call(after)) {
                Ok(answer) => answer,
                Err(known) => return known,
            };
            tasks.extend(&answer.tasks);
            after = answer.next.as_deref();
            if after.is_none() || answer.cut {
                return Known::Tasks(tasks, answer.cut);
            }
        }
        Known::Tasks(tasks, true)
    }
}
