//! Durable turns.

mod control;

use protocol::chatkit::{Item, ItemKind};
use protocol::run::RunStatus;
use protocol::{ItemId, RunId, ThreadId, UserId};
use serde_json::json;
use store::runs::{self, Claim, NewRun, Opening, Started, Written};
use store::{Db, Error, Scope};
use testing::Database;

use crate::people::{NOW, add_person};

const LEASE: f64 = 30.0;
const OVER: f64 = -1.0;

fn scope(user: &UserId) -> Scope<'_> {
    Scope {
        user,
        session: None,
    }
}

fn message(id: &str) -> Item {
    Item {
        id: ItemId::new(id),
        thread_id: ThreadId::new("thr_1"),
        created_at: NOW,
        kind: ItemKind::UserMessage {
            content: vec![],
            attachments: vec![],
            quoted_text: None,
            inference_options: protocol::chatkit::InferenceOptions::default(),
        },
    }
}

struct Turn<'a> {
    run: &'a str,
    key: &'a str,
    opening: Opening<'a>,
    lease: f64,
}

async fn start(db: &Db, user: &UserId, turn: Turn<'_>) -> Result<Started, Error> {
    let new = NewRun {
        id: &RunId::new(turn.run),
        thread: &ThreadId::new("thr_1"),
        opening: turn.opening,
        client_key: Some(turn.key),
        fallback_key: "unused",
        request_hash: turn.key.as_bytes(),
        state: &json!({"step": 0}),
        session: None,
        time_zone: "UTC",
        events: &["one".to_owned(), "two".to_owned()],
        queued_event: "queued",
        attachments: &[],
        history: 10,
        lease_seconds: turn.lease,
        budget: None,
        now: NOW,
    };
    runs::start(db.begin(scope(user)), &new).await
}

async fn first(db: &Db, user: &UserId, lease: f64) -> Started {
    let item = message("msg_1");
    let turn = Turn {
        run: "run_1",
        key: "k1",
        opening: Opening::Thread(&item, "A title"),
        lease,
    };
    start(db, user, turn).await.unwrap()
}

async fn second(db: &Db, user: &UserId) -> Started {
    let item = message("msg_2");
    let turn = Turn {
        run: "run_2",
        key: "k2",
        opening: Opening::Message(&item),
        lease: LEASE,
    };
    start(db, user, turn).await.unwrap()
}

async fn flush(
    db: &Db,
    user: &UserId,
    fence: i32,
    events: &[&str],
    status: RunStatus,
) -> Option<bool> {
    let events: Vec<_> = events.iter().map(|&event| event.to_owned()).collect();
    let written = Written {
        run: &RunId::new("run_1"),
        fence,
        after: 2,
        events: &events,
        items: &[],
        removed: &[],
        state: Some(&json!({"step": 1})),
        status,
        lease_seconds: LEASE,
        spent: None,
    };
    let wishes = runs::flush(db.begin(scope(user)), &written).await.unwrap();
    wishes.map(|wishes| wishes.stop)
}

async fn claim(db: &Db, user: &UserId, run: &str) -> Claim {
    runs::claim(db.begin(scope(user)), &RunId::new(run), LEASE)
        .await
        .unwrap()
}

async fn bodies(db: &Db, user: &UserId, run: &str) -> Vec<(i64, String)> {
    runs::follow(db.begin(scope(user)), &RunId::new(run), 0, 100)
        .await
        .unwrap()
        .unwrap()
        .events
}

#[tokio::test]
async fn a_turn_begins_once_however_often_it_is_sent() {
    let database = Database::new().await;
    let ann = add_person(&database.db, "ann").await;
    let send = async |number: i32| {
        let item = message(&format!("msg_{number}"));
        let turn = Turn {
            run: &format!("run_{number}"),
            key: "same",
            opening: Opening::Thread(&item, "A title"),
            lease: LEASE,
        };
        match start(&database.db, &ann, turn).await {
            Ok(Started::Running(_)) => 1,
            Ok(Started::Existing(_)) => 0,
            other => panic!("{other:?}"),
        }
    };

    let started: Vec<i32> = futures_util::future::join_all((0..20).map(send)).await;

    assert_eq!(started.iter().sum::<i32>(), 1);
}

#[tokio::test]
async fn a_key_with_another_request_is_refused() {
    let database = Database::new().await;
    let ann = add_person(&database.db, "ann").await;
    first(&database.db, &ann, LEASE).await;
    let client = database.client().await;
    client
        .batch_execute("update runs set request_hash = 'other'")
        .await
        .unwrap();

    assert_eq!(first(&database.db, &ann, LEASE).await, Started::KeyReused);
}

