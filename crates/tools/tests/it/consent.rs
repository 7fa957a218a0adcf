//! What is not done before a person has agreed.

use protocol::task::Actor;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ClientCapabilities, ClientConfig,
    Implementation, InputRequiredResult, ProtocolVersion,
};
use rmcp::service::{ClientLifecycleMode, ClientServiceExt, RoleClient, RunningService};
use rmcp::{ClientHandler, ServiceExt};
use serde_json::{Value, json};
use tools::Status;

use crate::desk::Desk;
use crate::mcp::{object, server};

/// A client that can be asked.
#[derive(Clone)]
struct Modern;

impl ClientHandler for Modern {
    fn get_info(&self) -> ClientConfig {
        let capabilities = ClientCapabilities::builder().enable_elicitation().build();
        ClientConfig::new(capabilities, Implementation::new("test", "1"))
    }
}

type Client = RunningService<RoleClient, Modern>;

async fn client(desk: &Desk) -> Client {
    let pipe = server(&desk.database, desk.caller.clone(), Actor::User).connect();
    let mode = ClientLifecycleMode::Discover {
        preferred_versions: vec![ProtocolVersion::V_2026_07_28],
    };
    Modern.serve_with_lifecycle(pipe, mode).await.unwrap()
}

async fn ask(client: &Client, tool: &'static str, arguments: Value) -> InputRequiredResult {
    let params = CallToolRequestParams::new(tool).with_arguments(object(arguments));
    match client.call_tool_once(params).await.unwrap() {
        CallToolResponse::InputRequired(asked) => asked,
        other => panic!("it did not ask: {other:?}"),
    }
}

async fn answer(
    client: &Client,
    tool: &'static str,
    arguments: Value,
    state: &str,
    response: Value,
) -> Result<CallToolResult, rmcp::ServiceError> {
    let mut params = CallToolRequestParams::new(tool).with_arguments(object(arguments));
    params.request_state = Some(state.to_owned());
    params.input_responses = Some([("confirm".to_owned(), response)].into());
    match client.call_tool_once(params).await? {
        CallToolResponse::Complete(result) => Ok(result),
        other => panic!("it asked again: {other:?}"),
    }
}

fn accept(tasks: &[&str]) -> Value {
    json!({"action": "accept", "content": {"tasks": tasks}})
}

#[tokio::test]
async fn a_deletion_waits_for_a_yes() {
    let desk = Desk::of("ann").await;
    desk.add(&["Milk", "Bread", "Eggs"]).await;
    let client = client(&desk).await;
    let both = || json!({"ids": [1, 2]});

    let asked = ask(&client, "delete_tasks", both()).await;
    assert_eq!(desk.list(Status::Open).await.len(), 3);
    let question = serde_json::to_value(&asked.input_requests.unwrap()["confirm"]).unwrap();
    assert_eq!(question["params"]["message"], "Delete 2 tasks?");
    let state = asked.request_state.unwrap();

    let unticked = accept(&["2"]);
    let done = answer(&client, "delete_tasks", both(), &state, unticked.clone())
        .await
        .unwrap();
    assert_eq!(desk.titles(Status::Open).await, ["Milk", "Eggs"]);
    // The same consent once more changes nothing more.
    let again = answer(&client, "delete_tasks", both(), &state, unticked)
        .await
        .unwrap();
    assert_eq!(again, done);
    let other = answer(&client, "delete_tasks", both(), &state, accept(&["1"]))
        .await
        .unwrap();
    assert_eq!(other.is_error, Some(true));
    assert_eq!(desk.titles(Status::Open).await, ["Milk", "Eggs"]);
}

#[tokio::test]
async fn a_no_changes_nothing() {
    let desk = Desk::of("ann").await;
    desk.add(&["Milk"]).await;
    let client = client(&desk).await;
    for response in [
        json!({"action": "decline"}),
        json!({"action": "cancel"}),
        json!("yes"),
        accept(&[]),
    ] {
        let state = ask(&client, "delete_tasks", json!({"ids": [1]})).await;
        let state = state.request_state.unwrap();

        let result = answer(
            &client,
            "delete_tasks",
            json!({"ids": [1]}),
            &state,
            response,
        )
        .await
        .unwrap();

        assert_eq!(result.structured_content.unwrap()["declined"], true);
        assert_eq!(desk.titles(Status::Open).await, ["Milk"]);
    }
}

