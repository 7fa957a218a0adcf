//! The whole first flow without a pointer.

use fantoccini::key::Key;
use serde_json::json;

use crate::page::{IS_IDLE, PASSWORD, Page, email_of};
use crate::world::browse;

/// Goes on with Tab until the keyboard is at something that matches, and sees that it shows
/// where it is all the way.
async fn tab_to(page: &Page, css: &str) {
    let there = format!("document.activeElement.matches({})", json!(css));
    for _ in 0..40 {
        if page.eval(&there).await == json!(true) {
            return;
        }
        page.press(&Key::Tab.to_string()).await;
        let ring = page.eval(HAS_RING).await;
        assert_eq!(
            ring,
            json!(true),
            "before {css}: no ring around {}",
            at(page).await
        );
    }
    panic!("{css} is not reached by the keyboard");
}

/// An outline of its own, or of the box that it stands in.
const HAS_RING: &str = "document.activeElement === document.body
    || [document.activeElement, document.activeElement.parentElement,
        document.activeElement.closest('.composer-box, .add, .field-box')]
        .some(e => e && getComputedStyle(e).outlineStyle !== 'none')";

async fn at(page: &Page) -> String {
    page.eval("document.activeElement.outerHTML.slice(0, 120)")
        .await
        .to_string()
}

/// A task that is done leaves the list at once, as it has on a machine or by a hand that is slow.
const NO_LINGERING: &str = "
    const later = window.setTimeout;
    window.setTimeout = (act, millis, ...rest) => later(act, millis === 2500 ? 50 : millis, ...rest);
";

/// FR-223: a row does not go while the keyboard is in it, and what is brought back is in sight,
/// though it is done.
#[tokio::test(flavor = "multi_thread")]
async fn signing_up_adding_completing_deleting_and_undoing_by_keyboard() {
    browse("keyboard", async |world| {
        let page = world.page().await;
        let hurry = json!({"source": NO_LINGERING});
        page.devtools("Page.addScriptToEvaluateOnNewDocument", hurry)
            .await;
        page.open("/").await;
        page.see(".door").await;
        tab_to(&page, ".switch .link").await;
        page.press(&Key::Enter.to_string()).await;
        page.see("[name=name]").await;
        page.press(&Key::Home.to_string()).await;
        page.eval("document.activeElement.blur()").await;
        for (field, text) in [
            ("name", "Ann"),
            ("email", &email_of("Ann")),
            ("password", PASSWORD),
        ] {
            tab_to(&page, &format!(".door [name={field}]")).await;
            page.press(text).await;
        }
        page.press(&Key::Enter.to_string()).await;
        page.see("#message").await;

        // The keyboard is where one writes.
        page.until("document.activeElement.id === 'message'").await;
        page.press("Add a task to buy groceries\n").await;
        page.see_task("Buy groceries").await;
        page.until(IS_IDLE).await;
        tab_to(&page, ".latch").await;
        page.press(" ").await;
        page.see(".task.is-done").await;
        tab_to(&page, ".task-tools button:last-child").await;
        page.press(&Key::Enter.to_string()).await;
        page.until("!document.querySelector('.task')").await;
        page.until("document.activeElement.id === 'new-task'").await;
        tab_to(&page, ".toast-undo").await;
        page.press(&Key::Enter.to_string()).await;

        page.see_task("Buy groceries").await;
        page.see(".task.is-done:not(.is-pending)").await;
        let lost = page.eval("document.activeElement === document.body").await;
        assert_eq!(lost, json!(false), "the keyboard went with the toast");
    })
    .await;
}
