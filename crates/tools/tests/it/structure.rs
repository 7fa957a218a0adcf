//! Recurrence, subtasks, reminders and order by hand.

use protocol::task::ChangeKind;
use protocol::{ErrorCode, TaskId};
use testing::NOW;
use tools::{MoveTasks, NewTask, RescheduleTasks, Status, TaskUpdate, UpdateTasks};

use crate::desk::{Desk, due, ids, new};

fn part_of(title: &str, parent: i32) -> NewTask {
    NewTask {
        parent: Some(TaskId(parent)),
        ..new(title)
    }
}

#[tokio::test]
async fn completing_a_task_that_repeats_makes_the_next_one() {
    let desk = Desk::of("ann").await;
    let rent = desk
        .add_one(due("Water plants", "every Monday at 9am"))
        .await;
    assert_eq!(rent.recurrence.as_deref(), Some("FREQ=WEEKLY;BYDAY=MO"));
    assert_eq!(rent.due.unwrap().to_string(), "2026-11-30T09:00");

    let outcome = desk.complete(1).await;

    assert_eq!(ids(&outcome), [1, 2]);
    assert_eq!(outcome.done[0].recurrence, None);
    let next = &outcome.done[1];
    assert_eq!(next.due.unwrap().to_string(), "2026-12-07T09:00");
    assert_eq!(next.recurrence, rent.recurrence);
    assert_eq!(next.time_zone.as_deref(), Some("Europe/Berlin"));
    assert!(!next.completed);
    // One action, and so one undo.
    assert_eq!(outcome.changes[0].action, outcome.changes[1].action);
}

#[tokio::test]
async fn a_rule_ends_when_it_says_so() {
    let desk = Desk::of("ann").await;
    let twice = NewTask {
        recurrence: Some("FREQ=DAILY;COUNT=2".to_owned()),
        ..due("Take pill", "2026-11-23")
    };
    desk.add_one(twice).await;

    let first = desk.complete(1).await;
    let second = desk.complete(2).await;

    assert_eq!(ids(&first), [1, 2]);
    assert_eq!(
        first.done[1].recurrence.as_deref(),
        Some("FREQ=DAILY;COUNT=1")
    );
    assert_eq!(ids(&second), [2]);
}

#[tokio::test]
async fn rescheduling_keeps_the_rule_and_the_hour() {
    let desk = Desk::of("ann").await;
    let task = desk
        .add_one(due("Water plants", "every Monday at 9am"))
        .await;

    let moved = RescheduleTasks {
        ids: vec![task.id],
        due: "Wednesday".to_owned(),
    };
    let moved = moved.apply(&desk.call()).await.unwrap();

    let moved = &moved.done[0];
    assert_eq!(moved.due.unwrap().to_string(), "2026-11-25T09:00");
    assert_eq!(moved.recurrence, task.recurrence);
    let next = &desk.complete(1).await.done[1];
    assert_eq!(next.due.unwrap().to_string(), "2026-11-30T09:00");
}

#[tokio::test]
async fn a_rule_without_a_date_and_a_reminder_without_one_are_refused() {
    let desk = Desk::of("ann").await;
    for task in [
        NewTask {
            recurrence: Some("FREQ=DAILY".to_owned()),
            ..new("Run")
        },
        NewTask {
            recurrence: Some("every blue moon".to_owned()),
            ..due("Run", "today")
        },
        NewTask {
            reminder: Some(10),
            ..new("Run")
        },
        NewTask {
            reminder: Some(-5),
            ..due("Run", "today")
        },
    ] {
        let tasks = vec![task];
        let outcome = tools::AddTasks { tasks }.apply(&desk.call()).await.unwrap();
        assert_eq!(outcome.failed[0].code, ErrorCode::RequestInvalid);
    }
    let english = NewTask {
        recurrence: Some("every second Tuesday".to_owned()),
        reminder: Some(30),
        ..new("Run")
    };
    let task = desk.add_one(english).await;
    assert_eq!(task.due.unwrap().to_string(), "2026-11-24");
    assert_eq!(task.reminder, Some(30));
}