#[tokio::test]
async fn a_message_while_a_turn_runs_waits_for_its_end() {
    let database = Database::new().await;
    let ann = add_person(&database.db, "ann").await;
    first(&database.db, &ann, LEASE).await;

    assert_eq!(second(&database.db, &ann).await, Started::Queued);
    assert!(matches!(
        claim(&database.db, &ann, "run_2").await,
        Claim::Wait
    ));

    flush(&database.db, &ann, 1, &["bye"], RunStatus::Done).await;
    let Claim::Held(held) = claim(&database.db, &ann, "run_2").await else {
        panic!("it is its turn");
    };
    assert_eq!(held.id, RunId::new("run_2"));
    assert_eq!(held.was, RunStatus::Queued);
    assert_eq!(held.user_item, message("msg_2"));
    assert_eq!(
        bodies(&database.db, &ann, "run_2").await,
        [(1, "queued".to_owned())]
    );
}

#[tokio::test]
async fn a_dead_turn_is_finished_before_the_next_begins() {
    let database = Database::new().await;
    let ann = add_person(&database.db, "ann").await;
    first(&database.db, &ann, OVER).await;
    second(&database.db, &ann).await;

    let Claim::Held(held) = claim(&database.db, &ann, "run_2").await else {
        panic!("the dead one is to be had");
    };

    assert_eq!(held.id, RunId::new("run_1"));
    assert_eq!(held.fence, 2);
    assert_eq!(held.was, RunStatus::Running);
}

#[tokio::test]
async fn one_of_many_takes_a_dead_turn_over_and_the_zombie_is_refused() {
    let database = Database::new().await;
    let ann = add_person(&database.db, "ann").await;
    first(&database.db, &ann, OVER).await;

    let claims =
        futures_util::future::join_all((0..10).map(|_| claim(&database.db, &ann, "run_1"))).await;

    let won = claims
        .iter()
        .filter(|claim| matches!(claim, Claim::Held(_)))
        .count();
    assert_eq!(won, 1);
    assert_eq!(
        flush(&database.db, &ann, 1, &["late"], RunStatus::Running).await,
        None
    );
    assert_eq!(
        flush(&database.db, &ann, 2, &["three"], RunStatus::Running).await,
        Some(false)
    );
    let said = bodies(&database.db, &ann, "run_1").await;
    assert_eq!(
        said,
        [
            (1, "one".to_owned()),
            (2, "two".to_owned()),
            (3, "three".to_owned())
        ]
    );
}

#[tokio::test]
async fn a_step_is_written_once_though_its_answer_was_lost() {
    let database = Database::new().await;
    let ann = add_person(&database.db, "ann").await;
    first(&database.db, &ann, LEASE).await;
    let write = async || flush(&database.db, &ann, 1, &["three"], RunStatus::Running).await;

    assert_eq!(write().await, Some(false));
    assert_eq!(write().await, None);

    let written = Written {
        run: &RunId::new("run_1"),
        fence: 1,
        after: 2,
        events: &["three".to_owned()],
        items: &[],
        removed: &[],
        state: None,
        status: RunStatus::Running,
        lease_seconds: LEASE,
        spent: None,
    };
    let kept = runs::kept(database.db.begin(scope(&ann)), &written).await;
    assert_eq!(kept.unwrap().map(|wishes| wishes.stop), Some(false));
    assert_eq!(bodies(&database.db, &ann, "run_1").await.len(), 3);
}

#[tokio::test]
async fn a_repeat_without_a_key_finds_the_run_that_is_being_answered() {
    let database = Database::new().await;
    let ann = add_person(&database.db, "ann").await;
    let send = async |number: i32| {
        let item = message(&format!("msg_{number}"));
        let new = NewRun {
            id: &RunId::new(format!("run_{number}")),
            thread: &ThreadId::new(format!("thr_{number}")),
            opening: Opening::Thread(&item, "A title"),
            client_key: None,
            fallback_key: &format!("key {number}"),
            request_hash: b"same",
            state: &json!({}),
            session: None,
            time_zone: "UTC",
            events: &[],
            queued_event: "queued",
            attachments: &[],
            history: 10,
            lease_seconds: LEASE,
            budget: None,
            now: NOW,
        };
        let started = runs::start(database.db.begin(scope(&ann)), &new).await;
        usize::from(matches!(started.unwrap(), Started::Running(_)))
    };

    let started = futures_util::future::join_all((0..10).map(send)).await;
    assert_eq!(started.iter().sum::<usize>(), 1);

    let client = database.client().await;
    client
        .batch_execute("update runs set status = 'done'")
        .await
        .unwrap();
    assert_eq!(send(10).await, 1);
}
