//! The pages of one's own account.

use std::sync::Arc;

use fantoccini::key::Key;
use gateway::Options;
use reqwest::Method;
use serde_json::{Value, json};
use testing::Part;
use tokio::sync::mpsc;

use crate::look::PHONE;
use crate::page::{PASSWORD, Page, email_of};
use crate::turns::turns_of;
use crate::world::{World, browse, browse_with};

async fn open_section(page: &Page, number: u8) {
    page.click(".account-link").await;
    page.click(&format!(".account-nav li:nth-child({number}) a"))
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn name_and_password_are_changed_and_the_new_one_is_asked_for() {
    browse("profile", async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        page.click(".account-link").await;

        let name = page.see(".account-body [name=name]").await;
        name.clear().await.unwrap();
        name.send_keys("Ann Example\n").await.unwrap();
        page.see_text(".account-name", "Ann Example").await;
        page.type_in("[name=current]", "not this one at all").await;
        page.type_in("[name=new]", "a better battery\n").await;
        page.see_text(".notice-danger", "wrong").await;
        page.see("[name=current]").await.clear().await.unwrap();
        page.type_in("[name=current]", &format!("{PASSWORD}\n"))
            .await;
        page.see_text(".account-body", "Your password is changed")
            .await;

        page.click(".account .icon-button").await;
        page.type_in(".door [name=email]", &email_of("Ann")).await;
        page.type_in(".door [name=password]", "a better battery\n")
            .await;
        page.see_text(".account-name", "Ann Example").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn other_devices_are_listed_and_signed_out() {
    browse("devices-account", async |world| {
        let here = world.page().await;
        here.sign_up("Ann").await;
        let there = world.page().await;
        there.open("/").await;
        there.fill_sign_in("Ann").await;
        there.see("#message").await;

        open_section(&here, 2).await;
        here.until("document.querySelectorAll('.account-list li').length === 2")
            .await;
        assert_eq!(here.count(".badge-quiet").await, 1);
        here.click(".account-body p > .button").await;
        here.until("document.querySelectorAll('.account-list li').length === 1")
            .await;

        there.type_in("#new-task", "Bread\n").await;
        there
            .see_text(".door .notice", "Your session has ended")
            .await;
    })
    .await;
}

/// Asks the tools for something, as a program does.
async fn call_tool(world: &World, token: &str, name: &str, arguments: Value) -> reqwest::Response {
    let request = testing::client().request(Method::POST, format!("{}/api/mcp", world.site.url));
    request
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", "application/json")
        .header("accept", "application/json, text/event-stream")
        .header("mcp-protocol-version", "2025-11-25")
        .body(
            json!({
                "jsonrpc": "2.0", "id": 1, "method": "tools/call",
                "params": {"name": name, "arguments": arguments},
            })
            .to_string(),
        )
        .send()
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_programs_task_comes_with_its_origin_and_a_revoked_token_is_refused() {
    browse("programs", async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        open_section(&page, 3).await;
        page.type_in("#token-name", "Shopping robot\n").await;
        let token = page
            .until("document.querySelector('.secret code').textContent")
            .await;
        let token = token.as_str().unwrap();
        page.see_text(".account-list", "Shopping robot").await;

        let answer = call_tool(world, token, "add_task", json!({"title": "Oat milk"})).await;
        assert!(answer.status().is_success());
        page.click(".account-head .icon-button").await;
        page.until(
            "document.dispatchEvent(new Event('visibilitychange')), \
                document.querySelector('.task')",
        )
        .await;
        page.see_task("Oat milk").await;
        page.click(".past-key").await;
        page.see_text(".activity li:first-child", "Shopping robot")
            .await;

        open_section(&page, 3).await;
        page.see_text(".account-list", "Shopping robot").await;
        assert_eq!(page.count(".secret").await, 0, "shown once");
        page.click(".account-list .button").await;
        page.until("!document.querySelector('.account-list')").await;
        let refused = call_tool(world, token, "list_tasks", json!({})).await;
        assert_eq!(refused.status(), 401);
    })
    .await;
}

/// FR-222, with a server that is beside ours, as only one's own machine may have it.
#[tokio::test(flavor = "multi_thread")]
async fn a_model_of_ones_own_is_brought_answers_and_is_removed() {
    let own = turns_of(vec![vec![Part::Text("I am your own."), Part::End]]).await;
    browse("own-model", async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        open_section(&page, 4).await;
        page.see_text(".account-body", "built-in assistant").await;

        page.type_in("#model-name", "mine-1").await;
        page.type_in("#model-server", &own.base_url).await;
        page.type_in("#model-key", "sk-no key").await;
        page.press(&Key::Enter.to_string()).await;
        page.see(".account-body .notice-danger").await;
        page.see("#model-key").await.clear().await.unwrap();
        page.type_in("#model-key", "sk-0123456789-x9Qz\n").await;

        page.see_text(".account-list", "key ending in x9Qz").await;
        page.see_text(".account-body", "mine-1 answers you.").await;
        let kept = page.eval("document.body.innerHTML").await;
        assert!(!kept.as_str().unwrap().contains("0123456789"), "{kept}");
        page.click(".account-head .icon-button").await;
        page.ask("Who are you?").await;
        page.see_text(".answer", "I am your own.").await;

        open_section(&page, 4).await;
        page.click(".account-list .button").await;
        page.until("!document.querySelector('.account-list')").await;
        page.see_text(".account-body", "built-in assistant").await;
    })
    .await;
}

/// On a phone the names of the pages are wider than the screen.
#[tokio::test(flavor = "multi_thread")]
async fn the_chosen_page_of_the_account_is_in_sight_on_a_phone() {
    browse("account-phone", async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        let in_sight = "(place => place.left > -1 && place.right < innerWidth + 1)( \
            document.querySelector('.account-nav [aria-current]').getBoundingClientRect())";
        page.open("/account/data").await;
        page.see(".danger-zone").await;

        page.show_on(PHONE, "light").await;
        page.until(in_sight).await;
        page.click(".account-nav li:nth-child(6) a").await;
        page.see(".themes").await;
        page.until(in_sight).await;
        page.open("/account/appearance").await;
        page.see(".themes").await;
        page.until(in_sight).await;
    })
    .await;
}

/// Everything can be taken along, and deleted; what was given out is worth nothing then.
#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_taken_along_and_deleted_whole() {
    browse("deleted", async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        page.ask("Add a task to buy groceries").await;
        let address = page.eval("location.pathname").await;
        open_section(&page, 3).await;
        page.type_in("#token-name", "Robot\n").await;
        let token = page
            .until("document.querySelector('.secret code').textContent")
            .await;
        let jwt = token_of(world, &page).await;
        page.click(".account-nav li:nth-child(7) a").await;
        let watch = "window.saved = [], \
            HTMLAnchorElement.prototype.click = function () { window.saved.push(this.download) }";
        page.eval(watch).await;
        page.click(".part > button.button").await;
        page.until("window.saved[0] === 'latchwork.zip'").await;

        page.see_text(".delete-counts", "1 task").await;
        page.see_text(".delete-counts", "1 conversation").await;
        page.type_in("[name=password]", PASSWORD).await;
        page.click(".button-danger").await;
        assert_eq!(page.count(".door").await, 0, "not confirmed");
        page.type_in("#confirm", &email_of("Ann")).await;
        page.click(".button-danger:not([aria-disabled])").await;

        page.see(".door .account-form").await;
        page.see_text(".toast", "1 task and 1 conversation").await;
        page.type_in(".door [name=email]", &email_of("Ann")).await;
        page.type_in(".door [name=password]", &format!("{PASSWORD}\n"))
            .await;
        page.see_text(".door .notice-danger", "Wrong email").await;
        let token = token.as_str().unwrap();
        let refused = call_tool(world, token, "list_tasks", json!({})).await;
        assert_eq!(refused.status(), 401);
        let tasks = testing::client().get(format!("{}/api/tasks", world.site.url));
        let refused = tasks
            .header("authorization", format!("Bearer {jwt}"))
            .send()
            .await
            .unwrap();
        assert_eq!(refused.status(), 401);
        assert!(address.as_str().unwrap().starts_with("/chat/"));
    })
    .await;
}

