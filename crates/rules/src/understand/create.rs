//! Adding tasks: "add …", "remind me to …", "I need to …", "put … on my list".

use super::{Desk, clause_of};
use crate::intent::{Draft, Intent, Question};
use crate::lexicon::commands::{ADD, HEAD_ADJECTIVES, HEAD_LINKS, HEAD_NOUNS, MAKE};
use crate::lexicon::polite::NEED;
use crate::slots::items::{self, Enumerated};
use crate::slots::{draft, tags};
use crate::tokens::Span;

/// Commands that are meant as such also after "I need to".
const ORDERS: &[&str] = &[
    "add|create|delete|see|show|hear|know|view|set|make a|an|the|all|everything|my|me? new? task|tasks|todo|reminder|reminders|chore|list|it|that?",
    "delete|remove|reschedule|postpone|rename|undo|mark|see|show|list|know|hear|view|erase|add|put|include|clear|get rid",
];

pub(crate) fn read(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    listed(span, desk)
        .or_else(|| headed(span, desk))
        .or_else(|| needed(span, desk))
}

/// "put milk on my list", "on my list, add milk", "milk to my list please".
fn listed(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let list = tags::linked_list(span)?;
    if span.starts("add|put|place|throw|stick|include|write|pop|get|jot|mark|list|enter|note|insert|append|slap|save|log").is_none() && list.range.start > 0 {
        return stated(span, &list, desk);
    }
    let name = list.name.clone();
    let (before, after) = (span.until(list.range.start), span.from(list.range.end));
    let verb = &[
        "add|put|place|throw|stick|include|write|pop|get|jot|mark|list|enter|note|insert|append|slap|save|log also|down|in|me|us|up?",
    ];
    let body = match before.after(verb) {
        Some(body) if !body.trimmed().is_empty() => {
            span.slice(before.len() - body.len()..span.len())
        }
        Some(_) => after,
        None => {
            let body = super::peel(after);
            body.after(verb).or_else(|| {
                body.after(&["i|we need|want|have to? add|put|buy|get?"])
                    .filter(|rest| !rest.is_empty())
            })?
        }
    };
    let body = body
        .before(&["as|because|since|cause|im|i im|i|am|out|need|low|want on|of|it|them|some?"])
        .unwrap_or(body);
    let body = reasonless(body);
    let mut drafts = drafts(body, desk, Enumerated::List);
    if let Some(name) = name {
        for draft in drafts
            .iter_mut()
            .filter(|draft| !draft.tags.contains(&name))
        {
            draft.tags.push(name.clone());
        }
    }
    Some(added(drafts))
}

/// "cleaning needs to be on my list", "make sure bread is on my list".
fn stated(span: Span<'_>, list: &tags::ListName, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let before = span.until(list.range.start);
    let said = before
        .after(&[
            "i|we need|want|would like to? have|see|get|add|put?",
            "make|be sure to|that|i|have? have|put?",
            "im|i am|ran? out|low of|on?",
        ])
        .unwrap_or(before);
    let title = said.before(&["is|are|be|get|gets|needs|has|have|should|must|to|needs|need to|be|get? be|go|get|added|put|placed? added|put?", "added|put|placed|to|to|back be? added|put?"])?;
    if title.is_empty()
        || title
            .starts("what|which|is|are|do|did|have|how|everything")
            .is_some()
    {
        return None;
    }
    let mut drafts = drafts(title, desk, Enumerated::List);
    for draft in &mut drafts {
        draft.tags.extend(list.name.clone());
    }
    Some(added(drafts))
}

