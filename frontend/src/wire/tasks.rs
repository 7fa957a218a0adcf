//! Tasks, their changes, and runs.

use protocol::run::{Run, RunList, RunStatus};
use protocol::session::AccessToken;
use protocol::task::{
    Actor, Change, ChangeKind, Changes, NewTask, Priority, Task, TaskList, TaskPatch,
};
use serde_json::Value;

use super::{Read, fields, read_names, read_struct, take};

read_struct! {
    Task {
        id, title, description, priority, tags, due, time_zone, recurrence, reminder, parent_id,
        position, completed, completed_at, deleted_at, version, created_at, updated_at,
    }
    TaskList { tasks, has_more, after, change }
    NewTask { title, description, priority, tags, due, recurrence, reminder, parent_id }
    TaskPatch {
        title, description, priority, tags, due, recurrence, reminder, parent_id, completed,
    }
    Changes { changes, has_more }
    Run { id, thread_id, status, last_event, created_at }
    RunList { runs }
    AccessToken { token }
}

read_names! {
    Priority {
        "low" => Low, "medium" => Medium, "high" => High, "none" => None,
    } else Some(Self::None);
    ChangeKind {
        "added" => Added, "updated" => Updated, "completed" => Completed,
        "reopened" => Reopened, "deleted" => Deleted, "restored" => Restored,
        "moved" => Moved, "undone" => Undone,
    } else Some(Self::Updated);
    RunStatus {
        "queued" => Queued, "running" => Running, "waiting" => Waiting,
        "done" => Done, "stopped" => Stopped, "failed" => Failed,
    } else None;
}

impl Read for Change {
    fn read(value: Value) -> Option<Self> {
        let mut fields = fields(value)?;
        Some(Self {
            seq: take(&mut fields, "seq")?,
            action: take::<Option<i64>>(&mut fields, "action")?.unwrap_or_default(),
            kind: take(&mut fields, "kind")?,
            actor: take(&mut fields, "actor")?,
            at: take(&mut fields, "at")?,
            undoes: take(&mut fields, "undoes")?,
            before: take(&mut fields, "before")?,
            after: take(&mut fields, "after")?,
        })
    }
}

impl Read for Actor {
    fn read(value: Value) -> Option<Self> {
        let mut fields = fields(value)?;
        let kind: String = take(&mut fields, "type")?;
        match kind.as_str() {
            "user" => Some(Self::User),
            "assistant" => Some(Self::Assistant {
                run_id: take(&mut fields, "run_id")?,
            }),
            _ => Some(Self::Client {
                name: take(&mut fields, "name")?,
            }),
        }
    }
}