/// A token such as the page holds in its memory.
pub(crate) async fn token_of(world: &World, page: &Page) -> String {
    let request = testing::client().get(format!("{}/api/auth/token", world.site.url));
    let answer = request.header("cookie", page.cookies().await);
    let body: Value = answer.send().await.unwrap().json().await.unwrap();
    body["token"].as_str().unwrap().to_owned()
}

/// From the link in a letter to a new password.
#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_password_is_replaced_by_a_letter() {
    let (said, mut letters) = mpsc::unbounded_channel();
    let posting = |mut options: Options| {
        options.env.push(("MAIL".to_owned(), "terminal".to_owned()));
        options.log = Arc::new(move |line| drop(said.send(line.text.clone())));
        options
    };
    browse_with("forgot", posting, async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        page.click(".account .icon-button").await;
        page.click("a[href='/forgot-password']").await;
        page.type_in(".door-lone [name=email]", &format!("{}\n", email_of("Ann")))
            .await;
        page.see_text(".notice", "a letter is on its way").await;
        let link = loop {
            let line = letters.recv().await.unwrap();
            if let Some(start) = line.find("/api/auth/reset-password/") {
                let link = line[start..].split(|c: char| c.is_whitespace() || c == '"');
                break link.into_iter().next().unwrap().to_owned();
            }
        };

        page.open(&link).await;
        page.see(".door-lone [name=password]").await;
        let address = page.eval("location.href").await;
        assert!(!address.as_str().unwrap().contains("token"), "{address}");
        page.type_in(".door-lone [name=password]", "a better battery\n")
            .await;
        page.see_text(".notice", "Your password is changed").await;
        page.click(".notice a").await;
        page.type_in(".door [name=email]", &email_of("Ann")).await;
        page.type_in(".door [name=password]", "a better battery\n")
            .await;
        page.see("#message").await;

        page.open(&link).await;
        page.see_text(".notice", "no longer good").await;
    })
    .await;
}
