//! "add a note to the dentist: bring the card".

use super::{object, possessive, update};
use crate::intent::{Change, Intent, Note, Question};
use crate::target;
use crate::tokens::Span;
use crate::understand::Desk;

const WORDS: &str = "note|notes|comment|description|detail|details|remark|memo";

pub(crate) fn read(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let replaces = span
        .starts("change|set|update|edit|replace|rewrite|modify")
        .is_some();
    let adds = format!(
        "add|attach|append|put|write|leave|make|include|give a|an|the|this|another|some|following? {WORDS}"
    );
    let sets = format!("change|set|update|edit|replace|rewrite|modify the|its|a? {WORDS}");
    if let Some(rest) = span.after(&[&adds, &sets]) {
        return said(rest, replaces, desk);
    }
    if let Some((left, _)) = span.after(&["add to"]).and_then(colon) {
        let (_, text) = colon(span)?;
        let target = object(left, desk);
        let added =
            crate::understand::create::drafts(text, desk, crate::slots::items::Enumerated::No);
        let noted = noted(left, text, false, desk)?;
        return Some(vec![Intent::IfKnown(
            target,
            noted,
            vec![Intent::Add(added)],
        )]);
    }
    if let Some(rest) = span.after(&["describe"]) {
        let link = rest.find(&["as|with|:"])?;
        return noted(rest.until(link.start), rest.from(link.end), true, desk);
    }
    if let Some(rest) = span.after(&[&format!("{WORDS} to|for|on|about")]) {
        let (left, text) = colon(rest).filter(|halves| !halves.0.is(&["self|myself|me"]))?;
        return noted(left, text, false, desk);
    }
    let head = span.after(&["change|set|update|edit"])?;
    let at = head.find(&[&format!("{WORDS} to|as|:")])?;
    let owner = possessive(head.until(at.start))?;
    let target = match target::parse(&owner, desk.ctx) {
        crate::intent::Target::Missing => crate::intent::Target::Focus,
        target => target,
    };
    let text = head.from(at.end);
    update(target, Change::of_note(Note::Replace(quoted(text))))
}

/// What stands after "add a note": the task and the text, in either order.
fn said(rest: Span<'_>, replaces: bool, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let linked = colon(rest).is_some() || rest.has(&["saying", "that", "says"]);
    let task = !linked
        && rest.starts("to|that|about").is_some()
        && crate::understand::told::is_base(rest.at(1));
    let listed = crate::slots::tags::linked_list(rest).is_some_and(|list| list.range.start == 0);
    if task || listed || rest.starts("to|for self|myself|me").is_some() {
        return None;
    }
    if let Some(after) = rest.after(&["to|for|on|of|about|under|in|into"]) {
        if let Some((left, text)) = colon(after) {
            return noted(left, text, replaces, desk);
        }
        let link = if replaces {
            "to|as|that|saying|with"
        } else {
            "that|saying|with|about|which|to says|say?"
        };
        if let Some(at) = after.find(&[link]).filter(|at| at.start > 0) {
            return noted(after.until(at.start), after.from(at.end), replaces, desk);
        }
        if let Some(at) = (1..after.len()).find(|at| after.is_quoted(*at)) {
            return noted(after.until(at), after.from(at), replaces, desk);
        }
        return Some(vec![Intent::Ask(Question::Note(object(after, desk)))]);
    }
    let text = rest
        .after(&["that|saying|says|:|reading|about"])
        .unwrap_or(rest);
    let link = text
        .find_last(&["to|on|for|onto|under"])
        .filter(|at| at.start > 0 && at.end < text.len());
    match link {
        Some(at) => noted(text.from(at.end), text.until(at.start), replaces, desk),
        None if !text.is_empty() => noted(rest.until(0), text, replaces, desk),
        None => None,
    }
}

fn colon(span: Span<'_>) -> Option<(Span<'_>, Span<'_>)> {
    let at = (1..span.len()).find(|at| span.at(*at) == ":")?;
    Some((span.until(at), span.from(at + 1)))
}

fn quoted(text: Span<'_>) -> String {
    let text = text.trimmed();
    let inside = if text.len() == 1 {
        text.quoted(0)
    } else {
        None
    };
    inside.unwrap_or(text.raw()).to_owned()
}

fn noted(left: Span<'_>, text: Span<'_>, replaces: bool, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let target = object(left, desk);
    let text = quoted(text);
    if text.is_empty() {
        return Some(vec![Intent::Ask(Question::Note(target))]);
    }
    let note = if replaces {
        Note::Replace(text)
    } else {
        Note::Append(text)
    };
    update(target, Change::of_note(note))
}
