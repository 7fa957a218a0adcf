//! Answers that are followed through reloads and deaths.

use std::sync::{Arc, Mutex};

use gateway::Options;
use reqwest::Method;
use serde_json::{Value, json};
use testing::{ModelServer, Part};
use tokio::sync::Notify;

use crate::account::token_of;
use crate::page::IS_IDLE;
use crate::world::{World, browse_with};

pub(crate) fn with_model(model: &ModelServer) -> impl FnOnce(Options) -> Options {
    let base_url = model.base_url.clone();
    move |mut options| {
        for (name, value) in [
            ("OPENAI_API_KEY", "sk-test"),
            ("OPENAI_MODEL", "test-model"),
            ("OPENAI_BASE_URL", &base_url),
        ] {
            options.env.push((name.to_owned(), value.to_owned()));
        }
        options
    }
}

/// A model that gives these answers to turns, one after the other. Titles are asked for beside
/// them, at any time and without tools.
pub(crate) async fn turns_of(script: Vec<Vec<Part>>) -> ModelServer {
    let script = Mutex::new(script.into_iter());
    ModelServer::with_mind(move |request| match request["tools"].is_array() {
        true => script.lock().unwrap().next().unwrap_or_default(),
        false => vec![Part::Text("A title"), Part::End],
    })
    .await
}

/// A model whose first answer stops half-way for ever, as for a process that dies over it; the one
/// that takes the turn over is given the whole of it.
pub(crate) async fn stopping_half_way() -> ModelServer {
    turns_of(vec![
        vec![
            Part::Text("The first half, "),
            Part::Wait(Arc::new(Notify::new())),
        ],
        vec![Part::Text("The whole of it."), Part::End],
    ])
    .await
}

/// The same answer goes on, and is there once.
#[tokio::test(flavor = "multi_thread")]
async fn a_reload_in_mid_answer_goes_on_with_the_same_answer() {
    let rest = Arc::new(Notify::new());
    let script = vec![vec![
        Part::Text("The first half, "),
        Part::Wait(Arc::clone(&rest)),
        Part::Text("and the second."),
        Part::End,
    ]];
    let model = turns_of(script).await;
    browse_with("mid-answer", with_model(&model), async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        page.type_in("#message", "Tell me something\n").await;
        page.see_text(".answer", "The first half,").await;

        page.reload().await;
        page.see_text(".answer", "The first half,").await;
        page.see(".stop").await;
        rest.notify_one();

        page.see_text(".answer", "and the second.").await;
        page.until(IS_IDLE).await;
        assert_eq!(page.count(".bubble").await, 1);
        assert_eq!(page.count(".answer").await, 1);
    })
    .await;
}

/// The process dies in the middle; another one writes the answer, and the page follows it.
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_whose_process_was_killed_comes_whole_and_once() {
    let model = stopping_half_way().await;
    browse_with("killed-answer", with_model(&model), async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        page.type_in("#message", "Tell me something\n").await;
        page.see_text(".answer", "The first half,").await;

        world.site.gateway.kill_all();

        page.see_text(".answer", "The whole of it.").await;
        page.until(IS_IDLE).await;
        assert_eq!(page.count(".answer").await, 1);
        assert_eq!(page.count(".bubble").await, 1);
    })
    .await;
}

/// The process dies when the task is there and the answer is not: the next one adds no second task,
/// and says what was done.
#[tokio::test(flavor = "multi_thread")]
async fn a_function_killed_between_a_tools_effect_and_its_answer_does_nothing_twice() {
    let tasks = json!({"tasks": [{"title": "Buy groceries"}]});
    let model = turns_of(vec![
        vec![Part::Call("add_tasks", tasks), Part::End],
        vec![Part::Wait(Arc::new(Notify::new()))],
        vec![Part::Text("It is on your list."), Part::End],
    ])
    .await;
    browse_with("killed-effect", with_model(&model), async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        page.type_in("#message", "Add a task to buy groceries\n")
            .await;
        page.see_task("Buy groceries").await;
        // The tool's result has been sent to the model, which says nothing to it.
        let mut asked = 0;
        while asked < 2 {
            asked += usize::from(model.request().await["tools"].is_array());
        }

        world.site.gateway.kill_all();

        page.see_text(".answer", "It is on your list.").await;
        page.until(IS_IDLE).await;
        page.reload().await;
        page.see_task("Buy groceries").await;
        page.see_text(".answer", "It is on your list.").await;
        assert_eq!(page.count(".task").await, 1);
        assert_eq!(page.count(".answer").await, 1);
        page.see(".receipt li").await;
        assert_eq!(page.count(".receipt li").await, 1);
        assert_eq!(page.count(".bubble").await, 1);
    })
    .await;
}

