//! What of a task is to become different.

use jiff::civil::{Date, Time};
use protocol::task::Priority;

use super::Target;

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
    /// The rule, by RFC 5545; "none" takes it off.
    pub(crate) repeats: Option<String>,
    /// Minutes before it is due; −1 takes it off.
    pub(crate) reminder: Option<i64>,
    /// The task it is to be a part of.
    pub(crate) parent: Option<Box<Target>>,
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
    By(when::Amount),
    Clear,
    /// It was not said to when.
    Unsaid,
}

impl Change {
    pub(crate) fn of_title(title: NewTitle) -> Self {
        Self {
            title: Some(title),
            ..Self::default()
        }
    }

    pub(crate) fn of_note(note: Note) -> Self {
        Self {
            note: Some(note),
            ..Self::default()
        }
    }

    pub(crate) fn of_priority(priority: NewPriority) -> Self {
        Self {
            priority: Some(priority),
            ..Self::default()
        }
    }

    pub(crate) fn of_due(due: NewDue) -> Self {
        Self {
            due: Some(due),
            ..Self::default()
        }
    }

    /// With more tags than before.
    pub(crate) fn tagging(names: Vec<String>) -> Self {
        Self {
            add_tags: names,
            ..Self::default()
        }
    }
}
