//! Which tasks some words point at: numbers, places in a list, "it", "all done ones", or a title.

pub(crate) mod filter;
pub(crate) mod numbers;

use when::Context;

use crate::intent::{Named, Place, Target};
use crate::lexicon::lists::TASK;
use crate::slots::{dates, tags};
use crate::tokens::{Span, is_mark, words};
use crate::typos;

const FOCUS: &[&str] = &[
    "it|that|this|dat",
    "that|this|the same|very? one|task|todo|item|reminder|thing|entry",
    "the task|one|item",
    "the|that|this|my last|latest|previous|newest|most task|one|thing|item|todo|recent i|you|we just? added|created|made|mentioned|changed|did|completed",
    "the|that|this one|task|thing|todo|item i|you|we just? added|created|made|mentioned|changed|completed|deleted",
    "the|that new one|task|todo",
    "what|that i|you just added|created|completed",
    "the|that just added|created one|task",
    "it all",
];

const GROUP: &[&str] = &[
    "them|those|these|both|they",
    "both|all|each of? them|these|those",
    "all|both of them|these|those|the? three|two|four|five|tasks?",
    "those|these two|three|four|five? ones|tasks|items?",
    "the two|three|four of? them?",
    "both tasks|ones|items",
    "all two|three|four|five of? them?",
    "them all|both",
    "every|each one? of them|these|those",
    "the whole lot",
];

/// Reads a reference. What it means is settled later, when tasks are known.
pub(crate) fn parse(text: &str, ctx: &Context) -> Target {
    let mut all = words(text);
    typos::correct(&mut all);
    read(Span { text, words: &all }, ctx)
}

pub(crate) fn read(span: Span<'_>, ctx: &Context) -> Target {
    let span = without_list(strip(span.trimmed()));
    if span.is_empty() {
        return Target::Missing;
    }
    if span.at(0) == "both" && span.has(&["and"]) {
        return read(span.from(1), ctx);
    }
    if let Some(target) = except(span, ctx) {
        return target;
    }
    if let Some(title) = only_quoted(span) {
        return named(title, ctx, false);
    }
    if span.is(FOCUS) {
        return Target::Focus;
    }
    if span.is(GROUP) {
        return Target::Group;
    }
    if span.at(0) == "both" && is_plural(span) {
        return match named(span.from(1).raw(), ctx, false) {
            Target::Named(named) => Target::Named(Named {
                many: true,
                ..named
            }),
            other => other,
        };
    }
    if span.is(&["the other one|task|item?", "the? other"]) {
        return Target::Other;
    }
    if let Some(target) = numbers::read(span) {
        return target;
    }
    if let Some(filter) = filter::quantified(span, ctx) {
        return Target::All(Box::new(filter));
    }
    several(span, ctx).unwrap_or_else(|| named(span.raw(), ctx, false))
}

