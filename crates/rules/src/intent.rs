//! What a person can want, as data.

mod change;
mod target;

pub(crate) use change::{Change, NewDue, NewPriority, NewTitle, Note};
pub(crate) use target::{Filter, Named, Place, Range, Sort, Status, Target};

use protocol::task::Priority;

/// One thing that is wanted.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Intent {
    Add(Vec<Draft>),
    /// To be added if the person says so.
    Offer(Vec<Draft>),
    Show(Filter, Asked),
    Tell(Topic),
    /// To be added as parts of a task.
    AddTo(Target, Vec<Draft>),
    Act(Verb, Target),
    Update(Target, Change),
    /// What is meant depends on whether there is such a task.
    IfKnown(Target, Vec<Intent>, Vec<Intent>),
    /// Take the last change back.
    Undo,
    /// Take the last change back, and do the same to another task.
    Instead(Target),
    /// Nothing to do with tasks; only said.
    Say(String),
    /// Something is missing; the next message may tell it.
    Ask(Question),
    /// What follows from a question that was answered with yes.
    Settled(Vec<Plain>),
}

/// What is wanted to be known that is no list of tasks.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Topic {
    /// How things stand.
    Overview,
    /// What was done lately, of all tasks or of those with some words.
    Log {
        range: Option<Range>,
        /// "added", "updated"; all if none.
        kind: Option<&'static str>,
        words: String,
    },
    /// What a task consists of.
    Parts(Target),
}

/// A call without an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Plain {
    pub(crate) tool: &'static str,
    pub(crate) arguments: serde_json::Value,
}

/// What is done to tasks that needs no more words than their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verb {
    Complete,
    Reopen,
    Delete,
    Restore,
}

/// What is wanted to know of the tasks that a filter leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    List,
    Count,
    /// Whether there are any.
    Exists,
    /// "When is the dentist?"
    Due,
    /// "Is the rent paid?"
    Done,
    /// "What is next?"
    Next,
}

/// A task to be added.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Draft {
    pub(crate) title: String,
    pub(crate) description: Option<String>,
    pub(crate) priority: Option<Priority>,
    pub(crate) tags: Vec<String>,
    pub(crate) due: Option<String>,
    /// The rule, by RFC 5545.
    pub(crate) repeats: Option<String>,
    /// Minutes before it is due.
    pub(crate) reminder: Option<i64>,
}

/// What is missing.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Question {
    /// "remind me at 5": of what?
    Title(Draft),
    /// Which task?
    Target(Box<Intent>),
    /// To when? Of what it is about, the words.
    Due(Target),
    /// What should it be called?
    NewTitle(Target),
    /// What should the note say?
    Note(Target),
    Tag(Target),
}
