//! The one way in which tasks are changed: lock, load, work out, save.

use std::collections::BTreeMap;

use protocol::task::{Change, ChangeKind, Task};
use protocol::{ErrorCode, TaskId};
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use store::tasks::{self, Ledger, NewReceipt};

use crate::fields::Refused;
use crate::{Call, Error, Failure, Outcome};

/// Changes being worked out; nothing of it is in the database yet.
pub(crate) struct Draft<'a> {
    call: &'a Call<'a>,
    ledger: Ledger,
    tasks: BTreeMap<TaskId, Task>,
    /// Ids of the tasks the answer shows, in the order of the arguments.
    touched: Vec<TaskId>,
    failed: Vec<Failure>,
    changes: Vec<Change>,
}

impl Draft<'_> {
    /// Adds a task that `fill` completes.
    pub(crate) fn add(
        &mut self,
        index: usize,
        fill: impl FnOnce(&mut Task) -> Result<(), Refused>,
    ) {
        let mut task = Task {
            id: TaskId(self.ledger.last_task + 1),
            title: String::new(),
            description: String::new(),
            priority: protocol::task::Priority::None,
            tags: Vec::new(),
            due: None,
            time_zone: None,
            completed: false,
            completed_at: None,
            deleted_at: None,
            version: 1,
            created_at: self.call.now,
            updated_at: self.call.now,
        };
        match fill(&mut task) {
            Ok(()) => {
                self.ledger.last_task += 1;
                self.log(ChangeKind::Added, None, task);
            }
            Err(refused) => self.failed.push(refused.at(index, None)),
        }
    }

    /// Changes a task. One that comes out as it went in is in the answer but not in the log.
    pub(crate) fn change(
        &mut self,
        index: usize,
        id: TaskId,
        kind: ChangeKind,
        change: impl FnOnce(&mut Task) -> Result<(), Refused>,
    ) {
        let Some(before) = self.tasks.get(&id).filter(|task| is_there(task, kind)) else {
            let message = format!("There is no task {id}.");
            let code = ErrorCode::TaskNotFound;
            self.failed
                .push(Refused { code, message }.at(index, Some(id)));
            return;
        };
        let (before, mut after) = (before.clone(), before.clone());
        if let Err(refused) = change(&mut after) {
            self.failed.push(refused.at(index, Some(id)));
            return;
        }
        if after == before {
            self.touched.push(id);
            return;
        }
        after.version += 1;
        after.updated_at = self.call.now;
        self.log(kind, Some(before), after);
    }

    fn log(&mut self, kind: ChangeKind, before: Option<Task>, after: Task) {
        self.ledger.last_change += 1;
        self.touched.push(after.id);
        self.tasks.insert(after.id, after.clone());
        self.changes.push(Change {
            seq: self.ledger.last_change,
            kind,
            actor: self.call.actor.clone(),
            at: self.call.now,
            before,
            after,
        });
    }

    fn outcome(self) -> Outcome {
        let mut shown = Vec::new();
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

/// A deleted task can be restored and nothing else.
fn is_there(task: &Task, kind: ChangeKind) -> bool {
    task.deleted_at.is_none() || matches!(kind, ChangeKind::Restored | ChangeKind::Deleted)
}

/// Runs a write whose changes `work` works out. `ids` are the tasks it may look at; `operation`
/// with its arguments is what a repeated idempotency key is compared by.
pub(crate) async fn write<Operation: Serialize>(
    call: &Call<'_>,
    (name, operation): (&str, &Operation),
    ids: &[TaskId],
    work: impl FnOnce(&mut Draft<'_>),
) -> Result<Outcome, Error> {
    let mut tx = call.db.begin(call.scope());
    let ledger = tasks::lock(&mut tx, call.key).await?;
    let hash = Sha256::digest(json!([name, operation]).to_string());
    if let Some(receipt) = ledger.receipt {
        if receipt.request_hash != hash.as_slice() {
            return Err(Error::KeyReused);
        }
        return Ok(serde_json::from_value(receipt.answer)?);
    }
    let found = if ids.is_empty() {
        Vec::new()
    } else {
        tasks::by_ids(&mut tx, ids).await?
    };
    let mut draft = Draft {
        call,
        ledger,
        tasks: found.into_iter().map(|task| (task.id, task)).collect(),
        touched: Vec::new(),
        failed: Vec::new(),
        changes: Vec::new(),
    };
    work(&mut draft);
    let outcome = draft.outcome();
    let answer = serde_json::to_value(&outcome)?;
    let receipt = call.key.map(|key| NewReceipt {
        key,
        request_hash: &hash,
        answer: &answer,
    });
    tasks::save(tx, &outcome.changes, receipt, call.now).await?;
    Ok(outcome)
}

/// The limit on every list of arguments.
pub(crate) fn batch<T>(list: &[T]) -> Result<(), Error> {
    let most = protocol::task::limits::BATCH;
    if (1..=most).contains(&list.len()) {
        return Ok(());
    }
    Err(Error::Invalid(format!(
        "Give between 1 and {most} tasks in one call, not {}.",
        list.len()
    )))
}
