//! What the functions tell of what they do: to the log, and in `Server-Timing`.

use std::sync::Arc;
use std::time::Duration;

use gateway::Options;
use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};
use testing::{Database, ModelServer, Part};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::site::{Site, answer, with};

/// Everything that must not be seen, each as it would be sent.
const EMAIL: &str = "planted-email@example.com";
const PASSWORD: &str = "planted-password-4711";
const MESSAGE: &str = "planted message about the surprise party";
const TITLE: &str = "planted title of a task";
const ANSWER: &str = "planted answer of the model";
const MODEL_KEY: &str = "sk-planted-model-key";
const OWN_KEY: &str = "sk-planted-own-key-0123456789";
const FORGED: &str = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJwbGFudGVkIn0.cGxhbnRlZA";
const CRON: &str = "planted-cron-secret-0123456789";
const ADDRESS: &str = "203.0.113.47";

/// The lines of a deployment, as they come.
struct Lines {
    coming: UnboundedReceiver<String>,
    seen: Vec<String>,
}

impl Lines {
    /// The next line that is told of such an event.
    async fn next(&mut self, event: &str) -> Value {
        let found = async {
            loop {
                let line = self.coming.recv().await.unwrap();
                self.seen.push(line.clone());
                let read: Value = serde_json::from_str(&line).unwrap_or_default();
                if read["event"] == event {
                    return read;
                }
            }
        };
        let found = tokio::time::timeout(Duration::from_secs(30), found).await;
        found.unwrap_or_else(|_| panic!("no `{event}` among {:#?}", self.seen))
    }

    /// The line of the request that was answered with this id.
    async fn of(&mut self, id: &str) -> Value {
        loop {
            let line = self.next("request").await;
            if line["request_id"] == id {
                return line;
            }
        }
    }
}

async fn model() -> ModelServer {
    let call = json!({"tasks": [{"title": TITLE}]});
    let count = std::sync::atomic::AtomicU32::new(0);
    ModelServer::with_mind(move |asked| {
        // A request without tools is for a title.
        if asked["tools"].as_array().is_none_or(Vec::is_empty) {
            return vec![Part::Text("A party"), Part::Usage(7, 2), Part::End];
        }
        match count.fetch_add(1, std::sync::atomic::Ordering::Relaxed) {
            0 => vec![
                Part::Call("add_tasks", call.clone()),
                Part::Usage(100, 20),
                Part::End,
            ],
            _ => vec![Part::Text(ANSWER), Part::Usage(200, 30), Part::End],
        }
    })
    .await
}

fn deployment(database: &Database, model: &ModelServer) -> (Site, Lines) {
    let (sender, coming) = unbounded_channel();
    let further = [
        ("OPENAI_API_KEY", MODEL_KEY),
        ("OPENAI_BASE_URL", &model.base_url),
        ("OPENAI_MODEL", "scripted"),
        ("CRON_SECRET", CRON),
        ("CLIENT_ADDRESS_HEADER", "x-test-address"),
    ];
    let further = further.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let site = Site::start_with(&database.url, |options| Options {
        env: [options.env, further.to_vec()].concat(),
        log: Arc::new(move |line| {
            // The last lines are said when nobody listens any more.
            let _ = sender.send(line.text.clone());
        }),
        ..options
    });
    let seen = Vec::new();
    (site, Lines { coming, seen })
}

