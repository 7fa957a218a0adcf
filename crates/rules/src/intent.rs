//! What a person can want, as data.

use jiff::civil::{Date, DateTime, Time};
use protocol::task::Priority;

/// One thing that is wanted.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Intent {
    Add(Vec<Draft>),
    /// To be added if the person says so.
    Offer(Vec<Draft>),
    Show(Filter, Asked),
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

/// A call without an id.
#[derive(Clone, Debug, PartialEq)]
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
    /// The rule, if the tools know it, and else only that there was one.
    pub(crate) repeats: Option<String>,
}

/// What of a task is to become different.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Change {
    pub(crate) title: Option<NewTitle>,
    pub(crate) note: Option<Note>,
    pub(crate) priority: Option<NewPriority>,
    pub(crate) add_tags: Vec<String>,
    pub(crate) drop_tags: Vec<String>,
    pub(crate) clear_tags: bool,
    pub(crate) due: Option<NewDue>,
    pub(crate) repeats: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum NewTitle {
    To(String),
    /// "not milk, bread": a part of the title is exchanged. Without the part that was wrong, it is
    /// found by the words that both have.
    Swap(Option<String>, String),
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Note {
    Append(String),
    Replace(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NewPriority {
    To(Priority),
    Up,
    Down,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum NewDue {
    /// What is not said stays as it is with the task.
    To(Option<Date>, Option<Time>),
    /// Later, or earlier if negative.
    By(Amount),
    Clear,
    /// It was not said to when.
    Unsaid,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Amount {
    pub(crate) months: i32,
    pub(crate) days: i32,
    pub(crate) minutes: i32,
}

/// Which tasks are meant.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Target {
    /// Nothing was said.
    Missing,
    /// "it", "that one".
    Focus,
    /// "them", "both".
    Group,
    /// "the other one".
    Other,
    /// "task 3".
    Ids(Vec<i64>),
    /// "the second one", "1 and 3".
    Places(Vec<Place>),
    Named(Named),
    All(Box<Filter>),
    /// "the milk and the rent", with the words as they were said: they may be one title.
    Several(Vec<Target>, String),
    Except(Box<Target>, Box<Target>),
}

/// A place in the list that was shown last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// From 1. A bare number is a place only where a list was shown.
    At(i64),
    Bare(i64),
    /// From the end, from 1.
    Last(i64),
}

/// A task by words of its title.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Named {
    pub(crate) words: String,
    /// The same without the words of a date.
    pub(crate) undated: String,
    /// Said along with it: "the dentist on Wednesday".
    pub(crate) span: Option<Range>,
    /// "the morning meeting": hours of the day.
    pub(crate) hours: Option<(i8, i8)>,
    /// "my meetings": all that fit.
    pub(crate) many: bool,
    /// A sentence such as "I bought the milk", whose verb is a hint and not a name.
    pub(crate) told: bool,
}

/// From one moment up to another, which is not included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) from: Option<DateTime>,
    pub(crate) to: Option<DateTime>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Status {
    #[default]
    Open,
    Completed,
    All,
    Deleted,
}

impl Status {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Completed => "completed",
            Self::All => "all",
            Self::Deleted => "deleted",
        }
    }
}

/// Which tasks are asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Filter {
    pub(crate) status: Status,
    /// Whether the status was said, or is the usual one.
    pub(crate) status_said: bool,
    pub(crate) due: Option<Range>,
    /// The words that `due` was said with.
    pub(crate) due_words: String,
    /// What is over time counts as well.
    pub(crate) with_overdue: bool,
    pub(crate) overdue: bool,
    pub(crate) undated: bool,
    pub(crate) priority: Option<Priority>,
    pub(crate) tag: Option<String>,
    /// Words of a title, or a tag.
    pub(crate) words: String,
    /// Hours of the day, from and to.
    pub(crate) hours: Option<(i8, i8)>,
    /// Added, changed or completed at a time, which the tools do not tell.
    pub(crate) when_done: bool,
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
