//! Days that do not exist, gaps and folds.

use when::{NotADate, resolve};

use crate::support::{argument, at, in_zone, means, monday};

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

/// FR-149.
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
