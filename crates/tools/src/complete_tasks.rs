//! Ticking tasks off.

use jiff::civil::DateTime;
use protocol::TaskId;
use protocol::task::{ChangeKind, Task};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use when::{Moment, Recurrence, Repeat};

use crate::draft::{Draft, batch, write};
use crate::fields::Refused;
use crate::{Call, Error, Outcome, Zone};

/// Marks tasks as done, with everything below them. One that repeats makes the next one.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CompleteTasks {
    /// Numbers of the tasks, 1 to 100 of them.
    #[schemars(with = "Vec<i32>")]
    pub ids: Vec<TaskId>,
}

impl CompleteTasks {
    /// # Errors
    /// If the list is empty or too long, or the database fails.
    pub async fn apply(&self, call: &Call<'_>) -> Result<Outcome, Error> {
        batch(&self.ids)?;
        write(call, ("complete_tasks", self), &self.ids, |draft| {
            for (index, id) in self.ids.iter().enumerate() {
                let done = complete(draft, *id);
                draft.settle(index, Some(*id), done);
            }
        })
        .await
    }
}

/// One that is done already stays as it is.
pub(crate) fn complete(draft: &mut Draft<'_>, id: TaskId) -> Result<(), Refused> {
    let task = draft.get(id)?.clone();
    if task.completed {
        draft.touch(id);
        return Ok(());
    }
    let open: Vec<TaskId> = draft
        .below(id)
        .into_iter()
        .filter(|id| draft.get(*id).is_ok_and(|task| !task.completed))
        .collect();
    let next = next(&task, draft.call);
    for id in [id].into_iter().chain(open) {
        draft.change(id, ChangeKind::Completed, |task, draft| {
            task.completed = true;
            task.completed_at = Some(draft.call.now);
            // The rule moves on to the next one, so that there is one task that repeats.
            task.recurrence = None;
            Ok(())
        })?;
    }
    if let Some(next) = next {
        repeat(draft, &task, next)?;
    }
    Ok(())
}

/// What the next one of a task that repeats has of its own.
struct Next {
    due: protocol::Due,
    rule: Option<String>,
}

fn next(task: &Task, call: &Call<'_>) -> Option<Next> {
    let mut rule = Recurrence::parse(task.recurrence.as_ref()?).ok()?;
    let due = task.due?;
    let zone = task.time_zone.as_deref().map(Zone::named);
    let clock = zone.as_ref().unwrap_or(call.zone).context(call.now);
    let done = clock.now.datetime();
    // How often it is still to happen, this time included.
    if let Some(count) = rule.count {
        rule.count = Some(count.checked_sub(1).filter(|left| *left > 0)?);
    }
    let start = when::datetime_of(due)?;
    let repeat = Repeat {
        rule: Recurrence {
            count: None,
            ..rule.clone()
        },
        first: first(due, start),
    };
    let next = repeat.next(start, done)?;
    Some(Next {
        due: next.due()?,
        rule: Some(rule.to_string()),
    })
}

fn first(due: protocol::Due, start: DateTime) -> Moment {
    match due.time() {
        Some(_) => Moment::at(start, when::Grain::Minute),
        None => Moment::day(start.date()),
    }
}

/// Adds the next one, with copies of everything below it.
fn repeat(draft: &mut Draft<'_>, done: &Task, next: Next) -> Result<(), Refused> {
    let copy = |from: &Task, to: &mut Task| {
        to.title.clone_from(&from.title);
        to.description.clone_from(&from.description);
        to.priority = from.priority;
        to.tags.clone_from(&from.tags);
    };
    let root = draft.add(|task, _| {
        copy(done, task);
        task.due = Some(next.due);
        task.time_zone.clone_from(&done.time_zone);
        task.recurrence = next.rule;
        task.reminder = done.reminder;
        task.parent_id = done.parent_id;
        Ok(())
    })?;
    let mut copies = vec![(done.id, root)];
    for id in draft.below(done.id) {
        let Ok(part) = draft.get(id).cloned() else {
            continue;
        };
        let parent = copies
            .iter()
            .find(|(from, _)| Some(*from) == part.parent_id);
        let parent = parent.map(|(_, to)| *to);
        let id = draft.add(|task, _| {
            copy(&part, task);
            task.parent_id = parent;
            Ok(())
        })?;
        copies.push((part.id, id));
    }
    Ok(())
}
