//! Where one wish ends and the next begins.

use super::peel;
use crate::lexicon::commands::{STRONG, WEAK};
use crate::tokens::Span;

/// Wishes of one message that are followed; what is beyond stays with the last.
const MOST: usize = 12;

/// Words that are looked at to see whether a wish begins.
const NEAR: usize = 24;

/// Words that link one wish to the next.
const LINKS: &[&str] = &[
    "and then|also|please|now?",
    "then|also|plus|but|afterwards",
    "after that",
    "as well as",
    "&",
    "oh and",
    "so",
];

/// Short forms that end in a full stop.
const SHORT: &[&str] = &[
    "mr", "mrs", "ms", "dr", "st", "vs", "no", "nr", "prof", "jr", "sr", "approx", "dept", "tel",
    "p.m", "a.m", "e.g", "i.e",
];

pub(crate) fn split(span: Span<'_>) -> Vec<Span<'_>> {
    let mut clauses = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < span.len() {
        let cut = if clauses.len() + 1 < MOST {
            cut(span, start, at)
        } else {
            None
        };
        match cut {
            Some((end, next)) => {
                clauses.push(span.slice(start..end));
                start = next;
                at = next.max(at + 1);
            }
            None => at += 1,
        }
    }
    clauses.push(span.from(start));
    clauses.retain(|clause| !clause.trimmed().is_empty());
    clauses
}

/// Where the clause ends that began at `start`, and where the next begins.
fn cut(span: Span<'_>, start: usize, at: usize) -> Option<(usize, usize)> {
    if at <= start {
        return None;
    }
    let (word, rest) = (span.at(at), span.from(at + 1));
    let left = span.slice(start..at);
    if ends_sentence(span, start, at) {
        return Some((at, at + 1));
    }
    let link = span.from(at).starts_any(LINKS).unwrap_or(0);
    let comma = matches!(word, "," | ";" | ":" | "-" | "–" | "—");
    let used = link.max(usize::from(comma));
    if used == 0 || rest.is_empty() {
        return None;
    }
    let right = span.slice(at + used..at + used + NEAR);
    let right = right.from(right.starts_any(LINKS).unwrap_or(0));
    // What stands after "add task:" is its text, whatever it says.
    if left.words.iter().any(|word| word.norm == ":")
        && left.starts_any(crate::lexicon::commands::ADD).is_some()
    {
        return None;
    }
    // "No wait, make that bread" is one correction.
    if left.is(&["no|nope|oh|oops|sorry|wait|actually|hmm|ah|hold no|wait|sorry|actually|on?"]) {
        return None;
    }
    let sure = link > 0 || matches!(word, "," | ";");
    (sure && begins_command(peel(right), left.until(NEAR))).then(|| (at, at + used))
}

fn ends_sentence(span: Span<'_>, start: usize, at: usize) -> bool {
    let next = span.words.get(at + 1);
    let spaced = next.is_none_or(|next| next.range.start > span.words[at].range.end);
    let lone = span.at(at + 1) != span.at(at) && span.at(at - 1) != span.at(at);
    match span.at(at) {
        "." => spaced && !SHORT.contains(&span.at(at - 1)) && span.at(at - 1).len() > 1,
        "?" => spaced && lone,
        "!" => spaced && lone && at + 1 < span.len(),
        "\n" => !enumerates(span.slice(start..at), span.from(at + 1)),
        ";" => {
            let right = span.slice(at + 1..at + 1 + NEAR);
            begins_command(peel(right), span.slice(start..at).until(NEAR))
        }
        _ => false,
    }
}

/// Whether the lines below belong to a list: "add these:", or "add" and bullets.
fn enumerates(left: Span<'_>, below: Span<'_>) -> bool {
    let bullet = ["-", "*", "•", "–"].contains(&below.at(0));
    if bullet
        && peel(left)
            .starts_any(crate::lexicon::commands::ADD)
            .is_some()
    {
        return true;
    }
    let opens = left.words.iter().any(|word| word.norm == ":");
    opens || left.has(&["\n"])
}

/// Whether a new wish begins here. A weak verb does so only after another command: after a task
/// that is being described it goes on with it ("pack and move the boxes").
fn begins_command(right: Span<'_>, left: Span<'_>) -> bool {
    if right.starts_any(STRONG).is_some_and(|used| used > 0) {
        return true;
    }
    let left = peel(left);
    let listed = crate::slots::tags::linked_list(right).is_some();
    let weak = right.starts_any(WEAK).is_some_and(|used| used > 0);
    let commanded = left
        .starts_any(super::links::ORDERS)
        .is_some_and(|used| used > 0);
    weak && (commanded || listed) && right.len() > 1
}
