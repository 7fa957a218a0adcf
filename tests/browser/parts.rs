//! Parts of the program that are fetched when they are needed (FR-160).

use serde_json::{Value, json};

use crate::page::Page;
use crate::world::browse;

async fn block(page: &Page, urls: Value) {
    page.devtools("Network.enable", json!({})).await;
    let blocked = json!({"urls": urls});
    page.devtools("Network.setBlockedURLs", blocked).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_that_did_not_come_is_asked_for_again() {
    browse("parts", async |world| {
        let page = world.page().await;
        block(&page, json!(["*/split_account.wasm", "*/split_dates.wasm"])).await;
        page.sign_up("Ann").await;

        page.type_in("#new-task", "Call Ann tomorrow #family\n")
            .await;
        page.click(".account-link").await;
        page.see_text(".account-body .notice", "Check your connection")
            .await;

        // What cannot be read is no reason to lose a word of it.
        page.open("/").await;
        page.see_task("Call Ann tomorrow").await;
        page.see_text(".task .tag", "#family").await;
        page.click(".account-link").await;
        page.see(".account-body .notice").await;
        block(&page, json!([])).await;
        page.click(".account-body .notice .button").await;
        page.see(".account-body [name=name]").await;

        // The browser has told of each part that it could not fetch.
        assert!(page.missed_parts().await > 0);
    })
    .await;
}

/// What came of the door, by the milliseconds at which it was asked for; the parts that nobody may
/// ever need are fetched after eight seconds.
const DOOR: &str = "performance.getEntriesByType('resource')
    .filter(e => e.name.endsWith('/split_door.wasm') && e.startTime < 8000).length";

#[tokio::test(flavor = "multi_thread")]
async fn the_door_is_on_its_way_before_the_program_asks_for_it() {
    browse("door", async |world| {
        let page = world.page().await;
        block(&page, json!(["*/app_bg.wasm"])).await;

        page.open("/").await;

        page.until(DOOR).await;
        assert!(page.missed_parts().await > 0);
        block(&page, json!([])).await;
        page.sign_up("Ann").await;
        assert_eq!(page.eval(DOOR).await, json!(0));
    })
    .await;
}
