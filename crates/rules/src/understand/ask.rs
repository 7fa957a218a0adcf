//! Questions about tasks, and orders to show them.

use super::Desk;
use crate::intent::{Asked, Filter, Intent, Named, Status, Target};
use crate::lexicon::asking::{LEADS, OPENERS, TOPIC};
use crate::lexicon::lists::{TASK, TASKS};
use crate::slots::tags;
use crate::target::{self, filter};
use crate::tokens::Span;

/// Verbs that ask for the list whatever follows.
const SHOW: &[&str] = &[
    "show|display|enumerate|view|list",
    "show|tell|give|read me|us",
    "let me|us see|know|hear|view",
    "pull|bring up",
    "i want|need|like|would|wish like? to see|hear|view|know",
    "id like|love to see|hear|view|know",
    "i wonder",
    "remind me what|which|of|how|when|if|whether",
    "search for?|in|through",
    "look up|for",
    "find all|every|everything|any|me|tasks",
    "do you know",
    "inform me of|about",
    "filter by?|on|for",
    "sort by?",
];

/// Questions about the time ahead as a whole.
const AHEAD: &[&str] = &[
    "what|whats do|should|must|can|is|am|are|have|has|did|was i|there|left|going|planned|scheduled|still|next|up|my|we",
    "what|whats next|first|now|left|up|planned|scheduled",
    "what|whats else",
    "anything|something else|left|due|planned|scheduled|going|for|on|to|i|important|urgent|today|tomorrow|this|next|overdue|pending",
    "do|have i|we still? have|got|need anything|something|stuff|things|any|plans|a|to|much|nothing",
    "am i free|busy|late|behind|done|forgetting|missing",
    "how|hows does|is|busy|many|much|my|the|do|are|long",
    "which",
    "whats on|in|for|due|pending|overdue|open|up|next|left|outstanding|my|the|remaining|scheduled|planned|still|not|urgent|important|today|tomorrow|coming|happening|still|already|done|completed|tagged|high|to",
    "what is|are|was|were on|in|for|due|pending|overdue|open|up|next|left|outstanding|my|the|remaining|scheduled|planned|still|not|urgent|important|today|tomorrow|coming|happening|already|done|completed|tagged|all|to",
    "what have|did|had|has i|we|been|got",
    "what tasks|todos|chores|items|things|reminders|stuff|jobs|all|kind|are",
    "what do|did|have|should|must i|we|my",
    "what does|do|did my|the",
];

pub(crate) fn read(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    if let Some(intent) = one_task(span, desk) {
        return Some(vec![intent]);
    }
    let show = span.starts_any(SHOW).is_some();
    let rest = lead(span);
    let rest_asks = rest.starts_any(OPENERS).is_some();
    if show || rest.len() < span.len() && (rest_asks && about_tasks(rest, desk) || names_list(rest))
    {
        return Some(vec![listing(rest, desk)]);
    }
    if rest_asks {
        let asks = about_tasks(span, desk);
        return asks.then(|| vec![listing(span, desk)]);
    }
    bare_name(span, desk).map(|intent| vec![intent])
}

