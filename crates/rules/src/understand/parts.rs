//! Tasks that are parts of others: "add a subtask to the report: gather data".

use super::Desk;
use super::change::update;
use super::create::drafts;
use crate::intent::{Change, Intent, Target, Topic};
use crate::slots::items::Enumerated;
use crate::target;
use crate::tokens::Span;

/// What people call a part of a task.
const PART: &str = "subtask|subtasks|sub-task|sub-tasks|subtodo|subtodos|substep|substeps|subitem|subitems|sub-item|sub-items|child|children|step|steps";

pub(crate) fn read(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let names = span.find(&[PART, "sub tasks|task|items|steps"]);
    if names.is_none_or(|found| found.start >= 40) {
        return divided(span, desk);
    }
    asked(span, desk)
        .or_else(|| moved(span, desk))
        .or_else(|| added(span, desk))
        .or_else(|| divided(span, desk))
}

/// "what are the steps of the report?"
fn asked(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let span = super::ask::lead(span);
    let of = |span: Span<'_>| {
        let target = target::read(span, desk.ctx);
        let named = !matches!(target, Target::Missing);
        named.then(|| vec![Intent::Tell(Topic::Parts(target))])
    };
    let open = format!(
        "what|which|show|list|how|whats|me|the|all|its? are|is|many|me|the|all|do|does|open|remaining? the|all|my|there|open|remaining? {PART} of|for|in|under|to|belonging|does|do|are|has|have? to|in|under|of?"
    );
    if let Some(rest) = span.after(&[&open]).filter(|rest| !rest.is_empty()) {
        let opens = span.starts(&format!(
            "what|which|show|list|how|whats|the|all|its|{PART}"
        ));
        let rest = rest
            .before(&["have|has|include|need|got", "consist of"])
            .unwrap_or(rest);
        let adds = rest.find(&[":"]).is_some();
        return of(rest).filter(|_| opens.is_some() && !adds);
    }
    let rest = span.after(&["does|do|has|have|is|are there? any?"])?;
    let rest = rest.before(&[&format!(
        "have|has|got|include|any|with? any|some|the? {PART}"
    )])?;
    of(rest)
}

/// "make the outline a subtask of the report", "the outline is a part of the report".
fn moved(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let link = span.find(&[&format!(
        "into|as|is|be|to|a|an be|as|into? a|an|one? {PART} of|to|for|under|in"
    )])?;
    let (left, right) = (span.until(link.start), span.from(link.end));
    if right.is_empty() || left.is_empty() {
        return None;
    }
    let parent = target::read(right, desk.ctx);
    let adds = left.after(&["add|create|put|include|insert|new"]);
    if let Some(title) = adds.filter(|title| !title.is_empty()) {
        let drafts = drafts(title, desk, Enumerated::Plural);
        return Some(vec![Intent::AddTo(parent, drafts)]);
    }
    if left.is(&["add|create|put|include|insert|new|make|give|show|list|what|which"]) {
        return None;
    }
    let child = left
        .after(&["make|turn|set|move|convert|have"])
        .unwrap_or(left);
    let child = target::read(child, desk.ctx);
    let change = Change {
        parent: Some(Box::new(parent)),
        ..Change::default()
    };
    update(child, change)
}

/// "add the subtasks a and b to the report", "add a step to the report: gather data".
fn added(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let head = format!(
        "add|create|make|put|give|include|insert|new|i need|want? me|a|an|the|some|another|following|these|two|three|four|more|few? new|few|more|following|two|three? {PART} called|named?"
    );
    let rest = span.after(&[&head])?;
    if let Some(at) = (1..rest.len()).find(|at| rest.at(*at) == ":") {
        let place = rest.until(at);
        let parent = place.after(&["to|for|under|of|in|on"]).unwrap_or(place);
        let drafts = drafts(rest.from(at + 1), desk, Enumerated::Plural);
        return Some(vec![Intent::AddTo(target_of(parent, desk), drafts)]);
    }
    let rest = rest
        .after(&[":|to"])
        .filter(|rest| rest.find(&["to|under|for|of"]).is_some())
        .unwrap_or(rest);
    let link = rest
        .find_last(&["to|under|for|of|in|on"])
        .filter(|link| link.end < rest.len());
    let Some(link) = link else {
        let drafts = drafts(rest, desk, Enumerated::Plural);
        return (!rest.is_empty()).then(|| vec![Intent::AddTo(Target::Focus, drafts)]);
    };
    if link.start == 0 {
        return None;
    }
    let drafts = drafts(rest.until(link.start), desk, Enumerated::Plural);
    let parent = target_of(rest.from(link.end), desk);
    Some(vec![Intent::AddTo(parent, drafts)])
}

/// "break the report down into outline, draft and review".
fn divided(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let rest = span.after(&["break|split|divide|chop up|down?"])?;
    let into = rest.find(&["down|up? into|in|to|:"])?;
    let (whole, parts) = (rest.until(into.start), rest.from(into.end));
    let parts = parts
        .after(&[&format!(
            "two|three|four|the|some|following|these|several? {PART}|parts|tasks|pieces :?"
        )])
        .unwrap_or(parts)
        .trimmed();
    let drafts = drafts(parts, desk, Enumerated::Plural);
    if whole.is_empty() || drafts.len() < 2 {
        return None;
    }
    Some(vec![Intent::AddTo(target_of(whole, desk), drafts)])
}

fn target_of(span: Span<'_>, desk: Desk<'_>) -> Target {
    super::change::object(span, desk)
}
