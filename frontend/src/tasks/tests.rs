//! The list as a reducer: what comes late, double, out of order, or not at all.

use std::rc::Rc;

use protocol::task::{Actor, Change, ChangeKind, Changes, NewTask, Priority, Task, TaskPatch};
use protocol::{TaskId, Timestamp};
use yew::Reducible;

use super::op::{Deed, OpKey, Seen};
use super::order::Filter;
use super::rows::{Row, TroubleKind};
use super::store::{Action, State, Tasks};
use crate::api::Failure;

fn task(id: i32, title: &str, version: i32) -> Task {
    Task {
        id: TaskId(id),
        title: title.to_owned(),
        description: String::new(),
        priority: Priority::None,
        tags: Vec::new(),
        due: None,
        time_zone: None,
        recurrence: None,
        reminder: None,
        parent_id: None,
        position: String::new(),
        completed: false,
        completed_at: None,
        deleted_at: None,
        version,
        created_at: Timestamp::from_seconds(1),
        updated_at: Timestamp::from_seconds(1),
    }
}

fn change(seq: i64, after: Task) -> Change {
    Change {
        seq,
        action: seq,
        undoes: None,
        kind: ChangeKind::Updated,
        actor: Actor::Assistant {
            run_id: "run_1".to_owned(),
        },
        at: Timestamp::from_seconds(2),
        before: None,
        after,
    }
}

fn changed(changes: impl IntoIterator<Item = Change>) -> Action {
    Action::Changed(Changes {
        changes: changes.into_iter().collect(),
        has_more: false,
    })
}

fn milk_and_rent() -> Rc<Tasks> {
    after(
        Rc::default(),
        [Action::Loaded(
            vec![task(1, "Milk", 1), task(2, "Rent", 1)],
            2,
        )],
    )
}

fn after(tasks: Rc<Tasks>, actions: impl IntoIterator<Item = Action>) -> Rc<Tasks> {
    actions.into_iter().fold(tasks, Tasks::reduce)
}

fn titles(tasks: &Tasks) -> Vec<String> {
    tasks
        .rows(None)
        .iter()
        .map(|row| row.task.title.clone())
        .collect()
}

fn key(name: &'static str) -> OpKey {
    OpKey::Static(name)
}

/// The operations that can be sent.
fn ready(tasks: &Tasks) -> Vec<OpKey> {
    tasks.ready().iter().map(|op| op.key.clone()).collect()
}

fn retitle(seen: &Task, title: &str) -> Deed {
    let patch = TaskPatch {
        title: Some(title.to_owned()),
        ..TaskPatch::default()
    };
    Deed::Update(Seen::from(seen), patch)
}

fn tick(seen: &Task) -> Deed {
    let patch = TaskPatch {
        completed: Some(true),
        ..TaskPatch::default()
    };
    Deed::Update(Seen::from(seen), patch)
}

fn row(tasks: &Tasks, id: i32) -> Row {
    let mut rows = tasks.rows(None).into_iter();
    rows.find(|row| row.task.id == TaskId(id)).unwrap()
}

/// FR-227.
#[test]
fn new_tasks_are_sent_one_after_the_other_and_wait_for_none_that_failed() {
    let add = |name| Action::Did(key(name), Deed::Add(NewTask::default()));
    let tasks = after(milk_and_rent(), [add("one"), add("two"), add("three")]);
    assert_eq!(ready(&tasks), ["one"]);

    let tasks = after(tasks, [Action::Started(key("one"))]);
    assert_eq!(ready(&tasks), [] as [&str; 0]);

    let tasks = after(tasks, [Action::Saved(key("one"), task(3, "One", 1))]);
    assert_eq!(ready(&tasks), ["two"]);

    let failed = Action::Failed(key("two"), Failure::Unreachable);
    assert_eq!(ready(&after(tasks, [failed])), ["three"]);
}

#[test]
fn the_newest_task_is_on_top() {
    assert_eq!(titles(&milk_and_rent()), ["Rent", "Milk"]);
}

#[test]
fn changes_are_taken_in_by_number_and_only_once() {
    let tasks = milk_and_rent();
    let news = || {
        changed([
            change(3, task(3, "Bread", 1)),
            change(4, task(1, "Oat milk", 2)),
        ])
    };

    let tasks = after(tasks, [news(), news()]);

    assert_eq!(titles(&tasks), ["Bread", "Rent", "Oat milk"]);
    assert_eq!((tasks.seq(), tasks.missing_since()), (4, None));
    assert!(row(&tasks, 3).touched);
}

