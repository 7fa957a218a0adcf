//! What is remembered, and how it is found again.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use agent::{Endpoint, Model};
use chat::{Error, Format, Stream};
use protocol::chatkit::Request;
use protocol::{RunId, ThreadId, Timestamp};
use serde_json::{Value, json};
use testing::{ModelServer, NOW, Part, Person};
use tokio::sync::Notify;
use tokio::time::Instant;

use crate::desk::{Desk, answers, create, events, thread_of, types, visit, whole};

fn answer(text: &'static str) -> Vec<Part> {
    vec![Part::Text(text), Part::End]
}

/// A model of its own for what nobody waits for.
async fn secretary(
    mind: impl Fn(&Value) -> Vec<Part> + Send + Sync + 'static,
) -> (ModelServer, Option<Arc<Model>>) {
    let server = ModelServer::with_mind(mind).await;
    let model = Model::at(Endpoint {
        model: "secretary".to_owned(),
        base_url: server.base_url.clone(),
        api_key: "none".to_owned(),
    });
    (server, Some(Arc::new(model)))
}

/// Somebody at a desk where the title "Shopping" comes only when it is told to.
async fn with_a_slow_title() -> (Desk, ModelServer, Arc<Notify>) {
    let go = Arc::new(Notify::new());
    let slow = go.clone();
    let mut desk = Desk::new(vec![answer("Hi.")]).await;
    let (server, model) = secretary(move |_| {
        let wait = Part::Wait(slow.clone());
        vec![wait, Part::Text("Shopping"), Part::End]
    })
    .await;
    desk.chat.secretary = model;
    (desk, server, go)
}

/// A clock in whose order turns can be sorted.
fn ticking() -> Timestamp {
    static SECONDS: AtomicI64 = AtomicI64::new(0);
    NOW.plus_seconds(SECONDS.fetch_add(1, Ordering::Relaxed))
}

/// What the newest conversation is called.
async fn title(desk: &Desk) -> Value {
    let list = json!({"type": "threads.list", "params": {}});
    desk.json(list).await["data"][0]["title"].clone()
}

fn title_of(event: &Value) -> Option<&str> {
    event["thread"]["title"].as_str()
}

#[tokio::test]
async fn a_title_that_is_there_in_time_is_part_of_the_stream() {
    let go = Arc::new(Notify::new());
    let mut desk = Desk::new(vec![vec![
        Part::Text("Hi"),
        Part::Wait(go.clone()),
        Part::End,
    ]])
    .await;
    let (server, model) = secretary(|_| answer("“Weekly shopping.”")).await;
    desk.chat.secretary = model;
    let stream = tokio::spawn(whole(desk.stream(create("We need milk and eggs")).await));
    server.request().await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    go.notify_one();

    let said = events(&stream.await.unwrap());

    assert_eq!(title_of(&said[0]), Some("We need milk and eggs"));
    let updated = said.iter().find(|event| event["type"] == "thread.updated");
    let updated = updated.unwrap();
    assert_eq!(title_of(updated), Some("Weekly shopping"));
    assert_eq!(updated["thread"]["items"]["data"], json!([]));
}

#[tokio::test]
async fn an_answer_does_not_wait_for_its_title() {
    let (desk, _server, go) = with_a_slow_title().await;
    let Stream {
        mut frames, work, ..
    } = desk.stream(create("We need milk")).await;
    let work = tokio::spawn(work);
    let mut said = Vec::new();
    while let Some(frame) = frames.recv().await {
        said.push(frame);
    }
    let said = events(&said);
    assert_eq!(answers(&said), ["Hi."]);

    go.notify_one();
    work.await.unwrap();

    assert_eq!(title(&desk).await, "Shopping");
}

#[tokio::test]
async fn a_name_that_a_person_gave_stays() {
    let (desk, _server, go) = with_a_slow_title().await;
    let Stream {
        mut frames, work, ..
    } = desk.stream(create("We need milk")).await;
    let work = tokio::spawn(work);
    let first = frames.recv().await.unwrap();
    let first: Value = serde_json::from_str(&first.body).unwrap();
    let rename = json!({
        "type": "threads.update",
        "params": {"thread_id": first["thread"]["id"], "title": "My own"},
    });
    desk.json(rename).await;

    go.notify_one();
    work.await.unwrap();

    assert_eq!(title(&desk).await, "My own");
}

