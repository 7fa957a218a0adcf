//! A tab of a browser, and what a person does in it.
//!
//! **Invariant:** nothing here sleeps. What is awaited is a condition of the page, looked at
//! by the page itself.

use fantoccini::Client;
use fantoccini::elements::Element;
use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};

/// Milliseconds that a condition may take on a busy machine.
const PATIENCE: u32 = 30_000;

/// What names an element in what a script gives (`WebDriver`, "web element identifier").
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// What Chromium says of a call that is refused, and of a service worker that cannot be fetched.
const NO_ANSWER: [&str; 2] = [
    "Failed to load resource",
    "error occurred when fetching the script",
];

pub(crate) const PASSWORD: &str = "correct horse battery";

#[derive(Clone)]
pub(crate) struct Page {
    pub(crate) client: Client,
    pub(crate) site: String,
}

impl Page {
    pub(crate) async fn open(&self, path: &str) {
        let url = format!("{}{path}", self.site);
        self.client.goto(&url).await.unwrap();
    }

    pub(crate) async fn reload(&self) {
        self.client.refresh().await.unwrap();
    }

    /// What the expression gives, as soon as that is something true: it is looked at whenever the
    /// document changes, and now and then for what does not change it.
    #[track_caller]
    pub(crate) fn until(&self, condition: &str) -> impl Future<Output = Value> + use<> {
        let script = format!(
            "const done = arguments[arguments.length - 1];
            const end = performance.now() + {PATIENCE};
            const look = () => {{
                let seen = null;
                try {{ seen = ({condition}); }} catch {{}}
                if (seen) tell([seen]);
                else if (performance.now() > end) tell([]);
            }};
            const tell = told => {{
                changes.disconnect();
                clearInterval(timer);
                done(told);
            }};
            const changes = new MutationObserver(look);
            changes.observe(document, {{
                subtree: true, childList: true, attributes: true, characterData: true,
            }});
            const timer = setInterval(look, 50);
            look();"
        );
        let (client, condition) = (self.client.clone(), condition.to_owned());
        let caller = std::panic::Location::caller();
        async move {
            let seen = client.execute_async(&script, vec![]).await;
            let seen = seen.unwrap_or_else(|error| panic!("{caller}: {condition}: {error}"));
            match seen.as_array().and_then(|seen| seen.first()) {
                Some(value) => value.clone(),
                None => panic!("{caller}: {condition} never came true"),
            }
        }
    }

    /// What the script returns at this moment.
    pub(crate) async fn eval(&self, expression: &str) -> Value {
        let script = format!("return ({expression});");
        let value = self.client.execute(&script, vec![]).await;
        value.unwrap_or_else(|error| panic!("{expression}: {error}"))
    }

    /// Waits until something that matches is visible.
    #[track_caller]
    pub(crate) fn see(&self, css: &str) -> impl Future<Output = Element> + use<> {
        let seen = self.until(&format!(
            "[...document.querySelectorAll({})].find(e => e.checkVisibility())",
            json!(css)
        ));
        let client = self.client.clone();
        async move {
            let id = seen.await[ELEMENT].as_str().unwrap().to_owned();
            Element::from_element_id(client, id.into())
        }
    }

    /// Waits until something that matches says this.
    #[track_caller]
    pub(crate) fn see_text(&self, css: &str, text: &str) -> impl Future<Output = Value> + use<> {
        let text = json!(text);
        self.until(&format!(
            "[...document.querySelectorAll({})].some(e => e.innerText.includes({text}))",
            json!(css),
        ))
    }

    #[track_caller]
    pub(crate) fn click(&self, css: &str) -> impl Future<Output = ()> + use<> {
        let seen = self.see(css);
        async move { seen.await.click().await.unwrap() }
    }

    #[track_caller]
    pub(crate) fn type_in(&self, css: &str, text: &str) -> impl Future<Output = ()> + use<> {
        let (seen, text) = (self.see(css), text.to_owned());
        async move { seen.await.send_keys(&text).await.unwrap() }
    }

    /// Presses keys, wherever the keyboard is.
    pub(crate) async fn press(&self, keys: &str) {
        let active = self.client.active_element().await.unwrap();
        active.send_keys(keys).await.unwrap();
    }

    pub(crate) async fn texts(&self, css: &str) -> Vec<String> {
        let list = self
            .eval(&format!(
                "[...document.querySelectorAll({})].map(e => e.innerText.trim())",
                json!(css)
            ))
            .await;
        serde_json::from_value(list).unwrap()
    }

    pub(crate) async fn count(&self, css: &str) -> u64 {
        let count = format!("document.querySelectorAll({}).length", json!(css));
        self.eval(&count).await.as_u64().unwrap()
    }

