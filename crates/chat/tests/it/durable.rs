//! Turns whose process dies, whose reader leaves, that are stopped or repeated.

use std::sync::Arc;
use std::time::Duration;

use chat::Stream;
use futures_util::FutureExt;
use serde_json::json;
use testing::Part;
use tokio::sync::Notify;
use tokio::time::Instant;

use crate::desk::{Desk, add, answers, create, events, thread_of, types, visit, whole};

/// Reads until an event of the kind has come, driving the work as far as that takes.
async fn until(stream: &mut Stream, kind: &str) {
    let kind = format!("\"type\":\"{kind}\"");
    loop {
        tokio::select! {
            biased;
            frame = stream.frames.recv() => {
                if frame.is_none_or(|frame| frame.body.contains(&kind)) {
                    return;
                }
            }
            () = &mut stream.work => return,
        }
    }
}

#[tokio::test]
async fn a_turn_whose_process_dies_in_mid_answer_is_finished_by_its_reader() {
    let never = Arc::new(Notify::new());
    let desk = Desk::new(vec![
        vec![Part::Text("Half an ans"), Part::Wait(never)],
        vec![Part::Text("The whole answer."), Part::End],
    ])
    .await;
    let mut stream = desk.stream(create("Hello")).await;
    until(&mut stream, "assistant_message.content_part.text_delta").await;
    let run = stream.run.clone();
    drop(stream);
    desk.expire_leases().await;

    let said = events(&whole(desk.chat.follow(&run, 0, &desk.visit).await.unwrap()).await);

    assert!(types(&said).contains(&"thread.item.removed"));
    assert_eq!(answers(&said), ["The whole answer."]);
    let items = desk.count("select count(*) from items").await;
    assert_eq!(items, 2);
}

#[tokio::test]
async fn a_tool_has_its_effect_once_though_the_process_dies_after_it() {
    let never = Arc::new(Notify::new());
    let call = Part::Call("add_tasks", json!({"tasks": [{"title": "Buy milk"}]}));
    let desk = Desk::new(vec![
        vec![call, Part::End],
        vec![Part::Wait(never)],
        vec![Part::Text("Added."), Part::End],
    ])
    .await;
    let Stream { work, run, .. } = desk.stream(create("Add milk")).await;
    // The second question of the model comes after the effect.
    let asked_twice = async {
        desk.model.request().await;
        desk.model.request().await;
    };
    tokio::select! {
        () = work => panic!("it waits for the model"),
        () = asked_twice => {}
    }
    // As if the process had died between the effect and its note of it.
    let client = desk.database.client().await;
    client
        .batch_execute(
            "update runs set state = jsonb_set(state, '{turn,messages}',
                jsonb_path_query_array(state, '$.turn.messages[*] ? (@.role != \"tool\")'))",
        )
        .await
        .unwrap();
    desk.expire_leases().await;

    let said = events(&whole(desk.chat.follow(&run, 0, &desk.visit).await.unwrap()).await);

    assert_eq!(desk.count("select count(*) from tasks").await, 1);
    assert_eq!(answers(&said), ["Added."]);
}

#[tokio::test]
async fn a_turn_goes_on_when_its_reader_leaves() {
    let desk = Desk::new(vec![vec![Part::Text("Well."), Part::End]]).await;
    let Stream {
        frames, work, run, ..
    } = desk.stream(create("Hello")).await;
    drop(frames);

    work.await;

    let said = events(&whole(desk.chat.follow(&run, 0, &desk.visit).await.unwrap()).await);
    assert_eq!(answers(&said), ["Well."]);
}

#[tokio::test]
async fn every_reader_sees_the_same_bytes() {
    let go = Arc::new(Notify::new());
    let desk = Desk::new(vec![vec![
        Part::Text("One "),
        Part::Wait(go.clone()),
        Part::Text("two."),
        Part::End,
    ]])
    .await;
    let first = desk.stream(create("Count")).await;
    let run = first.run.clone();
    let first = tokio::spawn(whole(first));
    let mut others = Vec::new();
    for after in [0, 0, 2] {
        let stream = desk.chat.follow(&run, after, &desk.visit).await.unwrap();
        others.push(tokio::spawn(whole(stream)));
    }

    go.notify_one();

    let first = first.await.unwrap();
    for (other, after) in others.into_iter().zip([0, 0, 2]) {
        assert_eq!(other.await.unwrap(), first[after..]);
    }
}

#[tokio::test]
async fn a_repeated_send_attaches_to_the_first() {
    let mut desk = Desk::new(vec![vec![Part::Text("Once."), Part::End]]).await;
    desk.visit.key = Some("k1".to_owned());

    let first = whole(desk.stream(create("Hello")).await).await;
    let second = whole(desk.stream(create("Hello")).await).await;
    let other = desk.refusal(create("Something else")).await;

    assert_eq!(first, second);
    assert!(matches!(other, chat::Error::KeyReused));
    assert_eq!(desk.count("select count(*) from runs").await, 1);
}

