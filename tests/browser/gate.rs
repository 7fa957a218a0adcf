//! The gate: what is on the page, and what is asked for, before and after somebody signs in.

use std::sync::{Arc, Mutex};

use gateway::{LogLine, Options};
use serde_json::{Value, json};

use crate::page::{PASSWORD, email_of};
use crate::site::Site;
use crate::world::{browse, browse_with};

/// Notes whether anything of the chat or the list was ever on the page, however briefly.
const WATCH: &str = "
    window.trespass = [];
    new MutationObserver(() => {
        for (const part of ['#message', '.transcript', '.tasks-head', '.rail-head']) {
            if (document.querySelector(part) && !window.trespass.includes(part)) {
                window.trespass.push(part);
            }
        }
    }).observe(document, {childList: true, subtree: true});
";

type Lines = Arc<Mutex<Vec<LogLine>>>;

/// What the functions say, line by line.
fn listening(lines: &Lines) -> impl FnOnce(Options) -> Options {
    let lines = Arc::clone(lines);
    move |options| Options {
        log: Arc::new(move |line| lines.lock().unwrap().push(line.clone())),
        ..options
    }
}

/// The addresses of functions that the page has called since it was loaded.
const CALLS: &str = "performance.getEntriesByType('resource') \
    .map(call => new URL(call.name).pathname).filter(path => path.startsWith('/api/'))";

/// FR-001, FR-002: neither an element of the chat nor a call for it.
#[tokio::test(flavor = "multi_thread")]
async fn signed_out_there_is_no_chat_and_none_of_its_functions_is_called() {
    browse("signed-out", async |world| {
        let page = world.page().await;
        let watch = json!({"source": WATCH});
        page.devtools("Page.addScriptToEvaluateOnNewDocument", watch)
            .await;

        for path in ["/", "/chat/thr_somebodys", "/nowhere", "/sign-up"] {
            page.open(path).await;
            page.see(".door .account-form").await;

            assert_eq!(page.eval("window.trespass").await, json!([]), "{path}");
            let calls = page.eval(CALLS).await;
            assert_eq!(calls, json!(["/api/auth/get-session"]), "{path}");
        }
    })
    .await;
}

/// FR-003: whoever is signed in never sees the door, and the chat is mounted once.
#[tokio::test(flavor = "multi_thread")]
async fn a_reload_shows_no_door_and_mounts_the_chat_once() {
    browse("one-mount", async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        let watch = "
            window.doors = 0;
            window.mounts = new Set();
            new MutationObserver(() => {
                if (document.querySelector('.door, .lone')) window.doors += 1;
                const message = document.querySelector('#message');
                if (message) window.mounts.add(message);
            }).observe(document, {childList: true, subtree: true});
        ";
        page.devtools(
            "Page.addScriptToEvaluateOnNewDocument",
            json!({"source": watch}),
        )
        .await;

        page.reload().await;
        page.see_text(".account-name", "Ann").await;
        page.see(".tasks .empty").await;

        assert_eq!(page.eval("window.doors").await, json!(0));
        assert_eq!(page.eval("window.mounts.size").await, json!(1));
    })
    .await;
}

