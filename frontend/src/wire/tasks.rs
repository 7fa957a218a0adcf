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
        id, title, description, priority, tags, due, time_zone, completed, completed_at,
        deleted_at, version, created_at, updated_at,
    }
    TaskList { tasks, has_more, after, change }
    NewTask { title, description, priority, tags, due }
    TaskPatch { title, description, priority, tags, due, completed }
    Change { seq, kind, actor, at, before, after }
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
    } else Some(Self::Updated);
    RunStatus {
        "queued" => Queued, "running" => Running, "waiting" => Waiting,
        "done" => Done, "stopped" => Stopped, "failed" => Failed,
    } else None;
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
