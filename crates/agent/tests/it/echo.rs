//! What servers are asked with.

use agent::{Api, Message, Native};
use serde_json::{Value, json};
use testing::{ModelServer, Part};

use crate::scenario::{ask, model};

async fn asked(api: Api, messages: &[Message]) -> Value {
    let server = ModelServer::start(vec![vec![Part::Text("Hi"), Part::End]]).await;
    // What comes back is of no interest here.
    let _ = ask(&model(api, &format!("{}/", server.base_url)), messages).await;
    server.request().await
}

fn turn(native: Option<Native>) -> Vec<Message> {
    vec![
        Message::user("Add milk"),
        Message::Assistant {
            text: String::new(),
            calls: vec![agent::Call {
                id: "call_1".to_owned(),
                tool: "add_tasks".to_owned(),
                arguments: json!({"tasks": []}),
            }],
            native,
        },
        Message::Tool {
            call_id: "call_1".to_owned(),
            content: json!({"tasks": []}),
            is_error: false,
        },
    ]
}

#[tokio::test]
async fn nothing_is_stored_and_sealed_thoughts_go_back_to_their_model() {
    let native = |model: &str| {
        Some(Native {
            model: model.to_owned(),
            items: vec![
                json!({"type": "reasoning", "summary": [], "encrypted_content": "sealed"}),
                json!({"type": "function_call", "call_id": "x", "name": "add_tasks", "arguments": "{}"}),
            ],
        })
    };

    let own = asked(Api::Responses, &turn(native("scripted"))).await;
    let others = asked(Api::Responses, &turn(native("another"))).await;

    assert_eq!(own["store"], false);
    assert_eq!(own["include"], json!(["reasoning.encrypted_content"]));
    assert_eq!(own["input"][1]["encrypted_content"], "sealed");
    assert_eq!(own["input"][2]["call_id"], "call_1");
    assert_eq!(own["input"][3]["type"], "function_call_output");
    assert_eq!(own["input"][3]["call_id"], "call_1");
    assert_eq!(others["input"][1]["type"], "function_call");
    assert!(!others.to_string().contains("sealed"));
}

#[tokio::test]
async fn the_older_api_is_asked_in_its_own_words() {
    let asked = asked(Api::ChatCompletions, &turn(None)).await;

    assert_eq!(asked["messages"][0]["role"], "system");
    assert_eq!(asked["messages"][2]["tool_calls"][0]["id"], "call_1");
    assert_eq!(asked["messages"][3]["role"], "tool");
    assert!(asked.get("store").is_none());
}
