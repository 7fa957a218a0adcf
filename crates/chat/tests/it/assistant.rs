//! Who answers, and what is said where a model fails or goes on for ever.

use serde_json::{Value, json};
use testing::{Part, RawServer, events as stream_of, reply};

use crate::desk::{Desk, add, answers, create, events, thread_of, whole};

fn fault(said: &[Value]) -> String {
    let error = said.iter().find(|event| event["type"] == "error");
    error.unwrap()["message"].as_str().unwrap().to_owned()
}

/// A model at a server that does what it likes.
async fn with_server(desk: &mut Desk, server: &RawServer) {
    desk.chat.model = std::sync::Arc::new(agent::Model::at(agent::Endpoint {
        model: "scripted".to_owned(),
        base_url: server.base_url.clone(),
        api_key: "none".to_owned(),
    }));
}

/// FR-148.
#[tokio::test]
async fn where_the_model_fails_the_built_in_assistant_is_offered_and_goes_on() {
    let mut desk = Desk::new(Vec::new()).await;
    let server = RawServer::start(vec![reply(401, &[], "no")]).await;
    with_server(&mut desk, &server).await;

    let said = desk.say("Add milk").await;
    let thread = thread_of(&said);
    let next = add(&thread, "Built-in: add milk");
    let next = events(&whole(desk.stream(next).await).await);

    assert!(fault(&said).contains("begin your message with “built-in:”"));
    assert_eq!(desk.count("select count(*) from tasks").await, 1);
    assert!(
        next.iter()
            .any(|event| { event["item"]["content"][0]["text"] == "Added “Milk”." })
    );
}

#[tokio::test]
async fn a_client_may_choose_the_built_in_assistant() {
    let desk = Desk::new(Vec::new()).await;
    let mut request = create("Add milk");
    request["params"]["input"]["inference_options"] = json!({"model": "offline-rules-1"});

    let said = events(&whole(desk.stream(request).await).await);

    assert!(answers(&said).contains(&"Added “Milk”.".to_owned()));
}

#[tokio::test]
async fn a_model_without_end_is_made_to_answer() {
    let look = vec![Part::Call("get_overview", json!({})), Part::End];
    let desk = Desk::new(vec![look; 30]).await;

    let said = desk.say("Loop").await;

    let told = answers(&said).pop().unwrap();
    assert!(
        told.starts_with(agent::SPENT) && told.contains("built-in:"),
        "{told}"
    );
    for _ in 0..9 {
        let asked = desk.model.request().await;
        assert!(asked.get("tool_choice").is_none());
    }
    let last = desk.model.request().await;
    assert_eq!(last["tool_choice"], "none");
    let messages = last["messages"].as_array().unwrap();
    assert_eq!(messages.last().unwrap()["content"], agent::LAST_WORDS);
}

#[tokio::test]
async fn a_conversation_that_is_too_long_is_tried_once_more_with_its_newer_half() {
    let mut desk = Desk::new(vec![vec![Part::Text("Hm."), Part::End]; 2]).await;
    let thread = thread_of(&desk.say("One").await);
    whole(desk.stream(add(&thread, "Two")).await).await;
    let too_long = reply(
        400,
        &[],
        "{\"error\":{\"code\":\"context_length_exceeded\"}}",
    );
    let chunk = json!({"choices": [{"delta": {"content": "Well."}, "finish_reason": "stop"}]});
    let answer = stream_of(&format!("data: {chunk}\n\n"));
    let server = RawServer::start(vec![too_long, answer]).await;
    with_server(&mut desk, &server).await;

    let said = events(&whole(desk.stream(add(&thread, "Three")).await).await);

    assert_eq!(answers(&said), ["Well."]);
    assert_eq!(server.asked(), 2);
}
