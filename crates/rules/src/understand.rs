//! From a sentence to what is wanted: clauses, then the kinds of wishes one after another.

mod ask;
mod bare;
mod change;
mod clauses;
mod create;
mod finish;
mod fix;
mod guard;
pub(crate) mod links;
mod remove;
mod reschedule;
pub(crate) mod talk;
mod told;

use when::Context;

use crate::capabilities::Capabilities;
use crate::intent::Intent;
use crate::lexicon::polite;
use crate::memory::Memory;
use crate::say;
use crate::tokens::{Span, words};
use crate::typos;

/// Characters of a message that are read.
const MOST: usize = 8_000;

/// What a sentence is read with.
#[derive(Clone, Copy)]
pub(crate) struct Desk<'a> {
    pub(crate) ctx: &'a Context,
    pub(crate) memory: &'a Memory,
    pub(crate) can: &'a Capabilities,
}

type Reader = fn(Span<'_>, Desk<'_>) -> Option<Vec<Intent>>;

/// Kinds of wishes, in the order they are tried in.
const READERS: [Reader; 10] = [
    fix::read,
    ask::read,
    change::read,
    reschedule::read,
    finish::read,
    remove::read,
    create::read,
    told::read,
    talk::off_topic,
    bare::read,
];

/// What a message wants, in order.
pub(crate) fn understand(said: &str, desk: Desk<'_>) -> Vec<Intent> {
    if said.chars().count() > MOST {
        return vec![Intent::Say(say::TOO_LONG.to_owned())];
    }
    let mut all = words(said);
    typos::correct(&mut all);
    let span = Span {
        text: said,
        words: &all,
    };
    if let Some(intents) = talk::whole(span, desk).or_else(|| guard::refused(span)) {
        return intents;
    }
    let mut intents: Vec<Intent> = Vec::new();
    let mut lost = false;
    for clause in clauses::split(span) {
        match clause_of(clause, desk) {
            Some(found) => links::join(&mut intents, found),
            None => lost = true,
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
    fix::read(whole, desk).or_else(|| READERS.iter().find_map(|read| read(peeled, desk)))
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
