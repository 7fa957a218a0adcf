//! Moments counted in hours, other zones, gaps and folds.

use when::{NotADate, resolve};

use crate::support::{all_arguments, all_mean, argument, at, in_zone, means, monday};

#[test]
fn counts_hours_and_minutes_from_now() {
    all_mean(
        &monday(),
        &[
            ("in 2 hours", "2026-11-23 15:00"),
            ("in an hour", "2026-11-23 14:00"),
            ("in half an hour", "2026-11-23 13:30"),
            ("in an hour and a half", "2026-11-23 14:30"),
            ("in 2 and a half hours", "2026-11-23 15:30"),
            ("in 1.5 hours", "2026-11-23 14:30"),
            ("in a quarter of an hour", "2026-11-23 13:15"),
            ("in three quarters of an hour", "2026-11-23 13:45"),
            ("in 90 min", "2026-11-23 14:30"),
            ("in 5 mins", "2026-11-23 13:05"),
            ("in 2h30", "2026-11-23 15:30"),
            ("in 1h 15m", "2026-11-23 14:15"),
            ("in 2 hours and 10 minutes", "2026-11-23 15:10"),
            ("in a couple of hours", "2026-11-23 15:00"),
            ("in a few minutes", "2026-11-23 13:03"),
            ("in 30 seconds", "2026-11-23 13:00:30"),
            ("20 minutes from now", "2026-11-23 13:20"),
            ("3 hours ago", "2026-11-23 10:00"),
            ("in 36 hours", "2026-11-25 01:00"),
            ("in 15", "2026-11-23 13:15"),
        ],
    );
}

#[test]
fn converts_offsets_into_the_zone() {
    all_arguments(
        &monday(),
        &[
            ("2026-11-24", "2026-11-24"),
            ("2026-11-24T17:00", "2026-11-24 17:00"),
            ("2026-11-24 17:00", "2026-11-24 17:00"),
            ("2026-11-24T17:00:00Z", "2026-11-24 18:00"),
            ("2026-11-24T17:00:00.123Z", "2026-11-24 18:00"),
            ("2026-11-24T17:00:00+05:30", "2026-11-24 12:30"),
            ("2026-11-24T23:30:00-08:00", "2026-11-25 08:30"),
            ("2026-11-24T17:00-0500", "2026-11-24 23:00"),
            ("2026-07-01T12:00:00Z", "2026-07-01 14:00"),
            ("  2026-11-24  ", "2026-11-24"),
        ],
    );
}

#[test]
fn knows_the_zones_people_name() {
    all_mean(
        &monday(),
        &[
            ("4pm CET", "2026-11-23 16:00"),
            ("tomorrow at 9am EST", "2026-11-24 15:00"),
            ("3pm PST", "2026-11-24 00:00"),
            ("17:00 UTC", "2026-11-23 18:00"),
            ("Thursday 8:00 GMT", "2026-11-26 09:00"),
            ("10am GMT+2", "2026-11-24 09:00"),
        ],
    );
}

#[test]
fn refuses_days_the_calendar_does_not_have() {
    for text in [
        "2026-02-30",
        "2026-13-01",
        "30 February",
        "February 30, 2027",
        "31 June",
        "2026-02-30T10:00",
    ] {
        assert_eq!(resolve(text, &monday()), Err(NotADate::NoSuchDay), "{text}");
    }
    for text in [
        "",
        " ",
        "soon",
        "asdf",
        "tomorrow never dies",
        "buy milk tomorrow",
        "25:00",
        "the",
    ] {
        assert_eq!(resolve(text, &monday()), Err(NotADate::Unclear), "{text}");
    }
}

#[test]
fn moves_a_time_the_clock_skips_past_the_gap() {
    let berlin = at("2027-03-27T13:00");
    means(&berlin, "tomorrow at 2:30am", "2027-03-28 03:30");
    argument(&berlin, "2027-03-28T02:30", "2027-03-28 03:30");

    let new_york = in_zone("2027-03-13T13:00", "America/New_York");
    means(&new_york, "tomorrow at 2:30am", "2027-03-14 03:30");
}

#[test]
fn a_time_shown_twice_is_the_first() {
    let berlin = at("2026-10-24T13:00");
    means(&berlin, "tomorrow at 2:30am", "2026-10-25 02:30");
    argument(&berlin, "2026-10-25T00:30:00Z", "2026-10-25 02:30");
    argument(&berlin, "2026-10-25T01:30:00Z", "2026-10-25 02:30");
}

#[test]
fn hours_are_real_hours_when_clocks_change() {
    let berlin = at("2027-03-27T22:00");
    means(&berlin, "in 6 hours", "2027-03-28 05:00");
    means(&berlin, "in 1 day", "2027-03-28");
    let new_york = in_zone("2026-10-31T22:00", "America/New_York");
    means(&new_york, "in 6 hours", "2026-11-01 03:00");
}
