//! Speaking in the place of typing.

use serde_json::json;

use crate::page::Page;
use crate::turns::{turns_of, with_model};
use crate::world::{World, browse, browse_with};

/// What stands in the message box.
const DRAFT: &str = "document.querySelector('#message').value";

/// Every address that the page has asked for anything is this site's own.
async fn asked_nobody_else(page: &Page, world: &World) {
    let asked = page
        .eval("[...new Set(performance.getEntriesByType('resource').map(call => new URL(call.name).origin))]")
        .await;
    assert_eq!(asked, json!([world.site.url]));
}

/// FR-221.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_spoken_is_written_behind_what_was_typed() {
    let model = turns_of(vec![]).await;
    let ears = testing::answering(r#"{"text": " milk and bread "}"#).await;
    let configure = |options| {
        let mut options = with_model(&model)(options);
        for (name, value) in [
            ("OPENAI_BASE_URL", ears.as_str()),
            ("OPENAI_TRANSCRIPTION_MODEL", "ears"),
        ] {
            options.env.retain(|(known, _)| known != name);
            options.env.push((name.to_owned(), value.to_owned()));
        }
        options
    };
    browse_with("speech", configure, async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        page.type_in("#message", "Add").await;

        page.click(".microphone").await;
        page.see_text("#message-note", "Listening").await;
        page.see(".microphone[aria-pressed=true]").await;
        page.click(".microphone").await;

        page.until(&format!("{DRAFT} === 'Add milk and bread'"))
            .await;
        page.see(".microphone[aria-pressed=false]:enabled").await;
        asked_nobody_else(&page, world).await;
    })
    .await;
}

/// FR-221: without a model that listens there is no button, though the browser has a recognition
/// of its own.
#[tokio::test(flavor = "multi_thread")]
async fn where_nobody_listens_there_is_no_button_to_speak() {
    browse("no-speech", async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        page.until(
            "performance.getEntriesByType('resource') \
                .some(call => call.name.endsWith('/api/account/model') && call.responseEnd)",
        )
        .await;

        page.ask("Add a task to buy groceries").await;

        assert_eq!(page.count(".microphone").await, 0);
        assert_eq!(page.eval("'webkitSpeechRecognition' in window").await, true);
        asked_nobody_else(&page, world).await;
    })
    .await;
}
