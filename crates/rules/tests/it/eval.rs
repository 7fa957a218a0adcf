//! The table of the evaluation: right answers by family.

use crate::cases::{Case, read, run};

/// Families of cases. What is named "must not" has to be right without exception.
const FAMILIES: &[(&str, &str)] = &[
    ("contract", include_str!("../cases/contract.txt")),
    ("add", include_str!("../cases/add.txt")),
    ("dates", include_str!("../cases/dates.txt")),
    (
        "priorities, tags, notes",
        include_str!("../cases/attributes.txt"),
    ),
    ("lists and questions", include_str!("../cases/lists.txt")),
    ("complete", include_str!("../cases/complete.txt")),
    ("delete", include_str!("../cases/delete.txt")),
    ("bulk", include_str!("../cases/bulk.txt")),
    ("rename and reschedule", include_str!("../cases/change.txt")),
    ("reopen, restore, undo", include_str!("../cases/reopen.txt")),
    (
        "references over turns",
        include_str!("../cases/references.txt"),
    ),
    ("corrections", include_str!("../cases/corrections.txt")),
    ("several in one", include_str!("../cases/several.txt")),
    ("typing errors", include_str!("../cases/typos.txt")),
    ("recurrence", include_str!("../cases/repeats.txt")),
    (
        "overview, history, order",
        include_str!("../cases/standing.txt"),
    ),
    ("subtasks", include_str!("../cases/parts.txt")),
    ("reminders", include_str!("../cases/reminders.txt")),
    ("small talk", include_str!("../cases/talk.txt")),
    (
        "off-topic and languages",
        include_str!("../cases/offtopic.txt"),
    ),
    ("blind", include_str!("../cases/blind.txt")),
    ("fresh", include_str!("../cases/fresh.txt")),
    ("unseen", include_str!("../cases/unseen.txt")),
    ("must not", include_str!("../cases/mustnot.txt")),
];

/// SC-141.
#[test]
#[expect(clippy::print_stdout, reason = "the table is what the test is for")]
fn every_case_is_right() {
    let mut faults = Vec::new();
    let (mut right, mut total) = (0, 0);
    println!("{:<28} {:>5} {:>6}", "family", "right", "total");
    for (family, text) in FAMILIES {
        let cases: Vec<Case> = read(family, text);
        let wrong: Vec<String> = cases
            .iter()
            .filter_map(|case| {
                run(case)
                    .err()
                    .map(|fault| format!("[{}] {fault}", case.family))
            })
            .collect();
        println!(
            "{family:<28} {:>5} {:>6}",
            cases.len() - wrong.len(),
            cases.len()
        );
        right += cases.len() - wrong.len();
        total += cases.len();
        faults.extend(wrong);
    }
    println!("{:<28} {right:>5} {total:>6}", "all");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
