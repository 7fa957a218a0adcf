//! Adding tasks: "add …", "remind me to …", "I need to …", "put … on my list".

mod drafts;

use protocol::task::Priority;

use super::{Desk, clause_of};
use crate::intent::{Change, Draft, Intent, NewDue, Question};
use crate::lexicon::commands::{ADD, HEAD_ADJECTIVES, HEAD_LINKS, HEAD_NOUNS, MAKE};
use crate::lexicon::polite::NEED;
use crate::slots::items::Enumerated;
use crate::slots::{dates, draft, priority, tags};
use crate::tokens::Span;

/// Commands that are meant as such also after "I need to".
const ORDERS: &[&str] = &[
    "add|create|delete|see|show|hear|know|view|set|make a|an|the|all|everything|my|me? new? task|tasks|todo|reminder|reminders|chore|list|it|that?",
    "delete|remove|reschedule|postpone|rename|undo|mark|see|show|list|know|hear|view|erase|add|put|include|clear",
    "get rid",
];

pub(crate) use drafts::{added, drafts};

pub(crate) fn read(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    listed(span, desk)
        .or_else(|| scheduled(span, desk))
        .or_else(|| headed(span, desk))
        .or_else(|| needed(span, desk))
}

/// "schedule the report for Friday": a date for a task there is, or a new task.
fn scheduled(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let rest = span.after(&["schedule|plan|set"])?;
    let dated = dates::take(rest.raw(), desk.ctx);
    let when = dated.when.as_ref()?;
    if rest.starts("the|my|our|it|this|that|task").is_none() {
        if span.at(0) == "set" {
            return None;
        }
        let words = if span.at(0) == "schedule" { rest } else { span };
        return Some(added(drafts(words, desk, Enumerated::No)));
    }
    let target = crate::target::parse(&draft::title(&dated.rest), desk.ctx);
    let (day, time) = dates::parts(when, &dated.words, desk.ctx);
    let change = Change {
        due: Some(NewDue::To(day, time)),
        repeats: super::change::repeats(when),
        ..Change::default()
    };
    let add = drafts(rest, desk, Enumerated::No);
    let update = Intent::Update(target.clone(), change);
    Some(vec![Intent::IfKnown(target, vec![update], added(add))])
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
        Some(body) if body.is(&["a|an|the? new? note|task|reminder|item|todo"]) => after,
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
        "if not",
        "unless",
        "i|im|were|we am|are|just|have|used? all? out|low|used|need|ran of|on|the|out|it|them|some?",
    ];
    match span.find(reasons).filter(|found| found.start > 0) {
        Some(found) => span.until(found.start),
        None => span,
    }
}

fn headed(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let (rest, why, priority) = head(span)?;
    if rest.trimmed().is_empty() {
        return Some(vec![Intent::Ask(Question::Title(Draft::default()))]);
    }
    let rest = rest
        .after(&[",|-|: call|name|title it|this|that"])
        .unwrap_or(rest);
    let rest = unwrapped(rest);
    let mut drafts = drafts(rest, desk, why);
    for draft in &mut drafts {
        draft.priority = draft.priority.or(priority);
    }
    Some(added(drafts))
}

/// What follows the words that open a new task, and a priority among these.
fn head(span: Span<'_>) -> Option<(Span<'_>, Enumerated, Option<Priority>)> {
    let verb = span.starts_any(ADD);
    let make = span.starts_any(MAKE);
    let bare_noun = span.is(&["a|an|another? new? task|todo|to-do|reminder"]);
    let noun_first = span.starts(
        "a|an|another? new? task|todo|to-do|reminder|item to|for|about|:|that|-|called|named?",
    );
    let after = verb
        .or(make)
        .or(noun_first.map(|_| 0))
        .or(bare_noun.then_some(0))?;
    let mut at = after;
    while HEAD_ADJECTIVES.contains(&span.at(at))
        || at > after && crate::target::numbers::number(span.at(at)).is_some()
        || at == after
            && crate::target::numbers::number(span.at(at)).is_some()
            && HEAD_NOUNS.contains(&span.at(at + 1))
        || crate::slots::priority::is_adjective(span.at(at))
    {
        at += 1;
    }
    let more_follow = span.slice(after..at).has(&["following", "these"]);
    if more_follow && ["\n", ":"].contains(&span.at(at)) {
        return Some((span.from(at + 1), Enumerated::Plural, None));
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
        let rest = rest.from(rest.starts("item|task|entry").unwrap_or(0));
        let rest = rest.from(rest.starts_any(HEAD_LINKS).unwrap_or(0));
        let why = if plural {
            Enumerated::Plural
        } else {
            Enumerated::No
        };
        let priority = priority::find_inside(span.slice(after..at))
            .or_else(|| priority::find(span.slice(after..at)));
        return Some((rest, why, priority.map(|found| found.0)));
    }
    let verb = verb?;
    Some((span.from(verb), Enumerated::No, None))
}

/// "remember that I need to pay", "to remind me to pay": without what is wrapped around it.
fn unwrapped(span: Span<'_>) -> Span<'_> {
    let mut span = span;
    for _ in 0..4 {
        let wraps = &[
            "to|that|about|:|,|for|me|on|-",
            "to? remind|remember|remembering me|us? to|about|of|that?",
            "set|make|create|add a|an|the? new? reminder|task|todo|note|alarm for? me? to|for|about|that|of",
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
    if let Some(event) = span.after(&["i|we have|got a|an|my", "ive|weve got? a|an|my"]) {
        let dated = dates::take(event.raw(), desk.ctx).when.is_some();
        return dated.then(|| added(drafts(event, desk, Enumerated::No)));
    }
    let asks = span
        .starts("should|shall|must|do|does|can|could|may|would|will i|we|it|the|you")
        .is_some();
    if asks {
        return None;
    }
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
