//! Which of the tasks are shown, and in which order.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use protocol::task::{Priority, Task};
use protocol::{Due, Timestamp};
use yew::AttrValue;

use super::rows::Row;
use crate::browser::lower_case;

/// Which tasks are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    #[default]
    Open,
    /// Open ones that are due today, or were before.
    Today,
    /// Open ones that are due later.
    Upcoming,
    Done,
    All,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    #[default]
    Newest,
    Due,
    Priority,
    Title,
    /// As the person has put them.
    Hand,
}

/// What else the tasks that are shown have in common.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Narrow {
    pub priority: Option<Priority>,
    pub tag: Option<AttrValue>,
    /// They are due on this day, or before.
    pub until: Option<Due>,
}

impl Narrow {
    pub(super) fn takes(&self, task: &Task) -> bool {
        let has_tag = |tag: &AttrValue| task.tags.iter().any(|known| *known == **tag);
        self.priority.is_none_or(|wanted| task.priority == wanted)
            && self.tag.as_ref().is_none_or(has_tag)
            && (self.until.is_none() || is_due(task, self.until))
    }
}

impl Filter {
    pub(super) fn takes(self, task: &Task, today: Option<Due>) -> bool {
        match self {
            Self::Open => !task.completed,
            Self::Today => !task.completed && is_due(task, today),
            Self::Upcoming => !task.completed && task.due.is_some() && !is_due(task, today),
            Self::Done => task.completed,
            Self::All => true,
        }
    }
}

pub(super) fn is_due(task: &Task, today: Option<Due>) -> bool {
    let (Some(due), Some(today)) = (task.due, today) else {
        return false;
    };
    due.date() <= today
}

/// Whether every word of a search stands somewhere in the task; `#home` asks for a tag.
pub(super) fn matches(task: &Task, search: &str) -> bool {
    if search.trim().is_empty() {
        return true;
    }
    let text = lower_case(&task.title) + "\n" + &lower_case(&task.description);
    lower_case(search).split_whitespace().all(|word| {
        let tag = word.strip_prefix('#').unwrap_or(word);
        let mut tags = task.tags.iter();
        tags.any(|known| lower_case(known).starts_with(tag)) || text.contains(word)
    })
}

/// What a row is ordered by; fields that an order does not heed are alike in all rows.
type Key = (
    bool,
    Reverse<Option<Timestamp>>,
    Reverse<Priority>,
    bool,
    Option<Due>,
    String,
    usize,
);

fn key(task: &Task, filter: Filter, sort: Sort, place: usize) -> Key {
    let done_at = task.completed_at.unwrap_or(task.updated_at);
    let by_done = (filter == Filter::Done).then_some(done_at);
    let due = (task.due.is_none(), task.due);
    let none = (false, None);
    let (priority, due, title) = match sort {
        Sort::Newest => (Priority::None, none, String::new()),
        Sort::Due => (Priority::None, due, String::new()),
        Sort::Priority => (task.priority, due, String::new()),
        Sort::Title => (Priority::None, none, lower_case(&task.title)),
        Sort::Hand => (Priority::None, none, task.position.clone()),
    };
    let is_done_below = filter == Filter::All && task.completed;
    let by_done = by_done.filter(|_| sort == Sort::Newest);
    (
        is_done_below,
        Reverse(by_done),
        Reverse(priority),
        due.0,
        due.1,
        title,
        place,
    )
}

/// By a heap, which is the least code that sorts. Rows come in the order of their age, which
/// decides where nothing else does.
pub(super) fn ordered(rows: Vec<Row>, filter: Filter, sort: Sort) -> Vec<Row> {
    let places = rows.iter().enumerate();
    let keys: BinaryHeap<Key> = places
        .map(|(place, row)| key(&row.task, filter, sort, place))
        .collect();
    let mut rows: Vec<Option<Row>> = rows.into_iter().map(Some).collect();
    let keys = keys.into_sorted_vec().into_iter();
    keys.filter_map(|(.., place)| rows.get_mut(place)?.take())
        .collect()
}
