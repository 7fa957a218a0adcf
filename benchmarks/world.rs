//! A database, people, and a model that answers at once.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};
use store::keys::{self, KeyRow};
use testing::{Database, ModelServer, ORIGIN, Part, Person, now, signer};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::server::{Environment, Server};

pub(crate) const SECRET: &str = "tI9f3kQ0vB7mZx2LwR8sYc5HdN1pJ6aE";

/// A database that trusts the tokens of tests, and a model.
pub(crate) struct World {
    pub(crate) database: Database,
    /// When the model was asked for an answer, oldest first.
    asked: Arc<Mutex<VecDeque<Instant>>>,
    /// When the model began to speak after it had thought.
    spoken: Mutex<UnboundedReceiver<Instant>>,
    model: ModelServer,
}

/// How long the model thinks if it is asked to.
pub(crate) const THOUGHT: Duration = Duration::from_millis(100);

impl World {
    /// With a model that answers at once.
    pub(crate) async fn new() -> Self {
        Self::thinking(answer).await
    }

    pub(crate) async fn thinking(
        mind: impl Fn(&Value, UnboundedSender<Instant>) -> Vec<Part> + Send + Sync + 'static,
    ) -> Self {
        let database = Database::new().await;
        let row = KeyRow {
            id: "test-key".to_owned(),
            public_key: signer().public_jwk(),
            private_key: signer().private_column(SECRET, [0; 24]),
        };
        let kept = keys::insert_first(&database.db, &row, now()).await;
        kept.expect("the key is the first");
        let asked = Arc::new(Mutex::new(VecDeque::new()));
        let noted = Arc::clone(&asked);
        let (speaks, spoken) = unbounded_channel();
        let model = ModelServer::with_mind(move |request| {
            if is_aside(request) {
                return vec![Part::Text("A name"), Part::End];
            }
            let mut noted = noted.lock().unwrap_or_else(PoisonError::into_inner);
            noted.push_back(Instant::now());
            mind(request, speaks.clone())
        })
        .await;
        Self {
            database,
            asked,
            spoken: Mutex::new(spoken),
            model,
        }
    }

    pub(crate) fn environment(&self) -> Environment {
        self.environment_by(&self.database.url)
    }

    /// For functions that reach the database by another way.
    pub(crate) fn environment_by(&self, database_url: &str) -> Environment {
        let mut environment = bare(database_url);
        environment.extend(self.model());
        environment
    }

    /// Where the model is.
    pub(crate) fn model(&self) -> [(&'static str, String); 2] {
        [
            ("OPENAI_BASE_URL", self.model.base_url.clone()),
            ("OPENAI_MODEL", "scripted".to_owned()),
        ]
    }

    /// Somebody new, and their token.
    pub(crate) async fn token(&self, name: &str) -> String {
        let person = Person::sign_up_at(&self.database.db, name, now()).await;
        person.token(now())
    }

    /// When it began to speak, if it has thought before.
    pub(crate) fn spoken(&self) -> Option<Instant> {
        let mut spoken = self.spoken.lock().unwrap_or_else(PoisonError::into_inner);
        spoken.try_recv().ok()
    }

    /// When the model was asked first since this was called last.
    pub(crate) fn first_asked(&self) -> Option<Instant> {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let first = asked.pop_front();
        asked.clear();
        first
    }
}

/// What every function needs. The count of requests is on, as by default, and never full.
pub(crate) fn bare(database_url: &str) -> Environment {
    vec![
        ("DATABASE_URL", database_url.to_owned()),
        ("BETTER_AUTH_SECRET", SECRET.to_owned()),
        ("BETTER_AUTH_URL", ORIGIN.to_owned()),
        ("RATE_LIMIT_REQUESTS", "1000000/1h".to_owned()),
    ]
}

/// A title or a summary, for which nobody waits.
fn is_aside(request: &Value) -> bool {
    request["tools"].as_array().is_none_or(Vec::is_empty)
}

/// Adds a task for "Add milk", thinks when told to, and says something to everything else.
fn answer(request: &Value, speaks: UnboundedSender<Instant>) -> Vec<Part> {
    let last = request["messages"]
        .as_array()
        .and_then(|messages| messages.last());
    let said = last.map_or(&Value::Null, |last| &last["content"]);
    let asks = last.is_some_and(|last| last["role"] == "user");
    if said.as_str().is_some_and(|said| said.starts_with("Think")) {
        let (thought, begin) = (Part::Think(THOUGHT), Part::Mark(speaks));
        return vec![thought, begin, Part::Text("It is on your list."), Part::End];
    }
    match said.as_str().and_then(|said| said.strip_prefix("Add ")) {
        Some(title) if asks => vec![
            Part::Call("add_tasks", json!({"tasks": [{"title": title}]})),
            Part::End,
        ],
        _ => vec![Part::Text("It is on your list."), Part::End],
    }
}

/// What a client has seen of a turn.
pub(crate) struct Turn {
    pub(crate) sent: Instant,
    pub(crate) first_event: Duration,
    pub(crate) first_text: Option<Instant>,
    pub(crate) ended: Duration,
    /// Of a new conversation.
    pub(crate) thread: Option<String>,
}

pub(crate) fn message(thread: Option<&str>, text: &str) -> String {
    // As ChatKit's own page sends it; its server asks for each of these.
    let input = json!({
        "content": [{"type": "input_text", "text": text}],
        "attachments": [],
        "inference_options": {},
    });
    let request = match thread {
        None => json!({"type": "threads.create", "params": {"input": input}}),
        Some(thread) => json!({
            "type": "threads.add_user_message",
            "params": {"thread_id": thread, "input": input},
        }),
    };
    request.to_string()
}

pub(crate) fn request(
    client: &Client,
    function: &Server,
    token: &str,
    body: String,
) -> RequestBuilder {
    client
        .post(function.url("/api/chatkit"))
        .bearer_auth(token)
        .header("content-type", "application/json")
        .header("x-vercel-internal-invocation-id", "bench")
        .header("x-vercel-internal-request-id", "1")
        .body(body)
}

/// Says something and listens to the end of the answer.
pub(crate) async fn say(
    client: &Client,
    function: &Server,
    token: &str,
    thread: Option<&str>,
    text: &str,
) -> Turn {
    let request = request(client, function, token, message(thread, text));
    let sent = Instant::now();
    let mut response = request.send().await.expect("the function answers");
    assert_eq!(response.status(), 200);
    let (mut first_event, mut first_text) = (None, None);
    let mut heard = Vec::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        first_event.get_or_insert(sent.elapsed());
        heard.extend_from_slice(&chunk);
        if first_text.is_none() && contains(&heard, b"text_delta") {
            first_text = Some(Instant::now());
        }
    }
    let ended = sent.elapsed();
    let heard = String::from_utf8_lossy(&heard);
    assert!(!heard.contains("\"type\":\"error\""), "{heard}");
    Turn {
        sent,
        first_event: first_event.unwrap_or_default(),
        first_text,
        ended,
        thread: created(&heard),
    }
}

fn contains(text: &[u8], sign: &[u8]) -> bool {
    text.windows(sign.len()).any(|window| window == sign)
}

fn created(stream: &str) -> Option<String> {
    let first = stream
        .lines()
        .find_map(|line| line.strip_prefix("data: "))?;
    let event: Value = serde_json::from_str(first).ok()?;
    event["thread"]["id"].as_str().map(str::to_owned)
}
