//! The one way in which tasks are changed: lock, load, work out, save.

use std::collections::BTreeMap;

use protocol::task::{Change, ChangeKind, Priority, Task, limits};
use protocol::{ErrorCode, TaskId};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use store::Tx;
use store::tasks::{self, Ledger, NewReceipt};

use crate::fields::Refused;
use crate::{Call, Error, Failure, Outcome, order};

/// Changes being worked out; nothing of it is in the database yet.
pub(crate) struct Draft<'a> {
    pub(crate) call: &'a Call<'a>,
    ledger: Ledger,
    /// The action's number: that of its first change.
    action: i64,
    tasks: BTreeMap<TaskId, Task>,
    /// Ids of the tasks the answer shows, in the order of the arguments.
    touched: Vec<TaskId>,
    failed: Vec<Failure>,
    changes: Vec<Change>,
}

impl<'a> Draft<'a> {
    fn new(call: &'a Call<'a>, ledger: Ledger, found: Vec<Task>) -> Self {
        Self {
            call,
            action: ledger.last_change + 1,
            ledger,
            tasks: found.into_iter().map(|task| (task.id, task)).collect(),
            touched: Vec::new(),
            failed: Vec::new(),
            changes: Vec::new(),
        }
    }

    /// A task that is not in the bin.
    pub(crate) fn get(&self, id: TaskId) -> Result<&Task, Refused> {
        let found = self.tasks.get(&id).filter(|task| task.deleted_at.is_none());
        found.ok_or_else(|| Refused::not_found(id))
    }

    /// A task wherever it is.
    pub(crate) fn anywhere(&self, id: TaskId) -> Option<&Task> {
        self.tasks.get(&id)
    }

    /// The tasks below a task, at any depth, deleted ones among them.
    pub(crate) fn below(&self, id: TaskId) -> Vec<TaskId> {
        let mut found = vec![id];
        let mut at = 0;
        while let Some(parent) = found.get(at).copied() {
            let children = self
                .tasks
                .values()
                .filter(|task| task.parent_id == Some(parent) && !found.contains(&task.id));
            let children: Vec<TaskId> = children.map(|task| task.id).collect();
            found.extend(children);
            at += 1;
        }
        found.split_off(1)
    }

    /// How many tasks lie above a task.
    pub(crate) fn depth(&self, id: TaskId) -> usize {
        let mut depth = 0;
        let mut at = self.tasks.get(&id).and_then(|task| task.parent_id);
        while let Some(parent) = at.filter(|_| depth <= limits::DEPTH) {
            depth += 1;
            at = self.tasks.get(&parent).and_then(|task| task.parent_id);
        }
        depth
    }

    /// Adds a task that `fill` completes; its number.
    pub(crate) fn add(
        &mut self,
        fill: impl FnOnce(&mut Task, &Self) -> Result<(), Refused>,
    ) -> Result<TaskId, Refused> {
        if self.ledger.live >= limits::TASKS {
            return Err(Refused {
                code: ErrorCode::LimitReached,
                message: format!(
                    "There are {} tasks, and no more are possible.",
                    limits::TASKS
                ),
            });
        }
        let id = TaskId(self.ledger.last_task + 1);
        let mut task = blank(id, self.call);
        fill(&mut task, self)?;
        self.ledger.last_task += 1;
        self.ledger.live += 1;
        self.log(ChangeKind::Added, None, task, None);
        Ok(id)
    }

    /// Number of the first change of this action; `None` while there is none.
    pub(crate) fn first_change(&self) -> Option<i64> {
        self.changes.first().map(|change| change.seq)
    }

    /// Replaces a task. One that comes out as it went in is in the answer but not in the log.
    pub(crate) fn replace(&mut self, kind: ChangeKind, after: Task, undoes: Option<i64>) {
        let Some(before) = self.tasks.get(&after.id).cloned() else {
            return;
        };
        if before == after {
            self.touch(after.id);
            return;
        }
        let after = Task {
            version: before.version + 1,
            updated_at: self.call.now,
            ..after
        };
        self.log(kind, Some(before), after, undoes);
    }

    /// Changes a task that is not in the bin.
    pub(crate) fn change(
        &mut self,
        id: TaskId,
        kind: ChangeKind,
        change: impl FnOnce(&mut Task, &Self) -> Result<(), Refused>,
    ) -> Result<(), Refused> {
        let mut after = self.get(id)?.clone();
        change(&mut after, self)?;
        self.replace(kind, after, None);
        Ok(())
    }

    pub(crate) fn touch(&mut self, id: TaskId) {
        self.touched.push(id);
    }

    /// Notes what became of one argument.
    pub(crate) fn settle<T>(&mut self, index: usize, id: Option<TaskId>, done: Result<T, Refused>) {
        if let Err(refused) = done {
            self.failed.push(refused.at(index, id));
        }
    }

    fn log(&mut self, kind: ChangeKind, before: Option<Task>, after: Task, undoes: Option<i64>) {
        self.ledger.last_change += 1;
        self.touch(after.id);
        self.tasks.insert(after.id, after.clone());
        self.changes.push(Change {
            seq: self.ledger.last_change,
            action: self.action,
            kind,
            actor: self.call.actor.clone(),
            at: self.call.now,
            undoes,
            before,
            after,
        });
    }

