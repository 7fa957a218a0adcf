//! The tasks, what is being done to them, and what of it is on the screen.
//!
//! **Invariant:** a pure reducer over three sources: the list read at the start, the numbered
//! changes of the server, and the answers to the person's own operations. A task is replaced
//! only by a version at least as new, so the order in which they arrive does not matter.

use std::collections::BTreeSet;
use std::rc::Rc;

use protocol::TaskId;
use protocol::task::{Actor, Changes, Task};
use yew::{AttrValue, Reducible};

use super::op::{Deed, Op, OpKey, Phase, Seen};
use super::order::{Filter, Narrow, Sort};
use super::receipts::{Log, Receipt};
use crate::api::Failure;
use crate::sorted::{SortedMap, SortedSet};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tasks {
    pub state: State,
    pub filter: Filter,
    pub sort: Sort,
    pub search: AttrValue,
    pub narrow: Narrow,
    /// The tasks that something is to be done with at once, while they are being chosen.
    pub chosen: Option<SortedSet<TaskId>>,
    /// Those in the bin too: their versions keep late news from bringing them back.
    pub(super) tasks: SortedMap<TaskId, Rc<Task>>,
    pub(super) ops: Vec<Op>,
    /// Completed a moment ago and still shown among the open ones.
    pub(super) lingering: SortedSet<TaskId>,
    /// Back from the bin: in sight until another view is asked for, done or not.
    pub(super) returned: SortedSet<TaskId>,
    /// Changed by somebody else than the person at this page.
    pub(super) touched: SortedSet<TaskId>,
    /// What tasks were called before they had a number, so that their rows stay what they are.
    pub(super) born: SortedMap<TaskId, OpKey>,
    log: Log,
    /// The newest change that is in here, with all before it.
    seq: i64,
    behind: bool,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub enum State {
    #[default]
    Loading,
    Ready,
    Failed(Failure),
}

#[derive(Clone, Debug)]
pub enum Action {
    Reload,
    /// All tasks, and the number of the newest change among them.
    Loaded(Vec<Task>, i64),
    LoadFailed(Failure),
    Changed(Changes),
    /// What was done before the page was there.
    Remembered(Changes),
    /// The changes since a number were asked for and are all there.
    CaughtUp,
    Did(OpKey, Deed),
    Started(OpKey),
    Saved(OpKey, Task),
    Failed(OpKey, Failure),
    /// The task is newer than the person saw: here it is, and a key for another try.
    Outdated(OpKey, OpKey, Task),
    /// Send it again, over what others did, under this key.
    TryAgain(OpKey, OpKey),
    Discarded(OpKey),
    /// There is a network again: what failed for the lack of one is tried again.
    Online,
    Show(Filter),
    Sort(Sort),
    Search(AttrValue),
    Narrow(Narrow),
    /// Begins to choose tasks, or ends it.
    Choosing(bool),
    /// Chooses a task, or no longer.
    Chosen(TaskId),
    /// A task has been seen among the open ones for long enough.
    Settled(TaskId),
}

impl Reducible for Tasks {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = Rc::unwrap_or_clone(self);
        next.apply(action);
        Rc::new(next)
    }
}

impl Tasks {
    /// The number after which changes are missing, if some are.
    pub fn missing_since(&self) -> Option<i64> {
        (self.behind && self.state == State::Ready).then_some(self.seq)
    }

    pub const fn seq(&self) -> i64 {
        self.seq
    }

    /// What the assistant did, turn by turn.
    pub fn receipts(&self) -> Vec<Receipt> {
        self.log.receipts()
    }

    /// The operations that can be sent now: for each task the oldest, since the next one may
    /// build on its result; and of new tasks the first, since they get their numbers in the order
    /// in which they arrive.
    pub fn ready(&self) -> Vec<&Op> {
        let (mut taken, mut is_adding) = (SortedSet::default(), false);
        let next = |op: &&Op| match op.deed.task() {
            Some(task) => taken.insert(task) && op.phase == Phase::Ready,
            None => {
                let is_first = !is_adding;
                is_adding |= matches!(op.phase, Phase::Ready | Phase::Sending);
                is_first && op.phase == Phase::Ready
            }
        };
        self.ops.iter().filter(next).collect()
    }

    /// Whether something waits for the line to be mended.
    pub fn waits_for_line(&self) -> bool {
        self.ops.iter().any(Op::may_revive)
    }

    /// Every tag there is on a task, in their order.
    pub fn tags(&self) -> BTreeSet<String> {
        let tasks = self.tasks.values().filter(|task| task.deleted_at.is_none());
        tasks.flat_map(|task| task.tags.clone()).collect()
    }

    /// The open tasks, newest first.
    pub fn open_tasks(&self) -> impl Iterator<Item = &Rc<Task>> {
        let open = |task: &&Rc<Task>| !task.completed && task.deleted_at.is_none();
        self.tasks.values().rev().filter(open)
    }

    /// The chosen tasks as they are.
    pub fn chosen_tasks(&self) -> Vec<Rc<Task>> {
        let ids = self.chosen.iter().flatten();
        ids.filter_map(|id| self.tasks.get(id).cloned()).collect()
    }

    pub fn op(&self, key: &OpKey) -> Option<&Op> {
        self.ops.iter().find(|op| op.key == *key)
    }

