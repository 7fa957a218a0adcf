//! Tasks: what is saved is what is read, for its owner alone.

use protocol::task::{Actor, Change, ChangeKind, Priority, Task};
use protocol::{TaskId, UserId};
use serde_json::json;
use store::tasks::{self, Filter, NewReceipt, Sort, Status};
use store::{Db, Scope};
use testing::Database;

use crate::people::{NOW, add_person};

fn scope(user: &UserId) -> Scope<'_> {
    Scope {
        user,
        session: None,
    }
}

fn task(id: i32, title: &str) -> Task {
    Task {
        id: TaskId(id),
        title: title.to_owned(),
        description: String::new(),
        priority: Priority::None,
        tags: vec![],
        due: None,
        time_zone: None,
        recurrence: None,
        reminder: None,
        parent_id: None,
        position: format!("n{id:03}i"),
        completed: false,
        completed_at: None,
        deleted_at: None,
        version: 1,
        created_at: NOW,
        updated_at: NOW,
    }
}

fn change(seq: i64, kind: ChangeKind, before: Option<Task>, after: Task) -> Change {
    Change {
        seq,
        action: seq,
        kind,
        actor: Actor::Assistant {
            run_id: "run_1".to_owned(),
        },
        at: NOW,
        undoes: None,
        before,
        after,
    }
}

async fn save(db: &Db, user: &UserId, changes: &[Change]) {
    let mut tx = db.begin(scope(user));
    tasks::lock(&mut tx, None).await.unwrap();
    tasks::save(tx, changes, None, NOW).await.unwrap();
}

async fn open(db: &Db, user: &UserId) -> Vec<Task> {
    let filter = Filter {
        limit: 50,
        ..Filter::default()
    };
    tasks::list(db.begin(scope(user)), &filter).await.unwrap().0
}

#[tokio::test]
async fn a_task_is_read_as_it_was_saved() {
    let database = Database::new().await;
    let ann = add_person(&database.db, "ann").await;
    let full = Task {
        description: "two litres".to_owned(),
        priority: Priority::High,
        tags: vec!["home".to_owned(), "a, \"b\"".to_owned()],
        due: Some("2026-11-24T17:05".parse().unwrap()),
        time_zone: Some("Europe/Berlin".to_owned()),
        recurrence: Some("FREQ=DAILY".to_owned()),
        reminder: Some(10),
        ..task(1, "Buy milk 🥛")
    };
    let day_only = Task {
        due: Some("2026-12-01".parse().unwrap()),
        ..task(2, "Pay rent")
    };

    save(
        &database.db,
        &ann,
        &[
            change(1, ChangeKind::Added, None, full.clone()),
            change(2, ChangeKind::Added, None, day_only.clone()),
        ],
    )
    .await;

    assert_eq!(open(&database.db, &ann).await, [full, day_only]);
}

#[tokio::test]
async fn nobody_sees_the_tasks_of_another() {
    let database = Database::new().await;
    let ann = add_person(&database.db, "ann").await;
    let bob = add_person(&database.db, "bob").await;
    let added = change(1, ChangeKind::Added, None, task(1, "Secret"));
    save(&database.db, &ann, &[added]).await;

    let mut tx = database.db.begin(scope(&bob));
    let by_id = tasks::family(&mut tx, &[TaskId(1)]).await.unwrap();
    let changes = tasks::changes(database.db.begin(scope(&bob)), 0, 10).await;

    assert!(open(&database.db, &bob).await.is_empty());
    assert!(by_id.is_empty());
    assert!(changes.unwrap().changes.is_empty());
}

