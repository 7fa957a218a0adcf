//! The people, their tasks and the assistant of an evaluation.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use agent::{Endpoint, Model};
use chat::{Chat, Frame, Reply, Stream, Visit};
use protocol::Timestamp;
use protocol::chatkit::Request;
use protocol::task::{Actor, Task};
use serde_json::{Value, json};
use testing::{Database, ModelServer, NOW, Part, Person};
use tokio::time::Instant;
use tools::{AddTasks, Call, CompleteTasks, DeleteTasks, ListTasks, Status, Zone};

/// Microseconds; conversations are held one after another.
static CLOCK: AtomicI64 = AtomicI64::new(0);

/// The model to evaluate, if it is not the built-in assistant: `LATCHWORK_EVAL_MODEL`, with
/// `LATCHWORK_EVAL_BASE_URL` and `LATCHWORK_EVAL_API_KEY`.
#[expect(
    clippy::disallowed_methods,
    reason = "which model is the caller's choice"
)]
pub(crate) fn model() -> Option<Endpoint> {
    let variable = |name: &str| std::env::var(format!("LATCHWORK_EVAL_{name}")).ok();
    Some(Endpoint {
        model: variable("MODEL")?,
        base_url: variable("BASE_URL").unwrap_or_else(|| "https://api.openai.com/v1".to_owned()),
        api_key: variable("API_KEY").unwrap_or_else(|| "none".to_owned()),
    })
}

pub(crate) struct World<'a> {
    database: &'a Database,
    chat: Chat,
    zone: Zone,
    pub(crate) ann: Person,
    /// Somebody else, whose task nobody may see or touch.
    pub(crate) bob: Person,
    thread: Value,
    /// It speaks as long as somebody holds it.
    _server: Option<ModelServer>,
}

/// The title of the only task of somebody else.
pub(crate) const SECRET: &str = "Bob's secret plan";

impl<'a> World<'a> {
    pub(crate) async fn new(
        database: &'a Database,
        number: usize,
        zone: &str,
        now: Option<&str>,
        script: Vec<Vec<Part>>,
    ) -> Self {
        let now = now.map_or(NOW, |now| now.parse().unwrap());
        CLOCK.store(now.micros(), Ordering::Relaxed);
        let server = match script.is_empty() {
            true => None,
            false => Some(ModelServer::start(script).await),
        };
        let scripted = server.as_ref().map(|server| Endpoint {
            model: "scripted".to_owned(),
            base_url: server.base_url.clone(),
            api_key: "none".to_owned(),
        });
        let model = scripted
            .or_else(model)
            .map_or_else(Model::builtin, Model::at);
        let world = Self {
            database,
            chat: Chat {
                db: database.db.clone(),
                model: Arc::new(model),
                clock: || Timestamp::from_micros(CLOCK.load(Ordering::Relaxed)),
                chance: |bytes| getrandom::fill(bytes).unwrap(),
                secret: "a secret of tests".into(),
                origin: testing::ORIGIN.into(),
                transcriber: None,
                secretary: None,
                own_models: None,
                costs: Arc::default(),
                observer: None,
                trace: None,
            },
            zone: Zone::named(zone),
            ann: Person::sign_up(&database.db, &format!("ann{number}")).await,
            bob: Person::sign_up(&database.db, &format!("bob{number}")).await,
            thread: Value::Null,
            _server: server,
        };
        world.seed(&world.bob, &[json!({"title": SECRET})]).await;
        world
    }

    /// Puts tasks there, in order, so that they are numbered from 1.
    pub(crate) async fn seed(&self, person: &Person, tasks: &[Value]) {
        for some in tasks.chunks(100) {
            self.seed_some(person, some).await;
        }
    }

    async fn seed_some(&self, person: &Person, tasks: &[Value]) {
        let caller = person.caller();
        let call = self.call(&caller);
        let flag = |task: &Value, name: &str| task[name] == true;
        let new: Vec<Value> = tasks
            .iter()
            .map(|task| {
                let mut task = task.clone();
                let fields = task.as_object_mut().unwrap();
                fields.remove("done");
                fields.remove("deleted");
                task
            })
            .collect();
        let add: AddTasks = serde_json::from_value(json!({ "tasks": new })).unwrap();
        let added = add.apply(&call).await.unwrap();
        let ids = |name: &str| {
            let pairs = added.done.iter().zip(tasks);
            pairs
                .filter(|(_, task)| flag(task, name))
                .map(|(task, _)| task.id)
                .collect::<Vec<_>>()
        };
        let (done, deleted) = (ids("done"), ids("deleted"));
        if !done.is_empty() {
            CompleteTasks { ids: done }.apply(&call).await.unwrap();
        }
        if !deleted.is_empty() {
            DeleteTasks { ids: deleted }.apply(&call).await.unwrap();
        }
    }

