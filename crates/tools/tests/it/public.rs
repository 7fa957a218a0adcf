//! The tools as programs of others see them.

use protocol::task::Actor;
use rmcp::ServiceExt;
use rmcp::model::{CallToolRequestParams, CallToolResult, GetPromptRequestParams};
use rmcp::service::{RoleClient, RunningService};
use serde_json::{Value, json};
use testing::{Database, Person};
use tools::PublicServer;

use crate::mcp::{object, server};

type Client = RunningService<RoleClient, ()>;

async fn client(database: &Database, singular: bool) -> Client {
    let caller = Person::sign_up(&database.db, "ann").await.caller();
    let actor = Actor::Client {
        name: "Test".to_owned(),
    };
    let server = PublicServer {
        tools: server(database, caller, actor),
        singular,
        origin: "https://app.example".to_owned(),
    };
    let (ours, theirs) = tokio::io::duplex(64 * 1024);
    tokio::spawn(async move {
        let running = server.serve(ours).await.unwrap();
        let _ = running.waiting().await;
    });
    ().serve(theirs).await.unwrap()
}

async fn call(client: &Client, tool: &'static str, arguments: Value) -> CallToolResult {
    let params = CallToolRequestParams::new(tool).with_arguments(object(arguments));
    client.call_tool(params).await.unwrap()
}

async fn names(client: &Client) -> Vec<String> {
    let tools = client.list_all_tools().await.unwrap();
    tools
        .into_iter()
        .map(|tool| tool.name.into_owned())
        .collect()
}

/// FR-131: the contract's names and returns.
#[tokio::test]
async fn the_five_names_of_the_contract_answer_as_it_says() {
    let database = Database::new().await;
    let client = client(&database, true).await;
    let structured = async |tool, arguments| {
        let result = call(&client, tool, arguments).await;
        assert_ne!(result.is_error, Some(true), "{result:?}");
        result.structured_content.unwrap()
    };

    let added = json!({"title": "Milk", "description": "2 l"});
    let added = structured("add_task", added).await;
    let updated = structured("update_task", json!({"task_id": 1, "title": "Bread"})).await;
    let pending = structured("list_tasks", json!({"status": "pending"})).await;
    let done = structured("complete_task", json!({"task_id": 1})).await;
    let asked = structured("delete_task", json!({"task_id": 1})).await;
    let confirmed = json!({"task_id": 1, "confirm": asked["confirm"]});
    let deleted = structured("delete_task", confirmed).await;

    assert_eq!(
        added,
        json!({"task_id": 1, "status": "created", "title": "Milk"})
    );
    assert_eq!(
        updated,
        json!({"task_id": 1, "status": "updated", "title": "Bread"})
    );
    assert_eq!(pending["tasks"][0]["title"], "Bread");
    assert_eq!(
        done,
        json!({"task_id": 1, "status": "completed", "title": "Bread"})
    );
    assert_eq!(asked["status"], "asked");
    assert_eq!(
        deleted,
        json!({"task_id": 1, "status": "deleted", "title": "Bread"})
    );
}

#[tokio::test]
async fn what_is_not_there_is_said_to_be_missing() {
    let database = Database::new().await;
    let client = client(&database, true).await;
    for (tool, arguments) in [
        ("complete_task", json!({"task_id": 9})),
        ("delete_task", json!({"task_id": 9})),
        ("update_task", json!({"task_id": 9, "title": "a"})),
        ("complete_task", json!({})),
        ("complete_task", json!({"task_id": 1, "user_id": "bob"})),
        ("add_task", json!({"title": "a", "task_id": 1})),
        ("add_task", json!({"title": "a", "user_id": "bob"})),
        ("add_task", json!({})),
        ("fetch", json!({"id": "9"})),
        ("fetch", json!({"id": "x"})),
        ("search", json!({})),
    ] {
        let result = call(&client, tool, arguments.clone()).await;

        assert_eq!(result.is_error, Some(true), "{tool} {arguments}");
        assert_eq!(result.structured_content, None, "{tool} {arguments}");
        assert!(!result.content.is_empty());
    }
}

#[tokio::test]
async fn the_singular_names_can_be_switched_off() {
    let database = Database::new().await;
    let client = client(&database, false).await;

    let names = names(&client).await;

    assert!(names.contains(&"add_tasks".to_owned()));
    assert!(!names.contains(&"add_task".to_owned()));
    let params =
        CallToolRequestParams::new("add_task").with_arguments(object(json!({"title": "a"})));
    assert!(client.call_tool(params).await.is_err());
}

/// What `ChatGPT` asks of every source.
#[tokio::test]
async fn tasks_are_searched_and_fetched() {
    let database = Database::new().await;
    let client = client(&database, true).await;
    call(
        &client,
        "add_task",
        json!({"title": "Milk", "description": "2 l"}),
    )
    .await;

    let found = call(&client, "search", json!({"query": "milk"})).await;
    let fetched = call(&client, "fetch", json!({"id": "1"})).await;

    let milk = json!({"id": "1", "title": "Milk", "url": "https://app.example/?task=1"});
    let found_structure = found.structured_content.unwrap();
    assert_eq!(found_structure, json!({ "results": [milk] }));
    let text = found.content[0].as_text().unwrap();
    assert_eq!(
        serde_json::from_str::<Value>(&text.text).unwrap(),
        found_structure
    );
    let document = fetched.structured_content.unwrap();
    assert!(
        document["text"].as_str().unwrap().contains("2 l"),
        "{document}"
    );
}

#[tokio::test]
async fn there_are_prompts_to_begin_with() {
    let database = Database::new().await;
    let client = client(&database, true).await;

    let prompts = client.list_all_prompts().await.unwrap();
    let day = client
        .get_prompt(GetPromptRequestParams::new("plan_my_day"))
        .await;

    let names: Vec<&str> = prompts.iter().map(|prompt| prompt.name.as_str()).collect();
    assert_eq!(names, ["plan_my_day", "weekly_review", "capture"]);
    assert_eq!(day.unwrap().messages.len(), 1);
    let unknown = GetPromptRequestParams::new("unknown");
    assert!(client.get_prompt(unknown).await.is_err());
    let info = client.peer_info().unwrap().server_info.clone();
    assert!(info.unwrap().icons.is_some());
}

/// What every model reads before its first word. A ratchet: it may shrink.
#[tokio::test]
async fn the_list_of_tools_is_short() {
    let database = Database::new().await;
    let client = client(&database, true).await;

    let tools = client.list_all_tools().await.unwrap();

    let mut schemas = 0;
    for tool in &tools {
        assert!(tool.name.len() <= 64);
        let hints = tool.annotations.as_ref().unwrap();
        let set = [
            hints.read_only_hint,
            hints.destructive_hint,
            hints.idempotent_hint,
            hints.open_world_hint,
        ];
        assert!(
            set.iter().all(Option::is_some) && tool.title.is_some(),
            "{}",
            tool.name
        );
        let schema = json!([tool.input_schema, tool.output_schema]).to_string();
        assert!(
            !schema.contains("user_id") && !schema.contains("userId"),
            "{}",
            tool.name
        );
        schemas += schema.len();
    }
    // Four letters are about one token.
    let tokens = json!(tools).to_string().len() / 4;
    assert!(
        tokens <= 7000,
        "{tokens} tokens, of which schemas {}",
        schemas / 4
    );
}
