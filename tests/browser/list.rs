//! The list as a whole: choosing, ordering, looking back, bringing along.

use fantoccini::key::Key;
use serde_json::json;

use crate::page::Page;
use crate::world::browse;

const IS_SAVED: &str =
    "document.querySelector('.task') && !document.querySelector('.task.is-pending')";

async fn add(page: &Page, lines: &[&str]) {
    for line in lines {
        page.type_in("#new-task", &format!("{line}\n")).await;
    }
    page.see_text(".task .number", &format!("Task {}", lines.len()))
        .await;
    page.until(IS_SAVED).await;
}

async fn choose_option(page: &Page, css: &str, value: &str) {
    page.see(css).await;
    let script = format!(
        "(() => {{ const select = document.querySelector({}); select.value = {}; \
            select.dispatchEvent(new Event('change', {{bubbles: true}})); return true; }})()",
        json!(css),
        json!(value),
    );
    page.eval(&script).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn several_tasks_are_chosen_completed_deleted_and_brought_back() {
    browse("bulk", async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        add(&page, &["Bread", "Milk", "Eggs"]).await;

        page.click(".choose-key").await;
        page.click(".task:nth-child(1) .choice").await;
        page.click(".task:nth-child(3) .choice").await;
        page.see_text(".bulk", "2 tasks chosen").await;
        page.click(".bulk-keys .button:nth-child(3)").await;
        page.until("document.querySelectorAll('.task').length === 1")
            .await;
        page.see_text(".toast", "Deleted 2 tasks.").await;
        page.click(".toast-undo").await;
        page.until("document.querySelectorAll('.task').length === 3")
            .await;
        page.until(IS_SAVED).await;

        page.click(".choose-key").await;
        for number in 1..=3 {
            page.click(&format!(".task:nth-child({number}) .choice"))
                .await;
        }
        page.click(".bulk-keys .button:nth-child(1)").await;
        page.until("document.querySelectorAll('.task.is-done:not(.is-pending)').length === 3")
            .await;
        page.reload().await;
        page.click(".filter:nth-child(4)").await;
        page.until("document.querySelectorAll('.task.is-done').length === 3")
            .await;
    })
    .await;
}

/// The order by hand is there for the keyboard as well.
#[tokio::test(flavor = "multi_thread")]
async fn tasks_are_put_in_order_by_keyboard_and_by_dragging() {
    browse("order", async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        page.let_move().await;
        add(&page, &["Bread", "Milk", "Eggs"]).await;
        page.click(".search-key").await;
        choose_option(&page, ".task-search select", "hand").await;
        let titles = "[...document.querySelectorAll('.task-title')].map(e => e.innerText).join()";
        page.until(&format!("{titles} === 'Bread,Milk,Eggs'")).await;

        page.eval("document.querySelector('.task:nth-child(3) .task-title').focus()")
            .await;
        page.press(&(Key::Alt + "\u{e013}")).await;
        page.until(&format!("{titles} === 'Bread,Eggs,Milk'")).await;
        page.eval(
            "(() => { const rows = document.querySelectorAll('.task'); \
                const fire = (row, name) => row.dispatchEvent(new DragEvent(name, \
                    {bubbles: true, cancelable: true, dataTransfer: new DataTransfer()})); \
                fire(rows[2], 'dragstart'); fire(rows[0], 'dragover'); fire(rows[0], 'drop'); \
                return true; })()",
        )
        .await;

        page.until(&format!("{titles} === 'Milk,Bread,Eggs'")).await;
        page.reload().await;
        page.click(".search-key").await;
        choose_option(&page, ".task-search select", "hand").await;
        page.until(&format!("{titles} === 'Milk,Bread,Eggs'")).await;
    })
    .await;
}

