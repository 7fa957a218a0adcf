//! "tag the report as work", "add #home to it", "untag it".

use super::{object, update};
use crate::intent::{Change, Intent, Question, Target};
use crate::slots::tags;
use crate::target;
use crate::tokens::Span;
use crate::understand::Desk;

pub(crate) fn read(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    removed(span, desk)
        .or_else(|| tagged(span, desk))
        .or_else(|| added(span, desk))
}

fn adding(names: Vec<String>) -> Change {
    Change::tagging(names)
}

fn removed(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    if let Some(rest) = span.after(&["untag|unlabel"]) {
        let (left, names) = match rest.find(&["as|from|with"]) {
            Some(link) if rest.at(link.start) == "from" => {
                (rest.from(link.end), tags::names(rest.until(link.start)))
            }
            Some(link) => (rest.until(link.start), tags::names(rest.from(link.end))),
            None => (rest, None),
        };
        let change = Change {
            clear_tags: names.is_none(),
            drop_tags: names.unwrap_or_default(),
            ..Change::default()
        };
        return update(object(left, desk), change);
    }
    let head = span.after(&["remove|delete|drop|take|clear off? the?"])?;
    let from = head.find_last(&["from|off of?", "on"])?;
    let what = head.until(from.start);
    let said =
        what.has(&["tag", "label", "tags", "labels", "category"]) || !tags::hashes(what).is_empty();
    let names = tags::names(what).filter(|_| said)?;
    update(
        object(head.from(from.end), desk),
        Change {
            drop_tags: names,
            ..Change::default()
        },
    )
}

fn tagged(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let head = span.after(&["tag|label|categorize|categorise|file"])?;
    let file = span.at(0) == "file";
    if let Some(link) = head
        .find_last(&["as|with|under|:|to the|a|my? tag|label|category?"])
        .filter(|link| link.start > 0)
    {
        let names = tags::names(head.from(link.end))?;
        if file && head.at(link.start) != "under" {
            return None;
        }
        return update(object(head.until(link.start), desk), adding(names));
    }
    if file {
        return None;
    }
    let hashes: Vec<String> = tags::hashes(head).into_iter().map(|(tag, _)| tag).collect();
    if !hashes.is_empty() {
        let end = (0..head.len())
            .find(|at| head.at(*at).starts_with('#'))
            .unwrap_or(head.len());
        return update(object(head.until(end), desk), adding(hashes));
    }
    let known = |end: usize| {
        let target = target::read(head.until(end), desk.ctx);
        (target::is_sure(&target) || matches!(target, Target::Places(_))).then_some(target)
    };
    let found = (1..head.len())
        .rev()
        .find_map(|end| Some((known(end)?, tags::names(head.from(end))?)));
    if let Some((target, names)) = found {
        return update(target, adding(names));
    }
    let article = head.starts("the|my|this|that").is_some();
    if head.len() < 2 + usize::from(article)
        || head.is(&["the? last|first|second|third|that|this one|task"])
    {
        return Some(vec![Intent::Ask(Question::Tag(object(head, desk)))]);
    }
    let names = tags::names(head.from(head.len() - 1))?;
    update(object(head.until(head.len() - 1), desk), adding(names))
}

/// "add the tag home to the milk", "put #home on it".
fn added(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let head = span.after(&["add|put|give|set|apply|attach|assign the|a|an?"])?;
    if let Some(rest) = span.after(&["give"]) {
        let at = rest.find(&["the|a? tag|label"])?;
        return update(
            object(rest.until(at.start), desk),
            adding(tags::names(rest.from(at.end))?),
        );
    }
    let link = head.find_last(&["to|on|onto|for"])?;
    let what = head.until(link.start);
    let tagged = what.starts("tag|label|tags|labels|category").is_some()
        || what
            .before(&["tag|label|tags|labels"])
            .is_some_and(|rest| !rest.is_empty());
    let hashes = tags::hashes(what);
    if !tagged
        && (hashes.is_empty()
            || hashes.len() + usize::from(what.has(&["and"])) < what.trimmed().len())
    {
        return None;
    }
    if tags::list_at(head.from(link.end)).is_some() {
        return None;
    }
    update(
        object(head.from(link.end), desk),
        adding(tags::names(what)?),
    )
}
