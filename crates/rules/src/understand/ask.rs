//! Questions about tasks, and orders to show them.

mod about;
mod one;

use super::Desk;
use crate::intent::{Asked, Intent, Status};
use crate::lexicon::asking::{LEADS, OPENERS, SHOW};
use crate::lexicon::commands::DELETE;
use crate::lexicon::lists::TASKS;
use crate::target::filter;
use crate::tokens::Span;

pub(crate) fn read(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    if is_order(span, desk) {
        return None;
    }
    let rest = lead(span);
    let intent = one::read(span, desk)
        .or_else(|| one::read(rest, desk).filter(|_| rest.len() < span.len()))
        .or_else(|| listed(span, rest, desk))
        .or_else(|| bare_name(span, desk))?;
    Some(vec![intent])
}

fn listed(span: Span<'_>, rest: Span<'_>, desk: Desk<'_>) -> Option<Intent> {
    let shows = span.starts_any(SHOW).is_some();
    let asks = rest.starts_any(OPENERS).is_some();
    let led = rest.len() < span.len();
    let states = rest.starts("i|we|ive|weve").is_some();
    let question = led || span.text.trim_end().ends_with('?');
    let about = if asks && states && !question {
        false
    } else if asks {
        about::asks_for_tasks(rest, desk)
    } else {
        led && about::names_tasks(rest) || shows && about::is_short_name(rest, desk)
    };
    about.then(|| listing(rest, desk))
}

/// "Tell me to call Ann", "give me a reminder" and "get rid of it" ask for nothing.
fn is_order(span: Span<'_>, desk: Desk<'_>) -> bool {
    let number = span
        .after(&["check"])
        .map(|rest| crate::target::read(rest, desk.ctx));
    let ticks = matches!(number, Some(crate::intent::Target::Ids(_)));
    ticks
        || span
            .starts("tell|remind|notify|alert|ping|text me|us to")
            .is_some()
        || span
            .starts("give|get|make|set|send me|us? a|an|another new? reminder|task|todo|alarm")
            .is_some()
        || span.starts("get rid").is_some()
        || puts_on_list(span)
        || span
            .starts("do it|that|this|them|these|those|both")
            .is_some()
            && !span.text.trim_end().ends_with('?')
        || span.starts("check|cross|tick|take|scratch").is_some() && span.has(&["off"])
        || span.starts_any(DELETE).is_some()
}

/// "Get me soap on the list": something goes there, and nothing is shown of it.
fn puts_on_list(span: Span<'_>) -> bool {
    let shown = [
        "everything",
        "all",
        "what",
        "tasks",
        "items",
        "things",
        "anything",
    ];
    let list = crate::slots::tags::linked_list(span);
    let put = list.is_some_and(|list| list.range.start > 2 && list.range.end == span.len());
    put && span.starts("get|give|put me|us").is_some() && !span.has(&shown)
}

/// Without "tell me", "read out", "let me know if".
pub(super) fn lead(span: Span<'_>) -> Span<'_> {
    let mut span = span;
    for _ in 0..3 {
        match span.starts_any(LEADS).filter(|used| *used < span.len()) {
            Some(used) => span = span.from(used).trimmed(),
            None => break,
        }
    }
    span
}

/// A list, with what is said about it.
fn listing(span: Span<'_>, desk: Desk<'_>) -> Intent {
    let reading = filter::read(span, desk.ctx);
    let mut filter = reading.filter;
    let next = about::asks_what_is_next(span) && !reading.criteria
        || span.has(&["next"]) && span.starts("whats|what|which").is_some() && filter.due.is_none();
    let everything = span.has(&["all", "everything", "every", "entire", "whole", "complete"]);
    if everything
        && !filter.status_said
        && filter.due.is_none()
        && !filter.overdue
        && filter.words.is_empty()
        && filter.priority.is_none()
        && filter.tag.is_none()
    {
        filter.status = Status::All;
    }
    let told_past = span
        .starts("what|which|how tasks|many|things|stuff? tasks? have|did|ive|had i|we")
        .is_some();
    if told_past && filter.status == Status::Completed && filter.due.is_some() {
        filter.when_done = true;
    }
    let asked = if span
        .find(&["how many|much", "count|number of"])
        .is_some_and(|found| found.start < 3)
    {
        Asked::Count
    } else if next {
        Asked::Next
    } else if exists(span) && !filter.words.is_empty() {
        Asked::Exists
    } else {
        Asked::List
    };
    Intent::Show(filter, asked)
}

fn exists(span: Span<'_>) -> bool {
    span.starts("do|does|did|have|has|is|are|was|were|will|any|got")
        .is_some()
}

/// "my tasks", "overdue", "today?", "high priority tasks".
fn bare_name(span: Span<'_>, desk: Desk<'_>) -> Option<Intent> {
    let span = span.trimmed();
    if span.len() > 10
        || span.is(&["done|finished|completed|complete|deleted"])
        || super::told::is_base(span.at(0)) && !["list", "check"].contains(&span.at(0))
    {
        return None;
    }
    let plural = span
        .words
        .iter()
        .any(|word| TASKS.contains(&word.norm.as_str()));
    let reading = filter::read(span, desk.ctx);
    let asks = span.text.trim_end().ends_with('?');
    let empty = reading.filter.words.is_empty();
    let date_only = reading.filter.due.is_some()
        && !reading.filter.overdue
        && !plural
        && reading.filter.priority.is_none()
        && reading.filter.tag.is_none();
    let opens = plural && empty && span.starts("remove|delete|clear|complete").is_none();
    let ticked = reading.filter.status == Status::Completed && !plural;
    let criteria = empty
        && reading.criteria
        && !ticked
        && (!date_only
            || asks
            || !desk.memory.just_now
                && span.is(&["today|tomorrow|tonight|this|next week|weekend|month?"]));
    (opens || criteria).then(|| listing(span, desk))
}