#[test]
fn a_gap_is_noticed_and_what_is_there_is_shown() {
    let tasks = after(milk_and_rent(), [changed([change(5, task(3, "Bread", 1))])]);
    assert_eq!(titles(&tasks)[0], "Bread");
    assert_eq!(tasks.missing_since(), Some(2));

    let missing = [
        change(3, task(1, "Oat milk", 2)),
        change(4, task(2, "Rent!", 2)),
    ];
    let all = missing.into_iter().chain([change(5, task(3, "Bread", 1))]);
    let tasks = after(tasks, [changed(all), Action::CaughtUp]);

    assert_eq!(titles(&tasks), ["Bread", "Rent!", "Oat milk"]);
    assert_eq!((tasks.seq(), tasks.missing_since()), (5, None));
}

#[test]
fn news_older_than_what_is_known_change_nothing() {
    let mut binned = task(1, "Milk", 3);
    binned.deleted_at = Some(Timestamp::from_seconds(3));
    let tasks = after(milk_and_rent(), [Action::Saved(key("k"), binned)]);

    let tasks = after(tasks, [changed([change(3, task(1, "Milk!", 2))])]);

    assert_eq!(titles(&tasks), ["Rent"]);
}

#[test]
fn a_new_task_is_shown_before_the_server_knows_it() {
    let bread = NewTask {
        title: "Bread".to_owned(),
        ..NewTask::default()
    };
    let tasks = after(milk_and_rent(), [Action::Did(key("add"), Deed::Add(bread))]);
    assert_eq!(titles(&tasks), ["Bread", "Rent", "Milk"]);
    assert!(tasks.rows(None)[0].is_new);
    assert_eq!(tasks.counts(), (3, 0));

    let tasks = after(tasks, [Action::Saved(key("add"), task(3, "Bread", 1))]);

    assert_eq!(titles(&tasks), ["Bread", "Rent", "Milk"]);
    assert!(!tasks.rows(None)[0].is_new);
}

#[test]
fn a_ticked_task_lingers_until_it_is_settled() {
    let tasks = milk_and_rent();
    let tasks = after(tasks, [Action::Did(key("tick"), tick(&task(1, "Milk", 1)))]);
    assert!(row(&tasks, 1).task.completed);
    assert_eq!(tasks.counts(), (1, 1));

    let tasks = after(tasks, [Action::Settled(TaskId(1))]);

    assert_eq!(titles(&tasks), ["Rent"]);
    assert_eq!(
        titles(&after(tasks, [Action::Show(Filter::Done)])),
        ["Milk"]
    );
}

#[test]
fn what_the_assistant_completes_lingers_too() {
    let mut done = task(1, "Milk", 2);
    done.completed = true;

    let tasks = after(milk_and_rent(), [changed([change(3, done)])]);

    assert_eq!(titles(&tasks), ["Rent", "Milk"]);
}

#[test]
fn a_deleted_task_goes_at_once_and_comes_back_when_that_failed_or_is_undone() {
    let gone = after(
        milk_and_rent(),
        [Action::Did(key("bin"), Deed::Delete(TaskId(1)))],
    );
    assert_eq!(titles(&gone), ["Rent"]);

    let failed = after(
        Rc::clone(&gone),
        [Action::Failed(key("bin"), Failure::Unreachable)],
    );
    assert_eq!(titles(&failed), ["Rent", "Milk"]);
    assert!(matches!(
        row(&failed, 1).trouble.unwrap().kind,
        TroubleKind::Failed(_)
    ));

    let undone = after(gone, [Action::Did(key("undo"), Deed::Restore(TaskId(1)))]);
    assert_eq!(titles(&undone), ["Rent", "Milk"]);
}

#[test]
fn a_done_task_that_is_brought_back_is_in_sight_until_another_view_is_asked_for() {
    let mut done = task(1, "Milk", 2);
    done.completed = true;
    let mut binned = done.clone();
    binned.deleted_at = Some(Timestamp::from_seconds(3));
    let undo = Action::Did(key("undo"), Deed::Restore(TaskId(1)));
    let by_hand = after(
        milk_and_rent(),
        [
            changed([change(3, binned.clone())]),
            undo,
            Action::Settled(TaskId(1)),
        ],
    );
    let elsewhere = after(
        milk_and_rent(),
        [
            changed([change(3, binned)]),
            changed([change(4, done)]),
            Action::Settled(TaskId(1)),
        ],
    );

    for tasks in [by_hand, elsewhere] {
        assert_eq!(titles(&tasks), ["Rent", "Milk"]);
        let again = after(
            tasks,
            [Action::Show(Filter::Done), Action::Show(Filter::Open)],
        );
        assert_eq!(titles(&again), ["Rent"]);
    }
}

