//! What holds for every text and every rule. The seed is fixed, so that a run shows what a change
//! did; raise the number of cases to look for more.

use std::time::Duration;

use jiff::civil::{Date, Weekday};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use when::{
    Anchor, ByDay, Context, DateTime, Frequency, Recurrence, Skip, Until, amounts, find,
    impossible, resolve,
};

use crate::support::{at, monday};

/// Pieces of phrases, so that chance builds dates and not only noise.
const PIECES: [&str; 72] = [
    "every",
    "other",
    "day",
    "days",
    "week",
    "month",
    "monday",
    "fri",
    "sat",
    "the",
    "of",
    "in",
    "on",
    "at",
    "by",
    "until",
    "from",
    "to",
    "-",
    ",",
    ".",
    ":",
    "/",
    "3",
    "15",
    "31",
    "2026",
    "1700",
    "5pm",
    "5",
    "12",
    "am",
    "half",
    "past",
    "quarter",
    "noon",
    "midnight",
    "tomorrow",
    "today",
    "tonight",
    "next",
    "last",
    "this",
    "after",
    "before",
    "end",
    "first",
    "second",
    "3rd",
    "march",
    "may",
    "feb",
    "29",
    "30",
    "christmas",
    "easter",
    "ago",
    "from now",
    "for",
    "times",
    "and",
    "a",
    "an",
    "hour",
    "hours",
    "weekend",
    "'",
    "\"",
    "é",
    "日",
    "🎉",
    "2026-11-24T17:00",
];

fn soup() -> impl Strategy<Value = String> {
    prop::collection::vec((0..PIECES.len(), any::<bool>()), 0..24).prop_map(|pieces| {
        let glue = |(index, spaced): (usize, bool)| [PIECES[index], if spaced { " " } else { "" }];
        pieces.into_iter().flat_map(glue).collect()
    })
}

fn date() -> impl Strategy<Value = Date> {
    (1_i16..=9999, 1_i8..=12, 1_i8..=28)
        .prop_map(|(year, month, day)| Date::constant(year, month, day))
}

fn weekday() -> impl Strategy<Value = Weekday> {
    (0_i8..7).prop_map(|day| Weekday::from_monday_zero_offset(day).unwrap())
}

fn rules() -> impl Strategy<Value = Recurrence> {
    use Frequency::{Daily, Hourly, Minutely, Monthly, Weekly, Yearly};
    let frequency = prop::sample::select(vec![Minutely, Hourly, Daily, Weekly, Monthly, Yearly]);
    let by_day = (
        prop::option::of(prop_oneof![1_i8..=5, -5_i8..=-1]),
        weekday(),
    )
        .prop_map(|(nth, weekday)| ByDay { nth, weekday });
    let month_day = prop_oneof![1_i8..=31, -31_i8..=-1];
    let end = prop_oneof![
        Just((None, None)),
        (1_u32..50).prop_map(|count| (Some(count), None)),
        date().prop_map(|day| (None, Some(Until::Day(day)))),
    ];
    let lists = (
        prop::collection::vec(1_i8..=12, 0..3),
        prop::collection::vec(month_day, 0..3),
        prop::collection::vec(by_day, 0..3),
        prop::collection::vec(0_i8..24, 0..3),
    );
    let rest = (
        prop::option::of(prop_oneof![1_i16..4, -3_i16..0]),
        end,
        weekday(),
        any::<bool>(),
        any::<bool>(),
    );
    (frequency, 1_u16..400, lists, rest).prop_map(|(frequency, interval, lists, rest)| {
        let (by_month, by_month_day, by_day, by_hour) = lists;
        let (by_set_pos, (count, until), week_start, omit, completion) = rest;
        Recurrence {
            frequency,
            interval,
            by_month,
            by_month_day,
            by_day,
            by_hour,
            by_set_pos,
            count,
            until,
            week_start,
            skip: if omit { Skip::Omit } else { Skip::Backward },
            anchor: if completion {
                Anchor::Completion
            } else {
                Anchor::Schedule
            },
        }
    })
}