    /// The browser's cookies, as it sends them.
    pub(crate) async fn cookies(&self) -> String {
        let cookies = self.client.get_all_cookies().await.unwrap();
        let cookies = cookies
            .iter()
            .map(|cookie| format!("{}={}", cookie.name(), cookie.value()));
        cookies.collect::<Vec<_>>().join("; ")
    }

    /// Movement is shown, as to most people; by itself a test's browser asks for none.
    pub(crate) async fn let_move(&self) {
        let features = json!([{"name": "prefers-reduced-motion", "value": "no-preference"}]);
        self.devtools("Emulation.setEmulatedMedia", json!({"features": features}))
            .await;
    }

    /// A command of the `DevTools` protocol.
    pub(crate) async fn devtools(&self, command: &'static str, params: Value) -> Value {
        let answer = self.client.issue_cmd(DevTools { command, params }).await;
        answer.unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    /// Cuts the line between the page and everything else, or mends it.
    pub(crate) async fn set_online(&self, is_online: bool) {
        let params = json!({
            "offline": !is_online, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1,
        });
        self.devtools("Network.emulateNetworkConditions", params)
            .await;
    }

    /// Errors that the page has reported since the last time that one asked. That a call was refused
    /// is not one.
    pub(crate) async fn errors(&self) -> Vec<String> {
        let log = self.client.issue_cmd(BrowserLog).await.unwrap();
        let entries = log.as_array().cloned().unwrap_or_default();
        let severe = entries
            .iter()
            .filter(|entry| entry["level"] == "SEVERE")
            .filter_map(|entry| entry["message"].as_str());
        severe
            .filter(|message| !NO_ANSWER.iter().any(|sign| message.contains(sign)))
            .map(str::to_owned)
            .collect()
    }
}

/// What a person does with Latchwork.
impl Page {
    /// Where parts of the program could not be fetched, the page has told of these and of nothing
    /// else; gives how often.
    pub(crate) async fn missed_parts(&self) -> usize {
        let told = self.errors().await;
        let is_missing = |line: &String| line.contains("fetch");
        assert!(told.iter().all(is_missing), "{told:#?}");
        told.len()
    }

    /// An account and a session, without the form, which has tests of its own.
    pub(crate) async fn sign_up(&self, name: &str) {
        self.open("/icon.svg").await;
        let person = json!({"name": name, "email": email_of(name), "password": PASSWORD});
        let request = json!({
            "method": "POST",
            "headers": {"content-type": "application/json"},
            "body": person.to_string(),
        });
        let script = "const done = arguments[arguments.length - 1];
            fetch('/api/auth/sign-up/email', arguments[0])
                .then(answer => done(answer.status), error => done(String(error)));";
        let status = self.client.execute_async(script, vec![request]).await;
        assert_eq!(status.unwrap(), json!(200));
        self.open("/").await;
        self.see("#message").await;
    }

    pub(crate) async fn fill_sign_up(&self, name: &str) {
        self.type_in(".door .account-form [name=name]", name).await;
        self.fill_sign_in(name).await;
    }

    /// Fills in the form that is there, and sends it.
    pub(crate) async fn fill_sign_in(&self, name: &str) {
        let email = self.see(".door .account-form [name=email]").await;
        email.clear().await.unwrap();
        email.send_keys(&email_of(name)).await.unwrap();
        self.type_in(".door .account-form [name=password]", PASSWORD)
            .await;
        self.click(".door .account-form [type=submit]").await;
    }

    /// Says something and waits for the whole answer.
    #[track_caller]
    pub(crate) fn ask(&self, words: &str) -> impl Future<Output = ()> + use<> {
        let (page, words) = (self.clone(), words.to_owned());
        let said = self.see_text(".bubble", &words);
        let answered = self.until(IS_IDLE);
        async move {
            page.type_in("#message", &format!("{words}\n")).await;
            said.await;
            answered.await;
        }
    }

    /// Waits until a task with this title is in the list beside the chat.
    #[track_caller]
    pub(crate) fn see_task(&self, title: &str) -> impl Future<Output = Value> + use<> {
        self.see_text(".task .task-title", title)
    }
}

/// Nothing is being sent, answered or written.
pub(crate) const IS_IDLE: &str = "document.querySelector('.answer, .question') \
    && !document.querySelector('[data-open], .live[data-on], .said-status')";

pub(crate) fn email_of(name: &str) -> String {
    format!("{}@example.com", name.to_lowercase())
}

#[derive(Debug)]
struct DevTools {
    command: &'static str,
    params: Value,
}

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        let session = session.unwrap_or_default();
        base.join(&format!("session/{session}/goog/cdp/execute"))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        let body = json!({"cmd": self.command, "params": self.params});
        (http::Method::POST, Some(body.to_string()))
    }
}

/// What was said since the last time that one asked.
#[derive(Debug)]
struct BrowserLog;

impl WebDriverCompatibleCommand for BrowserLog {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        let body = json!({"type": "browser"});
        (http::Method::POST, Some(body.to_string()))
    }
}
