//! Changing what a task says: title, note, priority, tags, date.

mod labels;
mod notes;
mod stated;
mod urgency;

use super::Desk;
use crate::intent::{Change, Intent, NewDue, NewPriority, NewTitle, Question, Target, Verb};
use crate::lexicon::commands::{CHANGE, RENAME};
use crate::slots::{dates, draft, priority};
use crate::target;
use crate::tokens::Span;

pub(crate) fn read(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    cleared(span, desk)
        .or_else(|| stated::read(span, desk))
        .or_else(|| labels::read(span, desk))
        .or_else(|| notes::read(span, desk))
        .or_else(|| urgency::read(span, desk))
        .or_else(|| deadline(span, desk))
        .or_else(|| renamed(span, desk))
        .or_else(|| changed(span, desk))
}

pub(crate) fn update(target: Target, change: Change) -> Option<Vec<Intent>> {
    Some(vec![Intent::Update(target, change)])
}

/// "remove the due date from the dentist".
fn cleared(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let head = span.after(&["remove|delete|clear|drop|unset|erase|cancel|take|strip|get off|rid|away? of? the|its|any|all? "])
        .or_else(|| span.after(&["remove|delete|clear|drop|unset|erase|cancel|take|strip off|away? the|its|any|all?", "get rid of the|its|any|all?"]))?;
    let field = head.starts_any(&[
        "due? date|deadline|dates|deadlines|time",
        "due date|time",
        "priority|importance",
        "note|notes|description|details|comment|comments",
        "tags|labels",
    ]);
    if let Some(used) = field {
        let name = head.slice(0..used);
        let rest = head
            .from(used)
            .after(&["from|of|on|for|off of?"])
            .unwrap_or(head.from(used));
        if rest
            .find(&["to"])
            .is_some_and(|to| priority::named(rest.from(to.end)).is_some())
        {
            return None;
        }
        let target = object(rest, desk);
        return update(target, clearing(name)?);
    }
    let object = span.after(&["remove|delete|clear|drop|unset"])?;
    let fields = &[
        "due date|deadline|time?",
        "deadline|priority|note|notes|description|tags|date",
    ];
    // "Tasks with high priority" are tasks, and no priority that is to go.
    let names_level = |before: &Span<'_>| {
        let last = before.len().saturating_sub(1);
        priority::named(before.from(last)).is_some() || before.has(&["with", "without", "no"])
    };
    let before = object
        .before(fields)
        .filter(|before| !before.is_empty() && !names_level(before))?;
    let name = object.from(before.len());
    possessive(before).and_then(|owner| update(object_of(&owner, desk), clearing(name)?))
}

/// "no due date for the rent". The first word is taken for a polite one elsewhere.
pub(super) fn unwanted(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let head = super::peel(span.after(&["no"])?);
    let used = head.starts_any(&[
        "due date|time",
        "deadline|priority|tags|labels|note|notes|date",
    ])?;
    let about = head.from(used).after(&["for|on|from"])?;
    let target = target::read(about, desk.ctx);
    update(target, clearing(head.until(used))?)
}

fn clearing(name: Span<'_>) -> Option<Change> {
    let mut change = Change::default();
    if name.has(&["priority", "importance"]) {
        change.priority = Some(NewPriority::To(protocol::task::Priority::None));
    } else if name.has(&["tags", "labels"]) {
        change.clear_tags = true;
    } else if name.has(&["date", "deadline", "dates", "deadlines", "due", "time"]) {
        change.due = Some(NewDue::Clear);
    } else if name.has(&[
        "note",
        "notes",
        "description",
        "details",
        "comment",
        "comments",
    ]) {
        change.note = Some(crate::intent::Note::Replace(String::new()));
    } else {
        return None;
    }
    Some(change)
}

pub(crate) fn object(span: Span<'_>, desk: Desk<'_>) -> Target {
    match target::read(span, desk.ctx) {
        Target::Missing => Target::Focus,
        target => target,
    }
}

fn object_of(owner: &str, desk: Desk<'_>) -> Target {
    match target::parse(owner, desk.ctx) {
        Target::Missing => Target::Focus,
        target => target,
    }
}

/// "the dentist's", "its": whose something is.
pub(crate) fn possessive(span: Span<'_>) -> Option<String> {
    let raw = span.raw();
    if span.is(&["its|the|it|that|this"]) {
        return Some("it".to_owned());
    }
    let owner = raw
        .strip_suffix("'s")
        .or_else(|| raw.strip_suffix("’s"))
        .or_else(|| raw.strip_suffix('\''))
        .unwrap_or(raw);
    (!owner.is_empty()).then(|| owner.to_owned())
}

