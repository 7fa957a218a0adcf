//! "task 3", "#3", "number three", "1 and 3", "the second one", "the last two".

use crate::intent::{Place, Target};
use crate::lexicon::lists::TASK;
use crate::lexicon::words::{NUMBERS, ORDINALS};
use crate::tokens::Span;

/// Reads a reference that consists of numbers.
pub(crate) fn read(span: Span<'_>) -> Option<Target> {
    counted(span).or_else(|| listed(span))
}

/// "the first two", "last three tasks".
fn counted(span: Span<'_>) -> Option<Target> {
    let at = span.starts("the|my").unwrap_or(0);
    let last = match span.at(at) {
        "first" | "top" => false,
        "last" | "bottom" | "final" => true,
        _ => return None,
    };
    let count = number(span.at(at + 1)).filter(|count| (2..=20).contains(count))?;
    let rest = span.from(at + 2);
    if !rest.is_empty()
        && !rest.is(&["tasks|ones|items|todos|reminders|things|of? them|these|those?"])
    {
        return None;
    }
    let place = |n: i64| {
        if last {
            Place::Last(count - n + 1)
        } else {
            Place::At(n)
        }
    };
    Some(Target::Places((1..=count).map(place).collect()))
}

/// Numbers and ordinals with commas and "and" between them.
fn listed(span: Span<'_>) -> Option<Target> {
    let mut places = Vec::new();
    let mut ids = Vec::new();
    let mut at = 0;
    let mut by_task = false;
    while at < span.len() {
        if ["and", ",", "&", "the", "my", "plus", "also", "then"].contains(&span.at(at)) {
            at += 1;
            continue;
        }
        let (numbers, used) = one(span.from(at), by_task)?;
        at += used;
        for number in numbers {
            match number {
                Number::Id(id) => {
                    by_task = true;
                    ids.push(id);
                }
                Number::Place(place) => places.push(place),
            }
        }
    }
    match (ids.is_empty(), places.is_empty()) {
        (false, true) => Some(Target::Ids(ids)),
        (true, false) => Some(Target::Places(places)),
        (false, false) => Some(Target::Several(
            vec![Target::Ids(ids), Target::Places(places)],
            span.raw().to_owned(),
        )),
        (true, true) => None,
    }
}

enum Number {
    /// The number a task has for good.
    Id(i64),
    Place(Place),
}

fn one(span: Span<'_>, by_task: bool) -> Option<(Vec<Number>, usize)> {
    if let Some(id) = span.at(0).strip_prefix('#').and_then(number) {
        return Some((vec![Number::Id(id)], 1));
    }
    let named = TASK.contains(&span.at(0));
    let lead = usize::from(named);
    let sign = span
        .from(lead)
        .starts("number|no|nr|num|#|id|numbers|nos .? #?")
        .unwrap_or(0);
    let at = lead + sign;
    if let Some((first, last)) = through(span, at) {
        let make = |n| {
            if named || by_task {
                Number::Id(n)
            } else {
                Number::Place(Place::Bare(n))
            }
        };
        let used = if span.at(at).contains('-') { 1 } else { 3 };
        return Some(((first..=last).map(make).collect(), at + used));
    }
    if let Some(n) = span
        .at(at)
        .strip_prefix('#')
        .or(Some(span.at(at)))
        .and_then(number)
    {
        let one = if named || by_task {
            Number::Id(n)
        } else {
            Number::Place(Place::Bare(n))
        };
        return Some((vec![one], at + 1));
    }
    if lead + sign > 0 {
        return None;
    }
    let place = ordinal(span.at(0))?;
    if let Some(Place::At(n)) = span
        .starts("second|third|next to|from")
        .and_then(|_| ordinal(span.at(0)))
        && ["last", "end"].contains(&span.at(2))
    {
        return Some((vec![Number::Place(Place::Last(n))], 3 + noun(span.from(3))));
    }
    Some((vec![Number::Place(place)], 1 + noun(span.from(1))))
}

fn noun(span: Span<'_>) -> usize {
    let patterns = &[
        "one|ones|task|todo|item|entry|reminder|thing|of|on|in them|these|those|the|that|my|list? list?",
        "one|task|item|todo|ones",
        "on|from|in|of the|my|that list",
    ];
    span.starts_any(patterns).unwrap_or(0)
}

/// "2-4", "2 to 4", "2 through 4".
fn through(span: Span<'_>, at: usize) -> Option<(i64, i64)> {
    let (first, last) = match span.at(at).split_once('-') {
        Some((first, last)) => (number(first)?, number(last)?),
        None if ["to", "through", "thru", "till", "until", "-", "–"].contains(&span.at(at + 1)) => {
            (number(span.at(at))?, number(span.at(at + 2))?)
        }
        None => return None,
    };
    (first < last && last - first < 50).then_some((first, last))
}

/// A whole number in digits or as a word.
pub(crate) fn number(word: &str) -> Option<i64> {
    let digits =
        !word.is_empty() && word.len() <= 9 && word.bytes().all(|byte| byte.is_ascii_digit());
    if digits {
        return word.parse().ok();
    }
    let place = NUMBERS.iter().position(|name| *name == word)?;
    i64::try_from(place).ok()
}

fn ordinal(word: &str) -> Option<Place> {
    match word {
        "last" | "final" | "bottom" | "bottommost" => return Some(Place::Last(1)),
        "top" | "topmost" => return Some(Place::At(1)),
        "penultimate" => return Some(Place::Last(2)),
        _ => {}
    }
    let digits = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|end| word.strip_suffix(end))
        .and_then(number);
    let n = match digits {
        Some(n) => n,
        None => i64::try_from(ORDINALS.iter().position(|name| *name == word)?).ok()?,
    };
    (n > 0).then_some(Place::At(n))
}
