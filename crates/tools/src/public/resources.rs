//! Tasks as resources, links to them, and the page that shows the list within a client
//! (MCP Apps, SEP-1865).

use protocol::TaskId;
use rmcp::ErrorData;
use rmcp::model::{
    CacheScope, CallToolResponse, ContentBlock, ListResourceTemplatesResult, ListResourcesResult,
    MetaObject, ReadResourceResult, Resource, ResourceContents, ResourceTemplate, Tool,
};
use serde_json::{Value, json};

use crate::server::FRESH;
use crate::{ListTasks, ToolServer, View};

/// The open tasks.
const LIST: &str = "latchwork://tasks";
/// One of them, by its number.
const ONE: &str = "latchwork://tasks/";
const APP: &str = "ui://latchwork/tasks.html";

pub(super) const APP_KIND: &str = "text/html;profile=mcp-app";
pub(super) const APPS: &str = "io.modelcontextprotocol/ui";

/// Of more tasks than these, links would only be noise.
const MOST_LINKS: usize = 10;

pub(super) fn list() -> ListResourcesResult {
    let tasks = Resource::new(LIST, "tasks")
        .with_title("Open tasks")
        .with_description("The person's open tasks in their order, up to a hundred.")
        .with_mime_type("application/json");
    let app = Resource::new(APP, "task-list")
        .with_title("Task list")
        .with_description("A page that shows what list_tasks and find_tasks answer.")
        .with_mime_type(APP_KIND);
    ListResourcesResult::with_all_items(vec![tasks, app])
        .with_ttl_ms(FRESH)
        .with_cache_scope(CacheScope::Public)
}

pub(super) fn templates() -> ListResourceTemplatesResult {
    let task = ResourceTemplate::new(format!("{ONE}{{id}}"), "task")
        .with_title("One task")
        .with_description("A task by its number.")
        .with_mime_type("application/json");
    ListResourceTemplatesResult::with_all_items(vec![task])
        .with_ttl_ms(FRESH)
        .with_cache_scope(CacheScope::Public)
}

pub(super) async fn read(server: &ToolServer, uri: &str) -> Result<ReadResourceResult, ErrorData> {
    if uri == APP {
        let page = ResourceContents::text(include_str!("tasks.html"), uri);
        let page = page.with_mime_type(APP_KIND).with_meta(of_app());
        let read = ReadResourceResult::new(vec![page]);
        return Ok(read.with_ttl_ms(FRESH).with_cache_scope(CacheScope::Public));
    }
    let found = match uri.strip_prefix(ONE).map(str::parse) {
        Some(Ok(number)) => one(server, TaskId(number)).await?,
        None if uri == LIST => Some(all(server).await?),
        Some(Err(_)) | None => None,
    };
    let found = found.ok_or_else(|| {
        ErrorData::resource_not_found("There is no such resource.", Some(json!({"uri": uri})))
    })?;
    let content = ResourceContents::text(found.to_string(), uri);
    let content = content.with_mime_type("application/json");
    let read = ReadResourceResult::new(vec![content]);
    Ok(read.with_ttl_ms(0).with_cache_scope(CacheScope::Private))
}

async fn all(server: &ToolServer) -> Result<Value, ErrorData> {
    let listing = ListTasks::default().apply(&server.call(None)).await;
    let listing = listing.map_err(|_| away())?;
    let tasks: Vec<View> = listing.tasks.iter().map(View::from).collect();
    Ok(json!({"tasks": tasks}))
}

async fn one(server: &ToolServer, id: TaskId) -> Result<Option<Value>, ErrorData> {
    let tx = server.db.begin(server.call(None).scope());
    let found = store::tasks::find(tx, id).await.map_err(|_| away())?;
    Ok(found.map(|task| json!(View::from(&task))))
}

fn away() -> ErrorData {
    ErrorData::internal_error("The tasks cannot be reached at the moment.", None)
}

/// The page loads nothing from anywhere.
fn of_app() -> MetaObject {
    let csp = json!({"connectDomains": [], "resourceDomains": []});
    meta(json!({"csp": csp, "prefersBorder": true}))
}

fn meta(ui: Value) -> MetaObject {
    let mut meta = MetaObject::default();
    meta.0.insert("ui".to_owned(), ui);
    meta
}

/// The tools whose answers the page can show name it.
pub(super) fn with_app(mut tool: Tool) -> Tool {
    if ["find_tasks", "list_tasks"].contains(&tool.name.as_ref()) {
        tool.meta = Some(meta(json!({"resourceUri": APP})));
    }
    tool
}

/// Adds where each task of an answer can be read again.
pub(super) fn linked(answer: CallToolResponse) -> CallToolResponse {
    let CallToolResponse::Complete(mut result) = answer else {
        return answer;
    };
    let tasks = result.structured_content.as_ref();
    let tasks = tasks.and_then(|content| content["tasks"].as_array());
    let links: Vec<ContentBlock> = tasks
        .filter(|tasks| tasks.len() <= MOST_LINKS)
        .into_iter()
        .flatten()
        .filter_map(|task| {
            let resource = Resource::new(format!("{ONE}{}", task["id"].as_i64()?), "task");
            let resource = resource.with_title(task["title"].as_str()?);
            Some(ContentBlock::resource_link(
                resource.with_mime_type("application/json"),
            ))
        })
        .collect();
    result.content.extend(links);
    CallToolResponse::Complete(result)
}
