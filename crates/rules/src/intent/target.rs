//! Which tasks are meant, before it is known which there are.

use jiff::civil::DateTime;
use protocol::task::Priority;

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
    /// The one task with this number.
    pub(crate) number: Option<i64>,
    /// Words of a title, or a tag.
    pub(crate) words: String,
    /// Hours of the day, from and to.
    pub(crate) hours: Option<(i8, i8)>,
    /// `due` is when it was done, and not when it was due.
    pub(crate) when_done: bool,
    pub(crate) sort: Sort,
}

/// The order in which tasks are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Sort {
    #[default]
    Due,
    Priority,
    Title,
    /// By when they were added.
    Number,
}
