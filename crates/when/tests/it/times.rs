//! How morning and evening are told apart at other hours of the day.

use crate::support::{all_mean, at};

#[test]
fn a_bare_hour_is_the_next_that_people_are_awake_in() {
    all_mean(
        &at("2026-11-23T08:00"),
        &[
            ("at 9", "2026-11-23 09:00"),
            ("at 7", "2026-11-23 19:00"),
            ("at 8", "2026-11-23 20:00"),
        ],
    );
    all_mean(
        &at("2026-11-23T22:30"),
        &[
            ("at 9", "2026-11-24 09:00"),
            ("at 5", "2026-11-24 17:00"),
            ("at 11", "2026-11-23 23:00"),
        ],
    );
    all_mean(
        &at("2026-11-23T04:30"),
        &[("at 5", "2026-11-23 17:00"), ("at 7", "2026-11-23 07:00")],
    );
}
