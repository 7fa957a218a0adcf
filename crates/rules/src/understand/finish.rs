//! Ticking off, and taking a tick back.

use super::Desk;
use crate::intent::{Intent, Target, Verb};
use crate::lexicon::commands::{COMPLETE, REOPEN};
use crate::target;
use crate::tokens::Span;

/// What a task is after it was ticked off.
const DONE: &[&str] = &[
    "as|to|is|are|be|been|was|were|its|all|both|now? already|all|now|completely|finally|been|being? done|complete|completed|finished|closed|finalized|accomplished|ticked|resolved|checked|sorted|over off|with|now|already|today|too|yet|as? well?",
    "off|done|complete|completed|finished",
    "is|are|was taken care of",
    "is|are|its|was out of the way",
    "as|is|=? x|✓|✔|✅|☑",
    "can|could|should be ticked|checked|marked|crossed|closed|completed off|done|complete|out|as? done|complete?",
];

/// What it is when that was wrong.
const UNDONE: &[&str] = &[
    "as|to|is|are|was|back? to|is|as|still? not|isnt|arent|wasnt really|actually|fully|yet|completely|quite? done|complete|completed|finished|over|closed|ticked yet|though|after|anymore? all?",
    "as|to|is|are|back|was to|as|still? undone|incomplete|pending|open|uncompleted|unfinished|todo|to-do|active|unticked|unchecked|outstanding|uncomplete again|yet?",
    "as|is|back to do|todo again?",
    "back to to do|todo",
    "isnt|arent|wasnt|hasnt|havent been? really|actually|fully|quite? done|complete|completed|finished|ready|over yet|though|after? all?",
    "needs|has|have to be redone|done|reopened again?",
];

pub(crate) fn read(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    spared(span, desk)
        .or_else(|| marked(span, desk))
        .or_else(|| reopened(span, desk))
        .or_else(|| stated(span, desk))
        .or_else(|| completed(span, desk))
}

/// "mark everything done except the dentist", "all done but 3": what is left out is said last.
fn spared(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let (whole, part) = target::excepted(span)?;
    let done = &[
        "all|everything|everythings|its|theyre|now is|are? all? done|finished|complete|completed now?",
    ];
    let intents = if whole.is(done) {
        vec![Intent::Act(Verb::Complete, Target::All(Box::default()))]
    } else {
        whole.before(DONE).or_else(|| whole.before(UNDONE))?;
        marked(whole, desk).or_else(|| stated(whole, desk))?
    };
    let part = target::read(part, desk.ctx);
    let without = |intent| match intent {
        Intent::Act(verb, whole @ (Target::All(_) | Target::Group)) => {
            let left = Target::Except(Box::new(whole), Box::new(part.clone()));
            Some(Intent::Act(verb, left))
        }
        _ => None,
    };
    intents.into_iter().map(without).collect()
}

/// "mark X as done", "mark as done X", "set X to complete", "check X off".
fn marked(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let head = span.after(&["mark|set|flag|change|turn|move|put|make|update|label|consider|call|get|have|log|report off?", "check|tick|cross|strike|scratch|take"])?;
    let head = head.before(&["instead|rather"]).unwrap_or(head);
    // "Report is done" is about the report.
    if head.starts("is|are|was").is_some() {
        return None;
    }
    let particle = span.starts("check|tick|cross|strike|scratch").is_some();
    if particle {
        let object = head.before(&["off|out|through", "off|out|through|from of? my|the|this|our whole|entire? todo|to-do|to|task|do|chores? do? list?"])?;
        return Some(vec![Intent::Act(
            Verb::Complete,
            target::read(object, desk.ctx),
        )]);
    }
    let (verb, object) = if let Some(object) = head.before(UNDONE) {
        (Verb::Reopen, object)
    } else if let Some(object) = head.before(DONE) {
        (Verb::Complete, object)
    } else if let Some(object) = head.after(UNDONE) {
        (Verb::Reopen, object)
    } else {
        (
            Verb::Complete,
            head.after(&[
                "as done|complete|completed|finished|closed :?",
                "off|done|complete|completed|finished :?",
            ])?,
        )
    };
    let make = span.starts("make|get|have|put|take").is_some();
    if make && object.is_empty() || span.starts("take").is_some() {
        return None;
    }
    let object = if object.is_empty() {
        object
    } else {
        object
            .before(&["off|up|down", "as"])
            .filter(|rest| !rest.is_empty())
            .unwrap_or(object)
    };
    let target = match target::read(object, desk.ctx) {
        Target::Missing => Target::Focus,
        target => target,
    };
    Some(vec![Intent::Act(verb, target)])
}