#[tokio::test]
async fn changes_are_read_as_they_were_written() {
    let database = Database::new().await;
    let ann = add_person(&database.db, "ann").await;
    let before = task(1, "Buy milk");
    let after = Task {
        completed: true,
        completed_at: Some(NOW.plus_seconds(5)),
        version: 2,
        ..before.clone()
    };
    let written = [
        change(1, ChangeKind::Added, None, before.clone()),
        change(2, ChangeKind::Completed, Some(before), after.clone()),
    ];

    save(&database.db, &ann, &written).await;

    let read = |since, limit| tasks::changes(database.db.begin(scope(&ann)), since, limit);
    let all = read(0, 10).await.unwrap();
    assert_eq!(all.changes, written);
    assert!(!all.has_more);
    let first = read(0, 1).await.unwrap();
    assert!(first.has_more);
    assert_eq!(read(1, 10).await.unwrap().changes, written[1..]);
    assert_eq!(open(&database.db, &ann).await, []);
}

#[tokio::test]
async fn a_filter_finds_what_it_names() {
    let database = Database::new().await;
    let ann = add_person(&database.db, "ann").await;
    let done = Task {
        completed: true,
        completed_at: Some(NOW),
        ..task(2, "Call Mom")
    };
    let gone = Task {
        deleted_at: Some(NOW),
        ..task(3, "Old")
    };
    let all = [task(1, "Buy MILK"), done, gone];
    let changes: Vec<_> = (1..)
        .zip(&all)
        .map(|(seq, task)| change(seq, ChangeKind::Added, None, task.clone()))
        .collect();
    save(&database.db, &ann, &changes).await;

    let found = async |status, text: Option<&str>| {
        let filter = Filter {
            status,
            text: text.map(str::to_owned),
            limit: 10,
            ..Filter::default()
        };
        let (tasks, _, newest) = tasks::list(database.db.begin(scope(&ann)), &filter)
            .await
            .unwrap();
        assert_eq!(newest, 3);
        tasks.iter().map(|task| task.id.0).collect::<Vec<_>>()
    };

    assert_eq!(found(Status::Open, None).await, [1]);
    assert_eq!(found(Status::Completed, None).await, [2]);
    assert_eq!(found(Status::All, None).await, [1, 2]);
    assert_eq!(found(Status::Deleted, None).await, [3]);
    assert_eq!(found(Status::All, Some("milk")).await, [1]);
    assert_eq!(found(Status::All, Some("elephant")).await, [0; 0]);
}

#[tokio::test]
async fn a_receipt_is_found_by_its_key() {
    let database = Database::new().await;
    let ann = add_person(&database.db, "ann").await;
    let mut tx = database.db.begin(scope(&ann));
    let fresh = tasks::lock(&mut tx, Some("k1")).await.unwrap();
    let receipt = NewReceipt {
        key: "k1",
        request_hash: &[1, 2],
        answer: &json!({"done": 1}),
    };
    tasks::save(tx, &[], Some(receipt), NOW).await.unwrap();

    let mut tx = database.db.begin(scope(&ann));
    let repeated = tasks::lock(&mut tx, Some("k1")).await.unwrap();

    assert!(fresh.receipt.is_none());
    let receipt = repeated.receipt.unwrap();
    assert_eq!(receipt.request_hash, [1, 2]);
    assert_eq!(receipt.answer, json!({"done": 1}));
}

#[tokio::test]
async fn writes_of_one_person_come_one_after_the_other() {
    let database = Database::new().await;
    let ann = add_person(&database.db, "ann").await;
    let add = async || {
        let mut tx = database.db.begin(scope(&ann));
        let ledger = tasks::lock(&mut tx, None).await.unwrap();
        let new = task(ledger.last_task + 1, "One of many");
        let change = change(ledger.last_change + 1, ChangeKind::Added, None, new);
        tasks::save(tx, &[change], None, NOW).await.unwrap();
    };

    futures_util::future::join_all((0..20).map(|_| add())).await;

    let numbers: Vec<_> = open(&database.db, &ann)
        .await
        .iter()
        .map(|task| task.id.0)
        .collect();
    assert_eq!(numbers, (1..=20).collect::<Vec<_>>());
}