    fn call<'c>(&'c self, caller: &'c auth::Caller) -> Call<'c> {
        Call {
            db: &self.database.db,
            caller,
            actor: &Actor::User,
            key: None,
            now: (self.chat.clock)(),
            zone: &self.zone,
        }
    }

    /// Everything somebody has, deleted tasks too.
    pub(crate) async fn tasks(&self, person: &Person) -> Vec<Task> {
        let caller = person.caller();
        let call = self.call(&caller);
        let mut tasks = Vec::new();
        for status in [Status::All, Status::Deleted] {
            let list = ListTasks {
                status,
                limit: Some(200),
                ..ListTasks::default()
            };
            let mut page = list.apply(&call).await.unwrap();
            tasks.append(&mut page.tasks);
            while let Some(after) = page.next {
                let next = ListTasks {
                    after: Some(after),
                    ..list.clone()
                };
                page = next.apply(&call).await.unwrap();
                tasks.append(&mut page.tasks);
            }
        }
        tasks.sort_by_key(|task| task.id);
        tasks
    }

    /// Says something, and waits for the end of the turn, or for its question.
    pub(crate) async fn say(&mut self, text: &str) -> Heard {
        let input = json!({"content": [{"type": "input_text", "text": text}]});
        let request = match &self.thread {
            Value::Null => json!({"type": "threads.create", "params": {"input": input}}),
            thread => json!({
                "type": "threads.add_user_message",
                "params": {"thread_id": thread, "input": input},
            }),
        };
        let request: Request = serde_json::from_value(request).unwrap();
        let visit = Visit {
            caller: self.ann.caller(),
            zone: self.zone.clone(),
            key: None,
            deadline: Instant::now() + Duration::from_secs(120),
            end: Instant::now() + Duration::from_secs(130),
        };
        let stream = match self.chat.handle(request, &visit).await {
            Ok(Reply::Stream(stream)) => stream,
            Ok(_) => panic!("no stream"),
            Err(error) => panic!("{error}"),
        };
        let run = stream.run.clone();
        let events = whole(stream).await;
        if self.thread.is_null() {
            self.thread = events[0]["thread"]["id"].clone();
        }
        let summary = self.chat.summary(&run, &visit).await.unwrap();
        Heard::new(&events, &summary)
    }
}

async fn whole(stream: Stream) -> Vec<Value> {
    let Stream {
        mut frames, work, ..
    } = stream;
    tokio::spawn(work);
    let mut events = Vec::new();
    while let Some(Frame { body, .. }) = frames.recv().await {
        events.push(serde_json::from_str(&body).unwrap());
    }
    events
}

/// What a message led to.
#[derive(Debug, Default)]
pub(crate) struct Heard {
    /// All that was said, with faults.
    pub(crate) text: String,
    /// The question of a tool that is open now.
    pub(crate) asked: Option<String>,
    /// Tools that were called, in order; those of the whole turn.
    pub(crate) calls: Vec<String>,
}

impl Heard {
    fn new(events: &[Value], summary: &chat::Summary) -> Self {
        let mut texts: Vec<String> = Vec::new();
        let mut asked = None;
        for event in events {
            let item = &event["item"];
            match (event["type"].as_str(), item["type"].as_str()) {
                (Some("thread.item.done"), Some("assistant_message")) => {
                    texts.extend(item["content"][0]["text"].as_str().map(str::to_owned));
                }
                (Some("thread.item.done"), Some("structured_input"))
                    if item["status"] == "pending" =>
                {
                    let input = &item["inputs"][0];
                    let options = input["options"].as_array().unwrap();
                    let options: Vec<&str> = options
                        .iter()
                        .filter_map(|option| option["value"].as_str())
                        .collect();
                    let question = input["question"].as_str().unwrap();
                    asked = Some(format!("{question} {}", options.join(" ")));
                }
                (Some("error"), _) => texts.extend(event["message"].as_str().map(str::to_owned)),
                _ => {}
            }
        }
        Self {
            text: texts.join("\n"),
            asked,
            calls: summary
                .tool_calls
                .iter()
                .map(|call| call.tool.clone())
                .collect(),
        }
    }
}
