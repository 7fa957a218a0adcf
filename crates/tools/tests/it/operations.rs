//! What each operation does, and what it refuses.

use protocol::task::{ChangeKind, Priority};
use protocol::{ErrorCode, TaskId};
use testing::{NOW, Person};
use tools::{
    AddTasks, Call, CompleteTasks, DeleteTasks, Error, ListTasks, NewTask, ReopenTasks,
    RestoreTasks, Status, TaskUpdate, UpdateTasks,
};

use crate::desk::{Desk, ids, new};

#[tokio::test]
async fn added_tasks_are_numbered_and_listed() {
    let desk = Desk::of("ann").await;

    let added = desk.add(&["Buy milk", " Call\nMom "]).await;

    assert_eq!(ids(&added), [1, 2]);
    assert_eq!(added.done[1].title, "Call Mom");
    assert_eq!(desk.list(Status::Open).await, added.done);
    assert_eq!(added.changes.len(), 2);
    assert_eq!(added.changes[1].seq, 2);
    assert_eq!(added.changes[1].kind, ChangeKind::Added);
}

#[tokio::test]
async fn dates_are_read_in_the_persons_zone() {
    let desk = Desk::of("ann").await;
    let due = |text: &str| NewTask {
        due: Some(text.to_owned()),
        ..new("Pay rent")
    };
    let add = AddTasks {
        tasks: vec![
            due("tomorrow"),
            due("2026-12-01T08:30"),
            due("none"),
            due("when pigs fly"),
        ],
    };

    let added = add.apply(&desk.call()).await.unwrap();

    let read: Vec<_> = added
        .done
        .iter()
        .map(|task| (task.due.map(|due| due.to_string()), task.time_zone.clone()))
        .collect();
    let berlin = Some("Europe/Berlin".to_owned());
    assert_eq!(
        read,
        [
            (Some("2026-11-24".to_owned()), None),
            (Some("2026-12-01T08:30".to_owned()), berlin),
            (None, None),
        ]
    );
    assert_eq!(added.failed[0].index, 3);
    assert!(added.failed[0].message.contains("when pigs fly"));
}

#[tokio::test]
async fn what_cannot_be_done_does_not_stop_the_rest() {
    let desk = Desk::of("ann").await;
    desk.add(&["Buy milk"]).await;

    let complete = CompleteTasks {
        ids: vec![TaskId(9), TaskId(1)],
    };
    let outcome = complete.apply(&desk.call()).await.unwrap();

    assert_eq!(ids(&outcome), [1]);
    assert_eq!(outcome.failed[0].code, ErrorCode::TaskNotFound);
    assert_eq!(outcome.failed[0].id, Some(TaskId(9)));
}

#[tokio::test]
async fn a_task_is_completed_once_and_reopened() {
    let desk = Desk::of("ann").await;
    desk.add(&["Buy milk"]).await;
    let ids = vec![TaskId(1)];
    let complete = CompleteTasks { ids: ids.clone() };

    let first = complete.apply(&desk.call()).await.unwrap();
    let second = complete.apply(&desk.call()).await.unwrap();
    let reopened = ReopenTasks { ids }.apply(&desk.call()).await.unwrap();

    assert_eq!(first.changes[0].kind, ChangeKind::Completed);
    assert_eq!(first.done[0].completed_at, Some(NOW));
    assert!(second.changes.is_empty());
    assert_eq!(second.done, first.done);
    assert_eq!(reopened.done[0].completed_at, None);
    assert_eq!(reopened.done[0].version, 3);
}

#[tokio::test]
async fn a_deleted_task_is_out_of_reach_until_it_is_restored() {
    let desk = Desk::of("ann").await;
    desk.add(&["Buy milk"]).await;
    let ids = vec![TaskId(1)];

    let deleted = DeleteTasks { ids: ids.clone() }
        .apply(&desk.call())
        .await
        .unwrap();
    let complete = CompleteTasks { ids: ids.clone() }
        .apply(&desk.call())
        .await
        .unwrap();
    assert_eq!(deleted.done[0].deleted_at, Some(NOW));
    assert_eq!(complete.failed[0].code, ErrorCode::TaskNotFound);
    assert!(desk.list(Status::All).await.is_empty());
    assert_eq!(desk.list(Status::Deleted).await.len(), 1);

    let restored = RestoreTasks { ids }.apply(&desk.call()).await.unwrap();
    assert_eq!(restored.changes[0].kind, ChangeKind::Restored);
    assert_eq!(desk.list(Status::Open).await[0].title, "Buy milk");
}