/// FR-200, FR-202, SC-200.
#[tokio::test]
async fn the_log_tells_what_happened_and_no_secret() {
    let database = Database::new().await;
    let model = model().await;
    let (site, mut lines) = deployment(&database, &model);

    let who = json!({"name": "planted-name", "email": EMAIL, "password": PASSWORD});
    let sign_up = with(site.request(Method::POST, "/api/auth/sign-up/email"), &who);
    let sign_up = sign_up.header("origin", &site.url).send().await.unwrap();
    let cookie = sign_up.headers()["set-cookie"].to_str().unwrap().to_owned();
    let cookie = cookie.split(';').next().unwrap();
    let token = site.request(Method::GET, "/api/auth/token");
    let (_, token) = answer(token.header("cookie", cookie)).await;
    let token = token["token"].as_str().unwrap();
    let wrong = json!({"email": EMAIL, "password": "planted-password-wrong"});
    let wrong = with(
        site.request(Method::POST, "/api/auth/sign-in/email"),
        &wrong,
    );
    let wrong = wrong.header("origin", &site.url).send().await.unwrap();
    assert_eq!(wrong.status(), StatusCode::UNAUTHORIZED);

    // A turn with a tool.
    let asked = with(
        site.request(Method::POST, "/api/chat").bearer_auth(token),
        &json!({"message": MESSAGE}),
    );
    let asked = asked.send().await.unwrap();
    let id = asked.headers()["x-request-id"].to_str().unwrap().to_owned();
    assert!(asked.text().await.unwrap().contains(ANSWER));
    let turn = lines.next("turn").await;
    assert_eq!(turn["request_id"], id);
    assert_eq!(turn["model"], "scripted");
    assert_eq!(turn["ending"], "done");
    assert_eq!(turn["calls"], 1);
    // Both answers and the title of the conversation.
    assert_eq!(
        (&turn["asked"], &turn["input_tokens"]),
        (&json!(3), &json!(307))
    );
    assert_eq!(turn["output_tokens"], 52);
    assert!(turn["run_id"].as_str().unwrap().starts_with("run_"));

    // What is kept, what is given away, what is refused, what fails.
    let own = json!({"model": "x", "base_url": "https://api.openai.com/v1", "key": OWN_KEY});
    let program = json!({"name": "planted-program", "scope": "tasks:read", "days": 3});
    for (method, path, body) in [
        (Method::PUT, "/api/account/model", &own),
        (Method::POST, "/api/auth/grants", &program),
        (
            Method::PATCH,
            "/api/tasks/1",
            &json!({"title": TITLE, "user_id": "planted"}),
        ),
        (
            Method::PATCH,
            "/api/tasks/planted-id",
            &json!({"title": TITLE}),
        ),
        (
            Method::POST,
            "/api/tasks",
            &json!({"title": TITLE.repeat(100)}),
        ),
        (Method::POST, "/api/chatkit", &json!({"type": MESSAGE})),
        (
            Method::POST,
            "/api/planted-user/chat",
            &json!({"message": MESSAGE}),
        ),
    ] {
        let request = site.request(method, path).bearer_auth(token);
        with(request, body).send().await.unwrap();
    }
    for path in [
        "/api/tasks",
        "/api/runs/sweep",
        "/api/tasks/4?access_token=planted-query",
    ] {
        let refused = site.request(Method::GET, path).bearer_auth(FORGED);
        assert!(!refused.send().await.unwrap().status().is_success());
    }
    let refused = site
        .request(Method::GET, "/api/tasks/7")
        .bearer_auth(FORGED)
        .header("x-test-address", ADDRESS);
    let refused = refused.send().await.unwrap();
    let line = lines.of(id_of(&refused)).await;
    assert_eq!(line["route"], "/api/tasks/{id}");
    assert_eq!(
        (&line["status"], &line["method"]),
        (&json!(401), &json!("GET"))
    );
    assert_eq!(
        (&line["auth"], &line["code"]),
        (&json!("token.algorithm"), &json!("token.algorithm"))
    );
    assert!(line["duration_ms"].is_u64());
    // Who was refused: nobody knows whom a forged token means, but where it came from.
    assert_eq!(line["user"], Value::Null);
    assert!(is_pseudonym(&line["address"]), "{line}");

    let session = cookie.split_once('=').unwrap().1;
    let secrets = [
        EMAIL,
        PASSWORD,
        MESSAGE,
        TITLE,
        ANSWER,
        MODEL_KEY,
        OWN_KEY,
        FORGED,
        CRON,
        ADDRESS,
        token,
        session,
        crate::site::SECRET,
        "planted",
    ];
    assert!(lines.seen.len() >= 12, "{:#?}", lines.seen);
    for line in &lines.seen {
        let told = secrets.iter().find(|secret| line.contains(*secret));
        assert_eq!(told, None, "{line}");
    }
}

