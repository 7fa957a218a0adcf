//! From a sentence to what is wanted: clauses, then the kinds of wishes one after another.

mod amend;
mod ask;
mod bare;
mod change;
mod clauses;
mod create;
mod finish;
mod fix;
mod guard;
pub(crate) mod links;
mod parts;
mod reminders;
mod remove;
mod repeat;
mod reschedule;
mod standing;
mod supply;
pub(crate) mod talk;
pub(crate) mod told;

use when::Context;

use crate::capabilities::Capabilities;
use crate::intent::Intent;
use crate::lexicon::polite;
use crate::memory::Memory;
use crate::say;
use crate::slots::tags;
use crate::tokens::{Span, words};
use crate::typos;

/// Characters of a message that are read.
const MOST: usize = 4_000;

/// Words and marks of a message that are read.
const MOST_WORDS: usize = 900;

/// What a sentence is read with.
#[derive(Clone, Copy)]
pub(crate) struct Desk<'a> {
    pub(crate) ctx: &'a Context,
    pub(crate) memory: &'a Memory,
    pub(crate) can: &'a Capabilities,
}

type Reader = fn(Span<'_>, Desk<'_>) -> Option<Vec<Intent>>;

/// Kinds of wishes, in the order they are tried in.
const READERS: [Reader; 14] = [
    talk::asked_for_help,
    talk::off_topic,
    standing::read,
    parts::read,
    reminders::read,
    repeat::read,
    ask::read,
    change::read,
    reschedule::read,
    finish::read,
    remove::read,
    told::read,
    create::read,
    talk::about_me,
];

/// What a message wants, in order.
pub(crate) fn understand(said: &str, desk: Desk<'_>) -> Vec<Intent> {
    if said.chars().count() > MOST {
        return vec![Intent::Say(say::TOO_LONG.to_owned())];
    }
    let mut all = words(said);
    if all.len() > MOST_WORDS {
        return vec![Intent::Say(say::TOO_LONG.to_owned())];
    }
    typos::correct(&mut all);
    let span = Span {
        text: said,
        words: &all,
    };
    if let Some(intents) = fix::retracted(span, desk) {
        return intents;
    }
    if let Some(intents) = talk::whole(span, desk).or_else(|| guard::refused(span)) {
        return intents;
    }
    if let Some(amended) = amend::read(span, desk) {
        return understand(&amended, desk);
    }
    if let Some(intents) = supply::read(span, desk) {
        return intents;
    }
    let mut intents: Vec<Intent> = Vec::new();
    let mut list = None;
    let mut lost = false;
    for clause in clauses::split(span) {
        list = tags::linked_list(clause)
            .and_then(|list| list.name)
            .or(list);
        match clause_of(clause, desk) {
            Some(found) => links::join(&mut intents, links::listed(found, list.as_deref())),
            None => lost |= !clause.is(polite::BEFORE),
        }
    }
    if intents.is_empty() && lost {
        intents.push(Intent::Say(talk::lost(span)));
    }
    intents
}

/// What one clause wants.
fn clause_of(clause: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let whole = clause.trimmed();
    let peeled = peel(whole);
    if let Some(intents) = talk::whole(whole, desk).or_else(|| talk::whole(peeled, desk)) {
        return Some(intents);
    }
    talk::off_topic(whole, desk)
        .or_else(|| fix::read(whole, desk))
        .or_else(|| change::unwanted(whole, desk))
        .or_else(|| READERS.iter().find_map(|read| read(peeled, desk)))
        .or_else(|| dated_first(peeled, desk))
        .or_else(|| fix::vague(whole, desk))
        .or_else(|| talk::other(peeled, desk))
        .or_else(|| bare::read(peeled, desk).map(|tasks| offered(whole, tasks)))
}

/// "Could you book a flight?" asks for more than a task: it is offered to note one.
fn offered(whole: Span<'_>, intents: Vec<Intent>) -> Vec<Intent> {
    let asked = whole.find(&["can|could|will|would|wont|cant you|u|ya"]);
    let for_me = peel(whole)
        .starts("book|order|call|reserve|rent|hire|cook|bake|text|email me a|an|some|the");
    if asked.is_none_or(|found| found.start > 2) && for_me.is_none() {
        return intents;
    }
    let offer = |intent| match intent {
        Intent::Add(drafts) => Intent::Offer(drafts),
        other => other,
    };
    intents.into_iter().map(offer).collect()
}

/// "On Friday I have to call Ann": the date is put behind what it belongs to.
fn dated_first(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let text = span.raw();
    let first = when::find(text, desk.ctx).into_iter().next()?;
    let rest = text[first.range.end..].trim_start_matches([',', ':', ' ', '-']);
    if first.range.start > 0 || rest.is_empty() {
        return None;
    }
    let turned = format!("{rest} {}", &text[first.range]);
    let mut all = words(&turned);
    typos::correct(&mut all);
    let turned = peel(Span {
        text: &turned,
        words: &all,
    });
    create::read(turned, desk)
}

/// Takes off what is only polite.
pub(crate) fn peel(span: Span<'_>) -> Span<'_> {
    let mut span = span.trimmed();
    for _ in 0..8 {
        let before = span.len();
        if let Some(used) = span
            .starts_any(polite::BEFORE)
            .filter(|used| *used < span.len())
        {
            span = span.from(used).trimmed();
        }
        if let Some(rest) = span.before(polite::AFTER).filter(|rest| !rest.is_empty()) {
            span = rest.trimmed();
        }
        if span.len() == before {
            break;
        }
    }
    span
}
