//! Weeks, months, quarters, seasons and years.

use crate::support::{all_mean, monday};

#[test]
fn names_periods() {
    all_mean(
        &monday(),
        &[
            ("this week", "2026-11-23 week"),
            ("next week", "2026-11-30 week"),
            ("the following week", "2026-11-30 week"),
            ("the week after next", "2026-12-07 week"),
            ("last week", "2026-11-16 week"),
            ("this weekend", "2026-11-28 weekend"),
            ("at the weekend", "2026-11-28 weekend"),
            ("on the weekend", "2026-11-28 weekend"),
            ("next weekend", "2026-12-05 weekend"),
            ("this month", "2026-11-01 month"),
            ("next month", "2026-12-01 month"),
            ("last month", "2026-10-01 month"),
            ("the month after next", "2027-01-01 month"),
            ("this quarter", "2026-10-01 quarter"),
            ("next quarter", "2027-01-01 quarter"),
            ("Q1 2027", "2027-01-01 quarter"),
            ("in q3", "2027-07-01 quarter"),
            ("third quarter of 2027", "2027-07-01 quarter"),
            ("next year", "2027-01-01 year"),
            ("in 2030", "2030-01-01 year"),
            ("in March", "2027-03-01 month"),
            ("in November", "2026-11-01 month"),
            ("next May", "2027-05-01 month"),
            ("this december", "2026-12-01 month"),
            ("October 2027", "2027-10-01 month"),
            ("march next year", "2027-03-01 month"),
            ("this summer", "2027-06-21 season"),
            ("in the spring", "2027-03-20 season"),
            ("winter 2027", "2027-12-21 season"),
            ("the week of December 9th", "2026-12-07 week"),
            ("in week 50", "2026-12-07 week"),
            ("2026-W50", "2026-12-07 week"),
            ("2026-W50-3", "2026-12-09"),
            ("first week of December", "2026-12-07 week"),
        ],
    );
}

#[test]
fn counts_several() {
    all_mean(
        &monday(),
        &[
            ("the next 3 days", "2026-11-24 to 2026-11-26"),
            ("next few days", "2026-11-24 to 2026-11-26"),
            ("next two weeks", "2026-11-30 to 2026-12-13"),
            ("the last 2 months", "2026-09-01 to 2026-10-31"),
            ("the rest of the week", "2026-11-23 to 2026-11-29"),
            ("later this week", "2026-11-23 to 2026-11-29"),
            ("the next 4 business days", "2026-11-24 to 2026-11-27"),
            ("2014 to 2018", "2014-01-01 year to 2018-01-01 year"),
        ],
    );
}
