//! Reminders of tasks there are: "remind me of the dentist an hour before".

use super::Desk;
use super::change::{object, update};
use crate::intent::{Change, Intent, Target};
use crate::slots::items::Enumerated;
use crate::slots::{amount, reminder};
use crate::target;
use crate::tokens::Span;

const HEAD: &[&str] = &[
    "remind|alert|notify|warn|nudge|ping me|us of|about|for?",
    "set|add|put|give|create|make|schedule|i need|want? me? a|an|the? reminder|alert|notification|alarm for|on|to|about|of|set?",
];

pub(crate) fn read(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    off(span, desk)
        .or_else(|| first(span, desk))
        .or_else(|| last(span, desk))
}

fn reminding(minutes: i64) -> Change {
    Change {
        reminder: Some(minutes),
        ..Change::default()
    }
}

/// "turn off the reminder for the dentist". A task may be called a reminder too, so what is
/// deleted or cancelled is the task.
fn off(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let rest = span.after(&[
        "turn|switch off the|my|its|any? reminder|reminders|alert|alerts|notification|notifications for|of|on|from|about?",
        "disable|mute|silence the|my|its|any? reminder|reminders|alert|alerts|notification|notifications for|of|on|from|about?",
        "remove|take|clear the|its|any? reminder|alert|notification from|off",
        "dont remind|notify|alert me|us about|of",
        "do not remind|notify|alert me|us about|of",
        "no need to remind me|us about|of",
    ])?;
    update(object(rest, desk), reminding(-1))
}

/// "remind me 30 minutes before the dentist".
fn first(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let rest = span.after(HEAD)?;
    let (length, place) = amount::find(rest.until(8), desk.ctx)?;
    let led = rest.until(place.start);
    if !(led.is_empty() || led.is(&["a|an|about"])) {
        return None;
    }
    let subject = rest
        .from(place.end)
        .after(&["before|prior|ahead|in to|of|advance? of? my|the|our?"])
        .filter(|subject| !subject.is_empty())?;
    let minutes = length.days * 1440 + length.seconds / 60;
    let whole = length.months == 0 && length.workdays == 0 && minutes > 0;
    whole.then(|| about(subject, minutes, span, desk))
}

/// "remind me of the dentist an hour before", "set a reminder on it 10 minutes before".
fn last(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let rest = span.after(HEAD)?;
    let at = (0..rest.len()).find(|at| reminder::before(rest.from(*at), desk.ctx).is_some())?;
    let (minutes, used) = reminder::before(rest.from(at), desk.ctx)?;
    let subject = rest.until(at).trimmed();
    let ends = at + used >= rest.trimmed().len();
    if !ends || subject.starts("to").is_some() {
        return None;
    }
    Some(about(subject, minutes, span, desk))
}

/// A task there is gets the reminder; else it is a new one.
fn about(subject: Span<'_>, minutes: i64, span: Span<'_>, desk: Desk<'_>) -> Vec<Intent> {
    let target = object(subject, desk);
    let change = vec![Intent::Update(target.clone(), reminding(minutes))];
    if target::is_sure(&target) || !matches!(target, Target::Named(_)) {
        return change;
    }
    let mut drafts = super::create::drafts(subject, desk, Enumerated::No);
    for draft in &mut drafts {
        draft.reminder = Some(minutes);
    }
    let dated = drafts.iter().any(|draft| draft.due.is_some());
    let otherwise = if dated {
        vec![Intent::Add(drafts)]
    } else {
        super::create::added(super::create::drafts(
            super::peel(span),
            desk,
            Enumerated::No,
        ))
    };
    vec![Intent::IfKnown(target, change, otherwise)]
}
