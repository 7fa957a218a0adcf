//! Lists: filters, orders, pages.

use std::collections::BTreeSet;

use protocol::task::Priority;
use tools::{
    AddTasks, Error, FindTasks, GetOverview, ListActivity, ListTasks, NewTask, Sort, Status,
};

use crate::desk::{Desk, due, new};

async fn titles(desk: &Desk, list: ListTasks) -> Vec<String> {
    let listing = list.apply(&desk.call()).await.unwrap();
    listing.tasks.into_iter().map(|task| task.title).collect()
}

fn urgent(title: &str, priority: Priority) -> NewTask {
    NewTask {
        priority: Some(priority),
        ..new(title)
    }
}

async fn household() -> Desk {
    let desk = Desk::of("ann").await;
    let tasks = vec![
        NewTask {
            tags: Some(vec!["home".to_owned()]),
            priority: Some(Priority::Low),
            ..due("Buy milk", "2026-11-24")
        },
        urgent("call Mom", Priority::High),
        due("Pay rent", "2026-11-23T09:00"),
        NewTask {
            description: Some("with the milk frother".to_owned()),
            ..due("Make coffee", "2026-11-24T08:00")
        },
    ];
    AddTasks { tasks }.apply(&desk.call()).await.unwrap();
    desk
}

#[tokio::test]
async fn every_filter_keeps_what_it_names() {
    let desk = household().await;
    let all = ListTasks::default();
    let text = |text: &str| Some(text.to_owned());

    for (list, expected) in [
        (
            ListTasks {
                query: text("mil"),
                ..all.clone()
            },
            vec!["Buy milk", "Make coffee"],
        ),
        (
            ListTasks {
                query: text("MILK buy"),
                ..all.clone()
            },
            vec!["Buy milk"],
        ),
        (
            ListTasks {
                query: text("':* & |"),
                ..all.clone()
            },
            vec!["Buy milk", "call Mom", "Pay rent", "Make coffee"],
        ),
        (
            ListTasks {
                priority: Some(Priority::High),
                ..all.clone()
            },
            vec!["call Mom"],
        ),
        (
            ListTasks {
                tag: text("home"),
                ..all.clone()
            },
            vec!["Buy milk"],
        ),
        (
            ListTasks {
                due_from: text("tomorrow"),
                due_before: text("2026-11-25"),
                ..all.clone()
            },
            vec!["Make coffee"],
        ),
        (
            ListTasks {
                due_before: text("2026-11-25T00:01"),
                ..all.clone()
            },
            vec!["Buy milk", "Pay rent", "Make coffee"],
        ),
    ] {
        assert_eq!(titles(&desk, list.clone()).await, expected, "{list:?}");
    }
    let unreadable = ListTasks {
        due_from: text("blursday"),
        ..all
    };
    assert!(matches!(
        unreadable.apply(&desk.call()).await,
        Err(Error::Invalid(_))
    ));
}

#[tokio::test]
async fn every_order_is_kept_in_both_directions() {
    let desk = household().await;
    for (sort, expected) in [
        (
            Sort::Position,
            ["Buy milk", "call Mom", "Pay rent", "Make coffee"],
        ),
        (
            Sort::Due,
            ["Pay rent", "Make coffee", "Buy milk", "call Mom"],
        ),
        (
            Sort::Priority,
            ["call Mom", "Buy milk", "Pay rent", "Make coffee"],
        ),
        (
            Sort::Created,
            ["Buy milk", "call Mom", "Pay rent", "Make coffee"],
        ),
        (
            Sort::Title,
            ["Buy milk", "call Mom", "Make coffee", "Pay rent"],
        ),
    ] {
        let list = |descending| ListTasks {
            sort: Some(sort),
            descending: Some(descending),
            ..ListTasks::default()
        };
        assert_eq!(titles(&desk, list(false)).await, expected, "{sort:?}");
        let mut backwards = expected;
        backwards.reverse();
        assert_eq!(titles(&desk, list(true)).await, backwards, "{sort:?}");
    }
}

