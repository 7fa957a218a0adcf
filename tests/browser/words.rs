//! No typed word is ever lost: FR-005, SC-004.

use reqwest::Method;
use serde_json::json;

use crate::page::{IS_IDLE, Page};
use crate::world::{World, browse};

/// What stands in the message box.
const DRAFT: &str = "document.querySelector('#message').value";

/// Ends the session of this page on the server, as a sign-out on another device does.
async fn revoke(world: &World, page: &Page) {
    let url = format!("{}/api/auth/sign-out", world.site.url);
    let request = testing::client().request(Method::POST, url);
    let answer = request
        .header("cookie", page.cookies().await)
        .header("origin", &world.site.url)
        .header("content-type", "application/json")
        .body("{}")
        .send()
        .await
        .unwrap();
    assert!(answer.status().is_success());
}

#[tokio::test(flavor = "multi_thread")]
async fn enter_sends_what_was_typed_though_the_page_was_not_drawn_since() {
    browse("faster", async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        page.see("#message").await;

        page.eval(
            "(() => { const area = document.querySelector('#message'); \
                area.value = 'Add a task to'; \
                area.dispatchEvent(new InputEvent('input', {bubbles: true})); \
                area.value += ' feed the cat'; \
                area.dispatchEvent(new InputEvent('input', {bubbles: true})); \
                area.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true})); \
                return true; })()",
        )
        .await;

        page.see_task("Feed the cat").await;
        assert_eq!(page.texts(".bubble").await, ["Add a task to feed the cat"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_outlives_a_reload() {
    browse("draft", async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        page.type_in("#message", "Add a task to wat").await;

        page.reload().await;

        page.see("#message").await;
        assert_eq!(page.eval(DRAFT).await, json!("Add a task to wat"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_ends_while_one_types_costs_no_word() {
    browse("expiry-typing", async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        page.type_in("#message", "Add a task to water the plants")
            .await;
        revoke(world, &page).await;

        // Sent with a session that is over: the page asks to sign in again, and keeps it.
        // Not by the driver, which would look for the box again once it has pressed the key.
        page.eval(
            "document.querySelector('#message').dispatchEvent( \
                new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, cancelable: true}))",
        )
        .await;
        page.see_text(".door .notice", "Your session has ended")
            .await;
        assert_eq!(page.count("#message").await, 0);
        page.fill_sign_in("Ann").await;

        page.see_task("Water the plants").await;
        page.until(IS_IDLE).await;
        let said = page.texts(".bubble").await;
        assert_eq!(said, ["Add a task to water the plants"]);
        assert_eq!(page.count(".task").await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_outlives_the_session_that_it_was_typed_in() {
    browse("expiry-draft", async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        page.ask("Add a task to buy groceries").await;
        page.type_in("#message", "And also").await;
        revoke(world, &page).await;

        // Anything else that needs the session notices its end.
        page.click(".latch").await;
        page.see(".door .notice").await;
        page.fill_sign_in("Ann").await;

        page.see("#message").await;
        assert_eq!(page.eval(DRAFT).await, json!("And also"));
        page.see(".task.is-done").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_and_done_offline_goes_out_once_afterwards() {
    browse("offline", async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        page.ask("Add a task to buy groceries").await;

        page.set_online(false).await;
        page.see(".offline").await;
        page.type_in("#message", "Add a task to fix the bike\n")
            .await;
        page.type_in("#new-task", "Sharpen the knives\n").await;
        page.see_text(".said-status", "when you are online").await;
        page.see_task("Sharpen the knives").await;
        page.set_online(true).await;

        page.see_task("Fix the bike").await;
        page.until("!document.querySelector('.task.is-pending')")
            .await;
        page.until(IS_IDLE).await;
        page.reload().await;
        page.see_task("Fix the bike").await;
        page.see_text(".bubble", "fix the bike").await;
        assert_eq!(page.count(".task").await, 3);
        assert_eq!(page.count(".bubble").await, 2);
        page.missed_parts().await;
    })
    .await;
}