fn id_of(answered: &Response) -> &str {
    answered.headers()["x-request-id"].to_str().unwrap()
}

fn is_pseudonym(told: &Value) -> bool {
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    told.as_str()
        .is_some_and(|told| told.len() == 32 && told.bytes().all(is_digit))
}

/// FR-210: the same person and the same place by the same name, whichever way they come; another
/// by another; and nobody who was let in.
#[tokio::test]
async fn a_refusal_says_whom_it_met_without_telling() {
    let database = Database::new().await;
    let (site, mut lines) = deployment(&database, &model().await);
    let (ann, bob) = (site.sign_up("ann").await, site.sign_up("bob").await);
    let sign_in = |name: &str, accept: &str| {
        let email = format!("{name}@example.com");
        let wrong = json!({"email": email, "password": "incorrect horse"});
        let request = site.request(Method::POST, "/api/auth/sign-in/email");
        let request = with(request, &wrong).header("accept", accept);
        request.header("origin", &site.url)
    };
    let mismatch = |token: &str| {
        let request = site.request(Method::GET, "/api/somebody/tasks");
        request.bearer_auth(token)
    };
    let mut said = Vec::new();
    for (request, address) in [
        (mismatch(&ann.token), "203.0.113.47"),
        (sign_in("ann", "application/json"), "203.0.113.47"),
        (sign_in("ann", "text/html"), "203.0.113.47"),
        (mismatch(&bob.token), "203.0.113.48"),
        (sign_in("nobody", "application/json"), "203.0.113.48"),
        (mismatch("no-token"), "203.0.113.48"),
        (
            site.request(Method::GET, "/api/tasks")
                .bearer_auth(&ann.token),
            "203.0.113.47",
        ),
    ] {
        let answered = request
            .header("x-test-address", address)
            .send()
            .await
            .unwrap();
        said.push(lines.of(id_of(&answered)).await);
    }

    let [mismatched, wrong, by_form, bobs, unknown, nonsense, let_in] = &said[..] else {
        panic!("{said:#?}");
    };
    assert_eq!(mismatched["code"], "user.mismatch");
    for line in [wrong, by_form] {
        assert_eq!(line["code"], "INVALID_EMAIL_OR_PASSWORD");
        assert_eq!(line["user"], mismatched["user"]);
        assert_eq!(line["address"], mismatched["address"]);
    }
    assert_eq!(by_form["status"], 303);
    assert_ne!(bobs["user"], mismatched["user"]);
    assert_ne!(bobs["address"], mismatched["address"]);
    for line in [unknown, nonsense] {
        assert_eq!(
            (&line["user"], &line["address"]),
            (&Value::Null, &bobs["address"])
        );
    }
    for known in [&mismatched["user"], &mismatched["address"], &bobs["user"]] {
        assert!(is_pseudonym(known), "{known}");
    }
    assert_eq!(
        (&let_in["user"], &let_in["address"]),
        (&Value::Null, &Value::Null)
    );
}

/// FR-201: from every function, whether it answers, refuses or cannot begin.
#[tokio::test]
async fn every_answer_says_how_long_it_took() {
    let database = Database::new().await;
    let site = Site::start(&database.url, false);
    let broken = Site::start_with(&database.url, |options| Options {
        env: vec![("DATABASE_URL".to_owned(), database.url.clone())],
        ..options
    });
    for function in site.gateway.functions() {
        for (site, method) in [
            (&site, Method::GET),
            (&site, Method::DELETE),
            (&broken, Method::GET),
        ] {
            let path = format!("/api/{function}");
            let answered = site.request(method, &path).send().await.unwrap();

            let mut timings = answered.headers().get_all("server-timing").iter();
            let total = |timing: &[u8]| timing.starts_with(b"total;dur=");
            assert!(timings.any(|timing| total(timing.as_bytes())), "{path}");
            assert!(answered.headers().contains_key("x-request-id"), "{path}");
        }
    }
}