/// Without "tell me", "read out", "let me know if".
fn lead(span: Span<'_>) -> Span<'_> {
    let mut span = span;
    for _ in 0..3 {
        match span.starts_any(LEADS).filter(|used| *used < span.len()) {
            Some(used) => span = span.from(used),
            None => break,
        }
    }
    span
}

fn names_list(span: Span<'_>) -> bool {
    let list = (0..span.len().min(6)).any(|at| tags::list_at(span.from(at)).is_some());
    list || span.has(&[
        "tasks",
        "todos",
        "to-dos",
        "reminders",
        "chores",
        "errands",
        "todo",
        "agenda",
        "backlog",
    ])
}

/// Whether a question is about tasks and not about the world.
fn about_tasks(span: Span<'_>, desk: Desk<'_>) -> bool {
    if span.has(TOPIC) || span.has(TASK) {
        return true;
    }
    let ahead = span.starts_any(AHEAD).is_some();
    let reading = filter::read_criteria(span, desk.ctx);
    let mine = span.has(&["i", "my", "we", "me", "our"]);
    let asks_any = span.starts("do|have i|we have|got").is_some()
        || span
            .starts("any|anything|got|is|are there? any|anything?")
            .is_some();
    let known = span.starts("do|have i|we have|got").is_some();
    ahead
        && (reading.criteria && (mine || reading.filter.words.is_empty())
            || span.is(NEXT)
            || mine
                && span.has(&[
                    "do",
                    "done",
                    "finish",
                    "finished",
                    "complete",
                    "completed",
                    "accomplish",
                    "left",
                    "remember",
                    "buy",
                    "get",
                    "need",
                    "plan",
                    "planned",
                    "have",
                    "add",
                    "added",
                ]))
        || asks_any && (reading.criteria || known)
}

const NEXT: &[&str] = &[
    "what|whats should|do|must|can|is|s|am i? do|work|start|tackle|focus|begin|next|first|now|up|supposed|to|be on? do|with|next|first|now|up? next|first|now|on?",
    "what|whats next|first|now|up|left|else next|on|for|to? my? agenda|list|plate|me|do?",
    "what|whats is|are next|first|left|up|pending|due|overdue|open|outstanding next|for|on? me|my? list?",
    "which|what one|task|ones|tasks is|are|should|do|comes i|next|first|the|most? do|next|first|start|urgent|important? first|next|with?",
];

/// "When is the dentist?", "Is the rent paid?", "Did I call mom?"
fn one_task(span: Span<'_>, desk: Desk<'_>) -> Option<Intent> {
    let rest = span
        .after(&["let me know|tell me? if|when|whether?"])
        .unwrap_or(span);
    let rest = if rest.is_empty() { span } else { rest };
    let due = rest.after(&[
        "when|whens is|are|was|does|do|must|should|will|at|what i|the|my|a|we?",
        "at? what|which time|day|date is|are|was|does|do|should i|the|my?",
        "whats|what is the? due? date|deadline|time of|for|on",
        "when do|should|must|have|am i|we|supposed? have|need|supposed|to? to?",
    ]);
    if let Some(subject) = due {
        return Some(asked(Asked::Due, subject, desk));
    }
    let done = rest.after(&[
        "did|have|has|had|havent|didnt|hasnt i|we|anyone? already|ever|actually?",
        "is|are|was|were",
    ])?;
    let asks_list = tags::linked_list(rest).is_some()
        || rest.has(&[
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
        ]);
    let state = done.before(&[
        "already|all? done|finished|complete|completed|paid|sent|over|bought|called|closed|ticked yet|already|now?",
        "yet|already",
        "been|being already? done|finished|completed|paid|sent",
    ]);
    if asks_list || done.is_empty() || span.has(&["what", "which"]) {
        return None;
    }
    let past = (0..done.len().min(2))
        .any(|at| super::told::is_past(done.at(at)) || super::told::is_base(done.at(at)));
    let asks_did = rest.starts("did|have|has|had|havent|didnt|hasnt").is_some();
    let subject = match state {
        Some(subject) if !subject.is_empty() && !(subject.at(0) == "it" && subject.len() == 1) => {
            subject
        }
        Some(_) => {
            return desk.memory.focus.first().map(|task| {
                Intent::Show(
                    Filter {
                        words: task.title.clone(),
                        status: Status::All,
                        ..Filter::default()
                    },
                    Asked::Done,
                )
            });
        }
        None if asks_did && past => done,
        None => return None,
    };
    Some(asked(Asked::Done, subject, desk))
}

fn asked(asked: Asked, subject: Span<'_>, desk: Desk<'_>) -> Intent {
    let subject = subject
        .before(&[
            "due|scheduled|happening|planned|again|supposed|set to? be? done?",
            "on my list|calendar|agenda|schedule",
            "be done|due",
        ])
        .unwrap_or(subject);
    let mut filter = Filter {
        status: Status::All,
        ..Filter::default()
    };
    match target::read(subject, desk.ctx) {
        Target::Focus | Target::Missing => {
            filter.words = desk
                .memory
                .focus
                .first()
                .map(|task| task.title.clone())
                .unwrap_or_default();
        }
        Target::Named(Named { words, .. }) => filter.words = words,
        _ => filter.words = subject.raw().to_owned(),
    }
    Intent::Show(filter, asked)
}

/// A list, with what is said about it.
fn listing(span: Span<'_>, desk: Desk<'_>) -> Intent {
    let reading = filter::read(span, desk.ctx);
    let mut filter = reading.filter;
    let next = span.is(NEXT) && !reading.criteria
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
    let opens = plural && empty && !span.starts("remove|delete|clear|complete").is_some();
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
