//! The tools: what each is called, what it does to the world, and how it is run.

use std::sync::LazyLock;

use rmcp::model::{CallToolResult, ContentBlock, JsonObject, MetaObject, Tool, ToolAnnotations};
use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::{
    AddTasks, Call, CompleteTasks, DeleteTasks, Error, Failure, ListTasks, Listing, Outcome,
    ReopenTasks, RestoreTasks, UpdateTasks, View, schema,
};

/// Member of a result's `_meta` that carries what was written to the log, for the program that
/// called and not for its model.
pub(crate) const CHANGES: &str = "latchwork/changes";

/// Every tool, in the order of their names.
pub(crate) static TOOLS: LazyLock<Vec<Tool>> = LazyLock::new(|| {
    vec![
        write::<AddTasks>(
            "add_tasks",
            "Add tasks",
            "Add one or more tasks. Put dates into `due` in the person's own words.",
            Effect::Adds,
        ),
        write::<CompleteTasks>(
            "complete_tasks",
            "Complete tasks",
            "Mark tasks as done, by their numbers.",
            Effect::Sets,
        ),
        write::<DeleteTasks>(
            "delete_tasks",
            "Delete tasks",
            "Move tasks to the bin, by their numbers. Look them up first; never guess a number.",
            Effect::Destroys,
        ),
        tool::<ListTasks, Page>(
            "list_tasks",
            "List tasks",
            "List tasks with their numbers. Use it before any call that needs a number.",
            Effect::Reads,
        ),
        write::<ReopenTasks>(
            "reopen_tasks",
            "Reopen tasks",
            "Mark done tasks as open again, by their numbers.",
            Effect::Sets,
        ),
        write::<RestoreTasks>(
            "restore_tasks",
            "Restore tasks",
            "Bring deleted tasks back, by their numbers.",
            Effect::Sets,
        ),
        write::<UpdateTasks>(
            "update_tasks",
            "Update tasks",
            "Change title, description, priority, tags or date of tasks; what is left out stays.",
            Effect::Sets,
        ),
    ]
});

/// What a call does, from which the four hints of MCP follow.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Effect {
    Reads,
    Adds,
    Sets,
    Destroys,
}

fn write<Arguments: JsonSchema>(
    name: &'static str,
    title: &'static str,
    description: &'static str,
    effect: Effect,
) -> Tool {
    tool::<Arguments, Written>(name, title, description, effect)
}

fn tool<Arguments: JsonSchema, Answer: JsonSchema>(
    name: &'static str,
    title: &'static str,
    description: &'static str,
    effect: Effect,
) -> Tool {
    let hints = ToolAnnotations::with_title(title)
        .read_only(effect == Effect::Reads)
        .destructive(effect == Effect::Destroys)
        .idempotent(effect != Effect::Adds)
        .open_world(false);
    Tool::new(
        name,
        description,
        std::sync::Arc::new(schema::of::<Arguments>()),
    )
    .with_title(title)
    .with_annotations(hints)
    .with_raw_output_schema(std::sync::Arc::new(schema::of::<Answer>()))
}

/// What a write tells the model.
#[derive(Serialize, JsonSchema)]
struct Written {
    /// The tasks as they are now.
    tasks: Vec<View>,
    /// What could not be done, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    failed: Vec<Failure>,
}

/// What `list_tasks` tells the model.
#[derive(Serialize, JsonSchema)]
struct Page {
    tasks: Vec<View>,
    /// Where to go on, if there are more.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<i32>")]
    next: Option<protocol::TaskId>,
}

/// Runs a tool; `None` if there is none of that name.
pub(crate) async fn run(
    name: &str,
    arguments: JsonObject,
    call: &Call<'_>,
) -> Option<CallToolResult> {
    let result = match name {
        "add_tasks" => {
            done("Added", parsed::<AddTasks>(arguments), async |it| {
                it.apply(call).await
            })
            .await
        }
        "complete_tasks" => {
            done(
                "Completed",
                parsed::<CompleteTasks>(arguments),
                async |it| it.apply(call).await,
            )
            .await
        }
        "delete_tasks" => {
            done("Deleted", parsed::<DeleteTasks>(arguments), async |it| {
                it.apply(call).await
            })
            .await
        }
        "reopen_tasks" => {
            done("Reopened", parsed::<ReopenTasks>(arguments), async |it| {
                it.apply(call).await
            })
            .await
        }
        "restore_tasks" => {
            done("Restored", parsed::<RestoreTasks>(arguments), async |it| {
                it.apply(call).await
            })
            .await
        }
        "update_tasks" => {
            done("Updated", parsed::<UpdateTasks>(arguments), async |it| {
                it.apply(call).await
            })
            .await
        }
        "list_tasks" => match parsed::<ListTasks>(arguments) {
            Ok(list) => list.apply(call).await.map(|listing| listed(&listing)),
            Err(error) => Err(error),
        },
        _ => return None,
    };
    Some(result.unwrap_or_else(|error| failed(&error)))
}

fn parsed<T: DeserializeOwned>(arguments: JsonObject) -> Result<T, Error> {
    serde_json::from_value(Value::Object(arguments))
        .map_err(|error| Error::Invalid(format!("The arguments do not fit: {error}.")))
}

async fn done<T>(
    verb: &str,
    operation: Result<T, Error>,
    apply: impl AsyncFnOnce(T) -> Result<Outcome, Error>,
) -> Result<CallToolResult, Error> {
    let outcome = apply(operation?).await?;
    let written = Written {
        tasks: outcome.done.iter().map(View::from).collect(),
        failed: outcome.failed,
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
    if let (Some(meta), Ok(changes)) = (&mut result.meta, serde_json::to_value(outcome.changes)) {
        meta.0.insert(CHANGES.to_owned(), changes);
    }
    Ok(result)
}

fn listed(listing: &Listing) -> CallToolResult {
    let page = Page {
        tasks: listing.tasks.iter().map(View::from).collect(),
        next: listing
            .tasks
            .last()
            .filter(|_| listing.has_more)
            .map(|task| task.id),
    };
    let count = page.tasks.len();
    let more = if listing.has_more {
        " and there are more"
    } else {
        ""
    };
    structured(&page, format!("{count} tasks{more}."))
}

fn structured(answer: &impl Serialize, text: String) -> CallToolResult {
    let mut result = CallToolResult::success(vec![ContentBlock::text(text)]);
    result.structured_content = Some(json!(answer));
    result.meta = Some(MetaObject::default());
    result
}

/// What went wrong, in words that help to repair the call and tell nothing of the inside.
fn failed(error: &Error) -> CallToolResult {
    let text = match error {
        Error::Invalid(message) => message.clone(),
        Error::KeyReused => "This call was made before with other arguments.".to_owned(),
        Error::Store(store::Error::SessionEnded) => "The person has signed out.".to_owned(),
        Error::Store(_) => "The tasks cannot be reached at the moment.".to_owned(),
    };
    CallToolResult::error(vec![ContentBlock::text(text)])
}