#[tokio::test]
async fn consent_to_one_call_is_none_to_another() {
    let desk = Desk::of("ann").await;
    desk.add(&["Milk", "Bread"]).await;
    let client = client(&desk).await;
    let asked = ask(&client, "delete_tasks", json!({"ids": [1]})).await;
    let state = asked.request_state.unwrap();

    let bob = testing::Person::sign_up(&desk.database.db, "bob").await;
    let of_bob = Desk {
        caller: bob.caller(),
        database: desk.database,
        ..Desk::of("carol").await
    };
    of_bob.add(&["Bob's"]).await;
    let as_bob = self::client(&of_bob).await;
    for (client, tool, arguments, state) in [
        (&client, "delete_tasks", json!({"ids": [2]}), state.clone()),
        (
            &client,
            "delete_tasks",
            json!({"ids": [1, 2]}),
            state.clone(),
        ),
        (
            &client,
            "delete_tasks",
            json!({"ids": [1]}),
            format!("00{state}"),
        ),
        (
            &client,
            "delete_tasks",
            json!({"ids": [1]}),
            "00".repeat(80),
        ),
        (&as_bob, "delete_tasks", json!({"ids": [1]}), state.clone()),
    ] {
        let refused = answer(client, tool, arguments, &state, accept(&["1"])).await;
        assert!(refused.is_err(), "{refused:?}");
    }
    assert_eq!(of_bob.titles(Status::Open).await, ["Bob's"]);
}

#[tokio::test]
async fn few_tasks_are_changed_without_a_question_and_many_are_not() {
    let desk = Desk::of("ann").await;
    desk.add(&["A", "B", "C", "D", "E"]).await;
    let client = client(&desk).await;

    let few = CallToolRequestParams::new("complete_tasks")
        .with_arguments(object(json!({"ids": [1, 2, 3, 4]})));
    let done = client.call_tool_once(few).await.unwrap();
    assert!(matches!(done, CallToolResponse::Complete(_)));

    let asked = ask(&client, "reopen_tasks", json!({"ids": [1, 2, 3, 4, 5]})).await;
    let question = serde_json::to_value(&asked.input_requests.unwrap()["confirm"]).unwrap();
    assert_eq!(question["params"]["message"], "Reopen 5 tasks?");
    let options = &question["params"]["requestedSchema"]["properties"]["tasks"]["items"]["anyOf"];
    assert_eq!(options[4], json!({"const": "5", "title": "E"}));
}

#[tokio::test]
async fn a_client_that_cannot_be_asked_gets_a_preview_and_a_token() {
    let desk = Desk::of("ann").await;
    desk.add(&["Milk"]).await;
    let pipe = server(&desk.database, desk.caller.clone(), Actor::User).connect();
    let client = ().serve(pipe).await.unwrap();
    let call = async |arguments: Value| {
        let params = CallToolRequestParams::new("delete_tasks").with_arguments(object(arguments));
        client
            .call_tool(params)
            .await
            .unwrap()
            .structured_content
            .unwrap()
    };

    let preview = call(json!({"ids": [1]})).await;
    assert_eq!(preview["tasks"][0]["title"], "Milk");
    assert_eq!(desk.titles(Status::Open).await, ["Milk"]);

    let confirm = &preview["confirm"];
    call(json!({"ids": [1], "confirm": confirm})).await;
    assert!(desk.titles(Status::Open).await.is_empty());
}

#[tokio::test]
async fn nothing_is_asked_about_tasks_that_are_not_there() {
    let desk = Desk::of("ann").await;
    let client = client(&desk).await;
    let params =
        CallToolRequestParams::new("delete_tasks").with_arguments(object(json!({"ids": [7]})));

    let CallToolResponse::Complete(result) = client.call_tool_once(params).await.unwrap() else {
        panic!("it asked");
    };

    assert_eq!(result.is_error, Some(true));
}
