//! Sentences without dates: nothing may be found in them.

use when::{Context, DayMonthOrder, find};

use crate::support::{at, monday};

fn sentences() -> impl Iterator<Item = &'static str> {
    let lines = include_str!("../data/nothing.txt").lines();
    lines.filter(|line| !line.is_empty() && !(line.starts_with("# ")))
}

fn false_alarms(ctx: &Context) -> Vec<String> {
    let alarms = |sentence: &'static str| {
        let found = find(sentence, ctx);
        let first = found.first()?;
        Some(format!(
            "{sentence:?}: {:?}",
            &sentence[first.range.clone()]
        ))
    };
    sentences().filter_map(alarms).collect()
}

#[test]
fn finds_nothing_where_nothing_is() {
    assert!(sentences().count() > 380);
    assert_eq!(false_alarms(&monday()), [""; 0]);
}

#[test]
fn finds_nothing_at_any_hour_or_order() {
    let american = Context {
        order: DayMonthOrder::MonthFirst,
        ..at("2026-05-02T00:30")
    };

    assert_eq!(false_alarms(&american), [""; 0]);
}
