//! Deleting, and bringing back.

use super::Desk;
use crate::intent::{Filter, Intent, Target, Verb};
use crate::lexicon::commands::{DELETE, RESTORE};
use crate::slots::tags;
use crate::target;
use crate::tokens::Span;

/// Verbs of deletion that also begin tasks: "clear the gutters", "drop off the parcel".
const DOUBTFUL: &[&str] = &[
    "clear|empty|wipe|dump|toss|chuck|throw|kill|withdraw|bin|strike|drop|cancel|scrap|discard|blank|take|abandon|eliminate|remove",
];

pub(crate) fn read(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    restored(span, desk)
        .or_else(|| taken_off(span, desk))
        .or_else(|| unneeded(span, desk))
        .or_else(|| deleted(span, desk))
}

fn restored(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let object = match span.after(RESTORE) {
        Some(rest)
            if span.starts("bring|get|put it|that|them back").is_some() && rest.is_empty() =>
        {
            return Some(vec![Intent::Act(Verb::Restore, Target::Focus)]);
        }
        Some(rest) => rest,
        None => {
            let head = span.after(&["bring|get|put|want|need|i want|need|like?"])?;
            head.before(&[
                "back",
                "back on|onto|in|into to? my|the todo|to-do|task|to|do? do? list?",
                "out of the bin|trash",
                "from the bin|trash",
            ])
            .filter(|_| span.starts("bring|get|put|i").is_some())?
        }
    };
    let object = object
        .before(&[
            "from|out of? the? bin|trash|recycle bin?",
            "again|back|please",
            "on|to my|the list",
        ])
        .unwrap_or(object);
    let target = match target::read(object, desk.ctx) {
        Target::Missing => Target::Focus,
        target => target,
    };
    Some(vec![Intent::Act(Verb::Restore, target)])
}

/// "take the milk off my list".
fn taken_off(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let head = span.after(&["take|get|scratch|strike|knock|pull|leave|cross off?"])?;
    if head.at(0) == "rid" {
        return None;
    }
    let list = tags::linked_list(head).filter(|list| list.range.end == head.trimmed().len());
    let object = match list {
        Some(list) => {
            let before = head.until(list.range.start);
            before
                .before(&["off|out|away|from", "off of"])
                .unwrap_or(before)
        }
        None => head
            .before(&["off|away|out"])
            .filter(|_| span.at(0) == "take")?,
    };
    let off = span.has(&["off", "from", "out", "away", "of"]);
    let emptied = object.is_empty() && span.has(&["everything", "all"]);
    if !off || object.is_empty() && !emptied {
        return None;
    }
    Some(vec![Intent::Act(
        Verb::Delete,
        target::read(object, desk.ctx),
    )])
}

/// "I don't need the milk anymore", "the dentist can go", "never mind the rent".
fn unneeded(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let object = span
        .after(&[
            "i|we dont need|want to? do?",
            "i|we do not need|want to? do?",
            "i|we dont|do not? have to do?",
            "i|we no longer need|want|have to? do?",
        ])
        .map(|rest| {
            rest.before(&[
                "anymore",
                "any more|longer",
                "on|off|from my|the to|todo|to-do|task? do? list anymore?",
            ])
            .unwrap_or(rest)
        })
        .or_else(|| {
            span.before(&[
                "can|should|must|could go",
                "can|should|could be deleted|removed|dropped|cancelled|canceled",
                "is|are no longer needed|necessary|relevant",
                "isnt|arent needed|necessary|relevant anymore|any? more?",
                "is|has|was|are|got|have been? cancelled|canceled|obsolete",
                "is|has|was|are|got been? called off",
            ])
        })?;
    let negated = span.has(&[
        "no",
        "dont",
        "not",
        "anymore",
        "longer",
        "go",
        "deleted",
        "removed",
        "isnt",
        "arent",
        "cancelled",
        "canceled",
        "dropped",
        "obsolete",
        "called",
    ]);
    if object.is_empty()
        || !negated
        || object.starts("to|i|you|it to").is_some() && object.len() > 6
    {
        return None;
    }
    Some(vec![Intent::Act(
        Verb::Delete,
        target::read(object, desk.ctx),
    )])
}

fn deleted(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let rest = span.after(DELETE).or_else(|| emptied(span))?;
    if rest.starts("off|by|in|out|into to? the|a|my|at").is_some() && span.at(0) == "drop"
        || span.at(0) == "throw" && rest.starts("a|an").is_some()
    {
        return None;
    }
    let rest = rest
        .before(&[
            "from existence|there|here",
            "permanently|forever|completely|entirely|for good",
            "permanently|forever|completely|entirely|clean",
        ])
        .filter(|rest| !rest.is_empty())
        .unwrap_or(rest);
    let list = tags::list_at(rest).filter(|list| list.range.end == rest.trimmed().len());
    let target = match list {
        Some(list) => Target::All(Box::new(Filter {
            tag: list.name,
            ..Filter::default()
        })),
        None => from_list(rest, desk),
    };
    let doubtful = span.starts_any(DOUBTFUL).is_some() && tags::linked_list(span).is_none();
    if doubtful
        && matches!(target, Target::Named(_))
        && !rest.has(&["task", "todo", "reminder", "item", "one", "list"])
    {
        let drafts = super::create::drafts(span, desk, crate::slots::items::Enumerated::No);
        let chore = span
            .starts("clear|empty|wipe|dump|toss|chuck|throw|bin")
            .is_some()
            || drafts.iter().any(|draft| draft.due.is_some());
        let delete = Intent::Act(Verb::Delete, target.clone());
        let otherwise = if chore {
            Intent::Add(drafts)
        } else {
            delete.clone()
        };
        return Some(vec![Intent::IfKnown(target, vec![delete], vec![otherwise])]);
    }
    Some(vec![Intent::Act(Verb::Delete, target)])
}

/// "make my list blank".
fn emptied(span: Span<'_>) -> Option<Span<'_>> {
    let head = span.after(&["make|sure|have sure?"])?;
    head.before(&["is|are? totally|completely|all? blank|empty|clear|clean|cleared|emptied"])
        .filter(|object| !object.is_empty())
}

/// "milk from my shopping list": what is deleted may be named by its list too.
fn from_list(rest: Span<'_>, desk: Desk<'_>) -> Target {
    if let Some(list) = tags::linked_list(rest).filter(|list| list.range.start > 0) {
        let object = rest.until(list.range.start);
        return match (target::read(object, desk.ctx), list.name) {
            (Target::All(mut filter), name) => {
                filter.tag = filter.tag.or(name);
                Target::All(filter)
            }
            (target, _) => target,
        };
    }
    target::read(rest, desk.ctx)
}
