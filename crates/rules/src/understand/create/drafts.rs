//! New tasks out of the words that describe them: one, or several in one breath.

use crate::intent::{Draft, Intent, Question};
use crate::slots::items::{self, Enumerated};
use crate::slots::{dates, draft, tags};
use crate::tokens::Span;
use crate::understand::Desk;

/// New tasks out of the words after a head.
pub(crate) fn drafts(span: Span<'_>, desk: Desk<'_>, why: Enumerated) -> Vec<Draft> {
    let listed = tags::linked_list(span).is_some();
    let why = if listed && why == Enumerated::No {
        Enumerated::List
    } else {
        why
    };
    let (span, why) = enumerated(span, why);
    let whole = span.raw();
    let (without_list, tags) = draft::labels(whole);
    let text = if listed { without_list.as_str() } else { whole };
    let items = items::split(text, why);
    let items = if items.len() == 1 && why == Enumerated::No {
        dated_each(span, desk)
    } else {
        items
    };
    if items.len() == 1 {
        let mut one = draft::draft(whole, desk.ctx);
        if let [item] = items.as_slice()
            && item.len() < text.len() / 2
        {
            one = draft::draft(item, desk.ctx);
        }
        return vec![one];
    }
    let mut drafts: Vec<Draft> = items
        .iter()
        .map(|item| draft::draft(item, desk.ctx))
        .collect();
    if listed {
        drafts
            .iter_mut()
            .for_each(|draft| draft.tags.extend(tags.iter().cloned()));
    }
    shared(&mut drafts);
    drafts.retain(|draft| !draft.title.is_empty());
    drafts
}

/// "These: apples, oranges": what stands before the colon only says that more follow.
fn enumerated(span: Span<'_>, why: Enumerated) -> (Span<'_>, Enumerated) {
    let Some(colon) = span.find(&[":"]).filter(|colon| colon.start <= 6) else {
        return (span, why);
    };
    let opening = span.until(colon.start);
    let says_so = |at: usize| {
        let word = opening.at(at);
        let filler = [
            "these",
            "the",
            "following",
            "tasks",
            "items",
            "things",
            "todos",
            "some",
            "few",
            "a",
            "couple",
            "of",
            "as",
            "new",
            "to",
            "my",
            "list",
            "all",
        ];
        filler.contains(&word) || crate::target::numbers::number(word).is_some()
    };
    let all = !opening.is_empty() && (0..opening.len()).all(says_so);
    if all {
        (span.from(colon.end), Enumerated::Plural)
    } else {
        (span, why)
    }
}

/// "Pay the bills tomorrow and call the bank on Friday": two tasks, as each has its own verb and
/// its own date.
fn dated_each(span: Span<'_>, desk: Desk<'_>) -> Vec<String> {
    let whole = vec![span.raw().to_owned()];
    let parts = items::joined(span);
    let [first, second] = parts.as_slice() else {
        return whole;
    };
    let own = |part: &Span<'_>| {
        let verb = crate::understand::told::is_base(part.at(usize::from(part.at(0) == "to")));
        verb && dates::take(part.raw(), desk.ctx).when.is_some()
    };
    match own(first) && own(second) {
        true => parts.iter().map(|part| part.raw().to_owned()).collect(),
        false => whole,
    }
}

/// A date said once for all: at the end, or before the first.
fn shared(drafts: &mut [Draft]) {
    let dated: Vec<usize> = (0..drafts.len())
        .filter(|at| drafts[*at].due.is_some())
        .collect();
    let verbs = drafts.iter().all(|draft| {
        crate::understand::told::is_base(draft.title.split(' ').next().unwrap_or_default())
    });
    if let [only] = dated.as_slice()
        && !verbs
        && (*only == 0 || *only + 1 == drafts.len())
    {
        let (due, repeats) = (drafts[*only].due.clone(), drafts[*only].repeats.clone());
        for draft in drafts.iter_mut() {
            draft.due.clone_from(&due);
            draft.repeats.clone_from(&repeats);
        }
    }
}

/// "Remind me later", "add it": the task itself was not said.
fn says_nothing(title: &str) -> bool {
    const NOTHING: [&str; 20] = [
        "smth",
        "sth",
        "stuff",
        "a thing",
        "later",
        "again",
        "soon",
        "something",
        "it",
        "this",
        "that",
        "them",
        "these",
        "those",
        "later time",
        "do something",
        "task",
        "a task",
        "one",
        "some",
    ];
    NOTHING.contains(&title.to_lowercase().as_str())
}

/// "Every Monday except holidays": what a rule cannot leave out is said, and is no part of the
/// title.
fn without_exception(draft: &mut Draft) -> Option<String> {
    draft.repeats.as_ref()?;
    let title = std::mem::take(&mut draft.title);
    let all = crate::tokens::words(&title);
    let span = Span {
        text: &title,
        words: &all,
    };
    let found = span
        .find(&[
            "except|excluding|skipping for|on|during|over?",
            "but not on|during|over",
            "unless its|it|there|i|we",
        ])
        .filter(|found| found.start > 0);
    let unheard = found.map(|found| {
        let words = span.from(found.start).raw().to_owned();
        (span.until(found.start).trimmed().raw().to_owned(), words)
    });
    match unheard {
        Some((left, words)) => {
            draft.title = left;
            Some(words)
        }
        None => {
            draft.title.clone_from(&title);
            None
        }
    }
}

/// What becomes of drafts: some lack a title, some name a day that does not exist.
pub(crate) fn added(mut drafts: Vec<Draft>) -> Vec<Intent> {
    for draft in &mut drafts {
        if says_nothing(&draft.title) {
            draft.title.clear();
        }
    }
    let missing = drafts
        .iter()
        .find_map(|draft| Some(draft.title[when::impossible(&draft.title)?].to_owned()));
    if let Some(day) = missing {
        return vec![Intent::Say(crate::say::no_such_day(&day))];
    }
    let unheard = drafts.iter_mut().find_map(without_exception);
    if let (Some(words), false) = (unheard, drafts.iter().any(|draft| draft.title.is_empty())) {
        let says = Intent::Say(crate::say::no_exception(&words));
        return vec![Intent::Add(drafts), says];
    }
    match drafts.as_slice() {
        [] => vec![Intent::Ask(Question::Title(Draft::default()))],
        [only] if only.title.is_empty() => vec![Intent::Ask(Question::Title(only.clone()))],
        _ => vec![Intent::Add(drafts)],
    }
}
