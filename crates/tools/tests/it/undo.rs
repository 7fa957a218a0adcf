//! Taking back what was done.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use protocol::task::{Actor, Task};
use protocol::{ErrorCode, TaskId, Timestamp};
use testing::NOW;
use tools::{
    AddTasks, CompleteTasks, DeleteTasks, Error, MoveTasks, NewTask, ReopenTasks, RescheduleTasks,
    RestoreTasks, Status, TaskUpdate, Undo, UpdateTasks,
};

use crate::desk::{Desk, due, new};

async fn rename(desk: &Desk, id: i32, title: &str) {
    let update = TaskUpdate {
        title: Some(title.to_owned()),
        ..TaskUpdate::of(TaskId(id))
    };
    let tasks = vec![update];
    UpdateTasks { tasks }.apply(&desk.call()).await.unwrap();
}

#[tokio::test]
async fn the_last_action_is_taken_back_and_then_the_one_before() {
    let desk = Desk::of("ann").await;
    desk.add(&["Milk", "Bread"]).await;
    rename(&desk, 1, "Oat milk").await;
    desk.complete(1).await;

    desk.undo().await;
    assert_eq!(desk.titles(Status::Open).await, ["Oat milk", "Bread"]);
    desk.undo().await;
    assert_eq!(desk.titles(Status::Open).await, ["Milk", "Bread"]);
    desk.undo().await;
    assert!(desk.titles(Status::All).await.is_empty());
    let nothing = Undo::default().apply(&desk.call()).await;
    assert!(matches!(nothing, Err(Error::Invalid(_))));
}

#[tokio::test]
async fn an_undo_can_be_undone_and_that_too() {
    let desk = Desk::of("ann").await;
    desk.add(&["Milk"]).await;
    rename(&desk, 1, "Oat milk").await;
    let mut last = desk.undo().await.changes[0].seq;
    for expected in ["Oat milk", "Milk", "Oat milk"] {
        let again = Undo {
            change: Some(last),
            ..Undo::default()
        };
        let outcome = again.apply(&desk.call()).await.unwrap();

        assert_eq!(desk.titles(Status::Open).await, [expected]);
        last = outcome.changes[0].seq;
    }
    // What stands is the renaming, so the next undo takes it back.
    desk.undo().await;
    assert_eq!(desk.titles(Status::Open).await, ["Milk"]);
}

#[tokio::test]
async fn a_whole_turn_of_the_assistant_is_taken_back_at_once() {
    let mut desk = Desk::of("ann").await;
    desk.add(&["Mine"]).await;
    desk.actor = Actor::Assistant {
        run_id: "run_1".to_owned(),
    };
    desk.add(&["Its", "Too"]).await;
    desk.complete(1).await;
    desk.actor = Actor::User;
    desk.add(&["Later"]).await;

    let undo = Undo {
        run_id: Some("run_1".to_owned()),
        ..Undo::default()
    };
    undo.apply(&desk.call()).await.unwrap();

    assert_eq!(desk.titles(Status::Open).await, ["Mine", "Later"]);
}

#[tokio::test]
async fn everything_since_a_moment_is_taken_back() {
    let mut desk = Desk::of("ann").await;
    desk.add(&["Milk"]).await;
    desk.now = NOW.plus_seconds(60);
    rename(&desk, 1, "Oat milk").await;
    desk.add(&["Bread"]).await;
    desk.now = NOW.plus_seconds(120);
    desk.complete(1).await;

    let undo = Undo {
        since: Some(NOW.plus_seconds(30)),
        ..Undo::default()
    };
    undo.apply(&desk.call()).await.unwrap();

    assert_eq!(desk.titles(Status::All).await, ["Milk"]);
}

#[tokio::test]
async fn what_was_changed_again_is_not_overwritten() {
    let desk = Desk::of("ann").await;
    desk.add(&["Milk"]).await;
    rename(&desk, 1, "Oat milk").await;
    rename(&desk, 1, "Soy milk").await;

    let undo = Undo {
        change: Some(2),
        ..Undo::default()
    };
    let outcome = undo.apply(&desk.call()).await.unwrap();

    assert_eq!(outcome.failed[0].code, ErrorCode::TaskChanged);
    assert_eq!(desk.titles(Status::Open).await, ["Soy milk"]);
}

#[tokio::test]
async fn other_fields_stay_as_they_are() {
    let desk = Desk::of("ann").await;
    desk.add(&["Milk"]).await;
    rename(&desk, 1, "Oat milk").await;
    desk.complete(1).await;

    let undo = Undo {
        change: Some(2),
        ..Undo::default()
    };
    undo.apply(&desk.call()).await.unwrap();

    assert_eq!(desk.titles(Status::Completed).await, ["Milk"]);
}

