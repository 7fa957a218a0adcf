//! What the tools answer, read tolerantly: a member that is missing or odd is left out.

use protocol::Due;
use protocol::task::Priority;
use serde_json::Value;

/// A task as the tools show it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Task {
    pub(crate) id: i64,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) priority: Priority,
    pub(crate) tags: Vec<String>,
    pub(crate) due: Option<Due>,
    /// In English, as the tools say it: "every Monday".
    pub(crate) repeats: Option<String>,
    /// Minutes before it is due.
    pub(crate) reminder: Option<i64>,
    pub(crate) parent: Option<i64>,
    pub(crate) completed: bool,
    pub(crate) deleted: bool,
}

/// An entry of the log.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub(crate) what: String,
    pub(crate) by: String,
    /// A moment, as RFC 3339.
    pub(crate) at: String,
    pub(crate) task: i64,
    pub(crate) title: String,
}

/// What came back for a call.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Answer {
    pub(crate) tasks: Vec<Task>,
    /// Why a part was not done, in the tool's words.
    pub(crate) failed: Vec<String>,
    /// Why nothing was done, in the tool's words.
    pub(crate) error: Option<String>,
    /// What asks for the next page.
    pub(crate) next: Option<String>,
    /// There are tasks that this answer had no room for.
    pub(crate) cut: bool,
    /// The person was asked, and said no.
    pub(crate) declined: bool,
    /// None has the words that were looked for; these come close.
    pub(crate) only_alike: bool,
    pub(crate) entries: Vec<Entry>,
    /// How many tasks there are of each kind.
    pub(crate) counts: Vec<(String, i64)>,
}

impl Answer {
    pub(crate) fn read(content: &Value, is_error: bool) -> Self {
        let parsed = content
            .as_str()
            .and_then(|text| serde_json::from_str::<Value>(text).ok());
        let content = parsed.as_ref().unwrap_or(content);
        let list = |name: &str| {
            let list = content.get(name).and_then(Value::as_array);
            list.map(Vec::as_slice).unwrap_or_default()
        };
        let tasks: Vec<Task> = list("tasks").iter().filter_map(task).collect();
        let failed: Vec<String> = list("failed").iter().filter_map(failure).collect();
        let error = (is_error && failed.is_empty()).then(|| complaint(content));
        Self {
            tasks: if is_error && error.is_some() {
                Vec::new()
            } else {
                tasks
            },
            failed,
            error,
            next: content.get("next").and_then(cursor),
            cut: content.get("cut").is_some(),
            declined: is_true(content, "declined"),
            only_alike: is_true(content, "did_you_mean"),
            entries: list("changes").iter().filter_map(entry).collect(),
            counts: counts(content),
        }
    }
}

fn is_true(value: &Value, name: &str) -> bool {
    value.get(name).and_then(Value::as_bool) == Some(true)
}

fn cursor(next: &Value) -> Option<String> {
    match next {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn counts(content: &Value) -> Vec<(String, i64)> {
    let members = content.as_object().into_iter().flatten();
    members
        .filter_map(|(name, count)| Some((name.clone(), count.as_i64()?)))
        .collect()
}

fn entry(entry: &Value) -> Option<Entry> {
    let text = |name: &str| entry.get(name).and_then(Value::as_str).map(line);
    Some(Entry {
        what: text("what")?,
        by: text("by").unwrap_or_default(),
        at: text("at")?,
        task: entry.get("task")?.as_i64()?,
        title: text("title")?,
    })
}

fn failure(failure: &Value) -> Option<String> {
    Some(short(failure.get("message")?.as_str()?))
}

fn complaint(content: &Value) -> String {
    let text = ["error", "message"]
        .iter()
        .find_map(|name| content.get(name)?.as_str())
        .or_else(|| content.as_str());
    text.map(short).unwrap_or_default()
}

/// What others write is cut, and kept to one line.
fn short(text: &str) -> String {
    line(text).chars().take(300).collect()
}

pub(crate) fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn task(task: &Value) -> Option<Task> {
    let text = |name: &str| task.get(name).and_then(Value::as_str).unwrap_or_default();
    let tags = task.get("tags").and_then(Value::as_array);
    Some(Task {
        id: task.get("id")?.as_i64()?,
        title: line(text("title")),
        description: text("description").to_owned(),
        priority: priority(text("priority")),
        tags: tags
            .into_iter()
            .flatten()
            .filter_map(|tag| tag.as_str().map(str::to_owned))
            .collect(),
        due: text("due").parse().ok(),
        repeats: Some(line(text("repeats"))).filter(|rule| !rule.is_empty()),
        reminder: task.get("reminder").and_then(Value::as_i64),
        parent: task.get("parent").and_then(Value::as_i64),
        completed: is_true(task, "completed"),
        deleted: is_true(task, "deleted"),
    })
}

pub(crate) fn priority(word: &str) -> Priority {
    match word {
        "low" => Priority::Low,
        "medium" => Priority::Medium,
        "high" => Priority::High,
        _ => Priority::None,
    }
}
