//! The same operations through an MCP client, as the agent uses them.

use protocol::task::Actor;
use rmcp::ServiceExt;
use rmcp::model::{CallToolRequestParams, CallToolResult, JsonObject, RequestMetaObject};
use rmcp::service::{RoleClient, RunningService};
use serde_json::{Value, json};
use testing::{Database, NOW, Person};
use tools::{ToolServer, Zone};

async fn client(database: &Database, name: &str) -> RunningService<RoleClient, ()> {
    let caller = Person::sign_up(&database.db, name).await.caller();
    let actor = Actor::Assistant {
        run_id: "run_1".to_owned(),
    };
    ().serve(server(database, caller, actor).connect())
        .await
        .unwrap()
}

pub(crate) fn server(database: &Database, caller: auth::Caller, actor: Actor) -> ToolServer {
    ToolServer {
        db: database.db.clone(),
        caller,
        actor,
        zone: Zone::named("Europe/Berlin"),
        clock: || NOW,
        chance: |bytes| getrandom::fill(bytes).unwrap(),
        secret: "a secret of tests".into(),
    }
}

pub(crate) fn object(value: Value) -> JsonObject {
    match value {
        Value::Object(object) => object,
        other => panic!("{other} is no object"),
    }
}

async fn call(
    client: &RunningService<RoleClient, ()>,
    tool: &'static str,
    arguments: Value,
    key: Option<&str>,
) -> CallToolResult {
    let mut params = CallToolRequestParams::new(tool).with_arguments(object(arguments));
    if let Some(key) = key {
        let mut meta = RequestMetaObject::default();
        meta.0
            .insert("latchwork/idempotency-key".to_owned(), json!(key));
        params.meta = Some(meta);
    }
    client.call_tool(params).await.unwrap()
}

#[tokio::test]
async fn a_task_is_added_and_listed() {
    let database = Database::new().await;
    let client = client(&database, "ann").await;

    let tasks = json!({"tasks": [{"title": "Buy milk", "due": "tomorrow at 5pm"}]});
    let added = call(&client, "add_tasks", tasks, None).await;
    let listed = call(&client, "list_tasks", json!({}), None).await;

    let milk = json!({
        "id": 1, "title": "Buy milk", "due": "2026-11-24T17:00", "completed": false
    });
    assert_eq!(
        added.structured_content,
        Some(json!({ "tasks": [milk.clone()] }))
    );
    assert_eq!(listed.structured_content, Some(json!({ "tasks": [milk] })));
    let changes = &added.meta.unwrap().0["latchwork/changes"];
    assert_eq!(changes[0]["actor"]["run_id"], "run_1");
}

#[tokio::test]
async fn a_repeated_call_has_one_effect() {
    let database = Database::new().await;
    let client = client(&database, "ann").await;
    let tasks = || json!({"tasks": [{"title": "Buy milk"}]});

    let first = call(&client, "add_tasks", tasks(), Some("run_1/call_1")).await;
    let second = call(&client, "add_tasks", tasks(), Some("run_1/call_1")).await;

    assert_eq!(first, second);
    let listed = call(&client, "list_tasks", json!({}), None).await;
    assert_eq!(
        listed.structured_content.unwrap()["tasks"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn mistakes_come_back_as_results_that_help() {
    let database = Database::new().await;
    let client = client(&database, "ann").await;
    for (tool, arguments, help) in [
        ("add_tasks", json!({}), "missing field `tasks`"),
        (
            "add_tasks",
            json!({"tasks": [{"title": "a", "user_id": "bob"}]}),
            "unknown field `user_id`",
        ),
        ("add_tasks", json!({"tasks": []}), "between 1 and 100"),
        ("complete_tasks", json!({"ids": ["3"]}), "invalid type"),
        ("complete_tasks", json!({"ids": [3]}), "There is no task 3"),
        (
            "list_tasks",
            json!({"status": "done"}),
            "unknown variant `done`",
        ),
    ] {
        let result = call(&client, tool, arguments, None).await;

        assert_eq!(result.is_error, Some(true), "{tool}");
        let text = serde_json::to_string(&result.content).unwrap();
        assert!(text.contains(help), "{text}");
    }
}

#[tokio::test]
async fn an_unknown_tool_is_answered_with_the_known_ones() {
    let database = Database::new().await;
    let client = client(&database, "ann").await;

    let refused = client
        .call_tool(CallToolRequestParams::new("drop_tables"))
        .await
        .unwrap_err();

    assert!(refused.to_string().contains("list_tasks"), "{refused}");
}

#[tokio::test]
async fn tools_are_described_for_every_client_and_name_no_person() {
    let database = Database::new().await;
    let client = client(&database, "ann").await;

    let tools = client.list_all_tools().await.unwrap();

    let mut names: Vec<_> = tools.iter().map(|tool| tool.name.clone()).collect();
    names.sort();
    assert!(names.iter().eq(tools.iter().map(|tool| &tool.name)));
    for tool in &tools {
        let hints = tool.annotations.as_ref().unwrap();
        assert!(hints.read_only_hint.is_some() && hints.destructive_hint.is_some());
        assert!(hints.idempotent_hint.is_some() && hints.open_world_hint.is_some());
        assert!(tool.title.is_some() && tool.description.is_some());
        let schemas = json!([tool.input_schema, tool.output_schema]).to_string();
        for word in ["user", "$ref", "\"null\"", "\"format\"", "$schema"] {
            assert!(!schemas.contains(word), "{}: {word}: {schemas}", tool.name);
        }
    }
}