/// Words before a reference that do not belong to it.
fn strip(span: Span<'_>) -> Span<'_> {
    let leads = &[
        "please|just|also|to|with|of|off|up|out|about|doing",
        "the? one|task|item|todo|reminder|entry|thing called|named|titled|about|for|with|that|saying|which|regarding|to|on says|is|mentions|contains|about?",
    ];
    let mut span = span;
    for _ in 0..3 {
        match span.starts_any(leads) {
            Some(used) if used < span.len() => span = span.from(used).trimmed(),
            _ => break,
        }
    }
    span.before(crate::lexicon::polite::AFTER)
        .filter(|rest| !rest.is_empty())
        .unwrap_or(span)
}

/// "the milk from my list" without the list; a list that is everything that is said stays.
fn without_list(span: Span<'_>) -> Span<'_> {
    match tags::linked_list(span) {
        Some(list)
            if list.range.start > 0 && list.range.end == span.len() && list.name.is_none() =>
        {
            span.until(list.range.start).trimmed()
        }
        Some(list)
            if list.range.start == 0 && list.name.is_none() && list.range.end < span.len() =>
        {
            span.from(list.range.end).trimmed()
        }
        _ => span,
    }
}

fn only_quoted(span: Span<'_>) -> Option<&str> {
    let quotations: Vec<usize> = (0..span.len()).filter(|at| span.is_quoted(*at)).collect();
    let [at] = quotations.as_slice() else {
        return None;
    };
    let link = |word: &str| {
        TASK.contains(&word)
            || [
                "the", "my", "task", "called", "named", "titled", "with", "title",
            ]
            .contains(&word)
    };
    (0..span.len())
        .all(|word| word == *at || link(span.at(word)))
        .then(|| span.quoted(*at))?
}

const EXCEPT: &[&str] = &[
    "except for?",
    "apart|aside from",
    "but not?",
    "other than",
    "excluding|besides|without|minus",
    "all but",
];

/// What is said of all, and what is left out of it.
pub(crate) fn excepted(span: Span<'_>) -> Option<(Span<'_>, Span<'_>)> {
    let found = span.find(EXCEPT)?;
    let (whole, part) = (span.until(found.start).trimmed(), span.from(found.end));
    (!whole.is_empty() && !part.is_empty()).then_some((whole, part))
}

/// "everything except the milk".
fn except(span: Span<'_>, ctx: &Context) -> Option<Target> {
    let found = span.find(EXCEPT)?;
    let (whole, part) = (span.until(found.start), span.from(found.end));
    let all_but = span.at(found.start) == "all";
    if part.is_empty() || whole.is_empty() && !all_but {
        return None;
    }
    let whole = if all_but && whole.is_empty() {
        Target::All(Box::default())
    } else {
        match read(whole, ctx) {
            whole @ (Target::All(_) | Target::Group | Target::Named(Named { many: true, .. })) => {
                whole
            }
            _ => return None,
        }
    };
    Some(Target::Except(Box::new(whole), Box::new(read(part, ctx))))
}

/// "the first one and the milk": several references, each of which is more than a word.
fn several(span: Span<'_>, ctx: &Context) -> Option<Target> {
    let joint = |at: &usize| ["and", ",", "&"].contains(&span.at(*at));
    let joints: Vec<usize> = (0..span.len()).filter(joint).collect();
    if joints.is_empty() || joints.len() > 20 {
        return None;
    }
    let mut parts = Vec::new();
    let mut start = 0;
    for at in joints.into_iter().chain([span.len()]) {
        let part = span.slice(start..at).trimmed();
        if !part.is_empty() {
            parts.push(part);
        }
        start = at + 1;
    }
    let targets = parts.iter().map(|part| read(*part, ctx)).collect();
    (parts.len() > 1).then(|| Target::Several(targets, span.raw().to_owned()))
}

/// A title, with a date that may be a hint at which of several tasks it is.
pub(crate) fn named(words_of: &str, ctx: &Context, told: bool) -> Target {
    let dated = dates::take(words_of, ctx);
    let span = dated.when.as_ref().and_then(|when| dates::range(when, ctx));
    let all = words(words_of);
    let said = Span {
        text: words_of,
        words: &all,
    };
    let hours = filter::hours(said);
    let many = said
        .starts("all|every|each|any|both|my|the")
        .is_some_and(|_| is_plural(said));
    Target::Named(Named {
        words: words_of.trim().to_owned(),
        undated: match (&hours, span) {
            (Some((at, _)), _) => crate::slots::without(words_of, &[all[*at].range.clone()]),
            (None, Some(_)) => dated.rest,
            (None, None) => words_of.trim().to_owned(),
        },
        span: span.filter(|_| hours.is_none()),
        hours: hours.map(|(_, hours)| hours),
        many: many || said.starts("all|every|each").is_some(),
        told,
    })
}

/// Whether the last word names several things. Which it does is seen when titles are known.
fn is_plural(span: Span<'_>) -> bool {
    let last = span.words.iter().rev().find(|word| !is_mark(&word.norm));
    last.is_some_and(|word| {
        word.norm.len() > 3 && word.norm.ends_with('s') && !word.norm.ends_with("ss")
    })
}

/// Whether a reference is a number or a word for something seen before, and no description.
pub(crate) fn is_sure(target: &Target) -> bool {
    match target {
        Target::Focus | Target::Group | Target::Other | Target::Ids(_) => true,
        Target::Places(places) => !places.iter().any(|place| matches!(place, Place::Bare(_))),
        Target::Several(parts, _) => parts.iter().all(is_sure),
        _ => false,
    }
}
