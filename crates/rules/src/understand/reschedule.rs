//! Moving to another time: "to Friday", "by two days", "an hour earlier".

use super::Desk;
use super::change::{object, update};
use crate::intent::{Change, Intent, NewDue, Target, Verb};
use crate::lexicon::commands::{MOVE, MOVE_ONLY};
use crate::slots::items::Enumerated;
use crate::slots::{amount, dates};
use crate::tokens::{Span, words};

pub(crate) fn read(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let apart = || {
        let rest = span.after(&["bring|pull|put|carry"])?;
        let particle = rest.has(&["forward", "back", "off", "ahead", "up", "out"]);
        let timed = amount::find(rest, desk.ctx).is_some()
            || dates::take(rest.raw(), desk.ctx).when.is_some();
        (particle && timed).then_some(rest)
    };
    if let Some(rest) = span.after(MOVE).or_else(apart) {
        return moved(span, rest, desk);
    }
    if let Some(found) = span.find(&["is|was|were|are|has|got|gets been? moved|rescheduled|postponed|pushed|shifted|delayed|changed back|forward|up|out?"]) {
        let (subject, rest) = (span.until(found.start), span.from(found.end));
        let dated = dates::take(rest.raw(), desk.ctx);
        let when = dated.when.as_ref().filter(|_| !subject.is_empty())?;
        let (day, time) = dates::parts(when, &dated.words, desk.ctx);
        return Some(change(object(subject, desk), NewDue::To(day, time), None));
    }
    instead(span, desk)
        .or_else(|| shifted(span, desk))
        .or_else(|| planned(span, desk))
}

/// "make it an hour later".
fn shifted(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let head = span.after(&["make|do|set|change|schedule|put|have|want|get|start i?"])?;
    let (left, due) = shift(head, span, desk)?;
    let pronoun = left.is(&["it|that|this|them|both"]);
    let sooner = span.before(&["later|earlier|sooner"]).is_some();
    (pronoun || sooner || span.starts("make|set|change").is_some())
        .then(|| change(object(left, desk), due, None))
}

/// "do the dentist on Thursday instead", "give me until Friday for the report".
fn instead(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let given = span
        .after(&["give|allow me|us until|till"])
        .and_then(|rest| {
            let link = rest.find_last(&["for|on|with"])?;
            Some((rest.from(link.end), rest.until(link.start)))
        });
    let swapped = || {
        let rest = span.after(&["do|have|see|schedule|make|put|switch"])?;
        let rest = rest.before(&["instead"])?;
        let dated = when::find(rest.raw(), desk.ctx).into_iter().last()?;
        let start = rest.words.first()?.range.start + dated.range.start;
        let at = rest
            .words
            .iter()
            .position(|word| word.range.start >= start)?;
        Some((rest.until(at), rest.from(at)))
    };
    let (subject, date) = given.or_else(swapped)?;
    let dated = dates::take(date.raw(), desk.ctx);
    let when = dated.when.as_ref().filter(|_| !subject.is_empty())?;
    let (day, time) = dates::parts(when, &dated.words, desk.ctx);
    Some(change(object(subject, desk), NewDue::To(day, time), None))
}

/// "I'll do the report next week", "do them all tomorrow", "call mom on Sunday instead": another
/// date for what is known by these words, and else a new task.
fn planned(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    const DOING: &[&str] = &[
        "ill|well do|tackle|handle|finish|get|have",
        "i|we will|can|could|might|shall do|tackle|handle|finish",
        "im|were doing|tackling|handling",
        "do|tackle",
    ];
    // "I'll call mom tonight" names the task by its verb as well.
    let intends = || {
        let said = span.after(&["ill", "i|we will"])?;
        super::told::is_base(said.at(0)).then_some(said)
    };
    let (said, is_doing) = match (span.before(&["instead"]), span.after(DOING)) {
        (Some(said), _) => (said, false),
        (None, Some(said)) => (said, true),
        (None, None) => (intends()?, true),
    };
    let dated = dates::take(said.raw(), desk.ctx);
    let when = dated.when.as_ref().filter(|_| dated.last)?;
    let all = words(&dated.rest);
    let subject = Span {
        text: &dated.rest,
        words: &all,
    }
    .trimmed();
    if subject.is_empty() || span.text.trim_end().ends_with('?') && !is_doing {
        return None;
    }
    let (day, time) = dates::parts(when, &dated.words, desk.ctx);
    let target = object(subject, desk);
    let due = change(
        target.clone(),
        NewDue::To(day, time),
        super::change::repeats(when),
    );
    match &target {
        Target::Named(_) => {
            let add = Intent::Add(super::create::drafts(said, desk, Enumerated::No));
            Some(vec![Intent::IfKnown(target, due, vec![add])])
        }
        _ => Some(due),
    }
}

fn change(target: Target, due: NewDue, repeats: Option<String>) -> Vec<Intent> {
    let change = Change {
        due: Some(due),
        repeats,
        ..Change::default()
    };
    vec![Intent::Update(target, change)]
}

