//! Answers that are followed through reloads and deaths.

use std::sync::{Arc, Mutex};

use gateway::Options;
use testing::{ModelServer, Part};
use tokio::sync::Notify;

use crate::page::IS_IDLE;
use crate::world::browse_with;

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
    let model = turns_of(vec![
        vec![
            Part::Text("The first half, "),
            Part::Wait(Arc::new(Notify::new())),
        ],
        vec![Part::Text("The whole of it."), Part::End],
    ])
    .await;
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

/// FR-016: the token is over while the answer is written; the answer goes on, and the next
/// question goes out with a new one.
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
    browse_with("expiring", with_model(&model), async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        page.type_in("#message", "Tell me something\n").await;
        page.see_text(".answer", "The first half,").await;
        let renewals = "performance.getEntriesByType('resource') \
            .filter(call => call.name.endsWith('/api/auth/token')).length";
        let before = page.eval(renewals).await.as_u64().unwrap();

        page.eval("Date.now = (now => () => now() + 3600000)(Date.now)")
            .await;
        rest.notify_one();

        page.see_text(".answer", "and the second.").await;
        page.until(IS_IDLE).await;
        page.type_in("#message", "And now?\n").await;
        page.see_text(".answer", "Another one.").await;
        page.until(&format!("{renewals} > {before}")).await;
        assert_eq!(page.count(".bubble").await, 2);
    })
    .await;
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