    fn outcome(self) -> Outcome {
        let mut shown: Vec<TaskId> = Vec::new();
        for id in &self.touched {
            if !shown.contains(id) {
                shown.push(*id);
            }
        }
        Outcome {
            done: shown
                .iter()
                .filter_map(|id| self.tasks.get(id).cloned())
                .collect(),
            failed: self.failed,
            changes: self.changes,
        }
    }
}

pub(crate) fn blank(id: TaskId, call: &Call<'_>) -> Task {
    Task {
        id,
        title: String::new(),
        description: String::new(),
        priority: Priority::None,
        tags: Vec::new(),
        due: None,
        time_zone: None,
        recurrence: None,
        reminder: None,
        parent_id: None,
        position: order::of_number(id),
        completed: false,
        completed_at: None,
        deleted_at: None,
        version: 1,
        created_at: call.now,
        updated_at: call.now,
    }
}

/// An operation by its name and arguments, which is what a repeated key is compared by.
pub(crate) type Named<'a, Operation> = (&'a str, &'a Operation);

/// Runs a write whose changes `work` works out. `ids` are the tasks it may look at, with
/// everything above and below them.
pub(crate) async fn write<Operation: Serialize>(
    call: &Call<'_>,
    named: Named<'_, Operation>,
    ids: &[TaskId],
    work: impl FnOnce(&mut Draft<'_>),
) -> Result<Outcome, Error> {
    let ids = ids.to_vec();
    write_loading(
        call,
        named,
        async |tx| family(tx, &ids).await,
        |draft, ()| work(draft),
    )
    .await
}

async fn family(tx: &mut Tx<'_>, ids: &[TaskId]) -> Result<(Vec<Task>, ()), store::Error> {
    if ids.is_empty() {
        return Ok((Vec::new(), ()));
    }
    Ok((tasks::family(tx, ids).await?, ()))
}

/// The same for a write that has to look first to know which tasks it is about.
pub(crate) async fn write_loading<Operation: Serialize, Found>(
    call: &Call<'_>,
    named: Named<'_, Operation>,
    load: impl AsyncFnOnce(&mut Tx<'_>) -> Result<(Vec<Task>, Found), store::Error>,
    work: impl FnOnce(&mut Draft<'_>, Found),
) -> Result<Outcome, Error> {
    let mut tx = call.db.begin(call.scope());
    let (hash, ledger) = match begin(&mut tx, call, named).await? {
        Begun::Again(answer) => return Ok(serde_json::from_value(answer)?),
        Begun::Now(hash, ledger) => (hash, ledger),
    };
    let (found, looked) = load(&mut tx).await?;
    let mut draft = Draft::new(call, ledger, found);
    work(&mut draft, looked);
    let outcome = draft.outcome();
    finish(tx, call, &hash, &outcome.changes, &outcome).await?;
    Ok(outcome)
}

/// A write that only adds, and whose answer is shorter than what it has done.
pub(crate) async fn write_new<Operation: Serialize, Answer: Serialize + DeserializeOwned>(
    call: &Call<'_>,
    named: Named<'_, Operation>,
    work: impl FnOnce(&mut Draft<'_>) -> Answer,
) -> Result<Answer, Error> {
    let mut tx = call.db.begin(call.scope());
    let (hash, ledger) = match begin(&mut tx, call, named).await? {
        Begun::Again(answer) => return Ok(serde_json::from_value(answer)?),
        Begun::Now(hash, ledger) => (hash, ledger),
    };
    let mut draft = Draft::new(call, ledger, Vec::new());
    let answer = work(&mut draft);
    finish(tx, call, &hash, &draft.changes, &answer).await?;
    Ok(answer)
}

enum Begun {
    /// It was done before; what was answered then.
    Again(Value),
    /// What the arguments are compared by, and where numbers go on.
    Now(Vec<u8>, Ledger),
}

async fn begin<Operation: Serialize>(
    tx: &mut Tx<'_>,
    call: &Call<'_>,
    (name, operation): Named<'_, Operation>,
) -> Result<Begun, Error> {
    let ledger = tasks::lock(tx, call.key).await?;
    let hash = Sha256::digest(json!([name, operation]).to_string()).to_vec();
    match ledger.receipt {
        Some(receipt) if receipt.request_hash != hash => Err(Error::KeyReused),
        Some(receipt) => Ok(Begun::Again(receipt.answer)),
        None => Ok(Begun::Now(hash, ledger)),
    }
}

async fn finish(
    tx: Tx<'_>,
    call: &Call<'_>,
    hash: &[u8],
    changes: &[Change],
    answer: &impl Serialize,
) -> Result<(), Error> {
    let answer = serde_json::to_value(answer)?;
    let receipt = call.key.map(|key| NewReceipt {
        key,
        request_hash: hash,
        answer: &answer,
    });
    tasks::save(tx, changes, receipt, call.now).await?;
    Ok(())
}

/// The limit on every list of arguments.
pub(crate) fn batch<T>(list: &[T]) -> Result<(), Error> {
    let most = limits::BATCH;
    if (1..=most).contains(&list.len()) {
        return Ok(());
    }
    Err(Error::Invalid(format!(
        "Give between 1 and {most} tasks in one call, not {}.",
        list.len()
    )))
}