/// Without the reason that people give.
fn reasonless(span: Span<'_>) -> Span<'_> {
    let reasons = &[
        "because|cause|cuz|since",
        "as i|im|we",
        "if its|it|theyre|they not|isnt|is|are|arent|is not? not?",
        "unless",
    ];
    match span.find(reasons).filter(|found| found.start > 0) {
        Some(found) => span.until(found.start),
        None => span,
    }
}

fn headed(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let (rest, why) = head(span)?;
    if rest.trimmed().is_empty() {
        return Some(vec![Intent::Ask(Question::Title(Draft::default()))]);
    }
    let rest = unwrapped(rest);
    Some(added(drafts(rest, desk, why)))
}

/// What follows the words that open a new task.
fn head(span: Span<'_>) -> Option<(Span<'_>, Enumerated)> {
    let verb = span.starts_any(ADD);
    let make = span.starts_any(MAKE);
    let noun_first = span.starts(
        "a|an|another? new? task|todo|to-do|reminder|item to|for|about|:|that|-|called|named?",
    );
    let after = verb.or(make).or(noun_first.map(|_| 0))?;
    let mut at = after;
    while HEAD_ADJECTIVES.contains(&span.at(at))
        || crate::slots::priority::is_adjective(span.at(at))
    {
        at += 1;
    }
    if HEAD_NOUNS.contains(&span.at(at))
        || span.from(at).starts("to do|dos").is_some()
            && noun_first.is_none()
            && span.from(at).len() > 2
            && ["item", "task", "to", ":", "entry", "list"].contains(&span.at(at + 2))
    {
        let plural = span.at(at).ends_with('s');
        let used = span
            .from(at)
            .starts("to do|dos item|task|entry?")
            .unwrap_or(1)
            .max(1);
        let rest = span.from(at + used);
        let rest = rest.from(rest.starts_any(HEAD_LINKS).unwrap_or(0));
        let rest = priority_kept(span, after, at, rest);
        return Some((
            rest,
            if plural {
                Enumerated::Plural
            } else {
                Enumerated::No
            },
        ));
    }
    let verb = verb?;
    Some((span.from(verb), Enumerated::No))
}

/// "add an urgent task to …": the priority stands before the word that is taken off.
fn priority_kept<'t>(span: Span<'t>, after: usize, at: usize, rest: Span<'t>) -> Span<'t> {
    let said = (after..at).any(|at| crate::slots::priority::is_adjective(span.at(at)));
    if said { span.from(after) } else { rest }
}

/// "remember that I need to pay", "to remind me to pay": without what is wrapped around it.
fn unwrapped(span: Span<'_>) -> Span<'_> {
    let mut span = span;
    for _ in 0..4 {
        let wraps = &[
            "to|that|about|:|,|for|me|on|-",
            "to? remind|remember|remembering me|us? to|about|of|that?",
            "to be reminded|told|notified to|about|of",
        ];
        let inner = span
            .starts_any(wraps)
            .or_else(|| span.starts_any(NEED))
            .filter(|used| *used > 0 && *used < span.len());
        match inner {
            Some(used) => span = span.from(used),
            None => break,
        }
    }
    span
}

/// "I need to …": a command where it is one, and else a task.
fn needed(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let mut rest = span.from(span.starts_any(NEED).filter(|used| *used > 0)?);
    if rest.is_empty() {
        return None;
    }
    if rest.starts_any(ORDERS).is_some() {
        return clause_of(rest, desk);
    }
    if rest.starts("a|an new? task|todo|reminder").is_some()
        || rest.starts("be|get reminded|notified|told").is_some()
    {
        return headed(rest, desk).or_else(|| {
            let inner = rest.after(&["be|get reminded|notified|told to|of|about|that?"])?;
            Some(added(drafts(inner, desk, Enumerated::No)))
        });
    }
    rest = unwrapped(rest);
    if rest
        .starts("reschedule|cancel|move|update|change")
        .is_some()
        && let Some(found) = clause_of(rest, desk)
    {
        return Some(found);
    }
    if rest
        .starts("you|it|that|them|this|help|something|someone|know|be|more|your|sleep")
        .is_some()
    {
        return None;
    }
    Some(added(drafts(rest, desk, Enumerated::No)))
}

/// New tasks out of the words after a head.
pub(crate) fn drafts(span: Span<'_>, desk: Desk<'_>, why: Enumerated) -> Vec<Draft> {
    let listed = tags::linked_list(span).is_some();
    let why = if listed && why == Enumerated::No {
        Enumerated::List
    } else {
        why
    };
    let whole = span.raw();
    let (without_list, tags) = draft::labels(whole);
    let text = if listed { without_list.as_str() } else { whole };
    let items = items::split(text, why);
    if items.len() == 1 {
        let mut one = draft::draft(whole, desk.ctx);
        if let [item] = items.as_slice()
            && item.len() < text.len() / 2
        {
            one = draft::draft(item, desk.ctx);
        }
        return vec![one];
    }
    let mut drafts: Vec<Draft> = items
        .iter()
        .map(|item| draft::draft(item, desk.ctx))
        .collect();
    if listed {
        drafts
            .iter_mut()
            .for_each(|draft| draft.tags.extend(tags.iter().cloned()));
    }
    shared(&mut drafts);
    drafts.retain(|draft| !draft.title.is_empty());
    drafts
}

/// A date said once for all: at the end, or before the first.
fn shared(drafts: &mut [Draft]) {
    let dated: Vec<usize> = (0..drafts.len())
        .filter(|at| drafts[*at].due.is_some())
        .collect();
    let verbs = drafts
        .iter()
        .all(|draft| super::told::is_base(draft.title.split(' ').next().unwrap_or_default()));
    if let [only] = dated.as_slice()
        && !verbs
        && (*only == 0 || *only + 1 == drafts.len())
    {
        let (due, repeats) = (drafts[*only].due.clone(), drafts[*only].repeats.clone());
        for draft in drafts.iter_mut() {
            draft.due.clone_from(&due);
            draft.repeats.clone_from(&repeats);
        }
    }
}

/// What becomes of drafts: some lack a title, some name a day that does not exist.
pub(crate) fn added(drafts: Vec<Draft>) -> Vec<Intent> {
    let missing = drafts
        .iter()
        .find_map(|draft| Some(draft.title[when::impossible(&draft.title)?].to_owned()));
    if let Some(day) = missing {
        return vec![Intent::Say(crate::say::no_such_day(&day))];
    }
    match drafts.as_slice() {
        [] => vec![Intent::Ask(Question::Title(Draft::default()))],
        [only] if only.title.is_empty() => vec![Intent::Ask(Question::Title(only.clone()))],
        _ => vec![Intent::Add(drafts)],
    }
}