/// "set the due date of the report to Friday", "give it a deadline of 5pm", "the rent is due Monday".
fn deadline(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let dated = dates::take(span.raw(), desk.ctx);
    let when = dated.when.as_ref()?;
    let all = crate::tokens::words(&dated.rest);
    let rest = Span {
        text: &dated.rest,
        words: &all,
    }
    .trimmed();
    let (day, time) = dates::parts(when, &dated.words, desk.ctx);
    let change = Change {
        due: Some(NewDue::To(day, time)),
        repeats: repeats(when),
        ..Change::default()
    };
    let field = "due? date|deadline|time|day|due";
    let verb =
        "set|change|update|make|add|put|move|edit|modify|adjust|fix|correct|give|push|switch";
    if let Some(after) = rest.after(&[&format!(
        "{verb} a|the|its|my? new? {field} of|for|on|to|from?"
    )]) {
        let target = after
            .before(&["to|as|for|at|on|is|of|by|from|until"])
            .unwrap_or(after);
        return update(object(target, desk), change);
    }
    if let Some(after) = rest.after(&[
        "the|its? due date|time? of|for|on",
        "the|its? deadline|date of|for|on?",
    ]) {
        let target = after
            .before(&["is|to|as|should|will now|be? be?"])
            .unwrap_or(after);
        return update(object(target, desk), change);
    }
    if let Some(subject) = rest.before(&["should|must be"]) {
        let target = target::read(subject, desk.ctx);
        return target::is_sure(&target).then(|| vec![Intent::Update(target, change)]);
    }
    let is_due = dated.last && dated.link.starts_with("due") || rest.before(&["due"]).is_some();
    let stated = || {
        let bare = rest.before(&["due"]).or(Some(rest).filter(|_| is_due));
        bare.filter(|subject| {
            use crate::lexicon::commands::{ADD, COMPLETE, DELETE, MAKE, MOVE, STRONG, WEAK};
            let heads = [ADD, MAKE, COMPLETE, DELETE, MOVE, STRONG, WEAK];
            let orders = heads.iter().any(|head| subject.starts_any(head).is_some());
            !orders && (1..=5).contains(&subject.trimmed().len())
        })
    };
    if let Some(subject) = rest
        .before(&["is|are|has|s|needs|must|should to? be? due?"])
        .or_else(stated)
        .filter(|_| is_due)
    {
        let target = target::read(subject, desk.ctx);
        let add = super::create::drafts(span, desk, crate::slots::items::Enumerated::No);
        let update = vec![Intent::Update(target.clone(), change)];
        return Some(match target {
            Target::Named(_) => vec![Intent::IfKnown(target, update, vec![Intent::Add(add)])],
            _ => update,
        });
    }
    if let Some(subject) = rest
        .after(&["make|set|have|mark|get"])
        .filter(|subject| is_due && !subject.is_empty())
    {
        return update(
            object(subject.before(&["due|to|as|be"]).unwrap_or(subject), desk),
            change,
        );
    }
    let fields = &[
        "due? date|deadline|time to|as|is|for|at|of|on?",
        "a|an? due? date|deadline of|for|to|on?",
        "due on|by|at|for?",
        "be|is|as|to? due",
    ];
    let head = rest.after(&[verb])?;
    let before = head.before(fields).filter(|before| !before.is_empty())?;
    let owner = possessive(before)?;
    update(object_of(&owner, desk), change)
}

pub(crate) fn repeats(when: &when::When) -> Option<String> {
    match when {
        when::When::Every(repeat) => Some(repeat.rule.to_string()),
        _ => None,
    }
}

/// "rename the milk to oat milk", "change its title to …".
fn renamed(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    if let Some(intents) = called(span, desk) {
        return Some(intents);
    }
    let head = span.after(RENAME)?;
    let (object_said, name) = match halves(head) {
        Some((object, name)) => (object, Some(name)),
        None => (head, None),
    };
    let target = object(
        object_said.after(&["of|for|on"]).unwrap_or(object_said),
        desk,
    );
    match name.filter(|name| !name.is_empty()) {
        Some(name) => update(
            target,
            Change {
                title: Some(NewTitle::To(draft::title(name.raw()))),
                ..Change::default()
            },
        ),
        None => Some(vec![Intent::Ask(Question::NewTitle(target))]),
    }
}

/// "Task 3 should be called …", "call it …".
fn called(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let link = span.find(&[
        "should|must|needs to? be? called|named|titled|renamed to?",
        "should|must read|say",
    ])?;
    let (object_said, name) = (span.until(link.start), span.from(link.end));
    if object_said.is_empty() || name.is_empty() {
        return None;
    }
    let title = NewTitle::To(draft::title(name.raw()));
    update(object(object_said, desk), Change::of_title(title))
}