#[test]
fn the_next_of_a_task_that_repeats_is_asked_for_when_it_is_done() {
    let mut daily = task(1, "Milk", 1);
    daily.recurrence = Some("FREQ=DAILY".to_owned());
    for (seen, missing) in [(daily, Some(2)), (task(1, "Milk", 1), None)] {
        let tasks = after(
            milk_and_rent(),
            [
                Action::Did(key("tick"), tick(&seen)),
                Action::Saved(key("tick"), task(1, "Milk", 2)),
            ],
        );

        assert_eq!(tasks.missing_since(), missing);
    }
}

#[test]
fn operations_on_one_task_go_one_after_the_other() {
    let tasks = after(
        milk_and_rent(),
        [
            Action::Did(key("bin"), Deed::Delete(TaskId(1))),
            Action::Did(key("undo"), Deed::Restore(TaskId(1))),
            Action::Did(key("tick"), tick(&task(2, "Rent", 1))),
        ],
    );
    assert_eq!(ready(&tasks), ["bin", "tick"]);

    let tasks = after(
        tasks,
        [Action::Started(key("bin")), Action::Started(key("tick"))],
    );
    assert_eq!(ready(&tasks), [] as [&str; 0]);

    let mut binned = task(1, "Milk", 2);
    binned.deleted_at = Some(Timestamp::from_seconds(3));
    let tasks = after(tasks, [Action::Saved(key("bin"), binned)]);
    assert_eq!(ready(&tasks), ["undo"]);
}

#[test]
fn a_title_changed_elsewhere_is_a_conflict_that_keeps_both() {
    let edit = Action::Did(key("edit"), retitle(&task(1, "Milk", 1), "Soy milk"));
    let outdated = Action::Outdated(key("edit"), key("edit2"), task(1, "Oat milk", 2));
    let tasks = after(milk_and_rent(), [edit, outdated]);

    let conflict = row(&tasks, 1);
    assert_eq!(conflict.task.title, "Soy milk");
    let trouble = conflict.trouble.unwrap();
    assert_eq!(
        trouble.kind,
        TroubleKind::Conflict(Some("Oat milk".to_owned()))
    );

    let mine = after(
        Rc::clone(&tasks),
        [Action::TryAgain(key("edit2"), key("edit3"))],
    );
    let op = mine.op(&key("edit3")).unwrap();
    assert_eq!(op.deed.version(), Some(2));

    let theirs = after(tasks, [Action::Discarded(key("edit2"))]);
    assert_eq!(row(&theirs, 1).task.title, "Oat milk");
}

#[test]
fn another_field_changed_elsewhere_is_no_conflict() {
    let mut theirs = task(1, "Milk", 2);
    theirs.priority = Priority::High;
    let edit = Action::Did(key("edit"), retitle(&task(1, "Milk", 1), "Soy milk"));

    let tasks = after(
        milk_and_rent(),
        [edit, Action::Outdated(key("edit"), key("edit2"), theirs)],
    );

    let op = tasks.ready()[0];
    assert_eq!((op.key.as_str(), op.deed.version()), ("edit2", Some(2)));
    assert_eq!(row(&tasks, 1).task.priority, Priority::High);
}

#[test]
fn what_failed_is_sent_again_under_the_key_it_is_given() {
    let tasks = after(
        milk_and_rent(),
        [
            Action::Did(key("edit"), retitle(&task(1, "Milk", 1), "Soy milk")),
            Action::Failed(key("edit"), Failure::Unreachable),
            Action::TryAgain(key("edit"), key("new")),
        ],
    );

    assert_eq!(tasks.ready()[0].key, "new");
}

#[test]
fn a_network_that_is_back_sends_what_failed_for_the_lack_of_it() {
    let refused = Failure::refused(422, "{}", None);
    let tasks = after(
        milk_and_rent(),
        [
            Action::Did(key("one"), tick(&task(1, "Milk", 1))),
            Action::Did(key("two"), tick(&task(2, "Rent", 1))),
            Action::Failed(key("one"), Failure::Unreachable),
            Action::Failed(key("two"), refused),
            Action::Online,
        ],
    );

    assert_eq!(ready(&tasks), ["one"]);
}

#[test]
fn a_failed_look_at_the_server_does_not_take_the_list_away() {
    let tasks = after(milk_and_rent(), [Action::LoadFailed(Failure::Unreachable)]);

    assert_eq!(tasks.state, State::Ready);
    assert_eq!(titles(&tasks).len(), 2);
}
