//! The tools as programs of others see them.

use protocol::task::Actor;
use rmcp::ServiceExt;
use rmcp::model::{
    CallToolRequestParams, CallToolResult, GetPromptRequestParams, ReadResourceRequestParams,
};
use rmcp::service::{RoleClient, RunningService};
use serde_json::{Value, json};
use testing::{Database, Person};
use tools::PublicServer;

use crate::mcp::{object, server};

type Client = RunningService<RoleClient, ()>;

async fn client(database: &Database, singular: bool) -> Client {
    let caller = Person::sign_up(&database.db, "ann").await.caller();
    connected(database, caller, singular).await
}

async fn connected(database: &Database, caller: auth::Caller, singular: bool) -> Client {
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

fn text_of(read: &rmcp::model::ReadResourceResult) -> (String, String) {
    let content = json!(read.contents[0]);
    let part = |name: &str| content[name].as_str().unwrap().to_owned();
    (part("mimeType"), part("text"))
}

/// FR-134.
#[tokio::test]
async fn tasks_are_resources_and_answers_link_to_them() {
    let database = Database::new().await;
    let client = client(&database, true).await;
    let added = json!({"tasks": [{"title": "Milk"}, {"title": "Bread"}]});
    let added = call(&client, "add_tasks", added).await;
    let read = async |uri: &str| {
        let params = ReadResourceRequestParams::new(uri);
        client.read_resource(params).await
    };

    let links: Vec<String> = added
        .content
        .iter()
        .filter_map(|block| block.as_resource_link())
        .map(|link| link.uri.clone())
        .collect();
    assert_eq!(links, ["latchwork://tasks/1", "latchwork://tasks/2"]);
    let (kind, milk) = text_of(&read(&links[0]).await.unwrap());
    assert_eq!(kind, "application/json");
    assert_eq!(
        milk,
        json!({"id": 1, "title": "Milk", "completed": false}).to_string()
    );
    let (_, list) = text_of(&read("latchwork://tasks").await.unwrap());
    assert!(list.contains("Milk") && list.contains("Bread"), "{list}");
    let templates = client.list_all_resource_templates().await.unwrap();
    assert_eq!(templates[0].uri_template, "latchwork://tasks/{id}");
    for missing in [
        "latchwork://tasks/9",
        "latchwork://tasks/x",
        "file:///etc/passwd",
    ] {
        assert!(read(missing).await.is_err(), "{missing}");
    }
}

/// FR-134: and nobody else's.
#[tokio::test]
async fn anothers_task_is_no_resource() {
    let database = Database::new().await;
    let ann = client(&database, true).await;
    call(&ann, "add_tasks", json!({"tasks": [{"title": "Secret"}]})).await;
    let caller = Person::sign_up(&database.db, "bob").await.caller();
    let bob = connected(&database, caller, true).await;

    let one = ReadResourceRequestParams::new("latchwork://tasks/1");
    assert!(bob.read_resource(one).await.is_err());
    let list = ReadResourceRequestParams::new("latchwork://tasks");
    let (_, list) = text_of(&bob.read_resource(list).await.unwrap());
    assert_eq!(list, json!({"tasks": []}).to_string());
}

/// FR-135: the page loads nothing, and what stands in tasks is never markup in it.
#[tokio::test]
async fn a_client_with_apps_finds_the_page_for_the_list() {
    let database = Database::new().await;
    let client = client(&database, true).await;

    let info = json!(client.peer_info().unwrap());
    let tools = client.list_all_tools().await.unwrap();
    let list = tools.iter().find(|tool| tool.name == "list_tasks").unwrap();
    let uri = json!(list.meta)["ui"]["resourceUri"]
        .as_str()
        .unwrap()
        .to_owned();
    let resources = client.list_all_resources().await.unwrap();
    let page = ReadResourceRequestParams::new(uri.clone());
    let page = client.read_resource(page).await.unwrap();

    let apps = &info["capabilities"]["extensions"]["io.modelcontextprotocol/ui"];
    assert_eq!(apps["mimeTypes"], json!(["text/html;profile=mcp-app"]));
    assert!(resources.iter().any(|resource| resource.uri == uri));
    let (kind, html) = text_of(&page);
    assert_eq!(kind, "text/html;profile=mcp-app");
    let csp = &json!(page.contents[0])["_meta"]["ui"]["csp"];
    assert_eq!(*csp, json!({"connectDomains": [], "resourceDomains": []}));
    for word in [
        "innerHTML",
        "insertAdjacentHTML",
        "document.write",
        "http://",
        "https://",
        "src=",
    ] {
        assert!(!html.contains(word), "{word}");
    }
}
