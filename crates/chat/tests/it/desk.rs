//! A person at a chat.

use std::sync::Arc;
use std::time::Duration;

use agent::{Endpoint, Model};
use chat::{Chat, Error, Frame, Reply, Stream, Visit};
use protocol::chatkit::Request;
use serde_json::{Value, json};
use testing::{Database, ModelServer, NOW, Part, Person};
use tokio::time::Instant;
use tools::Zone;

pub(crate) struct Desk {
    pub(crate) database: Database,
    pub(crate) model: ModelServer,
    pub(crate) chat: Chat,
    pub(crate) visit: Visit,
    pub(crate) person: Person,
}

impl Desk {
    pub(crate) async fn new(script: Vec<Vec<Part>>) -> Self {
        let database = Database::new().await;
        let model = ModelServer::start(script).await;
        let person = Person::sign_up(&database.db, "ann").await;
        let chat = Chat {
            db: database.db.clone(),
            model: Arc::new(Model::at(Endpoint {
                model: "scripted".to_owned(),
                base_url: model.base_url.clone(),
                api_key: "none".to_owned(),
            })),
            clock: || NOW,
            chance: |bytes| getrandom::fill(bytes).unwrap(),
            secret: "a secret of tests".into(),
            origin: testing::ORIGIN.into(),
            transcriber: None,
            secretary: None,
            own_models: None,
            costs: Arc::default(),
            observer: None,
            trace: None,
        };
        let visit = visit(&person);
        Self {
            database,
            model,
            chat,
            visit,
            person,
        }
    }

    pub(crate) async fn request(&self, request: Value) -> Result<Reply, Error> {
        let request: Request = serde_json::from_value(request).unwrap();
        self.chat.handle(request, &self.visit).await
    }

    pub(crate) async fn json(&self, request: Value) -> Value {
        match self.request(request).await {
            Ok(Reply::Json(value)) => value,
            Ok(Reply::Stream(_)) => panic!("a stream"),
            Err(error) => panic!("{error}"),
        }
    }

    pub(crate) async fn stream(&self, request: Value) -> Stream {
        match self.request(request).await {
            Ok(Reply::Stream(stream)) => stream,
            Ok(Reply::Json(value)) => panic!("{value}"),
            Err(error) => panic!("{error}"),
        }
    }

    pub(crate) async fn refusal(&self, request: Value) -> Error {
        match self.request(request).await {
            Ok(_) => panic!("it was not refused"),
            Err(error) => error,
        }
    }

    /// Says something in a new conversation and waits for the end of the turn.
    pub(crate) async fn say(&self, text: &str) -> Vec<Value> {
        events(&whole(self.stream(create(text)).await).await)
    }

    /// The same in a conversation that is there.
    pub(crate) async fn say_in(&self, thread: &Value, text: &str) -> Vec<Value> {
        let Stream {
            mut frames, work, ..
        } = self.stream(add(thread, text)).await;
        // With everything that is done after the answer.
        work.await;
        let mut seen = Vec::new();
        while let Some(frame) = frames.recv().await {
            seen.push(frame);
        }
        events(&seen)
    }

    /// As if the process that works on the run had died long ago.
    pub(crate) async fn expire_leases(&self) {
        let client = self.database.client().await;
        client
            .batch_execute("update runs set lease_until = now() - interval '1 second'")
            .await
            .unwrap();
    }

    pub(crate) async fn count(&self, sql: &str) -> i64 {
        let client = self.database.client().await;
        client.query_one(sql, &[]).await.unwrap().get(0)
    }
}

pub(crate) fn visit(person: &Person) -> Visit {
    Visit {
        caller: person.caller(),
        zone: Zone::named("Europe/Berlin"),
        key: None,
        deadline: Instant::now() + Duration::from_secs(50),
        end: Instant::now() + Duration::from_secs(54),
    }
}

pub(crate) fn create(text: &str) -> Value {
    json!({"type": "threads.create", "params": {"input": input(text)}})
}

pub(crate) fn add(thread: &Value, text: &str) -> Value {
    json!({
        "type": "threads.add_user_message",
        "params": {"thread_id": thread, "input": input(text)},
    })
}

fn input(text: &str) -> Value {
    json!({"content": [{"type": "input_text", "text": text}]})
}

/// Every frame of a stream, to its end; their numbers must be without gaps.
pub(crate) async fn whole(stream: Stream) -> Vec<Frame> {
    let Stream {
        mut frames, work, ..
    } = stream;
    tokio::spawn(work);
    let mut seen: Vec<Frame> = Vec::new();
    while let Some(frame) = frames.recv().await {
        if let Some(last) = seen.last() {
            assert_eq!(frame.seq, last.seq + 1);
        }
        seen.push(frame);
    }
    seen
}

pub(crate) fn events(frames: &[Frame]) -> Vec<Value> {
    frames
        .iter()
        .map(|frame| serde_json::from_str(&frame.body).unwrap())
        .collect()
}

pub(crate) fn types(events: &[Value]) -> Vec<&str> {
    events
        .iter()
        .map(|event| event["type"].as_str().unwrap())
        .collect()
}

pub(crate) fn thread_of(events: &[Value]) -> Value {
    events[0]["thread"]["id"].clone()
}

/// The texts of the assistant that are final.
pub(crate) fn answers(events: &[Value]) -> Vec<String> {
    events
        .iter()
        .filter(|event| event["type"] == "thread.item.done")
        .filter_map(|event| event["item"]["content"][0]["text"].as_str())
        .skip(1)
        .map(str::to_owned)
        .collect()
}