#[tokio::test]
async fn nobody_takes_back_what_another_did() {
    let desk = Desk::of("ann").await;
    desk.add(&["Milk"]).await;
    let bob = testing::Person::sign_up(&desk.database.db, "bob")
        .await
        .caller();
    let call = tools::Call {
        caller: &bob,
        ..desk.call()
    };
    for undo in [
        Undo::default(),
        Undo {
            change: Some(1),
            ..Undo::default()
        },
        Undo {
            since: Some(Timestamp::from_seconds(0)),
            ..Undo::default()
        },
    ] {
        assert!(undo.apply(&call).await.is_err());
    }
    assert_eq!(desk.titles(Status::Open).await, ["Milk"]);
}

#[derive(Clone, Debug)]
enum Step {
    Add(u8),
    AddDaily,
    AddPart(i32),
    Rename(i32, u8),
    Complete(i32),
    Reopen(i32),
    Delete(i32),
    Restore(i32),
    Reschedule(i32, u8),
    Move(i32, i32),
    Undo,
}

fn step() -> impl Strategy<Value = Step> {
    let id = 1..6_i32;
    prop_oneof![
        any::<u8>().prop_map(Step::Add),
        Just(Step::AddDaily),
        id.clone().prop_map(Step::AddPart),
        (id.clone(), any::<u8>()).prop_map(|(id, name)| Step::Rename(id, name)),
        id.clone().prop_map(Step::Complete),
        id.clone().prop_map(Step::Reopen),
        id.clone().prop_map(Step::Delete),
        id.clone().prop_map(Step::Restore),
        (id.clone(), 1..20_u8).prop_map(|(id, day)| Step::Reschedule(id, day)),
        (id.clone(), id).prop_map(|(id, after)| Step::Move(id, after)),
        Just(Step::Undo),
    ]
}

async fn apply(desk: &Desk, step: Step) {
    let call = desk.call();
    let one = |id: i32| vec![TaskId(id)];
    let part = |parent: i32| NewTask {
        parent: Some(TaskId(parent)),
        ..new("part")
    };
    // A step that cannot be done changes nothing, which is as good a step as any.
    let _ = match step {
        Step::Add(name) => {
            let tasks = vec![new(&format!("task {name}"))];
            AddTasks { tasks }.apply(&call).await
        }
        Step::AddDaily => {
            let tasks = vec![due("daily", "every day")];
            AddTasks { tasks }.apply(&call).await
        }
        Step::AddPart(parent) => {
            let tasks = vec![part(parent)];
            AddTasks { tasks }.apply(&call).await
        }
        Step::Rename(id, name) => {
            rename(desk, id, &format!("renamed {name}")).await;
            return;
        }
        Step::Complete(id) => CompleteTasks { ids: one(id) }.apply(&call).await,
        Step::Reopen(id) => ReopenTasks { ids: one(id) }.apply(&call).await,
        Step::Delete(id) => DeleteTasks { ids: one(id) }.apply(&call).await,
        Step::Restore(id) => RestoreTasks { ids: one(id) }.apply(&call).await,
        Step::Reschedule(id, day) => {
            let (ids, due) = (one(id), format!("2026-12-{day:02}"));
            RescheduleTasks { ids, due }.apply(&call).await
        }
        Step::Move(id, after) => {
            let (ids, after) = (one(id), Some(TaskId(after)));
            let before = None;
            MoveTasks { ids, after, before }.apply(&call).await
        }
        Step::Undo => Undo::default().apply(&call).await,
    };
}

/// What a person sees, which is what an undo gives back; not how often it was changed.
async fn state(desk: &Desk) -> Vec<Task> {
    let tasks = desk.list(Status::All).await.into_iter();
    tasks
        .map(|task| Task {
            version: 0,
            updated_at: NOW,
            ..task
        })
        .collect()
}

/// Whatever was done since a moment, going back to it gives the state of that moment.
#[test]
fn undo_of_any_sequence_gives_the_same_state() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let strategy = (
        prop::collection::vec(step(), 0..6),
        prop::collection::vec(step(), 1..12),
    );
    let config = Config {
        failure_persistence: None,
        ..Config::with_cases(48)
    };
    TestRunner::new(config)
        .run(&strategy, |(before, after)| {
            runtime.block_on(async {
                let mut desk = Desk::of("ann").await;
                for step in before {
                    apply(&desk, step).await;
                }
                let then = state(&desk).await;
                desk.now = NOW.plus_seconds(60);
                for step in after {
                    apply(&desk, step).await;
                }
                let undo = Undo {
                    since: Some(NOW.plus_seconds(30)),
                    ..Undo::default()
                };

                let _ = undo.apply(&desk.call()).await;

                prop_assert_eq!(state(&desk).await, then);
                Ok(())
            })
        })
        .unwrap();
}
