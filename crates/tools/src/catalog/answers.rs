//! What the tools answer: structure for programs, a few words for everybody, and the log entries
//! for the program that called.

use protocol::TaskId;
use protocol::task::{Actor, Changes, Task};
use rmcp::model::{CallToolResult, ContentBlock, MetaObject};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;
use store::tasks::Overview;

use crate::{Error, Failure, Finding, Listing, Outcome, View};

/// Member of a result's `_meta` that carries what was written to the log, for the program that
/// called and not for its model.
const CHANGES: &str = "latchwork/changes";

/// Another: the database was away, so the same call with the same key may be tried again.
const UNAVAILABLE: &str = "latchwork/unavailable";

/// What of a task every answer has. The whole form stands once in the list of tools, at
/// `list_tasks`: eight times would be a third of what a model reads before its first word.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "a schema alone")]
struct Named {
    id: i32,
    title: String,
}

/// What a write tells the model.
#[derive(Serialize, JsonSchema)]
pub(super) struct Written {
    /// The tasks as they are now, in the words of `list_tasks`.
    #[schemars(with = "Vec<Named>")]
    tasks: Vec<View>,
    /// What could not be done, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    failed: Vec<Failure>,
    /// The person was asked and said no.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schemars(default)]
    declined: bool,
    /// Nothing is done yet: ask the person, then call again with this as `confirm`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    confirm: Option<String>,
}

impl Written {
    pub(super) fn of(verb: &str, outcome: Outcome) -> CallToolResult {
        let written = Self {
            tasks: outcome.done.iter().map(View::from).collect(),
            failed: outcome.failed,
            declined: false,
            confirm: None,
        };
        let mut lines: Vec<String> = Vec::new();
        for task in &written.tasks {
            lines.push(format!("{verb} task {}: “{}”.", task.id, task.title));
        }
        for failure in &written.failed {
            lines.push(format!("Not done: {}", failure.message));
        }
        let mut result = structured(&written, lines.join("\n"));
        result.is_error = Some(written.tasks.is_empty());
        if let (Some(meta), Ok(changes)) = (&mut result.meta, serde_json::to_value(outcome.changes))
        {
            meta.0.insert(CHANGES.to_owned(), changes);
        }
        result
    }
}

/// The answer to a call that a person was asked about and did not want.
pub(crate) fn declined() -> CallToolResult {
    let written = Written {
        tasks: Vec::new(),
        failed: Vec::new(),
        declined: true,
        confirm: None,
    };
    structured(
        &written,
        "The person said no. Nothing was changed.".to_owned(),
    )
}

/// What would be done, for clients that cannot be asked themselves.
pub(crate) fn preview(question: &str, tasks: &[Task], confirm: String) -> CallToolResult {
    let written = Written {
        tasks: tasks.iter().map(View::from).collect(),
        failed: Vec::new(),
        declined: false,
        confirm: Some(confirm),
    };
    let titles: Vec<String> = tasks
        .iter()
        .map(|task| format!("- task {}: “{}”", task.id, task.title))
        .collect();
    structured(
        &written,
        format!(
            "Nothing was changed yet. {question}\n{}\nIf the person agrees, call again with the \
             same arguments and `confirm`.",
            titles.join("\n")
        ),
    )
}

/// What `list_tasks` tells the model.
#[derive(Serialize, JsonSchema)]
pub(super) struct Page {
    tasks: Vec<View>,
    /// Where to go on, if there are more.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    next: Option<String>,
}

pub(super) fn listed(listing: &Listing) -> CallToolResult {
    let page = Page {
        tasks: listing.tasks.iter().map(View::from).collect(),
        next: listing.next.clone(),
    };
    let count = page.tasks.len();
    let more = if page.next.is_some() {
        " and there are more"
    } else {
        ""
    };
    structured(&page, format!("{count} tasks{more}."))
}

/// What `find_tasks` tells the model.
#[derive(Serialize, JsonSchema)]
pub(super) struct Found {
    tasks: Vec<View>,
    /// None has the words; these come close. Ask which one is meant.
    did_you_mean: bool,
}