/// FR-226 as well.
#[tokio::test(flavor = "multi_thread")]
async fn the_list_is_narrowed_and_what_was_done_is_told() {
    browse("narrow", async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        add(&page, &["Bread #food", "Passport tomorrow !high", "Rent"]).await;
        let count = |number: u8| format!("document.querySelectorAll('.task').length === {number}");

        page.click(".filter:nth-child(3)").await;
        page.until(&count(1)).await;
        page.see_task("Passport").await;
        page.click(".filter:nth-child(1)").await;
        page.until(&count(3)).await;
        page.click(".search-key").await;
        choose_option(&page, ".by-tag", "food").await;
        page.until(&count(1)).await;
        page.see_task("Bread").await;
        choose_option(&page, ".by-tag", "").await;
        choose_option(&page, ".by-priority", "high").await;
        page.until(&count(1)).await;
        page.see_task("Passport").await;
        choose_option(&page, ".by-priority", "").await;
        page.until(&count(3)).await;
        choose_option(&page, ".by-day input", "2999-12-31").await;
        page.until(&count(1)).await;
        page.see_task("Passport").await;
        choose_option(&page, ".by-day input", "").await;

        page.ask("Delete task 3").await;
        page.click(".question .button-primary").await;
        page.see(".receipt").await;
        page.click(".past-key").await;
        page.see_text(".activity li:first-child", "The assistant")
            .await;
        page.see_text(".activity li:first-child", "Rent").await;
        page.see_text(".activity li:last-child", "You").await;
        assert_eq!(page.count(".activity li").await, 4);
        assert_eq!(page.count(".back-key").await, 3);

        // Back to how everything was after the first of them, and back again.
        page.click(".activity li:last-child .back-key").await;
        page.see_text(".activity-back", "3 changes").await;
        page.click(".activity-back .button-quiet").await;
        page.until("document.activeElement.matches('.activity li:last-child .back-key')")
            .await;
        page.click(".activity li:last-child .back-key").await;
        page.click(".activity-back .button-plain").await;
        page.see_text(".toast", "Taken back.").await;
        page.see_text(".activity li:first-child", "Taken back")
            .await;
        page.click(".past-key").await;
        page.until("document.querySelectorAll('.task').length === 1")
            .await;
        page.click(".past-key").await;
        page.click(".activity li:nth-child(4) .back-key").await;
        page.click(".activity-back .button-plain").await;
        page.see_text(".activity li:first-child", "Taken back")
            .await;
        page.until("document.querySelectorAll('.activity li').length === 10")
            .await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_is_made_to_repeat_and_comes_again_when_it_is_done() {
    browse("repeats", async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        add(&page, &["Water the plants tomorrow"]).await;
        page.click(".task .more").await;
        page.see(".details").await;

        choose_option(&page, ".details [id^=repeats-]", "FREQ=DAILY").await;
        page.until(IS_SAVED).await;
        page.reload().await;
        page.see_text(".task .recurrence", "every day").await;
        page.click(".latch").await;
        page.until(IS_SAVED).await;

        page.see(".task:not(.is-done) .recurrence").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tasks_of_a_file_are_looked_at_and_then_added() {
    browse("import", async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        page.open("/account/data").await;
        page.until("document.querySelector('.file-button input')")
            .await;
        page.eval(
            "(() => { const input = document.querySelector('.file-button input'); \
                const files = new DataTransfer(); \
                files.items.add(new File(['Bread\\nMilk tomorrow\\n'], 'list.txt')); \
                input.files = files.files; \
                input.dispatchEvent(new Event('change', {bubbles: true})); return true; })()",
        )
        .await;

        page.see_text(".import", "2 tasks would be added.").await;
        page.click(".import .button-primary").await;
        page.see_text(".account-body", "2 tasks are added").await;
        page.click(".account-head .icon-button").await;

        page.see_task("Bread").await;
        page.see_task("Milk").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reminder_is_given_once_when_its_time_has_come() {
    browse("reminder", async |world| {
        let page = world.page().await;
        let stub = "
            window.notices = [];
            window.Notification = class {
                static permission = 'granted';
                constructor(title) { window.notices.push(title); }
            };
        ";
        page.devtools(
            "Page.addScriptToEvaluateOnNewDocument",
            json!({"source": stub}),
        )
        .await;
        page.sign_up("Ann").await;
        add(&page, &["Tea"]).await;
        page.eval("document.querySelector('.task .more').focus()")
            .await;
        page.press(&Key::Enter.to_string()).await;
        page.see(".details").await;
        // A moment ago, which may have been yesterday.
        let set = "(() => { const then = new Date(Date.now() - 300000); \
            const two = number => String(number).padStart(2, '0'); \
            const fill = (name, value) => { const field = document.querySelector(name); \
                field.value = value; field.dispatchEvent(new Event('change', {bubbles: true})); }; \
            fill('[id^=day-]', `${then.getFullYear()}-${two(then.getMonth() + 1)}-${two(then.getDate())}`); \
            return `${two(then.getHours())}:${two(then.getMinutes())}`; })()";
        let time = page.eval(set).await;
        page.until("document.querySelector('[id^=time-]:enabled')")
            .await;
        page.until(IS_SAVED).await;
        let fill = |css: &str, value: &str| {
            format!(
                "(() => {{ const field = document.querySelector({}); field.value = {}; \
                    field.dispatchEvent(new Event('change', {{bubbles: true}})); return true; }})()",
                json!(css),
                json!(value)
            )
        };
        page.eval(&fill("[id^=time-]", time.as_str().unwrap()))
            .await;
        page.until(IS_SAVED).await;
        assert_eq!(page.eval("window.notices").await, json!([]));
        page.eval(&fill("[id^=reminder-]", "0")).await;

        page.until("window.notices.length > 0").await;
        page.until(IS_SAVED).await;
        assert_eq!(page.eval("window.notices[0]").await, json!("Tea"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_and_tasks_are_offered_while_one_writes() {
    browse("offers", async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        add(&page, &["Bread", "Milk"]).await;

        page.type_in("#message", "/add").await;
        page.click(".offer").await;
        page.until("document.querySelector('#message').value === 'Add a task to '")
            .await;
        page.type_in("#message", "feed the cat\n").await;
        page.see_task("eed the cat").await;
        page.until(crate::page::IS_IDLE).await;
        page.type_in("#message", "Complete @mil").await;
        page.see_text(".offer", "Milk").await;
        page.click(".offer").await;
        page.type_in("#message", "\n").await;

        page.see_text(".receipt", "Milk").await;
        page.until(crate::page::IS_IDLE).await;
        page.click(".answer .feedback").await;
        page.see(".answer .feedback[aria-pressed=true]").await;
    })
    .await;
}

/// The shell opens without a network, and nothing of anybody's is kept with it.
#[tokio::test(flavor = "multi_thread")]
async fn the_shell_is_kept_and_nothing_else() {
    browse("shell", async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        page.ask("Add a task to buy groceries").await;
        let script = "const done = arguments[arguments.length - 1]; \
            navigator.serviceWorker.ready.then(async () => { \
                const names = await caches.keys(); \
                const all = await Promise.all(names.map(async name => \
                    (await (await caches.open(name)).keys()).map(kept => new URL(kept.url).pathname))); \
                done(all.flat()); });";
        let kept = page.client.execute_async(script, vec![]).await.unwrap();
        let kept: Vec<String> = serde_json::from_value(kept).unwrap();

        assert!(kept.contains(&"/".to_owned()), "{kept:?}");
        assert!(kept.len() > 3, "{kept:?}");
        for path in kept {
            assert!(path == "/" || path.starts_with("/assets/"), "{path}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_goes_with_a_message_and_is_there_after_a_reload() {
    browse("files", async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        page.eval(
            "(() => { const input = document.querySelector('.clip input'); \
                const files = new DataTransfer(); \
                files.items.add(new File(['Bread'], 'list.txt', {type: 'text/plain'})); \
                input.files = files.files; \
                input.dispatchEvent(new Event('change', {bubbles: true})); return true; })()",
        )
        .await;
        page.see_text(".composer .files", "list.txt").await;

        page.ask("Add a task to read the list").await;

        page.see_text(".said .files", "list.txt").await;
        assert_eq!(page.count(".composer .files").await, 0);
        page.reload().await;
        page.see_text(".said .files", "list.txt").await;
    })
    .await;
}
