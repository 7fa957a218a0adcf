//! RRULE as text, and its times.

use when::{Anchor, DateTime, Recurrence, Skip};

fn rule(text: &str) -> Recurrence {
    text.parse().unwrap()
}

fn civil(text: &str) -> DateTime {
    text.parse().unwrap()
}

#[track_caller]
fn happens(text: &str, start: &str, expected: &[&str]) {
    let rule = rule(text);
    let times = rule.occurrences(civil(start)).take(expected.len() + 1);
    let days: Vec<String> = times.map(|time| time.date().to_string()).collect();
    let shown: Vec<&str> = days
        .iter()
        .map(String::as_str)
        .take(expected.len())
        .collect();
    assert_eq!(shown, expected, "{text}");
    if rule.count.is_some() || rule.until.is_some() {
        assert_eq!(days.len(), expected.len(), "{text} goes on");
    }
}

#[test]
fn writes_what_it_reads() {
    for text in [
        "FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=2",
        "FREQ=WEEKLY;BYDAY=MO,TH",
        "FREQ=MONTHLY;BYDAY=2TU",
        "FREQ=MONTHLY;BYDAY=-1FR",
        "FREQ=MONTHLY;BYMONTHDAY=1,15,-1",
        "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=DAILY;BYHOUR=8,20",
        "FREQ=DAILY;COUNT=10",
        "FREQ=DAILY;UNTIL=20261127",
        "FREQ=DAILY;UNTIL=20261127T170000",
        "FREQ=DAILY;UNTIL=20261127T170000Z",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU",
        "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=31;SKIP=OMIT",
        "FREQ=DAILY;INTERVAL=3;X-FROM=COMPLETION",
    ] {
        assert_eq!(rule(text).to_string(), text);
    }
    assert_eq!(
        rule("RRULE:INTERVAL=1;BYDAY=+1FR;FREQ=MONTHLY;").to_string(),
        "FREQ=MONTHLY;BYDAY=1FR"
    );
    assert_eq!(
        rule("freq=weekly;byday=mo").to_string(),
        "FREQ=WEEKLY;BYDAY=MO"
    );
    assert_eq!(
        rule("RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD").skip,
        Skip::Backward
    );
    assert_eq!(
        rule("FREQ=DAILY;X-FROM=COMPLETION").anchor,
        Anchor::Completion
    );
}

#[test]
fn refuses_what_is_no_rule() {
    for text in [
        "",
        "FREQ",
        "FREQ=",
        "FREQ=SECONDLY",
        "INTERVAL=2",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=-1",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=99999999999",
        "FREQ=DAILY;FREQ=WEEKLY",
        "FREQ=DAILY;COUNT=2;UNTIL=20261127",
        "FREQ=DAILY;UNTIL=2026-11-27",
        "FREQ=DAILY;UNTIL=20260230",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYDAY=",
        "FREQ=MONTHLY;BYDAY=0MO",
        "FREQ=MONTHLY;BYDAY=99MO",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=DAILY;BYEASTER=1",
        "FREQ=MONTHLY;SKIP=OMIT",
        "FREQ=DAILY;BYDAY=é",
        "every day",
    ] {
        assert!(Recurrence::parse(text).is_err(), "{text}");
    }
}

#[test]
fn happens_when_it_says() {
    happens(
        "FREQ=DAILY;COUNT=3",
        "2026-11-23T09:00",
        &["2026-11-23", "2026-11-24", "2026-11-25"],
    );
    happens(
        "FREQ=DAILY;INTERVAL=3",
        "2026-11-23T09:00",
        &["2026-11-23", "2026-11-26", "2026-11-29"],
    );
    happens(
        "FREQ=DAILY;UNTIL=20261124",
        "2026-11-23T09:00",
        &["2026-11-23", "2026-11-24"],
    );
    happens(
        "FREQ=WEEKLY;BYDAY=MO,TH",
        "2026-11-24T09:00",
        &["2026-11-26", "2026-11-30", "2026-12-03"],
    );
    happens(
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
        "2026-11-24T09:00",
        &["2026-11-24", "2026-12-08"],
    );
    happens(
        "FREQ=MONTHLY",
        "2026-01-31T09:00",
        &["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"],
    );
    happens(
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "2027-01-31T09:00",
        &["2027-01-31", "2027-02-28", "2027-03-31"],
    );
    happens(
        "FREQ=MONTHLY;BYMONTHDAY=30,31",
        "2027-02-01T09:00",
        &["2027-02-28", "2027-03-30", "2027-03-31"],
    );
    happens(
        "FREQ=MONTHLY;BYMONTHDAY=-1",
        "2028-01-31T09:00",
        &["2028-01-31", "2028-02-29", "2028-03-31"],
    );
    happens(
        "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=31;SKIP=OMIT",
        "2027-01-31T09:00",
        &["2027-01-31", "2027-03-31", "2027-05-31"],
    );
    happens(
        "FREQ=MONTHLY;BYDAY=2TU",
        "2026-11-23T09:00",
        &["2026-12-08", "2027-01-12"],
    );
    happens(
        "FREQ=MONTHLY;BYDAY=-1FR",
        "2026-11-23T09:00",
        &["2026-11-27", "2026-12-25"],
    );
    happens(
        "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
        "2026-11-23T09:00",
        &["2027-08-13", "2028-10-13"],
    );
    happens(
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "2026-11-23T09:00",
        &["2026-11-30", "2026-12-31", "2027-01-29"],
    );
    happens(
        "FREQ=YEARLY",
        "2028-02-29T09:00",
        &["2028-02-29", "2029-02-28", "2030-02-28"],
    );
    happens(
        "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH",
        "2026-01-01T09:00",
        &["2026-11-26", "2027-11-25"],
    );
    happens(
        "FREQ=YEARLY;BYDAY=20MO",
        "1997-05-19T09:00",
        &["1997-05-19", "1998-05-18", "1999-05-17"],
    );
    happens(
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYMONTHDAY=2,3,4",
        "1996-11-04T09:00",
        &["1996-11-04", "2000-11-02"],
    );
    happens(
        "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO",
        "1997-08-05T09:00",
        &["1997-08-05", "1997-08-10", "1997-08-19", "1997-08-24"],
    );
    happens(
        "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU",
        "1997-08-05T09:00",
        &["1997-08-05", "1997-08-17", "1997-08-19", "1997-08-31"],
    );
}