#[tokio::test]
async fn an_update_changes_what_it_names_and_keeps_the_rest() {
    let desk = Desk::of("ann").await;
    desk.add(&["Buy milk"]).await;
    let update = TaskUpdate {
        priority: Some(Priority::High),
        tags: Some(vec!["#home".to_owned()]),
        ..TaskUpdate::of(TaskId(1))
    };

    let updated = UpdateTasks {
        tasks: vec![update],
    }
    .apply(&desk.call())
    .await
    .unwrap();

    let task = &updated.done[0];
    assert_eq!(task.title, "Buy milk");
    assert_eq!(task.priority, Priority::High);
    assert_eq!(task.tags, ["home"]);
    assert_eq!(updated.changes[0].before.as_ref().unwrap().version, 1);
}

#[tokio::test]
async fn an_update_of_an_older_version_is_refused() {
    let desk = Desk::of("ann").await;
    desk.add(&["Buy milk"]).await;
    let rename = async |title: &str, version| {
        let update = TaskUpdate {
            title: Some(title.to_owned()),
            if_version: Some(version),
            ..TaskUpdate::of(TaskId(1))
        };
        let tasks = vec![update];
        UpdateTasks { tasks }.apply(&desk.call()).await.unwrap()
    };

    assert_eq!(rename("Buy oat milk", 1).await.done[0].version, 2);

    let late = rename("Buy soy milk", 1).await;
    assert_eq!(late.failed[0].code, ErrorCode::TaskChanged);
    assert_eq!(desk.list(Status::Open).await[0].title, "Buy oat milk");
}

#[tokio::test]
async fn a_repeat_with_the_same_key_changes_nothing() {
    let mut desk = Desk::of("ann").await;
    desk.key = Some("k1");

    let first = desk.add(&["Buy milk"]).await;
    let second = desk.add(&["Buy milk"]).await;
    let tasks = vec![new("Buy bread")];
    let other = AddTasks { tasks }.apply(&desk.call()).await;

    assert_eq!(first, second);
    assert_eq!(desk.list(Status::All).await.len(), 1);
    assert!(matches!(other, Err(Error::KeyReused)));
}

#[tokio::test]
async fn twenty_repeats_at_once_add_one_task() {
    let mut desk = Desk::of("ann").await;
    desk.key = Some("k1");
    let titles = ["Buy milk"];

    let added = (0..20).map(|_| desk.add(&titles)).collect::<Vec<_>>();
    futures_util::future::join_all(added).await;

    assert_eq!(desk.list(Status::All).await.len(), 1);
}

#[tokio::test]
async fn nobody_touches_the_tasks_of_another() {
    let ann = Desk::of("ann").await;
    let mine = ann.add(&["Secret"]).await.done;
    let caller = Person::sign_up(&ann.database.db, "bob").await.caller();
    let bob = Call {
        caller: &caller,
        ..ann.call()
    };
    let ids = vec![TaskId(1)];
    let update = TaskUpdate {
        title: Some("Mine".to_owned()),
        ..TaskUpdate::of(TaskId(1))
    };
    let tasks = vec![update];

    let outcomes = [
        CompleteTasks { ids: ids.clone() }.apply(&bob).await,
        ReopenTasks { ids: ids.clone() }.apply(&bob).await,
        DeleteTasks { ids: ids.clone() }.apply(&bob).await,
        RestoreTasks { ids }.apply(&bob).await,
        UpdateTasks { tasks }.apply(&bob).await,
    ];

    for outcome in outcomes {
        let outcome = outcome.unwrap();
        assert!(outcome.done.is_empty());
        assert_eq!(outcome.failed[0].code, ErrorCode::TaskNotFound);
    }
    assert_eq!(ann.list(Status::All).await, mine);
    let seen = ListTasks::default().apply(&bob).await.unwrap();
    assert!(seen.tasks.is_empty());
}

#[tokio::test]
async fn empty_and_endless_lists_are_refused() {
    let desk = Desk::of("ann").await;
    for count in [0, 101] {
        let tasks = vec![new("One of many"); count];

        let refused = AddTasks { tasks }.apply(&desk.call()).await;

        assert!(matches!(refused, Err(Error::Invalid(_))), "{count}");
    }
}
