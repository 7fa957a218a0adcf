//! Several tasks in one breath: "milk, eggs and bread".

use crate::lexicon::words::{self, GOODS, VERBS};
use crate::matching::stem;
use crate::tokens::{self, Span};

/// Why a text may hold several tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Enumerated {
    /// "add … to my list"
    List,
    /// "add tasks: …"
    Plural,
    No,
}

/// Splits what is to be added. A verb at the beginning governs all that follows ("buy salt and
/// pepper" is one task), unless every part has its own.
pub(crate) fn split(text: &str, why: Enumerated) -> Vec<String> {
    let lines: Vec<&str> = text
        .lines()
        .map(bullet)
        .filter(|line| !line.is_empty())
        .collect();
    if lines.len() > 1 {
        return lines.into_iter().map(str::to_owned).collect();
    }
    let all = tokens::words(text);
    let span = Span { text, words: &all }.trimmed();
    if let Some(goods) = goods(span) {
        return goods;
    }
    let parts = parts(span, why == Enumerated::Plural);
    if parts.len() < 2 || parts.len() > 100 {
        return vec![text.trim().to_owned()];
    }
    let verbs = parts.iter().filter(|part| VERBS.has(lead(**part))).count();
    let all_verbs = verbs == parts.len();
    let no_verbs = verbs == 0;
    // Where and for whom is often said with the last.
    let longest = |at: usize| if at + 1 == parts.len() { 7 } else { 4 };
    let short = (0..parts.len()).all(|at| parts[at].len() <= longest(at));
    let commas = (0..span.len()).filter(|at| divides(span, *at)).count();
    let splits = match why {
        Enumerated::Plural => true,
        Enumerated::List => no_verbs || all_verbs,
        Enumerated::No => parts.len() >= 3 && commas >= 1 && (all_verbs || no_verbs && short),
    };
    if !splits {
        return vec![text.trim().to_owned()];
    }
    parts
        .iter()
        .map(|part| part.trimmed().raw().to_owned())
        .collect()
}

/// Parts between "and", but for pairs that are one thing.
pub(crate) fn joined(span: Span<'_>) -> Vec<Span<'_>> {
    parts(span.trimmed(), false)
}

fn lead(span: Span<'_>) -> &str {
    span.at(usize::from(span.at(0) == "to"))
}

fn bullet(line: &str) -> &str {
    let line = line.trim();
    let rest = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let numbered = rest.len() < line.len() && rest.starts_with(['.', ')']);
    let line = if numbered { &rest[1..] } else { line };
    line.trim_start_matches(['-', '*', '•', ' '])
        .trim_start_matches("[ ]")
        .trim()
}

/// Parts between commas and "and". In "tasks: buy milk and eggs, call mom" only commas part.
fn parts(span: Span<'_>, plural: bool) -> Vec<Span<'_>> {
    let has_comma = (0..span.len()).any(|at| divides(span, at));
    let mut parts = Vec::new();
    let mut start = 0;
    for at in 0..span.len() {
        let comma = divides(span, at);
        let joint = ["and", "&", "plus"].contains(&span.at(at)) && !is_pair(span, at);
        let verb_follows = VERBS.has(lead(span.from(at + 1)));
        let counts =
            joint && (!plural || !has_comma || verb_follows || at > 0 && span.at(at - 1) == ",");
        if comma || counts {
            parts.push(span.slice(start..at).trimmed());
            start = at + 1;
        }
    }
    parts.push(span.from(start).trimmed());
    // "…, then …, and then …"
    let led = |part: &Span<'_>| part.starts("and|then|also|finally then?").unwrap_or(0);
    let mut parts: Vec<Span<'_>> = parts.iter().map(|part| part.from(led(part))).collect();
    parts.retain(|part| !part.is_empty());
    parts
}

/// A comma, or a stroke with spaces around it.
fn divides(span: Span<'_>, at: usize) -> bool {
    let apart = |at: usize| {
        let (before, after) = (&span.words[at - 1].range, &span.words[at + 1].range);
        before.end < span.words[at].range.start && span.words[at].range.end < after.start
    };
    match span.at(at) {
        "," | ";" => true,
        "/" | "|" => at > 0 && at + 1 < span.len() && apart(at),
        _ => false,
    }
}

/// What makes one thing with the word before it, unless that is several: "orange juice".
const SORTS: [&str; 14] = [
    "juice", "sauce", "oil", "cream", "soup", "salad", "jam", "wine", "vinegar", "chips", "syrup",
    "butter", "milk", "water",
];

/// "milk eggs and bread": things with bare names and no comma between them.
fn goods(span: Span<'_>) -> Option<Vec<String>> {
    let joint = |at: usize| ["and", "&", "plus"].contains(&span.at(at));
    let good = |at: usize| GOODS.has(span.at(at)) || GOODS.has(&stem(span.at(at)));
    let words = (0..span.len()).filter(|at| !joint(*at)).count();
    if words < 3 || !(0..span.len()).all(|at| joint(at) || good(at)) || joint(span.len() - 1) {
        return None;
    }
    let mut things: Vec<Span<'_>> = Vec::new();
    let mut start = 0;
    for at in 1..=span.len() {
        let single = |at: usize| !span.at(at).ends_with('s');
        let goes_on = at < span.len()
            && (joint(at) && is_pair(span, at)
                || at > 1 && joint(at - 1) && is_pair(span, at - 1)
                || SORTS.contains(&span.at(at)) && !joint(at - 1) && single(at - 1));
        if !goes_on {
            let thing = span.slice(start..at);
            let thing = thing.from(usize::from(joint(start)));
            things.extend(Some(thing).filter(|thing| !thing.is_empty()));
            start = at;
        }
    }
    let things: Vec<String> = things.iter().map(|thing| thing.raw().to_owned()).collect();
    (things.len() > 1).then_some(things)
}

/// Whether the words around an "and" are one thing.
fn is_pair(span: Span<'_>, at: usize) -> bool {
    let pair = |back: usize, ahead: usize| {
        let from = at.saturating_sub(back);
        let near: Vec<&str> = (from..(at + ahead + 1).min(span.len()))
            .map(|at| span.at(at))
            .collect();
        words::is_pair(&near.join(" "))
    };
    pair(1, 1) || pair(2, 1)
}