#[tokio::test]
async fn pages_hold_every_task_once_while_others_are_added() {
    let desk = Desk::of("ann").await;
    let many = |prefix: &str| -> Vec<NewTask> {
        let days = ["2026-12-01", "2026-12-02", "none"].iter().cycle();
        days.take(30)
            .enumerate()
            .map(|(place, day)| due(&format!("{prefix}{place}"), day))
            .collect()
    };
    AddTasks {
        tasks: many("old "),
    }
    .apply(&desk.call())
    .await
    .unwrap();
    for sort in [
        Sort::Position,
        Sort::Due,
        Sort::Priority,
        Sort::Updated,
        Sort::Title,
    ] {
        let mut seen = Vec::new();
        let mut after = None;
        loop {
            let list = ListTasks {
                sort: Some(sort),
                limit: Some(7),
                after,
                ..ListTasks::default()
            };
            let page = list.apply(&desk.call()).await.unwrap();
            seen.extend(page.tasks.into_iter().map(|task| task.title));
            let Some(next) = page.next else { break };
            after = Some(next);
            let between = vec![due("new", "2026-12-01")];
            AddTasks { tasks: between }
                .apply(&desk.call())
                .await
                .unwrap();
        }
        let old: Vec<_> = seen
            .iter()
            .filter(|title| title.starts_with("old"))
            .collect();
        let distinct: BTreeSet<_> = old.iter().collect();
        assert_eq!((old.len(), distinct.len()), (30, 30), "{sort:?}");
    }
}

#[tokio::test]
async fn a_place_that_was_made_up_is_refused() {
    let desk = household().await;
    let forged = [
        "nonsense",
        // {"sort":"due","descending":false,"keys":["'; drop","0"],"id":1}
        "eyJzb3J0IjoiZHVlIiwiZGVzY2VuZGluZyI6ZmFsc2UsImtleXMiOlsiJzsgZHJvcCIsIjAiXSwiaWQiOjF9",
    ];
    for after in forged {
        let list = ListTasks {
            sort: Some(Sort::Due),
            after: Some(after.to_owned()),
            ..ListTasks::default()
        };
        let refused = list.apply(&desk.call()).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
    }
}

#[tokio::test]
async fn misspelled_words_find_what_comes_close() {
    let desk = household().await;
    let find = async |text: &str| {
        let find = FindTasks {
            text: text.to_owned(),
            status: Status::Open,
        };
        let finding = find.apply(&desk.call()).await.unwrap();
        let titles: Vec<_> = finding.tasks.into_iter().map(|task| task.title).collect();
        (titles, finding.did_you_mean)
    };

    assert_eq!(find("rent").await, (vec!["Pay rent".to_owned()], false));
    assert_eq!(find("pay retn").await, (vec!["Pay rent".to_owned()], true));
    assert_eq!(find("elephant").await, (vec![], false));
    assert_eq!(find("").await.0.len(), 4);
}

#[tokio::test]
async fn the_overview_counts_by_the_persons_calendar() {
    let desk = household().await;
    desk.complete(2).await;

    let overview = GetOverview::default().apply(&desk.call()).await.unwrap();

    assert_eq!(overview.open, 3);
    // It is 13:00 in Berlin; the rent was due at nine.
    assert_eq!(overview.overdue, 1);
    assert_eq!(overview.due_today, 1);
    assert_eq!(overview.due_this_week, 2);
    assert_eq!(overview.completed_today, 1);
    assert_eq!(overview.high_priority, 0);
}

#[tokio::test]
async fn the_activity_is_listed_from_the_newest() {
    let desk = household().await;
    desk.complete(2).await;
    let list = async |before, task| {
        let list = ListActivity {
            before,
            task,
            limit: Some(2),
        };
        let changes = list.apply(&desk.call()).await.unwrap();
        let seqs: Vec<_> = changes.changes.iter().map(|change| change.seq).collect();
        (seqs, changes.has_more)
    };

    assert_eq!(list(None, None).await, (vec![5, 4], true));
    assert_eq!(list(Some(2), None).await, (vec![1], false));
    let of_mom = Some(protocol::TaskId(2));
    assert_eq!(list(None, of_mom).await, (vec![5, 2], false));
}