pub(super) fn finding(finding: &Finding) -> CallToolResult {
    let found = Found {
        tasks: finding.tasks.iter().map(View::from).collect(),
        did_you_mean: finding.did_you_mean,
    };
    let count = found.tasks.len();
    let text = if found.did_you_mean {
        format!("None has these words; {count} come close.")
    } else {
        format!("{count} tasks.")
    };
    structured(&found, text)
}

/// What `get_overview` tells the model.
#[derive(Serialize, JsonSchema)]
pub(super) struct Counts {
    open: i32,
    overdue: i32,
    due_today: i32,
    /// In the seven days after today.
    due_this_week: i32,
    high_priority: i32,
    completed_today: i32,
}

pub(super) fn overview(overview: Overview) -> CallToolResult {
    let number = |count: i64| i32::try_from(count).unwrap_or(i32::MAX);
    let counts = Counts {
        open: number(overview.open),
        overdue: number(overview.overdue),
        due_today: number(overview.due_today),
        due_this_week: number(overview.due_this_week),
        high_priority: number(overview.high_priority),
        completed_today: number(overview.completed_today),
    };
    let text = format!(
        "{} open, {} overdue, {} due today.",
        counts.open, counts.overdue, counts.due_today
    );
    structured(&counts, text)
}

/// What `list_activity` tells the model.
#[derive(Serialize, JsonSchema)]
pub(super) struct Activity {
    changes: Vec<Entry>,
    /// `before` of the next page, if there are more.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<i32>")]
    next: Option<i64>,
}

#[derive(Serialize, JsonSchema)]
struct Entry {
    /// Its number, for undo.
    #[schemars(with = "i32")]
    change: i64,
    what: String,
    by: String,
    at: String,
    #[schemars(with = "i32")]
    task: TaskId,
    title: String,
}

pub(super) fn activity(changes: &Changes) -> CallToolResult {
    let entries: Vec<Entry> = changes
        .changes
        .iter()
        .map(|change| Entry {
            change: change.seq,
            what: change.kind.as_str().to_owned(),
            by: who(&change.actor),
            at: change.at.to_string(),
            task: change.after.id,
            title: change.after.title.clone(),
        })
        .collect();
    let text = format!("{} changes.", entries.len());
    let activity = Activity {
        next: entries
            .last()
            .filter(|_| changes.has_more)
            .map(|entry| entry.change),
        changes: entries,
    };
    structured(&activity, text)
}

fn who(actor: &Actor) -> String {
    match actor {
        Actor::User => "the person".to_owned(),
        Actor::Assistant { .. } => "the assistant".to_owned(),
        Actor::Client { name } => name.clone(),
    }
}

fn structured(answer: &impl Serialize, text: String) -> CallToolResult {
    let mut result = CallToolResult::success(vec![ContentBlock::text(text)]);
    result.structured_content = Some(json!(answer));
    result.meta = Some(MetaObject::default());
    result
}

/// What went wrong, in words that help to repair the call and tell nothing of the inside.
pub(crate) fn failed(error: &Error) -> CallToolResult {
    let text = match error {
        Error::Invalid(message) => message.clone(),
        Error::KeyReused => "This call was made before with other arguments.".to_owned(),
        Error::Store(store::Error::SessionEnded) => "The person has signed out.".to_owned(),
        Error::Store(store::Error::ReadOnly) => {
            "Nothing can be changed at the moment; the tasks can be read.".to_owned()
        }
        Error::Store(_) => "The tasks cannot be reached at the moment.".to_owned(),
    };
    let mut result = broken(text);
    if matches!(error, Error::Store(error) if error.is_unavailable()) {
        let mut meta = result.meta.take().unwrap_or_default();
        meta.0.insert(UNAVAILABLE.to_owned(), json!(true));
        result.meta = Some(meta);
    }
    result
}

/// A call that came to nothing.
pub(crate) fn broken(text: impl Into<String>) -> CallToolResult {
    CallToolResult::error(vec![ContentBlock::text(text)])
}
