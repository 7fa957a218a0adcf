//! What is changed, by whom, and how it is taken back.

use fantoccini::key::Key;

use crate::page::IS_IDLE;
use crate::world::browse;

#[tokio::test(flavor = "multi_thread")]
async fn an_approval_with_one_box_unticked_spares_that_task_and_is_undone_whole() {
    browse("approval", async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        for title in ["Bread", "Milk", "Eggs"] {
            page.type_in("#new-task", &format!("{title}\n")).await;
        }
        page.see_text(".task .number", "Task 3").await;
        page.type_in("#message", "Delete all my tasks\n").await;
        page.see(".question .button-primary").await;
        let boxes = page.texts(".question .option").await;
        assert_eq!(boxes.len(), 3);
        assert_eq!(page.count(".question input:checked").await, 3);

        page.click(".question .option:first-child").await;
        page.see_text(".question .button-primary", "2 of 3").await;
        page.click(".question .button-primary").await;
        page.see(".question.is-answered").await;

        page.until("document.querySelectorAll('.task').length === 1")
            .await;
        let spared = page.texts(".task .task-title").await;
        assert!(boxes[0].ends_with(&spared[0]), "{boxes:?} {spared:?}");
        page.see(".receipt").await;
        assert_eq!(page.count(".receipt li").await, 2);

        page.click(".receipt .button").await;

        page.until("document.querySelectorAll('.task').length === 3")
            .await;
        page.see(".receipt.is-undone").await;
        page.reload().await;
        page.see(".receipt.is-undone").await;
        assert_eq!(page.count(".receipt").await, 1);
    })
    .await;
}

/// A card is left open by saying something else, which declines it.
#[tokio::test(flavor = "multi_thread")]
async fn a_question_can_be_declined() {
    browse("declined", async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        page.type_in("#new-task", "Bread\n").await;
        page.see_text(".task .number", "Task 1").await;
        page.type_in("#message", "Delete the bread task\n").await;

        page.click(".question-keys .button:nth-child(2)").await;

        page.see(".question.is-answered").await;
        page.until(IS_IDLE).await;
        page.reload().await;
        page.see(".question.is-answered").await;
        page.see_task("Bread").await;
        assert_eq!(page.count(".receipt").await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quick_line_is_understood_before_it_is_added() {
    browse("quick", async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;

        page.type_in("#new-task", "Call Bob tomorrow at 5pm !high #family")
            .await;
        page.see_text(".preview", "Tomorrow 17:00").await;
        page.press(&Key::Enter.to_string()).await;

        page.see_text(".task .number", "Task 1").await;
        page.reload().await;
        page.see_task("Call Bob").await;
        let marks = page.texts(".task .marks").await.join(" ");
        for mark in ["Tomorrow 17:00", "High", "#family"] {
            assert!(marks.contains(mark), "{marks}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_z_takes_back_whatever_was_done_last() {
    browse("ctrl-z", async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        page.type_in("#new-task", "Bread\n").await;
        page.see_text(".task .number", "Task 1").await;
        page.click(".latch").await;
        page.see(".task.is-done:not(.is-pending)").await;

        page.press(&(Key::Control + "z")).await;

        page.see(".task:not(.is-done)").await;
        page.see_text(".toast", "Taken back.").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn details_are_changed_in_place_and_the_list_is_searched_and_ordered() {
    browse("details", async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        for line in ["Bread", "Passport tomorrow #errands", "Rent today !high"] {
            page.type_in("#new-task", &format!("{line}\n")).await;
        }
        page.see_text(".task .number", "Task 3").await;
        page.until("!document.querySelector('.task.is-pending')")
            .await;

        page.eval("document.querySelector('.task:last-child .more').focus()")
            .await;
        page.press(&Key::Enter.to_string()).await;
        page.see(".details").await;
        page.type_in(".details [id^=tags]", &format!("food{}", Key::Tab))
            .await;
        page.see_text(".task:last-child .tag", "#food").await;
        page.eval("document.querySelector('.details select').focus()")
            .await;
        page.press("Low").await;
        page.see_text(".task:last-child .priority", "Low").await;
        page.until("!document.querySelector('.task.is-pending')")
            .await;
        page.reload().await;
        page.see_text(".task:last-child .tag", "#food").await;
        page.see_text(".task:last-child .priority", "Low").await;

        page.click(".filter:nth-child(2)").await;
        page.until("document.querySelectorAll('.task').length === 1")
            .await;
        page.see_task("Rent").await;
        page.click(".filter:nth-child(1)").await;
        page.click(".search-key").await;
        page.until("document.activeElement.id === 'task-search'")
            .await;
        page.press("#err").await;
        page.until("document.querySelectorAll('.task').length === 1")
            .await;
        page.see_task("Passport").await;
        page.click(".search-key").await;
        page.until("document.querySelectorAll('.task').length === 3")
            .await;
    })
    .await;
}

/// What another device did is there when one looks at the tab again.
#[tokio::test(flavor = "multi_thread")]
async fn a_second_device_is_seen_without_a_reload() {
    browse("devices", async |world| {
        let first = world.page().await;
        first.sign_up("Ann").await;
        first.type_in("#new-task", "Bread\n").await;
        first.see_text(".task .number", "Task 1").await;
        let second = world.page().await;
        second.open("/").await;
        second.fill_sign_in("Ann").await;
        second.see_task("Bread").await;

        second.click(".latch").await;
        second.see(".task.is-done:not(.is-pending)").await;

        let look = "document.dispatchEvent(new Event('visibilitychange')), \
            document.querySelector('.task.is-done')";
        first.until(look).await;
    })
    .await;
}
