//! Turns that are stopped, answered again, or looked at by a stranger.

use protocol::chatkit::Order;
use protocol::run::RunStatus;
use protocol::{ItemId, RunId, ThreadId};
use store::items;
use store::runs::{self, Claim, Opening, Started};
use store::threads::PageOf;
use testing::Database;

use super::{LEASE, OVER, Turn, claim, first, flush, message, scope, second, start};
use crate::people::{NOW, add_person};

#[tokio::test]
async fn stop_reaches_the_process_at_its_next_step() {
    let database = Database::new().await;
    let ann = add_person(&database.db, "ann").await;
    first(&database.db, &ann, LEASE).await;
    let stop = async |run: &str| {
        runs::request_stop(database.db.begin(scope(&ann)), &RunId::new(run))
            .await
            .unwrap()
    };

    assert_eq!(stop("run_1").await, Some(RunStatus::Running));
    assert_eq!(stop("run_9").await, None);

    let asked = flush(&database.db, &ann, 1, &[], RunStatus::Running).await;
    assert_eq!(asked, Some(true));
}

#[tokio::test]
async fn a_waiting_message_is_stopped_at_once() {
    let database = Database::new().await;
    let ann = add_person(&database.db, "ann").await;
    first(&database.db, &ann, LEASE).await;
    second(&database.db, &ann).await;

    runs::request_stop(database.db.begin(scope(&ann)), &RunId::new("run_2"))
        .await
        .unwrap();

    assert!(matches!(
        claim(&database.db, &ann, "run_2").await,
        Claim::Over
    ));
}

#[tokio::test]
async fn another_answer_takes_the_place_of_the_first() {
    let database = Database::new().await;
    let ann = add_person(&database.db, "ann").await;
    first(&database.db, &ann, LEASE).await;
    flush(&database.db, &ann, 1, &[], RunStatus::Done).await;
    second(&database.db, &ann).await;
    let target = ItemId::new("msg_1");
    let client = database.client().await;
    client
        .batch_execute("update runs set status = 'done', finished_at = now()")
        .await
        .unwrap();

    let turn = Turn {
        run: "run_3",
        key: "k3",
        opening: Opening::Again(&target),
        lease: LEASE,
    };
    let started = start(&database.db, &ann, turn).await.unwrap();

    let Started::Running(past) = started else {
        panic!("{started:?}");
    };
    assert_eq!((&past.turns, &past.summary), (&Vec::new(), &None));
    let page = PageOf {
        limit: 10,
        order: Order::Asc,
        after: None,
    };
    let thread = items::page(
        database.db.begin(scope(&ann)),
        &ThreadId::new("thr_1"),
        &page,
    )
    .await
    .unwrap()
    .unwrap();
    assert_eq!(thread.items.data, [message("msg_1")]);
    let (thread, run) = (ThreadId::new("thr_1"), RunId::new("run_3"));
    let past = runs::history(database.db.begin(scope(&ann)), &thread, &run, 10).await;
    assert!(past.unwrap().turns.is_empty());
    assert!(matches!(
        first(&database.db, &ann, LEASE).await,
        Started::Existing(_)
    ));
}

#[tokio::test]
async fn nobody_reaches_the_conversation_of_another() {
    let database = Database::new().await;
    let ann = add_person(&database.db, "ann").await;
    let bob = add_person(&database.db, "bob").await;
    first(&database.db, &ann, OVER).await;
    let thread = ThreadId::new("thr_1");
    let run = RunId::new("run_1");
    let begin = || database.db.begin(scope(&bob));
    let page = PageOf {
        limit: 10,
        order: Order::Desc,
        after: None,
    };

    assert_eq!(second(&database.db, &bob).await, Started::ThreadNotFound);
    assert!(
        items::page(begin(), &thread, &page)
            .await
            .unwrap()
            .is_none()
    );
    assert!(runs::follow(begin(), &run, 0, 9).await.unwrap().is_none());
    assert!(runs::request_stop(begin(), &run).await.unwrap().is_none());
    assert!(matches!(
        claim(&database.db, &bob, "run_1").await,
        Claim::NotFound
    ));
    assert!(runs::list(begin(), &thread, 9).await.unwrap().is_empty());
    assert!(
        store::threads::list(begin(), &page)
            .await
            .unwrap()
            .data
            .is_empty()
    );
    let renamed = store::threads::rename(begin(), &thread, "mine", NOW).await;
    assert!(renamed.unwrap().is_none());
    assert!(!store::threads::delete(begin(), &thread).await.unwrap());
}
