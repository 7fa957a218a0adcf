//! What holds for every rule, every order by hand and every way through a list.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use protocol::TaskId;
use protocol::task::Task;
use testing::NOW;
use tools::{AddTasks, ListTasks, MoveTasks, NewTask, Sort, Status};
use when::Recurrence;

use crate::desk::{Desk, due, new};

/// Runs a property whose cases each have a database of their own.
fn holds<Case: std::fmt::Debug>(
    cases: u32,
    strategy: &impl Strategy<Value = Case>,
    property: impl AsyncFn(Case) -> Result<(), TestCaseError>,
) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let config = Config {
        failure_persistence: None,
        ..Config::with_cases(cases)
    };
    TestRunner::new(config)
        .run(strategy, |case| runtime.block_on(property(case)))
        .unwrap();
}

fn rule() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("FREQ=DAILY".to_owned()),
        "FREQ=WEEKLY(;BYDAY=(MO|WE|FR|SU))?",
        "FREQ=MONTHLY(;BYMONTHDAY=(1|15|31|-1))?",
        Just("FREQ=MONTHLY;BYDAY=2TU".to_owned()),
        Just("FREQ=YEARLY".to_owned()),
    ];
    let end = prop_oneof![
        4 => Just(String::new()),
        1 => (1..4_u8).prop_map(|count| format!(";COUNT={count}")),
        1 => (1..29_u8).prop_map(|day| format!(";UNTIL=202612{day:02}")),
    ];
    (part, 1..5_u8, end)
        .prop_map(|(part, interval, end)| format!("{part};INTERVAL={interval}{end}"))
}

/// Completing what repeats makes one next time at the most: on the rule, after the one before, and
/// not in the past; undoing it leaves no trace.
#[test]
fn completing_what_repeats_makes_the_next_time_of_its_rule() {
    let time = prop_oneof![Just(""), Just("T09:30")];
    let case = (rule(), 1..29_u8, time, 0..90_i64);
    holds(24, &case, async |(rule, day, time, late)| {
        let mut desk = Desk::of("ann").await;
        let task = NewTask {
            recurrence: Some(rule.clone()),
            ..due("again", &format!("2026-11-{day:02}{time}"))
        };
        let before = desk.add_one(task).await;
        let start = when::datetime_of(before.due.unwrap()).unwrap();
        desk.now = NOW.plus_seconds(late * 86_400);
        let today = before.due.unwrap().date().max(day_of(&desk));

        desk.complete(1).await;
        let open = desk.list(Status::Open).await;

        prop_assert!(open.len() <= 1, "{open:?}");
        if let Some(next) = open.first() {
            let parsed = Recurrence::parse(&rule).unwrap();
            let due = next.due.unwrap();
            let at = when::datetime_of(due).unwrap();
            // How often it is still to happen says nothing of when: one that was missed is not done.
            let endless = Recurrence {
                count: None,
                ..parsed.clone()
            };
            let on_rule = endless
                .occurrences(start)
                .take(4_000)
                .any(|time| time == at);
            prop_assert!(on_rule, "{due} is no time of {rule} from {start}");
            prop_assert!(
                at > start && due.date() >= today,
                "{due} after {start}, {today}"
            );
            prop_assert_eq!(due.time(), before.due.unwrap().time());
            let left = Recurrence::parse(next.recurrence.as_deref().unwrap()).unwrap();
            prop_assert_eq!(left.count, parsed.count.map(|count| count - 1));
            prop_assert_eq!(left.frequency, parsed.frequency);
        } else {
            prop_assert!(
                rule.contains("COUNT") || rule.contains("UNTIL"),
                "{rule} has no end"
            );
        }
        desk.undo().await;
        let restored = desk.list(Status::All).await;
        prop_assert_eq!(restored.len(), 1);
        let seen = |task: &Task| (task.due, task.recurrence.clone(), task.completed);
        prop_assert_eq!(seen(&restored[0]), seen(&before));
        Ok(())
    });
}

