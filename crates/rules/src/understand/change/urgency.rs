//! "make the report urgent", "set the priority of 2 to low", "the rent is important".

use protocol::task::Priority;

use super::{object, possessive, update};
use crate::intent::{Change, Intent, NewPriority};
use crate::slots::priority;
use crate::target;
use crate::tokens::Span;
use crate::understand::Desk;

pub(crate) fn read(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    stepped(span, desk)
        .or_else(|| of_field(span, desk))
        .or_else(|| made(span, desk))
        .or_else(|| stated(span, desk))
}

fn to(priority: NewPriority) -> Change {
    Change::of_priority(priority)
}

fn stepped(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let of = "of|for|on|from?";
    if let Some(rest) = span.after(&["prioritize|prioritise|escalate|star|flag", "bump up"]) {
        let rest = rest
            .before(&[
                "as|to? urgent|important|high|highest|top|critical priority?",
                "up",
            ])
            .unwrap_or(rest);
        if span.starts("bump").is_some()
            && !rest.has(&["priority"])
            && crate::slots::dates::take(rest.raw(), desk.ctx)
                .when
                .is_some()
        {
            return None;
        }
        return update(object(rest, desk), to(NewPriority::To(Priority::High)));
    }
    if let Some(rest) = span.after(&["deprioritize|deprioritise|de-prioritize|de-prioritise"]) {
        return update(object(rest, desk), to(NewPriority::To(Priority::Low)));
    }
    let up = span.after(&[&format!(
        "raise|increase|bump|up|boost|upgrade up? the|its? priority|importance up? {of}"
    )]);
    let down = span.after(&[&format!(
        "lower|decrease|reduce|drop|downgrade down? the|its? priority|importance down? {of}"
    )]);
    let (rest, step, sure) = match (up, down) {
        (Some(rest), _) => (rest, NewPriority::Up, Priority::High),
        (_, Some(rest)) => (rest, NewPriority::Down, Priority::Low),
        _ => return None,
    };
    let (left, named) = match rest.find(&["to"]) {
        Some(at) => (rest.until(at.start), priority::named(rest.from(at.end))),
        None => (rest, None),
    };
    let step = match named {
        Some(priority) => NewPriority::To(priority),
        None if rest.has(&["to"]) => NewPriority::To(sure),
        None => step,
    };
    update(object(left, desk), to(step))
}

/// "set the priority of X to high", "change X's priority to low", "add high priority to X".
fn of_field(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let verb = "set|change|update|make|edit|modify|adjust|switch|put|assign|mark";
    if let Some(rest) = span.after(&[&format!(
        "{verb} the|its|a? priority|importance|urgency level? of|for|on?"
    )]) {
        if let Some(named) = priority::named(rest) {
            return update(crate::intent::Target::Focus, to(NewPriority::To(named)));
        }
        let link = rest.find_last(&["to|as|at|:|=|is"])?;
        let named = priority::named(rest.from(link.end))?;
        return update(
            object(rest.until(link.start), desk),
            to(NewPriority::To(named)),
        );
    }
    if let Some(rest) = span.after(&["the? priority|importance of|for"]) {
        let link = rest.find_last(&["should|must be", "is|to|as|:|=|-"])?;
        let named = priority::named(rest.from(link.end))?;
        return update(
            object(rest.until(link.start), desk),
            to(NewPriority::To(named)),
        );
    }
    if let Some(rest) = span.after(&["give|assign|add"]) {
        let link = rest.find_last(&["to"]);
        if let Some(link) = link
            && let Some(named) = priority::named(rest.until(link.start))
        {
            return update(
                object(rest.from(link.end), desk),
                to(NewPriority::To(named)),
            );
        }
        if span.at(0) != "give" {
            return None;
        }
        let (named, range) = priority::find_inside(rest)?;
        return update(
            object(rest.until(range.start), desk),
            to(NewPriority::To(named)),
        );
    }
    let head = span.after(&[verb])?;
    let at = head.find(&["priority|importance to|as|:|="])?;
    let named = priority::named(head.from(at.end))?;
    let owner = possessive(head.until(at.start))?;
    update(object_of(&owner, desk), to(NewPriority::To(named)))
}

fn object_of(owner: &str, desk: Desk<'_>) -> crate::intent::Target {
    match target::parse(owner, desk.ctx) {
        crate::intent::Target::Missing => crate::intent::Target::Focus,
        target => target,
    }
}

/// "make X urgent", "mark X as high priority", "change X to low priority".
fn made(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    if crate::slots::tags::linked_list(span).is_some() {
        return None;
    }
    let head = span.after(&[
        "make|mark|set|change|turn|flag|treat|put|consider|rate|move|update|switch|bump",
    ])?;
    let (left, named) = (1..head.len()).find_map(|at| {
        let right = head.from(at);
        let right = right.from(right.starts("to|as|at|into a|the|is?").unwrap_or(0));
        let plain = right.is(&["a|the|my|our top|main|first|number? one? priority"]);
        let named = match plain {
            true => Priority::High,
            false => priority::named(right)?,
        };
        let number = right.trimmed().len() == 1 && !priority::is_word(right.trimmed().at(0));
        (!number).then(|| (head.until(at), named))
    })?;
    let left = left
        .before(&["a|an|the|as|to|more|very|really|be|is"])
        .filter(|rest| !rest.is_empty())
        .unwrap_or(left);
    update(object(left, desk), to(NewPriority::To(named)))
}

/// "the rent is urgent".
fn stated(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let link = span
        .find_last(&[
            "is|are|has|should|s not|no|nt? longer? be|have? now|very|really|super|a|so|quite?",
            "isnt|arent that|so|very|really? ",
        ])
        .or_else(|| {
            span.find_last(&[
                "is|are|has|should not|no? longer? be|have? now|very|really|super|a|so|quite?",
                "isnt|arent that|so|very|really|anymore?",
            ])
        })?;
    let negated = span
        .slice(link.clone())
        .has(&["not", "no", "isnt", "arent"]);
    let right = span.from(link.end);
    let right = right.before(&["anymore|now|any more?"]).unwrap_or(right);
    let named = match negated && right.is(&["a|the|my? priority"]) {
        true => Priority::None,
        false => priority::named(right)?,
    };
    let left = span.until(link.start);
    if left.is_empty()
        || left
            .starts("what|which|this|there|when|if|how|who")
            .is_some()
            && !left.is(&["this|that one|task?"])
    {
        return None;
    }
    let priority = match negated {
        true => Priority::None,
        false => named,
    };
    update(object(left, desk), to(NewPriority::To(priority)))
}