#[tokio::test]
async fn what_happens_to_a_task_happens_to_its_parts() {
    let desk = Desk::of("ann").await;
    desk.add_one(new("Move house")).await;
    desk.add_one(part_of("Pack", 1)).await;
    desk.add_one(part_of("Buy boxes", 2)).await;
    desk.add_one(new("Unrelated")).await;

    let deleted = desk.delete(1).await;
    assert_eq!(ids(&deleted), [1, 2, 3]);
    let restored = tools::RestoreTasks {
        ids: vec![TaskId(1)],
    };
    assert_eq!(ids(&restored.apply(&desk.call()).await.unwrap()), [1, 2, 3]);
    let done = desk.complete(1).await;
    assert_eq!(ids(&done), [1, 2, 3]);

    assert_eq!(desk.titles(Status::Open).await, ["Unrelated"]);
}

#[tokio::test]
async fn a_part_that_was_deleted_before_stays_in_the_bin() {
    let mut desk = Desk::of("ann").await;
    desk.add_one(new("Move house")).await;
    desk.add_one(part_of("Pack", 1)).await;
    desk.delete(2).await;
    desk.now = NOW.plus_seconds(60);
    desk.delete(1).await;

    let ids = vec![TaskId(1)];
    tools::RestoreTasks { ids }
        .apply(&desk.call())
        .await
        .unwrap();

    assert_eq!(desk.titles(Status::Open).await, ["Move house"]);
}

#[tokio::test]
async fn the_next_one_has_copies_of_the_parts() {
    let desk = Desk::of("ann").await;
    desk.add_one(due("Clean", "every Monday")).await;
    desk.add_one(part_of("Kitchen", 1)).await;
    desk.add_one(part_of("Oven", 2)).await;

    let outcome = desk.complete(1).await;

    let copies: Vec<_> = outcome
        .done
        .iter()
        .filter(|task| !task.completed)
        .map(|task| (task.title.as_str(), task.parent_id.map(|id| id.0)))
        .collect();
    assert_eq!(
        copies,
        [("Clean", None), ("Kitchen", Some(4)), ("Oven", Some(5))]
    );
}

#[tokio::test]
async fn no_task_is_a_part_of_itself_or_too_deep() {
    let desk = Desk::of("ann").await;
    desk.add_one(new("1")).await;
    for parent in 1..=3 {
        desk.add_one(part_of("below", parent)).await;
    }
    let under = async |id: i32, parent: i32| {
        let update = TaskUpdate {
            parent: Some(TaskId(parent)),
            ..TaskUpdate::of(TaskId(id))
        };
        let tasks = vec![update];
        let outcome = UpdateTasks { tasks }.apply(&desk.call()).await.unwrap();
        outcome.failed.first().map(|failure| failure.code)
    };

    assert_eq!(under(1, 1).await, Some(ErrorCode::RequestInvalid));
    assert_eq!(under(1, 4).await, Some(ErrorCode::RequestInvalid));
    assert_eq!(under(1, 99).await, Some(ErrorCode::TaskNotFound));
    let tasks = vec![part_of("too deep", 4)];
    let deep = tools::AddTasks { tasks }.apply(&desk.call()).await.unwrap();
    assert_eq!(deep.failed[0].code, ErrorCode::RequestInvalid);
    desk.add_one(new("other")).await;
    assert_eq!(under(1, 5).await, Some(ErrorCode::RequestInvalid));
    assert_eq!(under(4, 0).await, None);
    assert_eq!(under(4, 5).await, None);
}

#[tokio::test]
async fn tasks_are_put_where_they_are_wanted() {
    let desk = Desk::of("ann").await;
    desk.add(&["A", "B", "C", "D"]).await;
    let order = async |moved: &[i32], after: Option<i32>, before: Option<i32>| {
        let operation = MoveTasks {
            ids: moved.iter().map(|id| TaskId(*id)).collect(),
            after: after.map(TaskId),
            before: before.map(TaskId),
        };
        let outcome = operation.apply(&desk.call()).await.unwrap();
        assert_eq!(outcome.changes[0].kind, ChangeKind::Moved);
        desk.titles(Status::Open).await.concat()
    };

    assert_eq!(order(&[4], Some(1), Some(2)).await, "ADBC");
    assert_eq!(order(&[2, 3], None, Some(1)).await, "BCAD");
    assert_eq!(order(&[2], Some(4), None).await, "CADB");
    desk.add(&["E"]).await;
    assert_eq!(desk.titles(Status::Open).await.concat(), "CADEB");
}
