//! The table of the evaluation: right answers by family.

use crate::cases::{Case, read, run};

/// Families of cases. What is named "must not" has to be right without exception.
const FAMILIES: &[(&str, &str)] = &[("contract", include_str!("../cases/contract.txt"))];

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
