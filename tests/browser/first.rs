//! From signing up to the first tasks, and what is still there afterwards.

use fantoccini::key::Key;
use serde_json::json;

use crate::world::browse;

/// FR-001, FR-003: the list changes beside the answer, without a reload and without a timer.
#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_signs_up_and_adds_a_task_by_chat() {
    browse("first", async |world| {
        let page = world.page().await;
        page.open("/").await;
        page.let_move().await;
        page.click(".switch .link").await;
        page.fill_sign_up("Ann").await;
        page.see("#message").await;
        page.eval("window.stays = true").await;

        page.ask("Add a task to buy groceries").await;

        page.see_task("Buy groceries").await;
        assert_eq!(page.count(".task").await, 1);
        assert_eq!(page.eval("window.stays").await, json!(true), "it reloaded");
    })
    .await;
}

/// Nothing was kept in a process: all of them are killed, and everything is there.
#[tokio::test(flavor = "multi_thread")]
async fn conversation_and_tasks_outlive_every_process() {
    browse("killed", async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        page.ask("Add a task to buy groceries").await;
        assert!(testing::is_cold() || !world.site.gateway.pids().is_empty());

        world.site.gateway.kill_all();
        page.reload().await;

        page.see_text(".bubble", "Add a task to buy groceries")
            .await;
        page.see_text(".answer", "uy groceries").await;
        page.see_task("Buy groceries").await;
        page.ask("Mark task 1 as complete").await;
        page.see(".task.is-done").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn conversations_are_renamed_searched_and_deleted() {
    browse("threads", async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        for word in ["One", "Two", "Three", "Four", "Five", "Six"] {
            page.click(".rail > .button").await;
            page.see(".start").await;
            page.ask(&format!("Add {word}")).await;
        }
        page.see(".rail-search").await;

        page.see(".rail-row [aria-current]").await;
        page.eval("document.querySelector('.rail-tools button').focus()")
            .await;
        page.press(&Key::Enter.to_string()).await;
        page.see(".rail-rename").await;
        page.press("Shopping\n").await;
        page.see_text(".rail-row a", "Shopping").await;
        page.see_text("#chat-title", "Shopping").await;
        page.type_in(".rail-search", "shop").await;
        page.until("document.querySelectorAll('.rail-row').length === 1")
            .await;
        page.eval("document.querySelector('.rail-tools button:last-child').focus()")
            .await;
        page.press(&Key::Enter.to_string()).await;
        page.click(".rail-sure .button-danger").await;

        page.see(".start").await;
        page.reload().await;
        page.until("document.querySelectorAll('.rail-row').length === 5")
            .await;
    })
    .await;
}
