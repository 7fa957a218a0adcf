//! Tasks as the tables have them, read for files that people and other programs open.

use serde::Deserialize;
use serde_json::{Map, Value};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Task {
    pub(super) id: i64,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) priority: String,
    pub(super) tags: Vec<String>,
    /// `2026-11-24`
    pub(super) due_date: Option<String>,
    /// `17:00:00`, as the clock shows it where the person is.
    pub(super) due_time: Option<String>,
    pub(super) time_zone: Option<String>,
    pub(super) recurrence: Option<String>,
    pub(super) parent_id: Option<i64>,
    pub(super) completed_at: Option<String>,
    pub(super) deleted_at: Option<String>,
    pub(super) created_at: String,
    pub(super) updated_at: String,
}

impl Task {
    /// Those outside of the bin, in the order of their numbers.
    pub(super) fn all(tables: &Map<String, Value>) -> Vec<Self> {
        let rows = list(tables, "tasks").iter();
        let mut tasks: Vec<Self> = rows
            .filter_map(|row| Self::deserialize(row).ok())
            .filter(|task| task.deleted_at.is_none())
            .collect();
        tasks.sort_by_key(|task| task.id);
        tasks
    }

    /// The day, and the time if there is one.
    pub(super) fn due(&self) -> String {
        let parts = [&self.due_date, &self.due_time];
        let parts: Vec<&str> = parts.into_iter().filter_map(Option::as_deref).collect();
        parts.join(" ")
    }
}

pub(super) fn list<'a>(tables: &'a Map<String, Value>, name: &str) -> &'a [Value] {
    tables
        .get(name)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}