/// The wanted address survives the door.
#[tokio::test(flavor = "multi_thread")]
async fn signing_in_leads_to_the_address_that_was_wanted() {
    browse("wanted", async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        page.ask("Add a task to walk the dog").await;
        page.until("location.pathname.startsWith('/chat/')").await;
        let wanted = page.eval("location.pathname").await;

        let other = world.page().await;
        other.open(wanted.as_str().unwrap()).await;
        other.fill_sign_in("Ann").await;

        other
            .see_text(".bubble", "Add a task to walk the dog")
            .await;
        assert_eq!(other.eval("location.pathname").await, wanted);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_person_sees_nothing_of_the_first() {
    browse("second", async |world| {
        let ann = world.page().await;
        ann.sign_up("Ann").await;
        ann.ask("Add a task to walk the dog").await;
        let address = ann.eval("location.pathname").await;

        let bob = world.page().await;
        bob.sign_up("Bob").await;
        bob.see(".tasks .empty").await;
        assert_eq!(bob.count(".rail-list a, .task").await, 0);
        bob.open(address.as_str().unwrap()).await;

        bob.see(".chat .card").await;
        let shown = bob.eval("document.body.innerText").await;
        assert!(!shown.as_str().unwrap().contains("alk the dog"), "{shown}");
    })
    .await;
}

/// FR-001: a session endpoint that cannot answer is said on a card, and the address stays.
#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_away_is_a_card_with_a_way_to_try_again() {
    browse("away", async |world| {
        let mut page = world.page().await;
        page.sign_up("Ann").await;
        // Another deployment of the same host, to which the browser sends the same cookie.
        let port = testing::free_port();
        let away = format!("postgres://nobody@127.0.0.1:{port}/nothing");
        let broken = Site::start_with(&away, |options| options);
        page.site.clone_from(&broken.url);

        page.open("/chat/thr_wanted").await;
        page.see(".lone .card").await;
        page.click(".lone .button-primary").await;

        page.see(".lone .button-primary:not([aria-busy])").await;
        let address = page.eval("location.pathname").await;
        assert_eq!(address, json!("/chat/thr_wanted"));
        assert_eq!(page.count("#message").await, 0);
    })
    .await;
}

/// FR-010: the page of a deployment that is not set up names the variable.
#[tokio::test(flavor = "multi_thread")]
async fn a_deployment_that_is_not_set_up_names_the_variable() {
    let bare = |mut options: Options| {
        options.env.retain(|(name, _)| name != "BETTER_AUTH_SECRET");
        options
    };
    browse_with("bare", bare, async |world| {
        let page = world.page().await;

        page.open("/").await;

        page.see_text(".lone .card", "BETTER_AUTH_SECRET").await;
    })
    .await;
}

/// FR-224: where the program cannot start, a plain form signs in and up, and the page that comes
/// later knows who is there.
#[tokio::test(flavor = "multi_thread")]
async fn a_plain_form_signs_in_and_up_without_the_program() {
    browse("plain-form", async |world| {
        let ann = world.page().await;
        ann.sign_up("Ann").await;
        let program = |blocked: Value| json!({"urls": blocked});

        for name in ["Ann", "Bob"] {
            let page = world.page().await;
            page.devtools("Network.enable", json!({})).await;
            page.devtools("Network.setBlockedURLs", program(json!(["*.wasm"])))
                .await;
            page.open("/").await;
            page.see_text("#early .only-failed", "You can sign in here")
                .await;
            let form = match name {
                "Ann" => "#early > section > form",
                _ => {
                    page.click("#early summary").await;
                    page.type_in("#early-name", name).await;
                    "#early details form"
                }
            };
            page.type_in(&format!("{form} [name=email]"), &email_of(name))
                .await;
            page.type_in(&format!("{form} [name=password]"), &format!("{PASSWORD}\n"))
                .await;
            // Not asked of the page, which is on its way to the next.
            while page.cookies().await.is_empty() {}
            assert_eq!(page.count("#message").await, 0);
            // That the program did not come is not what is looked for.
            drop(page.errors().await);

            page.devtools("Network.setBlockedURLs", program(json!([])))
                .await;
            page.open("/").await;
            page.see_text(".account-name", name).await;
            page.see("#message").await;
        }
    })
    .await;
}

/// FR-013.
#[tokio::test(flavor = "multi_thread")]
async fn no_token_is_kept_shown_or_logged() {
    let lines = Lines::default();
    browse_with("secrets", listening(&lines), async |world| {
        let page = world.page().await;
        page.sign_up("Ann").await;
        page.ask("Add a task to walk the dog").await;
        let cookies = page.client.get_all_cookies().await.unwrap();
        assert!(!cookies.is_empty());

        let kept = page
            .eval("JSON.stringify([{...localStorage}, {...sessionStorage}, location.href, document.cookie])")
            .await;
        let mut everything = kept.as_str().unwrap().to_owned();
        for line in lines.lock().unwrap().iter() {
            everything.push_str(&line.text);
        }
        assert!(!everything.contains("eyJ"), "a JWT");
        for cookie in cookies {
            let secret = cookie.value().split('.').next().unwrap().to_owned();
            assert!(!everything.contains(&secret), "{}", cookie.name());
        }
    })
    .await;
}
