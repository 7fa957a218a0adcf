//! Days in figures, and figures that are no days.

use when::find;

use crate::support::{all_mean, monday};

#[test]
fn reads_figures() {
    all_mean(
        &monday(),
        &[
            ("2026-12-01", "2026-12-01"),
            ("2026-12-01T09:30", "2026-12-01 09:30"),
            ("2026-12-1", "2026-12-01"),
            ("2026/12/01", "2026-12-01"),
            ("1/12/2026", "2026-12-01"),
            ("1/12/26", "2026-12-01"),
            ("01.12.2026", "2026-12-01"),
            ("on 1.12.", "2026-12-01"),
            ("by 1/12", "by 2026-12-01"),
            ("31-12-2026", "2026-12-31"),
            ("12/2026", "2026-12-01 month"),
            ("fri 27/11", "2026-11-27"),
        ],
    );
}

#[test]
fn leaves_other_figures_alone() {
    for sentence in [
        "add 1/2 cup sugar",
        "buy 3/4 inch screws",
        "finish 2/3 of the report",
        "open 24/7",
        "rated 5/5",
        "score 10/10",
        "version 1.2.3",
        "release 2.0.1-rc4",
        "192.168.1.10",
        "call 555-1234",
        "call 650-650-6500",
        "+49 30 1234567",
        "order 2026-114",
        "A4 paper",
        "size 9-10",
        "pages 12-14",
        "room 12-34-567",
        "1-2-3",
        "ISBN 978-3-16-148410-0",
        "pay $5.30",
        "pay 17.50 to Ann",
        "12.53% more",
        "16:9 monitor",
        "John 3:16",
        "ratio 16:09",
        "5m cable",
        "10k run",
        "3d printer",
        "2x4 timber",
        "route 66",
        "the year-end report-2026-12-01.xlsx",
        "https://example.org/2026/12/01/post",
        "mail bob@2026-12-01.org",
        "#2026-12-01",
    ] {
        assert_eq!(find(sentence, &monday()), [], "{sentence}");
    }
}
