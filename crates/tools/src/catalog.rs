//! The tools: what each is called, what it does to the world, and how it is run.

mod answers;
mod describe;

use protocol::TaskId;
use rmcp::model::{CallToolResult, JsonObject, Tool};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use self::answers::{Written, activity, finding, listed, overview};
pub(crate) use self::answers::{broken, declined, failed, preview};
pub(crate) use self::describe::{Effect, TOOLS, tool as described};
use crate::{
    AddTasks, Call, CompleteTasks, DeleteTasks, Error, FindTasks, GetOverview, ListActivity,
    ListTasks, Outcome, ReopenTasks, RescheduleTasks, RestoreTasks, Undo, UpdateTasks,
};

/// The tool of a name, with what a call of it does.
pub(crate) fn find(name: &str) -> Option<&'static (Tool, Effect)> {
    TOOLS.iter().find(|(tool, _)| tool.name == name)
}

/// Every tool.
pub(crate) fn tools() -> impl Iterator<Item = &'static Tool> {
    TOOLS.iter().map(|(tool, _)| tool)
}

/// Whether calls of a tool change nothing. One that does not exist is taken for the worst.
pub(crate) fn only_reads(tool: &str) -> bool {
    find(tool).is_some_and(|(_, effect)| *effect == Effect::Reads)
}

/// Runs a tool; `None` if there is none of that name.
pub(crate) async fn run(
    name: &str,
    arguments: JsonObject,
    call: &Call<'_>,
) -> Option<CallToolResult> {
    let result = match name {
        "get_overview" => {
            read(arguments, async |it: GetOverview| {
                Ok(overview(it.apply(call).await?))
            })
            .await
        }
        "find_tasks" => {
            read(arguments, async |it: FindTasks| {
                Ok(finding(&it.apply(call).await?))
            })
            .await
        }
        "list_activity" => {
            read(arguments, async |it: ListActivity| {
                Ok(activity(&it.apply(call).await?))
            })
            .await
        }
        "list_tasks" => {
            read(arguments, async |it: ListTasks| {
                Ok(listed(&it.apply(call).await?))
            })
            .await
        }
        _ => write(name, arguments, call)
            .await?
            .map(|(verb, outcome)| Written::of(verb, outcome)),
    };
    Some(result.unwrap_or_else(|error| failed(&error)))
}

async fn read<T: DeserializeOwned>(
    arguments: JsonObject,
    apply: impl AsyncFnOnce(T) -> Result<CallToolResult, Error>,
) -> Result<CallToolResult, Error> {
    apply(parsed(arguments)?).await
}

/// The writes; what each has done, as a participle.
pub(crate) async fn write(
    name: &str,
    arguments: JsonObject,
    call: &Call<'_>,
) -> Option<Result<(&'static str, Outcome), Error>> {
    macro_rules! apply {
        ($operation:ty, $verb:literal) => {
            match parsed::<$operation>(arguments) {
                Ok(operation) => operation.apply(call).await.map(|outcome| ($verb, outcome)),
                Err(error) => Err(error),
            }
        };
    }
    Some(match name {
        "add_tasks" => apply!(AddTasks, "Added"),
        "complete_tasks" => apply!(CompleteTasks, "Completed"),
        "delete_tasks" => apply!(DeleteTasks, "Deleted"),
        "reopen_tasks" => apply!(ReopenTasks, "Reopened"),
        "reschedule_tasks" => apply!(RescheduleTasks, "Rescheduled"),
        "restore_tasks" => apply!(RestoreTasks, "Restored"),
        "undo" => apply!(Undo, "Put back"),
        "update_tasks" => apply!(UpdateTasks, "Updated"),
        _ => return None,
    })
}

fn parsed<T: DeserializeOwned>(arguments: JsonObject) -> Result<T, Error> {
    serde_json::from_value(Value::Object(arguments))
        .map_err(|error| Error::Invalid(format!("The arguments do not fit: {error}.")))
}

/// The tasks that the arguments of a write name.
pub(crate) fn named(arguments: &JsonObject) -> Vec<TaskId> {
    #[derive(Deserialize)]
    struct Entry {
        id: TaskId,
    }
    let member = |name| arguments.get(name).cloned().unwrap_or_default();
    let ids: Vec<TaskId> = serde_json::from_value(member("ids")).unwrap_or_default();
    if !ids.is_empty() {
        return ids;
    }
    let entries: Vec<Entry> = serde_json::from_value(member("tasks")).unwrap_or_default();
    entries.into_iter().map(|entry| entry.id).collect()
}

/// Leaves only the chosen tasks in the arguments.
pub(crate) fn keep(arguments: &mut JsonObject, chosen: &[TaskId]) {
    let is_chosen = |id: &Value| chosen.iter().any(|chosen| *id == chosen.0);
    if let Some(Value::Array(ids)) = arguments.get_mut("ids") {
        ids.retain(is_chosen);
    }
    if let Some(Value::Array(tasks)) = arguments.get_mut("tasks") {
        tasks.retain(|task| is_chosen(&task["id"]));
    }
}