/// Both sides of "to". In "talk to bob" it belongs to the title.
pub(super) fn halves(span: Span<'_>) -> Option<(Span<'_>, Span<'_>)> {
    const INNER: &[&str] = &[
        "talk", "speak", "go", "reply", "respond", "write", "listen", "back", "next", "walk",
        "drive", "trip", "return", "flight", "ride", "train", "up", "letter", "going", "want",
        "need", "have", "reply", "email", "gift",
    ];
    let link = |at: &usize| {
        let word = span.at(*at);
        let inner = word == "to" && *at > 0 && INNER.contains(&span.at(at - 1));
        ["to", "into", "as", "->", "=>", "=", ":"].contains(&word) && !inner
    };
    let arrow = span.find(&["- >", "= >", "→", "➔"]);
    let quoted_end = (0..span.len())
        .rev()
        .find(|at| span.is_quoted(*at) && *at > 0);
    let at = (1..span.len()).find(link);
    match (at, arrow, quoted_end) {
        (_, Some(arrow), _) => Some((span.until(arrow.start), span.from(arrow.end))),
        (Some(at), ..) => {
            let end = at + span.from(at).starts("to be|say|read|become?").unwrap_or(1);
            Some((span.until(at), span.from(end)))
        }
        (None, None, Some(at)) => Some((span.until(at), span.from(at))),
        _ => None,
    }
}

/// "change X to Y": what Y is tells what of X changes.
fn changed(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    if let Some(intents) = exchanged(span, desk) {
        return Some(intents);
    }
    let head = span.after(CHANGE)?;
    let makes = span.starts("make|turn|set|convert|switch|adjust").is_some();
    let (left, right) = match halves(head) {
        Some(halves) => halves,
        None => return unsaid(span, head, desk),
    };
    let dated = dates::whole(right.raw(), desk.ctx).is_some();
    let new = left.starts("up? a|an|another|new").is_some();
    let meant = !new && (left.has(&["it", "that", "this", "task", "title"]) || right.is_quoted(0));
    if right.is_empty() || makes && !meant && !dated {
        return None;
    }
    let (left, named) = match left.before(&["the|its? title|name|wording|text"]) {
        Some(left) => (left, true),
        None => (left, false),
    };
    let target = object(left, desk);
    if named {
        let title = NewTitle::To(draft::title(right.raw()));
        return update(target, Change::of_title(title));
    }
    if right.is(&["done|complete|completed|finished"]) {
        return Some(vec![Intent::Act(Verb::Complete, target)]);
    }
    if right.is(&["not? pending|open|incomplete|undone|todo|done|completed|active"]) {
        return Some(vec![Intent::Act(Verb::Reopen, target)]);
    }
    if let Some(priority) = priority::named(right) {
        return update(target, Change::of_priority(NewPriority::To(priority)));
    }
    if let Some(when) = dates::whole(right.raw(), desk.ctx) {
        let (day, time) = dates::parts(&when, right.raw(), desk.ctx);
        return update(
            target,
            Change {
                due: Some(NewDue::To(day, time)),
                repeats: repeats(&when),
                ..Change::default()
            },
        );
    }
    let made = draft::draft(right.raw(), desk.ctx);
    let mut change = Change {
        title: Some(NewTitle::To(made.title)),
        add_tags: made.tags,
        ..Change::default()
    };
    change.priority = made.priority.map(NewPriority::To);
    let dated = dates::take(right.raw(), desk.ctx);
    change.due = dated.when.map(|when| {
        let (day, time) = dates::parts(&when, &dated.words, desk.ctx);
        NewDue::To(day, time)
    });
    update(target, change)
}

/// "replace milk with oat milk".
fn exchanged(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let head = span.after(&["replace|swap|substitute|exchange"])?;
    let with = head.find(&["with|by|for"])?;
    let (old, new) = (head.until(with.start), head.from(with.end));
    if old.is_empty() || new.is_empty() {
        return None;
    }
    let title = NewTitle::Swap(Some(draft::title(old.raw())), draft::title(new.raw()));
    let change = Change::of_title(title);
    let target = object(old, desk);
    let add = Intent::Add(super::create::drafts(
        span,
        desk,
        crate::slots::items::Enumerated::No,
    ));
    Some(vec![Intent::IfKnown(
        target.clone(),
        vec![Intent::Update(target, change)],
        vec![add],
    )])
}

/// "change the dentist": to what?
fn unsaid(span: Span<'_>, head: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let edits = span
        .starts("change|edit|update|modify|alter|correct|amend")
        .is_some();
    if !edits || head.is_empty() {
        return None;
    }
    let target = target::read(head, desk.ctx);
    let add = Intent::Add(super::create::drafts(
        span,
        desk,
        crate::slots::items::Enumerated::No,
    ));
    let ask = Intent::Ask(Question::NewTitle(target.clone()));
    Some(match target {
        Target::Named(_) => vec![Intent::IfKnown(target, vec![ask], vec![add])],
        _ => vec![ask],
    })
}