fn reopened(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let rest = span.after(REOPEN)?;
    let rest = rest.before(&["again|please"]).unwrap_or(rest);
    Some(vec![Intent::Act(
        Verb::Reopen,
        target::read(rest, desk.ctx),
    )])
}

/// "not done yet": about what was spoken of last.
pub(super) fn not_done(span: Span<'_>) -> Option<Vec<Intent>> {
    let says = span.is(&[
        "its|it|thats|that|this|is|isnt|was|wasnt? not|isnt|is|wasnt? done|finished|complete|completed yet|though?",
        "im|i am? not done|finished yet|with? it|that?",
        "not yet done?",
        "i|we didnt|havent|did|have not? do|done|finish|finished|actually? it|that|yet? yet?",
        "i|we actually didnt|havent do|done? it|that|yet?",
    ]);
    let negated = span.has(&["not", "isnt", "wasnt", "didnt", "havent"]);
    (says && negated).then(|| vec![Intent::Act(Verb::Reopen, Target::Focus)])
}

/// "the report is done", "milk done", "not done yet".
fn stated(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    if let Some(intents) = not_done(span) {
        return Some(intents);
    }
    if let Some(rest) = span
        .after(&["im|i|we|were am|are? not|havent done|finished yet|with|doing? with?"])
        .filter(|_| span.has(&["not", "havent"]))
    {
        return Some(vec![Intent::Act(
            Verb::Reopen,
            target::read(rest, desk.ctx),
        )]);
    }
    if let Some(object) = span.before(UNDONE).filter(|object| is_subject(*object)) {
        return Some(vec![Intent::Act(
            Verb::Reopen,
            target::read(object, desk.ctx),
        )]);
    }
    if span.is(&[
        "done|finished|completed|complete|did|ive|i done|it|that|did|have? it|that?",
        "all|its|thats|that is done|finished|complete now?",
    ]) {
        return Some(vec![Intent::Act(Verb::Complete, Target::Focus)]);
    }
    let object = span
        .before(DONE)
        .or_else(|| span.before(&["✓|✔|✅|☑"]))
        .or_else(|| span.after(&["✓|✔|✅|☑"]))?;
    is_subject(object).then(|| vec![Intent::Act(Verb::Complete, target::read(object, desk.ctx))])
}

/// "when I get the report" and "get it" are no tasks that something is said of.
fn is_subject(object: Span<'_>) -> bool {
    let opens = object.starts("when|if|until|once|after|i|we|you|what|which|how|why|is|are|get|to|have|has|having|make|add|clear|delete|remove|erase|wipe|purge|show|list|are|until|need|want|nothing|not").is_some();
    !object.is_empty() && !opens
}

fn completed(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let used = span.starts_any(COMPLETE)?;
    let rest = span.from(used);
    let rest = rest
        .before(&[
            "off|out|now|already",
            "off of? my|the to|todo|to-do|task? do? list",
            "as done|completed|complete|finished",
        ])
        .filter(|rest| !rest.is_empty())
        .unwrap_or(rest);
    let target = target::read(rest, desk.ctx);
    if span.at(0) == "check" && used == 1 && !matches!(target, Target::Ids(_)) {
        return None;
    }
    let can_be_title = span
        .starts("finish|complete|resolve|close|finalize|wrap")
        .is_some();
    let named = matches!(target, Target::Named(_));
    if can_be_title && named {
        let draft = super::create::drafts(span, desk, crate::slots::items::Enumerated::No);
        let dated = draft.iter().any(|draft| draft.due.is_some());
        let other = match span.at(0) == "complete" && !dated {
            true => Intent::Act(Verb::Complete, target.clone()),
            false => Intent::Add(draft),
        };
        return Some(match dated {
            true => vec![other],
            false => vec![Intent::IfKnown(
                target.clone(),
                vec![Intent::Act(Verb::Complete, target)],
                vec![other],
            )],
        });
    }
    Some(vec![Intent::Act(Verb::Complete, target)])
}
