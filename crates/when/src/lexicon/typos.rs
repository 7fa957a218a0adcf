//! Which word of the calendar a misspelt one was meant to be.

/// Words long and rare enough that a slip in them is a slip.
const CORRECTABLE: [&str; 28] = [
    "afternoon",
    "april",
    "august",
    "christmas",
    "december",
    "evening",
    "february",
    "fortnight",
    "friday",
    "january",
    "midnight",
    "monday",
    "morning",
    "november",
    "october",
    "saturday",
    "september",
    "sunday",
    "thanksgiving",
    "thursday",
    "today",
    "tomorrow",
    "tonight",
    "tuesday",
    "wednesday",
    "weekday",
    "weekend",
    "yesterday",
];

/// Real words one slip away from those above.
const REAL: [&str; 7] = [
    "aprils", "augusts", "moaning", "mooning", "mourning", "sundae", "sundry",
];

/// The correctable word within one slip (two in words of eight letters and more) that begins
/// with the same letter.
pub(super) fn correct(word: &str) -> Option<&'static str> {
    if word.len() < 5 || REAL.contains(&word) {
        return None;
    }
    let close = |candidate: &&&str| {
        let allowed = if candidate.len() >= 8 { 2 } else { 1 };
        candidate.as_bytes()[0] == word.as_bytes()[0]
            && candidate.len().abs_diff(word.len()) <= allowed
            && (word.len() > 5 || candidate.len() > 5)
            && slips(word.as_bytes(), candidate.as_bytes()) <= allowed
    };
    CORRECTABLE.iter().find(close).copied()
}

/// Optimal string alignment: insertions, deletions, replacements and swaps of neighbours.
fn slips(left: &[u8], right: &[u8]) -> usize {
    const SIDE: usize = super::LONGEST + 1;
    let mut rows = [[0_usize; SIDE]; 3];
    for (column, cell) in rows[0].iter_mut().enumerate() {
        *cell = column;
    }
    for (i, letter) in left.iter().enumerate() {
        let (above, here, older) = ((i) % 3, (i + 1) % 3, (i + 2) % 3);
        rows[here][0] = i + 1;
        for (j, other) in right.iter().enumerate() {
            let replaced = rows[above][j] + usize::from(letter != other);
            let mut best = replaced.min(rows[above][j + 1] + 1).min(rows[here][j] + 1);
            if i > 0 && j > 0 && left[i] == right[j - 1] && left[i - 1] == right[j] {
                best = best.min(rows[older][j - 1] + 1);
            }
            rows[here][j + 1] = best;
        }
    }
    rows[left.len() % 3][right.len()]
}