fn check(text: &str, ctx: &Context) {
    let mut last = 0;
    for found in find(text, ctx) {
        assert!(found.range.start <= found.core.start && found.core.end <= found.range.end);
        assert!(
            text.get(found.range.clone())
                .is_some_and(|phrase| !phrase.is_empty()),
            "{text:?}"
        );
        assert!(
            text.get(found.core.clone())
                .is_some_and(|phrase| !phrase.is_empty()),
            "{text:?}"
        );
        assert!(found.range.start >= last, "{text:?}");
        last = found.range.end;
        let _ = (
            found.when.due(),
            found.when.due_in(ctx),
            found.when.to_string(),
            found.when.moment().end(ctx.week_start),
        );
    }
    let _ = resolve(text, ctx);
    let _ = amounts(text, ctx);
    let _ = impossible(text).map(|range| &text[range]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(20_261_123), ..ProptestConfig::with_cases(500) })]

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,60}") {
        check(&text, &monday());
    }

    #[test]
    fn no_soup_of_dates_makes_it_panic(text in soup()) {
        check(&text, &monday());
        check(&text, &at("2027-03-28T01:59:59"));
        check(&text, &at("0001-01-01T00:00"));
        check(&text, &at("9999-12-30T23:00"));
    }

    #[test]
    fn what_is_said_back_means_the_same(text in soup()) {
        let ctx = monday();
        for found in find(&text, &ctx) {
            let english = found.when.to_string();
            // Years of other than four digits are not said, and second best is no promise.
            if found.when.moment().date.year() >= 1900 && found.when.moment().date.year() < 2200 {
                let again = resolve(&english, &ctx).map(|when| when.to_string());
                prop_assert_eq!(again, Ok(english.clone()), "{}", text);
            }
        }
    }

    #[test]
    fn rules_survive_writing(rule in rules()) {
        prop_assert_eq!(rule.to_string().parse::<Recurrence>(), Ok(rule));
    }

    #[test]
    fn rules_walk_forwards(rule in rules(), start in date(), days in 0_i64..4000) {
        let start = start.at(9, 30, 0, 0);
        let mut after: DateTime = start.saturating_add(jiff::SignedDuration::from_hours(24 * days));
        for _ in 0..3 {
            let Some(next) = rule.next_after(start, after) else { break };
            prop_assert!(next > after);
            prop_assert!(next >= start);
            after = next;
        }
        let times: Vec<DateTime> = rule.occurrences(start).take(5).collect();
        prop_assert!(times.is_sorted_by(|a, b| a < b));
        if let (Some(first), Some(second)) = (times.first(), times.get(1)) {
            prop_assert_eq!(rule.next_after(start, *first), Some(*second));
        }
    }

    #[test]
    fn rules_are_read_or_refused(text in "[A-Z=;,0-9+-]{0,40}") {
        let _ = Recurrence::parse(&text);
        let _ = Recurrence::parse(&format!("FREQ=MONTHLY;{text}"));
    }
}

#[test]
fn a_hundred_kilobytes_of_anything_are_read_in_time() {
    for piece in [
        "day after ",
        "every ",
        "1",
        "1 ",
        "1/",
        "1-",
        "1:",
        "the ",
        "of the week of ",
        "next ",
        "monday ",
        "monday,",
        "a week from ",
        "first monday of ",
        "last day of the ",
        "\"",
        "'",
        "2026-11-24 ",
        "5pm to ",
        "half past ",
        "é",
        "🎉",
        "before ",
        "tomorrow at 5 and ",
        "every 2nd and ",
        "christmas in ",
        "from may to ",
        "end of ",
        "in ",
        "a ",
        "twenty ",
        "( ",
        ".",
        "-",
        "no later than ",
        "x",
        " ",
    ] {
        // Slow builds read less of each.
        let size = if cfg!(debug_assertions) {
            30_000
        } else {
            100_000
        };
        let text = piece.repeat(size / piece.len());
        let start = std::time::Instant::now();
        check(&text, &monday());
        let taken = start.elapsed();
        assert!(taken < Duration::from_secs(8), "{piece:?} took {taken:?}");
    }
}
