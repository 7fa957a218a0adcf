//! Answers that are followed through reloads and deaths.

use std::sync::Arc;

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
    let model = ModelServer::start(script).await;
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
