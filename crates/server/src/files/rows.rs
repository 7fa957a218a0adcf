//! Tasks as the tables have them, read for files that people and other programs open.

use protocol::{Timestamp, task};
use serde::Deserialize;
use serde_json::{Map, Value};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Task {
    pub(crate) id: i64,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) priority: String,
    pub(crate) tags: Vec<String>,
    /// `2026-11-24`
    pub(crate) due_date: Option<String>,
    /// `17:00:00`, as the clock shows it where the person is.
    pub(crate) due_time: Option<String>,
    pub(crate) time_zone: Option<String>,
    pub(crate) recurrence: Option<String>,
    pub(crate) parent_id: Option<i64>,
    pub(crate) completed_at: Option<String>,
    pub(crate) deleted_at: Option<String>,
    pub(crate) created_at: String,
    pub(crate) updated_at: String,
}

impl From<&task::Task> for Task {
    fn from(task: &task::Task) -> Self {
        let time = task.due.and_then(protocol::Due::time);
        let written = |at: Option<Timestamp>| at.map(|at| at.to_string());
        Self {
            id: task.id.0.into(),
            title: task.title.clone(),
            description: task.description.clone(),
            priority: task.priority.as_str().to_owned(),
            tags: task.tags.clone(),
            due_date: task.due.map(|due| due.date().to_string()),
            due_time: time.map(|(hour, minute)| format!("{hour:02}:{minute:02}:00")),
            time_zone: task.time_zone.clone(),
            recurrence: task.recurrence.clone(),
            parent_id: task.parent_id.map(|id| id.0.into()),
            completed_at: written(task.completed_at),
            deleted_at: written(task.deleted_at),
            created_at: task.created_at.to_string(),
            updated_at: task.updated_at.to_string(),
        }
    }
}

impl Task {
    /// Those outside of the bin, in the order of their numbers.
    pub(crate) fn all(tables: &Map<String, Value>) -> Vec<Self> {
        let rows = list(tables, "tasks").iter();
        let mut tasks: Vec<Self> = rows
            .filter_map(|row| Self::deserialize(row).ok())
            .filter(|task| task.deleted_at.is_none())
            .collect();
        tasks.sort_by_key(|task| task.id);
        tasks
    }

    /// The day, and the time if there is one.
    pub(crate) fn due(&self) -> String {
        let parts = [&self.due_date, &self.due_time];
        let parts: Vec<&str> = parts.into_iter().filter_map(Option::as_deref).collect();
        parts.join(" ")
    }
}

pub(crate) fn list<'a>(tables: &'a Map<String, Value>, name: &str) -> &'a [Value] {
    tables
        .get(name)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}
