//! Deadlines and beginnings.

use crate::support::{all_mean, monday};

#[test]
fn bounds_time_on_one_side() {
    all_mean(
        &monday(),
        &[
            ("by friday", "by 2026-11-27"),
            ("by friday 5pm", "by 2026-11-27 17:00"),
            ("by tomorrow noon", "by 2026-11-24 12:00"),
            ("by 5", "by 2026-11-23 17:00"),
            ("by eod", "by 2026-11-23 17:00"),
            ("by eod tomorrow", "by 2026-11-24 17:00"),
            ("by end of day friday", "by 2026-11-27 17:00"),
            ("by the end of the month", "by 2026-11-30"),
            ("by next week", "by 2026-11-30 week"),
            ("by 2028", "by 2028-01-01 year"),
            ("by the 15th", "by 2026-12-15"),
            ("due by friday", "by 2026-11-27"),
            ("no later than friday", "by 2026-11-27"),
            ("on or before friday", "by 2026-11-27"),
            ("within two weeks", "by 2026-12-07"),
            ("within the next 3 days", "by 2026-11-26"),
            ("within an hour", "by 2026-11-23 14:00"),
            ("before friday", "before 2026-11-27"),
            ("before 3pm tomorrow", "before 2026-11-24 15:00"),
            ("tomorrow before noon", "before 2026-11-24 12:00"),
            ("until friday", "until 2026-11-27"),
            ("till the end of May", "until 2027-05-31"),
            ("after 6pm", "after 2026-11-23 18:00"),
            ("after christmas", "after 2026-12-25"),
            ("since monday", "from 2026-11-30"),
            ("from tomorrow", "from 2026-11-24"),
            ("starting next week", "from 2026-11-30 week"),
            ("starting on 1 December", "from 2026-12-01"),
            ("due friday", "2026-11-27"),
            ("due on 12 December", "2026-12-12"),
            ("for tomorrow", "2026-11-24"),
        ],
    );
}