    fn apply(&mut self, action: Action) {
        match action {
            Action::Reload => self.state = State::Loading,
            Action::Loaded(tasks, change) => {
                for task in tasks {
                    self.take(task);
                }
                self.seq = self.seq.max(change);
                self.state = State::Ready;
            }
            // A list on the screen is better than an error in its place.
            Action::LoadFailed(failure) if self.state == State::Loading => {
                self.state = State::Failed(failure);
            }
            Action::LoadFailed(_) => {}
            Action::Changed(changes) => self.changed(changes),
            Action::Remembered(past) => past.changes.iter().for_each(|past| self.log.take(past)),
            Action::CaughtUp => self.behind = false,
            Action::Did(key, deed) => self.did(key, deed),
            Action::Started(key) => self.set_phase(&key, Phase::Sending),
            Action::Saved(key, task) => {
                if matches!(self.op(&key), Some(op) if op.deed.task().is_none()) {
                    self.born.insert(task.id, key.clone());
                }
                // What repeats comes again under another number, which only the changes tell.
                self.behind |= self.op(&key).is_some_and(|op| op.deed.ends_a_round());
                self.ops.retain(|op| op.key != key);
                self.take(task);
            }
            Action::Failed(key, failure) => self.set_phase(&key, Phase::Failed(failure)),
            Action::Outdated(key, new_key, theirs) => self.outdated(&key, new_key, theirs),
            Action::TryAgain(key, new_key) => self.try_again(&key, new_key),
            Action::Discarded(key) => self.ops.retain(|op| op.key != key),
            Action::Online => {
                for op in &mut self.ops {
                    if op.may_revive() {
                        op.phase = Phase::Ready;
                    }
                }
            }
            Action::Show(filter) => {
                self.filter = filter;
                self.lingering.clear();
                self.returned.clear();
                self.touched.clear();
            }
            Action::Sort(sort) => self.sort = sort,
            Action::Search(words) => self.search = words,
            Action::Narrow(narrow) => self.narrow = narrow,
            Action::Choosing(begins) => self.chosen = begins.then(SortedSet::default),
            Action::Chosen(id) => {
                if let Some(chosen) = &mut self.chosen
                    && !chosen.remove(&id)
                {
                    chosen.insert(id);
                }
            }
            Action::Settled(id) => {
                self.lingering.remove(&id);
            }
        }
    }

    /// Whether the open ones are shown alone, of which one that is completed takes its leave.
    fn shows_open(&self) -> bool {
        matches!(self.filter, Filter::Open | Filter::Today)
    }

    fn take(&mut self, task: Task) {
        let known = self.tasks.get(&task.id);
        if known.is_none_or(|known| known.version <= task.version) {
            self.tasks.insert(task.id, Rc::new(task));
        }
    }

    fn changed(&mut self, changes: Changes) {
        for change in changes.changes {
            self.log.take(&change);
            if change.seq <= self.seq {
                continue;
            }
            if change.seq == self.seq + 1 {
                self.seq = change.seq;
            } else {
                self.behind = true;
            }
            let id = change.after.id;
            if !matches!(change.actor, Actor::User) {
                self.touched.insert(id);
            }
            let before = self.tasks.get(&id);
            let was_open = before.is_some_and(|task| !task.completed);
            let was_in_bin = before.is_some_and(|task| task.deleted_at.is_some());
            if was_open && change.after.completed && self.shows_open() {
                self.lingering.insert(id);
            }
            if was_in_bin && change.after.deleted_at.is_none() {
                self.returned.insert(id);
            }
            self.take(change.after);
        }
        self.behind |= changes.has_more;
    }

    fn did(&mut self, key: OpKey, deed: Deed) {
        if self.op(&key).is_some() {
            return;
        }
        match &deed {
            Deed::Update(seen, patch) if let Some(completed) = patch.completed => {
                self.returned.remove(&seen.id);
                match completed && self.shows_open() {
                    true => self.lingering.insert(seen.id),
                    false => self.lingering.remove(&seen.id),
                };
            }
            Deed::Restore(id) => {
                self.returned.insert(*id);
            }
            Deed::Add(_) | Deed::Update(..) | Deed::Delete(_) => {}
        }
        if let Some(id) = deed.task() {
            self.touched.remove(&id);
        }
        self.ops.push(Op {
            key,
            deed,
            phase: Phase::Ready,
        });
    }

    fn set_phase(&mut self, key: &OpKey, phase: Phase) {
        if let Some(op) = self.op_mut(key) {
            op.phase = phase;
        }
    }

    fn outdated(&mut self, key: &OpKey, new_key: OpKey, theirs: Task) {
        if let Some(op) = self.op_mut(key) {
            op.key = new_key;
            op.phase = Phase::Conflict;
            if op.deed.fits(&theirs) {
                op.rebase(&theirs);
            }
        }
        self.take(theirs);
    }

    fn try_again(&mut self, key: &OpKey, new_key: OpKey) {
        let op = self.ops.iter_mut().find(|op| op.key == *key);
        let Some(op) = op else { return };
        let newest = op.deed.task().and_then(|id| self.tasks.get(&id));
        if let Some(newest) = newest.filter(|_| op.phase == Phase::Conflict) {
            op.rebase(newest);
        }
        op.key = new_key;
        op.phase = Phase::Ready;
    }

    fn op_mut(&mut self, key: &OpKey) -> Option<&mut Op> {
        self.ops.iter_mut().find(|op| op.key == *key)
    }
}

impl Op {
    /// Whether only the line was at fault, so that it may well go out later.
    fn may_revive(&self) -> bool {
        matches!(&self.phase, Phase::Failed(failure) if failure.may_pass())
    }

    /// The person has decided, or need not: it is meant for the newest state.
    fn rebase(&mut self, newest: &Task) {
        if let Deed::Update(seen, _) = &mut self.deed {
            *seen = Seen::from(newest);
        }
        self.phase = Phase::Ready;
    }
}