/// FR-212: a title that takes longer than the process has is made by a later one, and notes as
/// well.
#[tokio::test]
async fn a_title_that_was_cut_off_is_made_again() {
    let never = Arc::new(Notify::new());
    let asked = AtomicI64::new(0);
    let mut desk = Desk::new(vec![answer("Hi."); 4]).await;
    let (_server, model) = secretary(move |_| {
        let wait = Part::Wait(never.clone());
        match asked.fetch_add(1, Ordering::Relaxed) {
            0 => vec![wait],
            1 => answer("Shopping"),
            _ => panic!("it was asked for again"),
        }
    })
    .await;
    desk.chat.secretary = model;
    desk.chat.clock = ticking;
    desk.visit.deadline = Instant::now() + Duration::from_millis(500);
    let Stream {
        mut frames, work, ..
    } = desk.stream(create("We need milk")).await;
    work.await;
    let mut said = Vec::new();
    while let Some(frame) = frames.recv().await {
        said.push(frame);
    }
    let said = events(&said);
    assert_eq!(answers(&said), ["Hi."]);
    assert!(Instant::now() < desk.visit.end);
    assert_eq!(title(&desk).await, "We need milk");
    desk.visit.deadline = visit(&desk.person).deadline;

    desk.say_in(&thread_of(&said), "And eggs").await;
    assert_eq!(title(&desk).await, "We need milk");
    desk.say_in(&thread_of(&said), "And bread").await;
    assert_eq!(title(&desk).await, "Shopping");
    desk.say_in(&thread_of(&said), "And tea").await;
}

#[tokio::test]
async fn what_is_too_old_to_be_told_is_told_as_notes() {
    let long = "a".repeat(7_900);
    let turns = 10;
    let mut desk = Desk::new(vec![answer("Yes."); turns + 1]).await;
    let (server, model) = secretary(|request| {
        let instructions = request["messages"][0]["content"].as_str().unwrap();
        match instructions.starts_with("Name the conversation") {
            true => answer("Letters"),
            false => answer("They wrote many letters."),
        }
    })
    .await;
    desk.chat.secretary = model;
    desk.chat.clock = ticking;
    let said = desk.say(&format!("first {long}")).await;
    let thread = thread_of(&said);
    for _ in 1..turns {
        desk.say_in(&thread, &format!("then {long}")).await;
    }

    desk.say_in(&thread, "And now?").await;

    for _ in 0..turns {
        desk.model.request().await;
    }
    let asked = desk.model.request().await;
    let messages = asked["messages"].as_array().unwrap();
    assert_eq!(messages[1]["role"], "system");
    let notes = messages[1]["content"].as_str().unwrap();
    assert!(notes.contains("They wrote many letters."), "{notes}");
    assert!(messages.len() < 2 * turns, "{}", messages.len());
    assert!(!asked.to_string().contains("first aaa"));
    // The title, and then what was too old, read as a transcript.
    server.request().await;
    let read = server.request().await["messages"][1].to_string();
    assert!(read.contains("Person: first aaa"), "{read}");
}

#[tokio::test]
async fn an_answer_longer_than_a_process_lives_is_gone_on_with() {
    let never = Arc::new(Notify::new());
    let mut desk = Desk::new(vec![
        vec![Part::Text("The first half"), Part::Wait(never)],
        answer(" and the second."),
    ])
    .await;
    let later = desk.visit.deadline;
    desk.visit.deadline = Instant::now() + Duration::from_millis(400);
    let stream = desk.stream(create("Tell me")).await;
    let run = stream.run.clone();
    let begun = events(&whole(stream).await);
    assert_eq!(begun.last().unwrap()["type"], "thread.item.done");

    desk.visit.deadline = later;
    let began = Instant::now();
    let said = events(&whole(desk.chat.follow(&run, 0, &desk.visit).await.unwrap()).await);

    // Handed over, so nobody waited for a lease to end.
    assert!(began.elapsed() < Duration::from_secs(4));
    assert_eq!(answers(&said), ["The first half", " and the second."]);
    assert!(!types(&said).contains(&"thread.item.removed"));
    desk.model.request().await;
    let asked = desk.model.request().await.to_string();
    assert!(asked.contains("The first half"), "{asked}");
    assert!(asked.contains("Go on exactly where it stopped"), "{asked}");
}