#[tokio::test]
async fn stop_keeps_what_was_said_and_tells_the_model_next_time() {
    let never = Arc::new(Notify::new());
    let desk = Desk::new(vec![
        vec![Part::Text("A long st"), Part::Wait(never)],
        vec![Part::Text("Right."), Part::End],
    ])
    .await;
    let mut stream = desk.stream(create("Tell me")).await;
    until(&mut stream, "assistant_message.content_part.text_delta").await;

    desk.chat.stop(&stream.run, &desk.visit).await.unwrap();
    stream.work.as_mut().await;

    let run = stream.run.clone();
    let said = events(&whole(desk.chat.follow(&run, 0, &desk.visit).await.unwrap()).await);
    assert_eq!(answers(&said), ["A long st"]);
    desk.model.request().await;
    let next = desk.stream(add(&thread_of(&said), "Never mind")).await;
    whole(next).await;
    let asked = desk.model.request().await.to_string();
    assert!(asked.contains("A long st"), "{asked}");
    assert!(asked.contains("The person stopped this answer"), "{asked}");
}

#[tokio::test]
async fn a_turn_ends_with_a_reason_when_its_session_is_revoked() {
    let go = Arc::new(Notify::new());
    let desk = Desk::new(vec![vec![
        Part::Text("So "),
        Part::Wait(go.clone()),
        Part::Text("far."),
        Part::End,
    ]])
    .await;
    let mut stream = desk.stream(create("Hello")).await;
    until(&mut stream, "assistant_message.content_part.text_delta").await;

    let token = &desk.person.session.token;
    store::sessions::delete(&desk.database.db, token)
        .await
        .unwrap();
    go.notify_one();
    let said = events(&whole(stream).await);

    let last = said.last().unwrap();
    assert_eq!(last["type"], "error");
    assert_eq!(last["allow_retry"], false);
    assert!(last["message"].as_str().unwrap().contains("signed out"));
}

#[tokio::test]
async fn before_its_time_is_over_a_process_hands_the_turn_on() {
    let call = || Part::Call("list_tasks", json!({}));
    let mut desk = Desk::new(vec![
        vec![call(), Part::End],
        vec![Part::Text("Well."), Part::End],
    ])
    .await;
    let later = desk.visit.deadline;
    desk.visit.deadline = tokio::time::Instant::now();
    let Stream { work, run, .. } = desk.stream(create("Hello")).await;
    work.await;
    assert_eq!(
        desk.count("select count(*) from runs where status = 'running'")
            .await,
        1
    );

    desk.visit.deadline = later;
    let said = events(&whole(desk.chat.follow(&run, 0, &desk.visit).await.unwrap()).await);

    assert_eq!(answers(&said), ["Well."]);
}

/// FR-212: nor does it outlast its time where it cannot even hand the turn on. Whoever reads next
/// goes on as after a death.
#[tokio::test]
async fn a_process_whose_database_hangs_ends_in_time_and_nothing_is_lost() {
    let (go, never) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let mut desk = Desk::new(vec![
        vec![
            Part::Text("Half"),
            Part::Wait(go.clone()),
            Part::Text(" an"),
            Part::Wait(never),
        ],
        vec![Part::Text("The whole answer."), Part::End],
    ])
    .await;
    desk.visit.deadline = Instant::now() + Duration::from_millis(1_500);
    desk.visit.end = Instant::now() + Duration::from_secs(2);
    let mut stream = desk.stream(create("Hello")).await;
    until(&mut stream, "assistant_message.content_part.text_delta").await;
    let mut other = desk.database.client().await;
    let held = other.transaction().await.unwrap();
    held.batch_execute("lock table runs in access exclusive mode")
        .await
        .unwrap();
    go.notify_one();

    // It would hang until the database gives its statement up, which takes 15 seconds.
    let run = stream.run.clone();
    tokio::time::timeout(Duration::from_secs(5), stream.work)
        .await
        .unwrap();

    held.commit().await.unwrap();
    desk.expire_leases().await;
    desk.visit = visit(&desk.person);
    let said = events(&whole(desk.chat.follow(&run, 0, &desk.visit).await.unwrap()).await);
    assert_eq!(answers(&said), ["The whole answer."]);
}

#[tokio::test]
async fn the_work_of_a_stream_needs_no_reader_to_be_ready() {
    let desk = Desk::new(vec![vec![Part::Text("Hi."), Part::End]]).await;
    let stream = desk.stream(create("Hello")).await;

    // What was committed before the answer began can be read at once.
    let mut frames = stream.frames;
    let first = frames.recv().now_or_never().flatten().unwrap();

    assert_eq!(first.seq, 1);
}
