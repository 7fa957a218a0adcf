//! Questions about one task: when it is, and whether it is done.

use super::Desk;
use crate::intent::{Asked, Filter, Intent, Named, Place, Status, Target};
use crate::lexicon::asking::WORLD;
use crate::slots::{dates, tags};
use crate::target;
use crate::tokens::Span;
use crate::understand::told;

/// "When is the dentist?", "Is the rent paid?", "What about the report?"
pub(super) fn read(span: Span<'_>, desk: Desk<'_>) -> Option<Intent> {
    numbered(span, desk)
        .or_else(|| due(span, desk))
        .or_else(|| done(span, desk))
        .or_else(|| about(span, desk))
}

/// "What's number 4?": a task that the conversation has seen, by its number.
fn numbered(span: Span<'_>, desk: Desk<'_>) -> Option<Intent> {
    let subject = span.after(&[
        "whats|show|open|read",
        "what is|was",
        "tell me about",
        "show|tell|give me",
        "details of|for|on|about",
    ])?;
    let number = subject.starts("task|number|no|nr|#|todo|item").is_some();
    let shown = |place: i64| {
        let index = usize::try_from(place).ok()?.checked_sub(1)?;
        desk.memory.shown.get(index).map(|task| task.id)
    };
    let id = match target::read(subject, desk.ctx) {
        Target::Ids(ids) => *ids.first().filter(|_| ids.len() == 1)?,
        Target::Places(places) => match places.as_slice() {
            [Place::Bare(place)] => shown(*place).unwrap_or(*place),
            _ => return None,
        },
        _ => return None,
    };
    let numbered = Filter {
        number: Some(id),
        status: Status::All,
        ..Filter::default()
    };
    number.then_some(Intent::Show(numbered, Asked::Due))
}

fn about(span: Span<'_>, desk: Desk<'_>) -> Option<Intent> {
    let subject = span.after(&["what|how about", "and the|my"])?;
    let short = subject.len() <= 6 && !subject.has(WORLD) && !subject.has(&["you", "your"]);
    let asks = span.at(0) != "and" || span.text.trim_end().ends_with('?');
    let target = target::read(subject, desk.ctx);
    let named = matches!(&target, Target::Named(named) if named.span.is_none());
    let task = named && short && asks;
    if task {
        asked(Asked::Due, subject, desk)
    } else {
        None
    }
}

/// Words before what is asked for, which say that it is one's own.
const MINE: &[&str] = &[
    "when|whens is|are|was|were? my|the|our",
    "when do|should|must|have|am|will i|we supposed|have|need|got? to?",
    "at? what|which time|day|date is|are|was my|the|our",
    "at? what|which time|day|date do|should|must|have|am i|we supposed|have|need|got? to?",
    "what is the? due? date|deadline|time of|for|on my|the|our?",
    "whats the? due? date|deadline|time of|for|on my|the|our?",
    "by when do|should|must i|we have|need? to?",
];

fn due(span: Span<'_>, desk: Desk<'_>) -> Option<Intent> {
    let plain = span.after(&["when|whens is|are|was|does|s"]);
    let says_due = |rest: Span<'_>| {
        rest.before(&[
            "due|scheduled|happening|planned",
            "supposed to? be? happen|done?",
        ])
        .is_some()
    };
    let name = |rest: &Span<'_>| {
        rest.len() <= 2
            && dates::whole(rest.raw(), desk.ctx).is_none()
            && !rest.is(&["that|this|it|next? all|time|now|lunch|one?"])
    };
    let yes_no = span
        .after(&["is|are my|the|our"])
        .and_then(|rest| rest.before(&["due soon|yet|now|today|tomorrow|already?"]))
        .filter(|rest| !rest.is_empty() && !rest.has(&["anything", "tasks", "any", "what"]));
    if let Some(subject) = yes_no {
        return asked(Asked::Due, subject, desk);
    }
    let subject = span
        .after(MINE)
        .or_else(|| plain.filter(|rest| says_due(*rest) || name(&rest.trimmed())))?;
    if subject.has(WORLD) || subject.has(&["you", "your"]) || subject.len() > 10 {
        return None;
    }
    asked(Asked::Due, subject, desk)
}

fn done(span: Span<'_>, desk: Desk<'_>) -> Option<Intent> {
    let rest = span.after(&[
        "did|have|has|had|havent|didnt|hasnt i|we|anyone already|ever|actually?",
        "is|are|was|were",
    ])?;
    let about_list = [
        "there",
        "any",
        "anything",
        "put",
        "add",
        "added",
        "scheduled",
        "reminder",
        "listed",
        "include",
        "list",
        "remember",
    ];
    if tags::linked_list(span).is_some() || span.has(&about_list) {
        return None;
    }
    let state = rest.before(&[
        "already|all? done|finished|complete|completed|paid|sent|bought|called|closed|ticked|booked yet|already|now?",
        "been already? done|finished|completed|paid|sent|called|booked yet|already?",
    ]);
    let asks_did = span.starts("did|have|has|had|havent|didnt|hasnt").is_some();
    let verb =
        (0..rest.len().min(2)).any(|at| told::is_past(rest.at(at)) || told::is_base(rest.at(at)));
    let subject = match state {
        Some(subject) if !subject.is_empty() => subject,
        None if asks_did && verb => rest.before(&["yet|already|today"]).unwrap_or(rest),
        _ => return None,
    };
    asked(Asked::Done, subject, desk)
}

/// The question about the tasks that the words fit, or about what was spoken of last.
fn asked(asked: Asked, subject: Span<'_>, desk: Desk<'_>) -> Option<Intent> {
    let subject = subject
        .before(&[
            "due|scheduled|happening|planned|again|supposed|set to? be? done?",
            "on my|the to|todo|to-do|task? do? list|calendar|agenda|schedule",
            "be done|due",
        ])
        .unwrap_or(subject);
    let words = match target::read(subject, desk.ctx) {
        Target::Focus | Target::Missing => desk.memory.focus.first()?.title.clone(),
        Target::Named(Named { words, .. }) => words,
        _ => subject.raw().to_owned(),
    };
    let filter = Filter {
        words,
        status: Status::All,
        ..Filter::default()
    };
    Some(Intent::Show(filter, asked))
}