#[test]
fn happens_several_times_a_day() {
    let times: Vec<String> = rule("FREQ=DAILY;BYHOUR=20,8")
        .occurrences(civil("2026-11-23T12:30"))
        .take(3)
        .map(|time| time.to_string())
        .collect();
    assert_eq!(
        times,
        [
            "2026-11-23T20:30:00",
            "2026-11-24T08:30:00",
            "2026-11-24T20:30:00"
        ]
    );

    let hours: Vec<String> = rule("FREQ=HOURLY;INTERVAL=9;COUNT=3")
        .occurrences(civil("2026-11-23T12:30"))
        .map(|time| time.to_string())
        .collect();
    assert_eq!(
        hours,
        [
            "2026-11-23T12:30:00",
            "2026-11-23T21:30:00",
            "2026-11-24T06:30:00"
        ]
    );
}

#[test]
fn an_old_rule_is_as_quick_as_a_new_one() {
    let next = |text: &str, start: &str| {
        rule(text)
            .next_after(civil(start), civil("2026-11-23T13:00"))
            .map(|time| time.to_string())
    };

    assert_eq!(
        next("FREQ=DAILY", "1950-01-01T09:00").as_deref(),
        Some("2026-11-24T09:00:00")
    );
    assert_eq!(
        next("FREQ=MINUTELY;INTERVAL=7", "1950-01-01T09:00").as_deref(),
        Some("2026-11-23T13:07:00")
    );
    assert_eq!(
        next("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "2026-11-02T09:00").as_deref(),
        Some("2026-11-30T09:00:00")
    );
    assert_eq!(
        next("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "1904-02-29T09:00").as_deref(),
        Some("2027-02-28T09:00:00")
    );
}

#[test]
fn impossible_rules_end() {
    for text in [
        "RSCALE=GREGORIAN;FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;SKIP=OMIT",
        "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTH=4;BYMONTHDAY=31;SKIP=OMIT",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=WEEKLY;BYMONTH=2;BYSETPOS=9",
        "FREQ=YEARLY;BYDAY=MO;BYSETPOS=366",
        "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MINUTELY;BYDAY=MO;BYMONTHDAY=30;BYMONTH=2",
    ] {
        assert_eq!(
            rule(text).next_after(civil("2026-11-23T09:00"), civil("2026-11-23T09:00")),
            None,
            "{text}"
        );
    }
}

#[test]
fn a_task_done_late_is_next_due_in_the_future() {
    let ctx = crate::support::monday();
    let when::When::Every(repeat) = when::resolve("every monday at 9", &ctx).unwrap() else {
        panic!("no repetition");
    };
    let next = |due: &str, done: &str| {
        let moment = repeat.next(civil(due), civil(done)).unwrap();
        moment.due().unwrap().to_string()
    };

    assert_eq!(
        next("2026-11-30T09:00", "2026-11-30T10:00"),
        "2026-12-07T09:00"
    );
    assert_eq!(
        next("2026-11-30T09:00", "2026-11-29T10:00"),
        "2026-12-07T09:00"
    );
    assert_eq!(
        next("2026-11-30T09:00", "2026-12-16T10:00"),
        "2026-12-21T09:00"
    );
}

#[test]
fn counts_from_completion_if_asked() {
    let ctx = crate::support::monday();
    let when::When::Every(repeat) = when::resolve("every! 3 days at 9", &ctx).unwrap() else {
        panic!("no repetition");
    };

    let next = repeat
        .next(civil("2026-11-24T09:00"), civil("2026-11-29T22:00"))
        .unwrap();

    assert_eq!(next.due().unwrap().to_string(), "2026-12-02T09:00");
}
