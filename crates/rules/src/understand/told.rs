//! What people say they have done, or not: "I bought the milk", "paid the rent", "I haven't called
//! mom yet".

use super::Desk;
use crate::intent::{Intent, Named, Target, Verb};
use crate::lexicon::words::{PASTS, VERBS};
use crate::matching::stem;
use crate::target;
use crate::tokens::Span;

const I: &[&str] = &[
    "i|ive|we|weve|youve have? just|already|finally|now|also|actually|successfully|managed? just|already|finally|also? to?",
    "just|already|finally|also|have|ive just|already|finally?",
];

const NOT: &[&str] = &[
    "i|we still|actually|really? didnt|havent|hadnt|couldnt|wasnt|never actually|really|even? able? to?",
    "i|we did|have|could not actually|really? yet? able? to?",
    "i|we forgot|failed to",
    "havent|didnt actually?",
    "still havent",
];

/// Reads a statement about the past as a tick, or as taking one back.
pub(crate) fn read(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    if let Some(rest) = span.after(NOT).filter(|rest| !rest.is_empty()) {
        return not_done(rest, desk);
    }
    let subject = span.starts_any(I).unwrap_or(0);
    if let Some(target) =
        clipped(span, desk).filter(|_| subject == 0 && (span.len() == 2 || !is_base(span.at(0))))
    {
        return Some(vec![Intent::Act(Verb::Complete, target)]);
    }
    let rest = span.from(subject);
    let first = rest.at(0);
    let managed = span.until(subject).has(&["managed"]) && is_base(first);
    let is_told = managed || is_past(first) && (subject > 0 || !is_base(first) && !is_both(first));
    if rest.starts("got|had|have to").is_some() {
        return None;
    }
    if !is_told || rest.len() < 2 {
        return passive(span, desk);
    }
    if let Some(target) = done_with(rest, desk) {
        return Some(vec![Intent::Act(Verb::Complete, target)]);
    }
    Some(
        parts(rest)
            .into_iter()
            .map(|part| Intent::Act(Verb::Complete, told(part, desk)))
            .collect(),
    )
}

/// "I did the second one", "I've done it": the verb says nothing, what follows is a reference.
fn done_with(rest: Span<'_>, desk: Desk<'_>) -> Option<Target> {
    let object = rest.after(&["did|done|finished|completed|got|had|ticked|checked|made|handled|sorted|took with|through|off|up|out|care|done? of?"])?;
    let target = target::read(object, desk.ctx);
    match target {
        Target::Missing => None,
        Target::Named(named) => Some(Target::Named(Named {
            told: true,
            ..named
        })),
        other => Some(other),
    }
}

/// "the rent is paid", "the passport has been renewed".
fn passive(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let link = span.find_last(&[
        "is|are|was|were|got|gets now|already|finally|all?",
        "has|have been already|finally?",
    ])?;
    let (subject, rest) = (span.until(link.start), span.from(link.end));
    let verb = rest
        .before(&["now|already|too|today|off|up|out|yesterday"])
        .filter(|rest| !rest.is_empty())
        .unwrap_or(rest);
    let opens = subject
        .starts("i|you|he|she|they|we|it|there|this|that|who|what|how|when|if|why|where")
        .is_some();
    if subject.is_empty() || opens || verb.len() != 1 || !is_past(verb.at(0)) {
        return None;
    }
    let words = format!("{} {}", verb.at(0), subject.raw());
    Some(vec![Intent::Act(
        Verb::Complete,
        target::named(&words, desk.ctx, true),
    )])
}

/// "milk's been bought", "rent paid": without the verb that says that it is so. "Mom called" says
/// what she did, so only what is done to things counts.
fn clipped(span: Span<'_>, desk: Desk<'_>) -> Option<Target> {
    const DONE_TO: &[&str] = &[
        "paid|bought|sent|booked|ordered|cleaned|washed|fixed|mailed|submitted|renewed|returned|signed|filed|delivered|done|finished|completed|repaired|shipped|posted|scheduled|printed",
    ];
    let last = span.len().checked_sub(1)?;
    let verb = span.from(last);
    let before = span.until(last);
    let subject = before.before(&["been"]).unwrap_or(before).trimmed();
    let named = (1..=3).contains(&subject.len())
        && !subject.has(&[
            "i", "not", "never", "get", "got", "add", "is", "are", "be", "have",
        ]);
    if verb.starts_any(DONE_TO).is_none() || !named {
        return None;
    }
    let raw = subject.raw();
    let thing = raw.strip_suffix("'s").or_else(|| raw.strip_suffix("’s"));
    let words = format!("{} {}", verb.at(0), thing.unwrap_or(raw));
    Some(target::named(&words, desk.ctx, true))
}

fn told(part: Span<'_>, desk: Desk<'_>) -> Target {
    let part = part.before(&["today|yesterday|already|now|yesterday|just|earlier|recently|finally|myself|this|last morning|night|week|afternoon|evening?", "off my list", "for me|us"]).filter(|rest| rest.len() > 1).unwrap_or(part);
    let pronoun = target::read(part.from(1), desk.ctx);
    if target::is_sure(&pronoun) {
        return pronoun;
    }
    // The words as they were meant: the verb may hold a typing error.
    let words = format!("{} {}", part.at(0), part.from(1).raw());
    target::named(&words, desk.ctx, true)
}

/// "bought milk and called mom" is two; "bought salt and pepper" is one.
fn parts(span: Span<'_>) -> Vec<Span<'_>> {
    let mut parts = Vec::new();
    let mut start = 0;
    for at in 1..span.len() {
        let joint = ["and", ",", "then", "&"].contains(&span.at(at));
        let next = span.from(at + 1);
        let next = next.from(next.starts_any(I).unwrap_or(0));
        if joint && is_past(next.at(0)) && !is_base(next.at(0)) && next.len() > 1 {
            parts.push(span.slice(start..at).trimmed());
            start = span.len() - next.len();
        }
    }
    parts.push(span.from(start).trimmed());
    parts
}

fn not_done(rest: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let rest = rest
        .before(&["yet|today|though|actually|either", "after|at all"])
        .filter(|rest| !rest.is_empty())
        .unwrap_or(rest);
    if !is_past(rest.at(0)) && !is_base(rest.at(0)) {
        return None;
    }
    let object = rest.after(&["do|done|did|finish|finished|complete|completed|mean|get|got|start|started with|to|around|done|through? to?"]);
    let pronoun = target::read(object.unwrap_or(rest.from(1)), desk.ctx);
    let target = match pronoun {
        Target::Missing => Target::Focus,
        pronoun if target::is_sure(&pronoun) => pronoun,
        _ => target::named(rest.raw(), desk.ctx, true),
    };
    Some(vec![Intent::Act(Verb::Reopen, target)])
}

/// Whether a word is a past form of something that people do.
pub(crate) fn is_past(word: &str) -> bool {
    if PASTS.get(word).is_some() {
        return true;
    }
    word.ends_with("ed") && word.len() > 4 && VERBS.has(&stem(word))
}

/// Whether a past form is its own base form: "put", "read".
fn is_both(word: &str) -> bool {
    PASTS.get(word) == Some(word)
}

/// Whether a word is the base form of something that people do.
pub(crate) fn is_base(word: &str) -> bool {
    VERBS.has(word)
}
