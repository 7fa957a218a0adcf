//! The failure lab: whoever runs Latchwork on their own machine does to it what elsewhere only
//! happens, and sees that nothing is lost and nothing is there twice (FR-220).

use gateway::Options;

use crate::page::{IS_IDLE, Page};
use crate::turns::{stopping_half_way, with_model};
use crate::world::{browse, browse_with};

fn with_lab(options: Options) -> Options {
    Options {
        lab: true,
        ..options
    }
}

async fn press(page: &Page, name: &str) {
    let shut = page.count(".lab:not([open])").await;
    if shut > 0 {
        page.click(".lab summary").await;
    }
    page.click(&format!("#lab-{name}")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_that_is_not_asked_for_a_lab_has_none() {
    browse("no-lab", async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;

        assert_eq!(page.count(".lab").await, 0);
        let source = page.eval("document.head.innerHTML").await;
        assert!(!source.as_str().unwrap().contains("_lab"), "{source}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_is_ended_by_the_lab_costs_no_word() {
    browse_with("lab-expire", with_lab, async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        page.type_in("#message", "Add a task to water the plants")
            .await;

        press(&page, "expire").await;
        page.see_text(".lab-status", "over on the server").await;
        // Not by the driver, which would look for the box again once it has pressed the key.
        page.eval(
            "document.querySelector('#message').dispatchEvent( \
                new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, cancelable: true}))",
        )
        .await;

        page.see_text(".door .notice", "Your session has ended")
            .await;
        page.fill_sign_in("Ann").await;
        page.see_task("Water the plants").await;
        page.until(IS_IDLE).await;
        assert_eq!(page.count(".bubble").await, 1);
        assert_eq!(page.count(".task").await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_function_that_the_lab_kills_in_mid_answer_is_followed_by_another() {
    let model = stopping_half_way().await;
    let configure = |options| with_lab(with_model(&model)(options));
    browse_with("lab-kill", configure, async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        page.type_in("#message", "Tell me something\n").await;
        page.see_text(".answer", "The first half,").await;

        press(&page, "kill").await;

        page.see_text(".lab-status", "Processes killed:").await;
        page.see_text(".answer", "The whole of it.").await;
        page.until(IS_IDLE).await;
        assert_eq!(page.count(".answer").await, 1);
        assert_eq!(page.count(".bubble").await, 1);
    })
    .await;
}

/// FR-225.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_while_the_lab_has_dropped_the_network_is_there_once() {
    browse_with("lab-drop", with_lab, async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        page.ask("Add a task to buy groceries").await;

        press(&page, "drop").await;
        page.see_text(".lab-status", "No network").await;
        page.type_in("#message", "Add a task to fix the bike\n")
            .await;
        page.type_in("#new-task", "Sharpen the knives\n").await;

        page.see_text(".lab-status", "The network is back").await;
        page.see_task("Fix the bike").await;
        page.until("!document.querySelector('.task.is-pending')")
            .await;
        page.until(IS_IDLE).await;
        page.reload().await;
        page.see_task("Sharpen the knives").await;
        page.see_text(".bubble", "fix the bike").await;
        assert_eq!(page.count(".task").await, 3);
        assert_eq!(page.count(".bubble").await, 2);
        page.missed_parts().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_and_a_task_that_the_lab_sends_twice_are_there_once() {
    browse_with("lab-duplicate", with_lab, async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;

        press(&page, "duplicate").await;
        page.see_text(".lab-status", "Now send").await;
        page.ask("Add a task to buy groceries").await;
        page.see_text(".lab-status", "/api/chatkit was answered 200 + 200")
            .await;
        press(&page, "duplicate").await;
        page.see_text(".lab-status", "Now send").await;
        page.type_in("#new-task", "Sharpen the knives\n").await;
        page.see_text(".lab-status", "/api/tasks was answered")
            .await;

        page.until("!document.querySelector('.task.is-pending')")
            .await;
        page.reload().await;
        page.see_task("Buy groceries").await;
        page.see_task("Sharpen the knives").await;
        assert_eq!(page.count(".task").await, 2);
        page.see_text(".answer", "uy groceries").await;
        assert_eq!(page.count(".answer").await, 1);
        assert_eq!(page.count(".bubble").await, 1);
    })
    .await;
}
