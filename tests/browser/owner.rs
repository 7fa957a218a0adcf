//! The owner's page, and what everybody sees of the switches on it.

use serde_json::json;

use crate::page::Page;
use crate::site::Site;
use crate::world::browse;

/// Opens the status until it counts these: each process tells what it did some seconds later.
async fn open_counted(page: &Page, names: &[&str]) {
    for _ in 0..100 {
        page.open("/status").await;
        page.see("table").await;
        let counted = page.texts("table").await.concat();
        if names.iter().all(|name| counted.contains(name)) {
            return;
        }
    }
    panic!("{names:?} are never counted");
}

/// FR-204, FR-208: whoever is not the owner learns how to become it, and nothing else.
#[tokio::test(flavor = "multi_thread")]
async fn the_owner_stops_all_changes_and_nothing_typed_is_lost() {
    browse("owner", async |world| {
        let mut page = world.page().await;
        page.sign_up("Ann").await;
        page.ask("Add a task to buy groceries").await;
        page.open("/status").await;
        page.see_text(".notice", "OWNER_IDS").await;
        assert_eq!(page.count("table").await, 0);
        page.look("status-of-others").await;
        let said = page.texts(".notice").await.concat();
        let id = said.rsplit(' ').next().unwrap().trim_end_matches('.');

        let owned = Site::start_with(world.database_url(), |mut options| {
            options.env.push(("OWNER_IDS".to_owned(), id.to_owned()));
            options
        });
        page.site.clone_from(&owned.url);
        open_counted(&page, &["/api/chatkit", "offline-rules-1"]).await;
        page.look("status").await;
        page.click(".account-list li:nth-child(2) .button").await;
        page.see_text(".account-list", "Nothing can be changed")
            .await;
        page.look("status-stopped").await;

        page.open("/").await;
        page.see_text(".held", "Nothing can be changed").await;
        page.type_in("#message", "Add a task to call mom\n").await;
        page.see_text(".unsent", "Nothing can be changed").await;
        page.see_task("Buy groceries").await;
        page.look("read-only").await;

        page.open("/status").await;
        page.click(".account-list li:nth-child(2) .button").await;
        page.see_text(".account-list", "Stop all changes").await;
        page.open("/").await;
        page.see_task("Call mom").await;
        page.until("document.querySelector('.held').innerText === ''")
            .await;
        assert_eq!(
            page.eval("document.querySelectorAll('.task').length").await,
            json!(2)
        );
    })
    .await;
}
