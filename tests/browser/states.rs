//! Every state of the page, looked at on a phone and a desktop, light and dark: nothing is wider
//! than the screen, and axe-core finds nothing serious. `cargo xtask screenshots` has them leave
//! pictures in `target/screenshots/`.

use std::sync::Arc;

use serde_json::json;
use testing::Part;
use tokio::sync::Notify;

use crate::look::PHONE;
use crate::site::Site;
use crate::turns::{turns_of, with_model};
use crate::world::{browse, browse_with};

#[tokio::test(flavor = "multi_thread")]
async fn states_at_the_door() {
    browse("states-door", async |world| {
        let mut page = world.page().await;
        page.open("/").await;
        page.see(".door").await;
        page.look("door-sign-in").await;
        page.click(".switch .link").await;
        page.see("[name=name]").await;
        page.look("door-sign-up").await;
        page.type_in("[name=email]", "ann@example.com").await;
        page.type_in("[name=password]", "short\n").await;
        page.see(".door .field-error").await;
        page.look("door-refused").await;

        page.sign_up("Ann").await;
        let port = testing::free_port();
        let away = format!("postgres://nobody@127.0.0.1:{port}/nothing");
        let broken = Site::start_with(&away, |options| options);
        page.site.clone_from(&broken.url);
        page.open("/").await;
        page.see(".lone .card").await;
        page.look("unavailable").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn states_of_a_deployment_that_is_not_set_up() {
    let bare = |mut options: gateway::Options| {
        options.env.retain(|(name, _)| name != "BETTER_AUTH_SECRET");
        options
    };
    browse_with("states-bare", bare, async |world| {
        let page = world.page().await;
        page.open("/").await;
        page.see(".lone .card").await;
        page.look("not-set-up").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn states_of_the_workspace() {
    browse("states-workspace", async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        page.see(".tasks .empty").await;
        page.look("empty").await;

        page.ask("Add a task to buy groceries").await;
        page.ask("Add call mom tomorrow at 5pm, high priority #family")
            .await;
        page.ask("Add water the plants every Monday").await;
        page.ask("Add renew the passport by 3 January #errands")
            .await;
        page.ask("Mark task 1 as complete").await;
        page.ask("What's pending?").await;
        page.look("chat").await;
        page.show_on(PHONE, "light").await;
        page.click(".tab:nth-child(2)").await;
        page.look("tasks").await;
        page.click(".search-key").await;
        page.click(".choose-key").await;
        page.see(".bulk").await;
        page.look("choosing").await;
        page.click(".choose-key").await;
        page.click(".search-key").await;
        page.click(".past-key").await;
        page.see(".activity").await;
        page.look("activity").await;
        page.click(".past-key").await;
        page.show_on(PHONE, "light").await;
        page.click(".tab:nth-child(3)").await;
        page.look("conversations").await;
        page.show_on(PHONE, "light").await;
        page.click(".tab:nth-child(1)").await;

        page.type_in("#message", "Delete the passport task\n").await;
        page.see(".question .button-primary").await;
        page.look("approval").await;
        page.click(".question .button-primary").await;
        page.see(".question.is-answered").await;
        page.look("approved").await;

        page.set_online(false).await;
        page.type_in("#message", "Add a task to fix the bike\n")
            .await;
        page.see(".said-status").await;
        page.look("offline").await;
        page.set_online(true).await;
        page.missed_parts().await;
        page.see_task("Fix the bike").await;

        page.open("/chat/thr_nothing").await;
        page.see(".chat .card").await;
        page.look("no-such-conversation").await;
    })
    .await;
}

/// What is only on one's own machine.
#[tokio::test(flavor = "multi_thread")]
async fn states_of_the_failure_lab() {
    let with_lab = |mut options: gateway::Options| {
        options.lab = true;
        options
    };
    browse_with("states-lab", with_lab, async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        page.see(".tasks .empty").await;
        page.look("lab-shut").await;
        page.click(".lab summary").await;
        page.click("#lab-duplicate").await;
        page.see_text(".lab-status", "Now send").await;
        page.look("lab").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn states_of_the_account() {
    browse("states-account", async |world| {
        let page = world.page().await;
        page.open("/forgot-password").await;
        page.see(".door-lone").await;
        page.look("forgot").await;
        page.open("/reset-password?token=x").await;
        page.see(".door-lone [name=password]").await;
        page.look("reset").await;
        page.sign_up("Ann").await;
        page.ask("Add a task to buy groceries").await;
        page.click(".account-link").await;
        page.see("[name=current]").await;
        page.look("account-profile").await;
        for (number, name, sign) in [
            (2, "devices", ".account-list"),
            (3, "programs", "#token-name"),
            (4, "model", "#model-key"),
            (5, "usage", ".quota"),
            (6, "appearance", ".themes"),
            (7, "data", ".danger-zone"),
        ] {
            page.click(&format!(".account-nav li:nth-child({number}) a"))
                .await;
            page.see(sign).await;
            if name == "programs" {
                page.type_in("#token-name", "Robot\n").await;
                page.see(".secret").await;
            }
            page.look(&format!("account-{name}")).await;
        }
    })
    .await;
}

/// From right to left, and with the forms of words that numbers ask for.
#[tokio::test(flavor = "multi_thread")]
async fn states_in_other_languages() {
    browse("states-languages", async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        page.ask("Add call mom tomorrow at 5pm, high priority #family")
            .await;
        page.open("/account/appearance").await;
        for (code, word) in [
            ("de", "Sprache"),
            ("fr", "Langue"),
            ("es", "Idioma"),
            ("ur", "زبان"),
            ("ar", "اللغة"),
        ] {
            let choose = format!(
                "(() => {{ const select = document.querySelector('.account-body .select'); \
                    select.value = '{code}'; \
                    select.dispatchEvent(new Event('change', {{bubbles: true}})); \
                    return true; }})()"
            );
            page.see(".account-body .select").await;
            page.eval(&choose).await;
            page.see_text(".account-body h3", word).await;
            page.until(&format!("document.documentElement.lang === '{code}'"))
                .await;
        }
        assert_eq!(page.eval("document.dir").await, "rtl");
        page.look("account-arabic").await;
        page.open("/").await;
        page.see(".task").await;
        page.see_text(".tasks-head", "مهمة مفتوحة").await;
        let direction = "getComputedStyle(document.querySelector('#message')).direction";
        assert_eq!(page.eval(direction).await, "rtl");
        page.look("arabic").await;

        // Nobody ever says who is there: the outline stays, in the person's language.
        let silence = json!({"source": "const real = window.fetch; window.fetch = (address, init) => \
            String(address).includes('get-session') ? new Promise(() => {}) : real(address, init);"});
        page.devtools("Page.addScriptToEvaluateOnNewDocument", silence)
            .await;
        page.open("/").await;
        page.see_text("#app > .skeleton .checking", "جارٍ التحقق")
            .await;
        assert_eq!(page.count("#app").await, 1);
    })
    .await;
}

const MARKDOWN: &str = "Here is a **plan** with `code`, a [link](https://example.com) and a list:\n\n\
1. First\n2. Second\n   - nested\n\n\
| Day | Task | Hours |\n|---|---|--:|\n| Monday | Groceries | 1 |\n| Tuesday | Passport | 2.5 |\n\n\
```rust\nfn main() {\n    println!(\"a line of code that is rather long, so that it has to scroll\");\n}\n```\n\n\
> A quotation.\n\nStill going on";

#[tokio::test(flavor = "multi_thread")]
async fn states_of_an_answer() {
    let rest = Arc::new(Notify::new());
    let script = vec![vec![
        Part::Text(MARKDOWN),
        Part::Wait(Arc::clone(&rest)),
        Part::Text(", and done."),
        Part::End,
    ]];
    let model = turns_of(script).await;
    browse_with("states-answer", with_model(&model), async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        page.type_in("#message", "Make a plan\n").await;
        page.see_text(".answer", "Still going on").await;
        page.look("streaming").await;
        rest.notify_one();
        page.see_text(".answer", "and done.").await;
        page.look("markdown").await;
    })
    .await;
}

/// FR-228: at twice and four times the size everything is there, can be reached,
/// and nothing needs scrolling sideways.
#[tokio::test(flavor = "multi_thread")]
async fn states_at_twice_and_four_times_the_size() {
    browse("states-zoom", async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        for zoom in [2_u32, 4] {
            page.zoom(zoom).await;
            page.click(".tab:nth-child(1)").await;
            page.ask(&format!("Add a task to clean {zoom} windows"))
                .await;
            page.look_at_size(&format!("zoom-{zoom}-chat")).await;
            page.click(".tab:nth-child(2)").await;
            page.see_task(&format!("Clean {zoom} windows")).await;
            page.click(".task .task-title").await;
            page.look_at_size(&format!("zoom-{zoom}-task")).await;
            page.press("\u{e00c}").await;
            page.open("/account").await;
            page.see(".account-page").await;
            page.look_at_size(&format!("zoom-{zoom}-account")).await;
            page.open("/").await;
        }
    })
    .await;
}