fn moved(span: Span<'_>, rest: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let only = span.starts_any(MOVE_ONLY).is_some();
    if let Some(intents) = elsewhere(rest, desk) {
        return Some(intents);
    }
    if let Some((left, due)) = shift(rest, span, desk) {
        return Some(change(object(left, desk), due, None));
    }
    let dated = dates::take(rest.raw(), desk.ctx);
    let Some(when) = &dated.when else {
        return unsaid(span, rest, only, desk);
    };
    let all = words(&dated.rest);
    let left = Span {
        text: &dated.rest,
        words: &all,
    }
    .trimmed();
    let left = left
        .before(&["over|out|back|forward|up? to|for|until|till|on|by|from|onto|at"])
        .unwrap_or(left);
    let left = left.after(&["back|forward|out|off|up"]).unwrap_or(left);
    let left = left
        .before(&["back|forward|out|up|over|ahead|down"])
        .unwrap_or(left);
    let (mut day, mut time) = dates::parts(when, &dated.words, desk.ctx);
    let mut hint = None;
    if let when::When::Between(first, last) = when {
        (day, time) = (Some(last.date), last.time);
        hint = dates::range(&when::When::At(*first), desk.ctx);
    }
    let mut target = object(left, desk);
    if let Target::Named(named) = &mut target {
        named.span = named.span.or(hint);
    }
    if let Target::All(filter) = &mut target {
        filter.due = filter.due.or(hint);
    }
    let due = NewDue::To(day, time);
    let linked = ["to", "until", "till", "for"]
        .iter()
        .any(|link| rest.has(&[link]));
    let intents = change(target.clone(), due, super::change::repeats(when));
    if only || linked || crate::target::is_sure(&target) {
        return Some(intents);
    }
    let add = Intent::Add(super::create::drafts(span, desk, Enumerated::No));
    Some(vec![Intent::IfKnown(target, intents, vec![add])])
}

/// "by two days", "a week later", and what stands before it.
fn shift<'t>(rest: Span<'t>, whole: Span<'_>, desk: Desk<'_>) -> Option<(Span<'t>, NewDue)> {
    let (amount, range) = amount::find(rest, desk.ctx)?;
    let (left, right) = (rest.until(range.start), rest.from(range.end).trimmed());
    let said_by = rest.slice(range.clone()).has(&["by", "another"])
        || left
            .before(&["by|another|for|back|forward|out|up|ahead|earlier|later"])
            .is_some();
    let earlier = whole.starts("bring|pull").is_some()
        || right
            .starts("earlier|sooner|forward|ahead|before|up")
            .is_some()
        || whole.starts("move up|ahead").is_some()
        || left.before(&["forward|ahead|earlier|up by?"]).is_some();
    let later = right
        .starts("later|more|back|out|further|after|on|ahead")
        .is_some();
    let moves = whole.starts_any(MOVE).is_some();
    if !(said_by && moves
        || earlier
        || later
        || moves && right.is_empty() && !rest.has(&["in", "to"]))
    {
        return None;
    }
    let rest_right = right
        .after(&["earlier|sooner|forward|ahead|up|later|more|back|out|further|on"])
        .unwrap_or(right);
    let left = left
        .before(&["by|another|for|back|forward|out|up|ahead|off by?"])
        .unwrap_or(left);
    let left = if left.is_empty() { rest_right } else { left };
    let amount = if earlier && right.at(0) != "later" {
        amount.negated()
    } else {
        amount
    };
    Some((left, NewDue::By(amount)))
}

/// "move it to done", "move it to the bin".
fn elsewhere(rest: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    if let Some(left) =
        rest.before(&["to|into the|my? done|completed|finished|complete list|tasks|column?"])
    {
        return Some(vec![Intent::Act(Verb::Complete, object(left, desk))]);
    }
    if let Some(left) = rest.before(&["to|into the? bin|trash|garbage|recycle can|bin?"]) {
        return Some(vec![Intent::Act(Verb::Delete, object(left, desk))]);
    }
    let link = rest.find_last(&["to|into|onto|under"])?;
    let list = crate::slots::tags::list_at(rest.from(link.end))?;
    let name = list
        .name
        .filter(|_| link.end + list.range.end == rest.trimmed().len())?;
    update(
        object(rest.until(link.start), desk),
        Change::tagging(vec![name]),
    )
}

/// A new time was not said: a task to be added ("move the sofa"), or a question.
fn unsaid(span: Span<'_>, rest: Span<'_>, only: bool, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let rest = match rest.find(&["until|till"]).filter(|found| found.start > 0) {
        Some(found) => rest.until(found.start),
        None => rest,
    };
    let target = object(
        rest.before(&["to|until|back|forward|off|out|again|later|until|till"])
            .unwrap_or(rest),
        desk,
    );
    let ask = change(target.clone(), NewDue::Unsaid, None);
    if only
        || crate::target::is_sure(&target)
        || span.starts("push|bump").is_some() && span.has(&["back", "forward", "off", "out"])
    {
        return Some(ask);
    }
    if span
        .starts("move|shift|bring|carry|pull|bump|push|put|drag|slide")
        .is_none()
        || span.at(0) == "put"
        || span.at(0) == "bring"
        || span.at(0) == "carry"
        || span.at(0) == "pull"
    {
        return None;
    }
    let add = Intent::Add(super::create::drafts(span, desk, Enumerated::No));
    Some(vec![Intent::IfKnown(target, ask, vec![add])])
}
