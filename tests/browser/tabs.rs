//! Several tabs of one browser.

use fantoccini::wd::WindowHandle;

use crate::page::Page;
use crate::world::browse;

/// Opens a second tab, and gives both: the first and the second.
async fn two_tabs(page: &Page) -> (WindowHandle, WindowHandle) {
    let first = page.client.window().await.unwrap();
    let second = page.client.new_window(true).await.unwrap().handle;
    page.client.switch_to_window(second.clone()).await.unwrap();
    (first, second)
}

/// FR-014.
#[tokio::test(flavor = "multi_thread")]
async fn signing_out_ends_every_tab() {
    browse("sign-out", async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        page.ask("Add a task to walk the dog").await;
        let (first, _) = two_tabs(&page).await;
        page.open("/").await;
        page.see_task("Walk the dog").await;

        page.click(".account .icon-button").await;
        page.see(".door .account-form").await;

        page.client.switch_to_window(first).await.unwrap();
        page.see(".door .account-form").await;
        assert_eq!(page.count("#message, .task").await, 0);
        let kept = page.eval("JSON.stringify({...localStorage})").await;
        assert!(!kept.as_str().unwrap().contains("alk the dog"), "{kept}");
    })
    .await;
}

/// FR-015.
#[tokio::test(flavor = "multi_thread")]
async fn another_account_in_another_tab_never_shows_the_first_ones_data() {
    browse("switch", async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        page.ask("Add a task to walk the dog").await;
        let (first, _) = two_tabs(&page).await;
        page.open("/").await;
        page.click(".account .icon-button").await;
        page.click(".switch .link").await;
        page.fill_sign_up("Bob").await;
        page.see_text(".account-name", "Bob").await;

        page.client.switch_to_window(first).await.unwrap();

        page.see_text(".account-name", "Bob").await;
        page.see(".tasks .empty").await;
        let shown = page.eval("document.body.innerText").await;
        assert!(!shown.as_str().unwrap().contains("alk the dog"), "{shown}");
    })
    .await;
}