#[tokio::test]
async fn conversations_are_found_by_what_was_said_in_them() {
    let mut desk = Desk::new(vec![answer("Remember the oat milk."), answer("Sure.")]).await;
    let groceries = thread_of(&desk.say("Groceries for Sunday").await);
    let travel = thread_of(&desk.say("Trains to Zürich").await);
    let found = async |desk: &Desk, text: &str| -> Vec<String> {
        let page = desk.chat.search(text, None, None, &desk.visit).await;
        let threads = page.unwrap().data.into_iter();
        threads.map(|thread| thread.id.to_string()).collect()
    };

    assert_eq!(found(&desk, "oat mil").await, [groceries.as_str().unwrap()]);
    assert_eq!(found(&desk, "zürich").await, [travel.as_str().unwrap()]);
    assert_eq!(found(&desk, "oat zürich").await, Vec::<String>::new());
    assert_eq!(found(&desk, "").await.len(), 2);
    assert_eq!(found(&desk, "'; drop table & ( | !").await.len(), 0);
    let bob = Person::sign_up(&desk.database.db, "bob").await;
    desk.visit = visit(&bob);
    assert_eq!(found(&desk, "milk").await, Vec::<String>::new());
}

#[tokio::test]
async fn a_conversation_can_be_taken_away() {
    let call = Part::Call("add_tasks", json!({"tasks": [{"title": "Buy milk"}]}));
    let mut desk = Desk::new(vec![vec![call, Part::End], answer("Added “Buy milk”.")]).await;
    let thread = thread_of(&desk.say("Add milk").await);
    let thread = ThreadId::new(thread.as_str().unwrap());
    let export = async |desk: &Desk, format| desk.chat.export(&thread, format, &desk.visit).await;

    let text = export(&desk, Format::Markdown).await.unwrap();
    let json: Value = serde_json::from_str(&export(&desk, Format::Json).await.unwrap()).unwrap();

    assert!(text.starts_with("# Add milk\n\n**You**, 2026-11-23T12:00:00.000Z\n\nAdd milk\n"));
    assert!(text.contains("**Assistant used**"), "{text}");
    assert!(text.ends_with("Added “Buy milk”.\n"), "{text}");
    assert_eq!(json["items"]["data"].as_array().unwrap().len(), 3);
    let bob = Person::sign_up(&desk.database.db, "bob").await;
    desk.visit = visit(&bob);
    let refused = export(&desk, Format::Json).await.err().unwrap();
    assert!(matches!(refused, Error::ThreadNotFound));
}

#[tokio::test]
async fn old_events_are_swept_and_messages_stay() {
    let mut desk = Desk::new(vec![answer("Hi."), answer("Ho.")]).await;
    desk.visit.key = Some("one".to_owned());
    let old = desk.stream(create("Hello")).await;
    let run = old.run.clone();
    let said = events(&whole(old).await);
    let thread = thread_of(&said);
    let long_ago = "update runs set finished_at = timestamptz '2026-11-22 11:59Z';
        insert into attachments (user_id, id, name, mime_type, size, created_at)
        values ('ann', 'atc_1', 'a.txt', 'text/plain', 1, '2026-11-20'),
               ('ann', 'atc_2', 'b.txt', 'text/plain', 1, '2026-11-23 11:00Z')";
    desk.database
        .client()
        .await
        .batch_execute(long_ago)
        .await
        .unwrap();
    desk.visit.key = None;
    desk.say("Another").await;

    let swept = desk.chat.sweep(desk.visit.deadline).await.unwrap();
    let again = desk.chat.sweep(desk.visit.deadline).await.unwrap();

    assert_eq!((swept.runs, swept.files, swept.more), (1, 1, false));
    assert_eq!(swept.events, i64::try_from(said.len()).unwrap());
    assert_eq!((again.runs, again.events, again.files), (0, 0, 0));
    let followed = desk.chat.follow(&run, 0, &desk.visit).await.err().unwrap();
    assert!(matches!(followed, Error::RunSwept));
    let items = json!({"type": "items.list", "params": {"thread_id": thread}});
    assert_eq!(desk.json(items).await["data"].as_array().unwrap().len(), 2);
    // A late repeat still makes no second turn.
    desk.visit.key = Some("one".to_owned());
    let request: Request = serde_json::from_value(create("Hello")).unwrap();
    let refused = desk.chat.handle(request, &desk.visit).await;
    assert!(matches!(refused.err(), Some(Error::RunSwept)));
    assert_eq!(desk.count("select count(*) from runs").await, 2);
    assert_ne!(run, RunId::new(""));
}
