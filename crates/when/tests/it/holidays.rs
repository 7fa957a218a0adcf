//! Days with names.

use crate::support::{all_mean, monday};

#[test]
fn names_holidays() {
    all_mean(
        &monday(),
        &[
            ("on Christmas", "2026-12-25"),
            ("before xmas", "before 2026-12-25"),
            ("christmas eve", "2026-12-24"),
            ("on boxing day", "2026-12-26"),
            ("new year's eve", "2026-12-31"),
            ("New Year’s Day", "2027-01-01"),
            ("on valentine's day", "2027-02-14"),
            ("on st patrick's day", "2027-03-17"),
            ("by easter", "by 2027-03-28"),
            ("good friday", "2027-03-26"),
            ("easter monday", "2027-03-29"),
            ("on halloween", "2027-10-31"),
            ("thanksgiving", "2026-11-26"),
            ("black friday", "2026-11-27"),
            ("cyber monday", "2026-11-30"),
            ("on labor day", "2027-09-06"),
            ("memorial day", "2027-05-31"),
            ("on mother's day", "2027-05-09"),
            ("father's day", "2027-06-20"),
            ("mlk day", "2027-01-18"),
            ("next thanksgiving", "2026-11-26"),
            ("last christmas", "2025-12-25"),
            ("easter 2028", "2028-04-16"),
            ("thanksgiving next year", "2027-11-25"),
            ("christmas in three years", "2029-12-25"),
            ("chinese new year", "2027-02-06"),
            ("yom kippur 2027", "2027-10-11"),
            ("diwali 2027", "2027-10-29"),
            ("4th of July", "2027-07-04"),
            ("the fourth of July", "2027-07-04"),
        ],
    );
}