/// The day in Berlin, where it is one hour later than in UTC all this while.
fn day_of(desk: &Desk) -> protocol::Due {
    let berlin = desk.now.plus_seconds(3_600).to_string();
    berlin[..10].parse().unwrap()
}

/// However tasks are moved, they stand where they were put.
#[test]
fn an_order_by_hand_is_that_of_the_hands() {
    let case = prop::collection::vec((0..6_usize, 0..6_usize), 1..25);
    holds(16, &case, async |moves| {
        let desk = Desk::of("ann").await;
        desk.add(&["1", "2", "3", "4", "5", "6"]).await;
        let mut model: Vec<i32> = (1..=6).collect();
        for (from, to) in moves {
            let id = model.remove(from);
            let after = to.checked_sub(1).map(|place| TaskId(model[place]));
            let before = model.get(to).copied().map(TaskId);
            model.insert(to, id);
            let ids = vec![TaskId(id)];
            let moved = MoveTasks { ids, after, before };

            moved.apply(&desk.call()).await.unwrap();

            let order = desk.list(Status::Open).await;
            let order: Vec<i32> = order.iter().map(|task| task.id.0).collect();
            prop_assert_eq!(&order, &model);
        }
        Ok(())
    });
}

fn sort() -> impl Strategy<Value = Sort> {
    prop::sample::select(vec![
        Sort::Position,
        Sort::Due,
        Sort::Priority,
        Sort::Created,
        Sort::Updated,
        Sort::Title,
    ])
}

/// What happens to other tasks while somebody turns pages.
#[derive(Clone, Debug)]
enum Meanwhile {
    Add(u8),
    Complete(i32),
    Delete(i32),
}

fn meanwhile() -> impl Strategy<Value = Meanwhile> {
    // Tasks from 21 on are the others'.
    prop_oneof![
        (1..28_u8).prop_map(Meanwhile::Add),
        (21..30_i32).prop_map(Meanwhile::Complete),
        (21..30_i32).prop_map(Meanwhile::Delete),
    ]
}

/// Pages hold every task that stays as it is exactly once, whatever is added, done and deleted
/// around it.
#[test]
fn no_task_is_on_two_pages_or_on_none() {
    let days = prop::collection::vec(1..5_u8, 29);
    let around = prop::collection::vec(meanwhile(), 12);
    let case = (days, sort(), any::<bool>(), 1..9_i64, around);
    holds(
        32,
        &case,
        async |(days, sort, descending, limit, around)| {
            let desk = Desk::of("ann").await;
            let tasks = days
                .iter()
                .map(|day| due(&format!("same {}", day % 3), &format!("2026-12-{day:02}")))
                .collect();
            AddTasks { tasks }.apply(&desk.call()).await.unwrap();
            let mut seen: BTreeMap<i32, usize> = BTreeMap::new();
            let (mut after, mut around) = (None, around.into_iter());
            loop {
                let list = ListTasks {
                    sort: Some(sort),
                    descending: Some(descending),
                    limit: Some(limit),
                    after,
                    ..ListTasks::default()
                };
                let page = list.apply(&desk.call()).await.unwrap();
                for task in page.tasks {
                    *seen.entry(task.id.0).or_default() += 1;
                }
                match around.next() {
                    Some(Meanwhile::Add(day)) => {
                        let tasks =
                            vec![due("same 1", &format!("2026-12-{day:02}")), new("no date")];
                        AddTasks { tasks }.apply(&desk.call()).await.unwrap();
                    }
                    Some(Meanwhile::Complete(id)) => drop(desk.complete(id).await),
                    Some(Meanwhile::Delete(id)) => drop(desk.delete(id).await),
                    None => {}
                }
                let Some(next) = page.next else { break };
                after = Some(next);
            }

            prop_assert!(seen.values().all(|times| *times == 1), "{seen:?}");
            prop_assert!((1..=20).all(|id| seen.contains_key(&id)), "{seen:?}");
            Ok(())
        },
    );
}
