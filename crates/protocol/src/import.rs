//! Tasks of other programs, taken over: `POST /api/tasks/import`.

use serde::{Deserialize, Serialize};

use crate::task::Priority;
use crate::{Due, TaskId};

/// What a file is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ImportFormat {
    /// Todoist's template, our own export, or any table whose first line names a title.
    Csv,
    /// To-dos and events of a calendar (RFC 5545).
    Ics,
    /// A line for each task, or a checklist in Markdown.
    Text,
}

/// The body of `POST /api/tasks/import`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NewImport {
    /// The whole file; see [`limits::IMPORT_BYTES`](crate::task::limits::IMPORT_BYTES).
    pub text: String,
    /// Found out from the text where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<ImportFormat>,
    /// Only tells what would be added.
    #[serde(default)]
    pub dry_run: bool,
}

/// The answer to it: what was added, or would be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Import {
    pub format: ImportFormat,
    /// How many tasks were added, or would be.
    pub count: usize,
    /// The first of them, [`limits::PAGE`](crate::task::limits::PAGE) at the most.
    pub tasks: Vec<ImportedTask>,
    /// How many entries of the file were left out, or would be.
    pub skipped: usize,
    /// What cannot be taken over as it is written, in the order of the lines; as many at the most.
    pub problems: Vec<ImportProblem>,
    /// Number of the first change: undoing it takes the whole import back. Absent from a dry run,
    /// and where nothing was added.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<i64>,
}

/// A task as it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ImportedTask {
    /// Where it begins in the file, from 1.
    pub line: usize,
    /// Its number, once it was added.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<TaskId>,
    /// How many tasks it is a part of.
    pub depth: usize,
    pub title: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    #[serde(default)]
    pub priority: Priority,
    #[serde(default)]
    pub tags: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
    /// As a rule; see [`Task`](crate::task::Task).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recurrence: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reminder: Option<i32>,
    pub completed: bool,
}

/// Something in a file that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ImportProblem {
    /// Counted from 1.
    pub line: usize,
    /// A sentence for a person.
    pub message: String,
    /// Whether the entry is left out for it. Otherwise it is taken over, and what could not be
    /// read stands in its description.
    pub skipped: bool,
}