/// What is met at a limit is said with the time to wait, and no word is lost.
#[tokio::test(flavor = "multi_thread")]
async fn a_limit_that_is_met_keeps_the_words() {
    let few = |mut options: Options| {
        let limit = ("RATE_LIMIT_REQUESTS".to_owned(), "6/1h".to_owned());
        options.env.push(limit);
        options
    };
    browse_with("limit", few, async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        page.see(".tasks .empty").await;

        for word in ["One", "Two", "Three", "Four"] {
            let line = format!("Add {word}\n");
            page.type_in("#message", &line).await;
            page.until(
                "document.querySelector('.unsent') || !document.querySelector('.said-status')",
            )
            .await;
        }

        page.see_text(".unsent", "Try again in").await;
        page.see_text(".bubble", "Add Four").await;
    })
    .await;
}

/// FR-016: the token is truly over while the answer is written, which the server says itself; the
/// answer goes on, and the next question goes out with a new one.
#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_expires_in_a_long_answer_ends_nothing() {
    let rest = Arc::new(Notify::new());
    let script = vec![
        vec![
            Part::Text("The first half, "),
            Part::Wait(Arc::clone(&rest)),
            Part::Text("and the second."),
            Part::End,
        ],
        vec![Part::Text("Another one."), Part::End],
    ];
    let model = turns_of(script).await;
    let configure = |options| {
        let mut options = with_model(&model)(options);
        // It is asked as often as it takes whether the token is over.
        for (name, value) in [("TOKEN_LIFE", "2s"), ("RATE_LIMIT_REQUESTS", "off")] {
            options.env.push((name.to_owned(), value.to_owned()));
        }
        options
    };
    browse_with("expiring", configure, async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        page.type_in("#message", "Tell me something\n").await;
        page.see_text(".answer", "The first half,").await;

        // It is younger than the one that the stream was opened with.
        let younger = token_of(world, &page).await;
        while !is_over(world, &younger).await {}
        rest.notify_one();

        page.see_text(".answer", "and the second.").await;
        page.until(IS_IDLE).await;
        page.type_in("#message", "And now?\n").await;
        page.see_text(".answer", "Another one.").await;
        assert_eq!(page.count(".bubble").await, 2);
        assert_eq!(page.count(".answer").await, 2);
    })
    .await;
}

/// Whether the server refuses the token because its time is over.
async fn is_over(world: &World, token: &str) -> bool {
    let url = format!("{}/api/tasks?limit=1", world.site.url);
    let request = testing::client().request(Method::GET, url);
    let answer = request.header("authorization", format!("Bearer {token}"));
    let answer = answer.send().await.unwrap();
    if answer.status().is_success() {
        return false;
    }
    let body: Value = answer.json().await.unwrap();
    assert_eq!(body["code"], "token.expired", "{body}");
    true
}

/// A limit is told before it is met, and a model that refuses is said with the way on.
#[tokio::test(flavor = "multi_thread")]
async fn a_model_that_does_not_answer_costs_no_word() {
    let model = ModelServer::with_mind(|_| vec![Part::Refuse(401)]).await;
    browse_with("no-model", with_model(&model), async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;

        page.type_in("#message", "Tell me something\n").await;

        page.see(".transcript .notice-danger").await;
        page.see_text(".bubble", "Tell me something").await;
        page.reload().await;
        page.see_text(".bubble", "Tell me something").await;
    })
    .await;
}