/// However long a list is, a page of it is read from an index, in its order and from where the last
/// one ended.
#[tokio::test]
async fn a_page_of_a_long_list_is_read_from_an_index() {
    let database = Database::new().await;
    let ann = add_person(&database.db, "ann").await;
    database.fill(ann.as_str(), 20_000).await;
    for status in [Status::Open, Status::Completed, Status::All] {
        let sorts = match status {
            Status::Open => vec![Sort::Position, Sort::Due, Sort::Priority, Sort::Created],
            Status::Completed => vec![Sort::Completed, Sort::Created],
            _ => vec![Sort::Position, Sort::Updated, Sort::Created, Sort::Title],
        };
        for (sort, descending) in sorts
            .into_iter()
            .flat_map(|sort| [(sort, false), (sort, true)])
        {
            let mut filter = Filter {
                status,
                sort,
                descending,
                limit: 100,
                ..Filter::default()
            };

            let first = plan(&database.db, &ann, &filter).await;
            let page = tasks::list(database.db.begin(scope(&ann)), &filter).await;
            filter.after = page.unwrap().1;
            let second = plan(&database.db, &ann, &filter).await;

            for plan in [&first, &second] {
                assert!(plan.contains("Index Scan"), "{status:?} {sort:?}:\n{plan}");
                assert!(!plan.contains("Seq Scan"), "{status:?} {sort:?}:\n{plan}");
                assert!(!plan.contains("  Sort"), "{status:?} {sort:?}:\n{plan}");
            }
            let condition = second.lines().find(|line| line.contains("Index Cond"));
            assert!(
                condition.is_some_and(|line| line.matches(" AND ").count() >= 1),
                "{status:?} {sort:?}:\n{second}"
            );
        }
    }
}

async fn plan(db: &Db, user: &UserId, filter: &Filter) -> String {
    let plan = tasks::explained(db.begin(scope(user)), filter).await;
    plan.unwrap().join("\n")
}

async fn ids(db: &Db, user: &UserId, filter: &mut Filter) -> Vec<i32> {
    let mut all = Vec::new();
    loop {
        let page = tasks::list(db.begin(scope(user)), filter).await.unwrap();
        all.extend(page.0.iter().map(|task| task.id.0));
        match page.1 {
            Some(next) => filter.after = Some(next),
            None => return all,
        }
    }
}

/// Rare words are looked up, common ones met on the way; nobody sees from which it came.
#[tokio::test]
async fn words_are_found_however_common_they_are() {
    let database = Database::new().await;
    let ann = add_person(&database.db, "ann").await;
    let bob = add_person(&database.db, "bob").await;
    database.fill(ann.as_str(), 3_000).await;
    database.fill(bob.as_str(), 20).await;
    let search = |text: &str| Filter {
        text: Some(text.to_owned()),
        limit: 100,
        ..Filter::default()
    };
    let open = |from: std::ops::Range<i32>| from.filter(|id| id % 5 != 0).collect::<Vec<_>>();

    let rare = search("Task 1999");
    let looked_up = plan(&database.db, &ann, &rare).await;

    assert!(looked_up.contains("id = ANY"), "{looked_up}");
    assert!(!looked_up.contains("Seq Scan"), "{looked_up}");
    assert_eq!(
        ids(&database.db, &ann, &mut search("Task 1999")).await,
        [1999]
    );
    assert_eq!(
        ids(&database.db, &bob, &mut search("Task 1999")).await,
        [0; 0]
    );
    assert_eq!(
        ids(&database.db, &ann, &mut search("200")).await,
        open(2000..2010)
    );
    let common = plan(&database.db, &ann, &search("task")).await;
    assert!(common.contains("tasks_open_by_position"), "{common}");
    assert!(!common.contains("  Sort"), "{common}");
    assert_eq!(
        ids(&database.db, &ann, &mut search("task")).await,
        open(1..3001)
    );
    assert_eq!(
        ids(&database.db, &bob, &mut search("tas")).await,
        open(1..21)
    );
    // What would be an operator of the query is none.
    for text in ["nothing", "task nothing", "task | nothing", "!nothing"] {
        let found = ids(&database.db, &ann, &mut search(text)).await;
        assert_eq!(found, [0; 0], "{text}");
    }
    assert_eq!(
        ids(&database.db, &ann, &mut search("'task'&!'1999")).await,
        [1999]
    );
}
