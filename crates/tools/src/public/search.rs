//! `search` and `fetch`, which `ChatGPT` asks of every source: results with an id, a title and an
//! address, once as structure and once as JSON in a text.

use std::sync::LazyLock;

use protocol::TaskId;
use protocol::task::Task;
use rmcp::model::{CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::catalog::{Effect, broken, described, failed};
use crate::{FindTasks, Status, ToolServer, View};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Search {
    /// Words of a task.
    query: String,
}

#[derive(Serialize, JsonSchema)]
struct Results {
    results: Vec<Result>,
}

#[derive(Serialize, JsonSchema)]
struct Result {
    id: String,
    title: String,
    url: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Fetch {
    /// `id` of a result.
    id: String,
}

#[derive(Serialize, JsonSchema)]
struct Document {
    id: String,
    title: String,
    /// Everything about the task.
    text: String,
    url: String,
}

pub(super) static TOOLS: LazyLock<[Tool; 2]> = LazyLock::new(|| {
    let fetch = "Everything about one task that was found by search.";
    let search = "Search the person's tasks, done ones too. For questions only; to change tasks \
        use the other tools.";
    [
        described::<Fetch, Document>("fetch", "Fetch a task", fetch, Effect::Reads),
        described::<Search, Results>("search", "Search tasks", search, Effect::Reads),
    ]
});

pub(super) async fn answer(
    server: &ToolServer,
    origin: &str,
    params: &CallToolRequestParams,
) -> CallToolResponse {
    let arguments = Value::Object(params.arguments.clone().unwrap_or_default());
    let answer = match params.name.as_ref() {
        "search" => match serde_json::from_value(arguments) {
            Ok(search) => search_tasks(server, origin, search).await,
            Err(error) => misfit(&error),
        },
        _ => match serde_json::from_value(arguments) {
            Ok(fetch) => fetch_task(server, origin, &fetch).await,
            Err(error) => misfit(&error),
        },
    };
    answer.into()
}

fn misfit(error: &serde_json::Error) -> CallToolResult {
    broken(format!("The arguments do not fit: {error}."))
}

async fn search_tasks(server: &ToolServer, origin: &str, search: Search) -> CallToolResult {
    let find = FindTasks {
        text: search.query,
        status: Status::All,
    };
    match find.apply(&server.call(None)).await {
        Ok(found) => told(&Results {
            results: found
                .tasks
                .iter()
                .map(|task| result(task, origin))
                .collect(),
        }),
        Err(error) => failed(&error),
    }
}

async fn fetch_task(server: &ToolServer, origin: &str, fetch: &Fetch) -> CallToolResult {
    let Ok(number) = fetch.id.parse() else {
        return broken("There is no such task.");
    };
    let tx = server.db.begin(server.call(None).scope());
    match store::tasks::find(tx, TaskId(number)).await {
        Ok(Some(task)) => {
            let Result { id, title, url } = result(&task, origin);
            // Text for a model, in the words that every other tool has for it.
            let text = json!(View::from(&task)).to_string();
            told(&Document {
                id,
                title,
                text,
                url,
            })
        }
        Ok(None) => broken("There is no such task."),
        Err(error) => failed(&error.into()),
    }
}

fn result(task: &Task, origin: &str) -> Result {
    Result {
        id: task.id.to_string(),
        title: task.title.clone(),
        url: format!("{origin}/?task={}", task.id),
    }
}

fn told(answer: &impl Serialize) -> CallToolResult {
    let answer = json!(answer);
    let mut result = CallToolResult::success(vec![ContentBlock::text(answer.to_string())]);
    result.structured_content = Some(answer);
    result
}
