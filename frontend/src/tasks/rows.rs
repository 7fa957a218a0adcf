//! What of the tasks is on the screen, row by row.

use std::rc::Rc;

use protocol::task::Task;
use protocol::{Due, TaskId, Timestamp};
use yew::AttrValue;

use super::op::{Deed, Op, OpKey, Phase};
use super::order::{Filter, is_due, matches, ordered};
use super::store::Tasks;
use crate::api::Failure;

#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Stays the same while the row does, also when a new task gets its number.
    pub key: AttrValue,
    /// As the person wants it, which the server may not know yet.
    pub task: Rc<Task>,
    /// Not on the server yet: it has no number.
    pub is_new: bool,
    pub trouble: Option<Trouble>,
    /// Somebody else changed it a moment ago.
    pub touched: bool,
    /// Something of it is not on the server yet.
    pub is_pending: bool,
    /// Whether it is chosen, while tasks are.
    pub chosen: Option<bool>,
}

/// An operation on the row that did not go through.
#[derive(Clone, Debug, PartialEq)]
pub struct Trouble {
    pub key: OpKey,
    pub kind: TroubleKind,
}

#[derive(Clone, Debug, PartialEq)]
pub enum TroubleKind {
    Failed(Failure),
    /// The same was changed elsewhere, a title to this one; the row shows the person's own.
    Conflict(Option<String>),
}

impl Tasks {
    /// How many tasks are open, and how many done.
    pub fn counts(&self) -> (usize, usize) {
        let done = |row: &Row| row.task.completed;
        let all = self.all_rows();
        let count = all.iter().filter(|row| done(row)).count();
        (all.len() - count, count)
    }

    /// How many tasks are due today, or were before.
    pub fn due_count(&self, today: Option<Due>) -> usize {
        let rows = self.all_rows();
        let due = |row: &&Row| Filter::Today.takes(&row.task, today);
        rows.iter().filter(due).count()
    }

    /// The rows that are asked for, in the order that is.
    pub fn rows(&self, today: Option<Due>) -> Vec<Row> {
        let mut rows = self.all_rows();
        rows.retain(|row| {
            (self.filter.takes(&row.task, today) || self.keeps(&row.task, today))
                && matches(&row.task, &self.search)
                && self.narrow.takes(&row.task)
        });
        ordered(rows, self.filter, self.sort)
    }

    /// Whether a task that is done stays in sight among the open ones.
    fn keeps(&self, task: &Task, today: Option<Due>) -> bool {
        let belongs = match self.filter {
            Filter::Open => true,
            Filter::Today => is_due(task, today),
            Filter::Upcoming | Filter::Done | Filter::All => false,
        };
        belongs && (self.lingering.contains(&task.id) || self.returned.contains(&task.id))
    }

    fn all_rows(&self) -> Vec<Row> {
        let new = self.ops.iter().rev().filter_map(Op::new_row);
        let known = self.tasks.values().rev().filter_map(|task| self.row(task));
        new.chain(known).collect()
    }

    fn row(&self, task: &Rc<Task>) -> Option<Row> {
        let mut task = Rc::clone(task);
        let mut trouble = None;
        let mut is_pending = false;
        let mut in_bin = task.deleted_at.is_some();
        let of_task = |op: &&Op| op.deed.task() == Some(task.id);
        for op in self.ops.iter().filter(of_task).collect::<Vec<_>>() {
            is_pending = true;
            trouble = trouble.or_else(|| op.trouble(&task.title));
            match &op.deed {
                Deed::Delete(_) => in_bin = !matches!(op.phase, Phase::Failed(_)),
                Deed::Restore(_) => in_bin = false,
                deed => deed.apply_to(Rc::make_mut(&mut task)),
            }
        }
        (!in_bin).then(|| Row {
            key: match self.born.get(&task.id) {
                Some(key) => key.clone(),
                None => task.id.to_string().into(),
            },
            touched: self.touched.contains(&task.id),
            is_new: false,
            is_pending,
            chosen: self.chosen.as_ref().map(|all| all.contains(&task.id)),
            trouble,
            task,
        })
    }
}

impl Op {
    fn trouble(&self, theirs: &str) -> Option<Trouble> {
        let kind = match &self.phase {
            Phase::Failed(failure) => TroubleKind::Failed(failure.clone()),
            Phase::Conflict => {
                let is_title =
                    matches!(&self.deed, Deed::Update(_, patch) if patch.title.is_some());
                TroubleKind::Conflict(is_title.then(|| theirs.to_owned()))
            }
            Phase::Ready | Phase::Sending => return None,
        };
        Some(Trouble {
            key: self.key.clone(),
            kind,
        })
    }

    fn new_row(&self) -> Option<Row> {
        let Deed::Add(new) = &self.deed else {
            return None;
        };
        let task = Task {
            id: TaskId(0),
            title: new.title.clone(),
            description: String::new(),
            priority: new.priority.unwrap_or_default(),
            tags: new.tags.clone().unwrap_or_default(),
            due: new.due.as_deref().and_then(|due| due.parse().ok()),
            time_zone: None,
            recurrence: new.recurrence.clone(),
            reminder: None,
            parent_id: None,
            position: String::new(),
            completed: false,
            completed_at: None,
            deleted_at: None,
            version: 0,
            created_at: Timestamp::default(),
            updated_at: Timestamp::default(),
        };
        Some(Row {
            key: self.key.clone(),
            task: Rc::new(task),
            is_new: true,
            is_pending: true,
            chosen: None,
            trouble: self.trouble(""),
            touched: false,
        })
    }
}
