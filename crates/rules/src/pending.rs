//! Questions that wait for an answer, and what an answer makes of them.

use crate::intent::{Change, Draft, Intent, NewDue, NewTitle, Note, Plain, Question, Target, Verb};
use crate::lexicon::answers;
use crate::matching;
use crate::say;
use crate::slots::{amount, dates, draft, tags};
use crate::target;
use crate::tokens::{Span, words};
use crate::typos;
use crate::understand::{self, Desk, links, peel};
use crate::view::Task;

/// Nobody agrees in more bytes than these.
const LONGEST: usize = 200;

/// What a question of the assistant is about.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Pending {
    /// Yes makes these calls.
    Confirm(Vec<Plain>),
    /// One of these tasks, for this wish.
    Choose(Vec<Task>, Box<Intent>),
    Fill(Question),
}

/// What an answer makes of a question; `None` if it is no answer to it.
pub(crate) fn answered(pending: &Pending, said: &str, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let mut all = words(said);
    typos::correct(&mut all);
    let span = Span {
        text: said,
        words: &all,
    }
    .trimmed();
    let unmarked = span.unmarked();
    let plain = Span {
        text: said,
        words: &unmarked,
    };
    if plain.is(answers::NO) {
        return Some(vec![Intent::Say(declined(pending))]);
    }
    match pending {
        Pending::Confirm(calls) => {
            let yes = agrees(said) == Some(true);
            yes.then(|| vec![Intent::Settled(calls.clone())])
        }
        Pending::Choose(tasks, intent) => chosen(tasks, intent, span, desk),
        Pending::Fill(question) => filled(question, span, desk),
    }
}

/// Whether a text agrees to a question, or declines it.
pub(crate) fn agrees(said: &str) -> Option<bool> {
    if said.len() > LONGEST {
        return None;
    }
    let mut all = words(said);
    typos::correct(&mut all);
    let span = Span {
        text: said,
        words: &all,
    };
    let unmarked = span.unmarked();
    let plain = Span {
        text: said,
        words: &unmarked,
    };
    if plain.is(answers::NO) {
        return Some(false);
    }
    (plain.is(answers::YES) || plain.is(answers::YES_THEM)).then_some(true)
}

fn declined(pending: &Pending) -> String {
    match pending {
        Pending::Confirm(calls) if calls.iter().any(|call| call.tool == "add_tasks") => {
            say::LEFT.to_owned()
        }
        Pending::Confirm(_) => say::KEPT.to_owned(),
        Pending::Choose(_, intent) => match **intent {
            Intent::Act(Verb::Delete, _) => say::KEPT.to_owned(),
            _ => say::LEFT.to_owned(),
        },
        Pending::Fill(_) => say::LEFT.to_owned(),
    }
}

fn chosen(tasks: &[Task], intent: &Intent, span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let answer = peel(span);
    let answer = answer
        .after(&[
            "i meant|mean|want|choose|pick|said|think|guess",
            "its|thats|it is|was",
            "option|choice",
        ])
        .filter(|rest| !rest.is_empty())
        .unwrap_or(answer);
    let ids: Vec<i64> = if span.is(answers::YES) && tasks.len() == 1 {
        vec![tasks[0].id]
    } else if span.is(answers::YES) {
        // Yes to which? The question is put again.
        return Some(vec![intent.clone()]);
    } else if answer.is(&[
        "all|both of? them|these?",
        "all|every|each two|three|one|four? of? them?",
        "everything",
    ]) {
        tasks.iter().map(|task| task.id).collect()
    } else {
        pointed_at(tasks, answer, desk)?
    };
    let target = Target::Ids(ids);
    Some(vec![links::pointed(intent.clone(), target)])
}

/// Numbers and ordinals count what was offered; other words are compared with it.
fn pointed_at(tasks: &[Task], answer: Span<'_>, desk: Desk<'_>) -> Option<Vec<i64>> {
    use crate::intent::Place;
    match target::read(answer, desk.ctx) {
        Target::Places(places) => places
            .iter()
            .map(|place| {
                let (Place::At(n) | Place::Bare(n) | Place::Last(n)) = *place;
                let index = usize::try_from(n).ok()?.checked_sub(1)?;
                match place {
                    Place::Last(_) => tasks.iter().rev().nth(index),
                    _ => tasks.get(index),
                }
                .map(|task| task.id)
            })
            .collect(),
        Target::Ids(ids) => ids
            .iter()
            .all(|id| tasks.iter().any(|task| task.id == *id))
            .then_some(ids),
        Target::Named(named) if answer.len() <= 8 => {
            let list: Vec<&Task> = tasks.iter().collect();
            let mut found = matching::rank(&named.words, false, &list);
            if found.is_empty()
                && let Some(span) = named.span
            {
                let then = list
                    .iter()
                    .filter(|task| task.due.is_some_and(|due| crate::filter::within(due, span)));
                found = then
                    .map(|task| matching::Match {
                        task,
                        score: 1.0,
                        solid: true,
                    })
                    .collect();
            }
            let best = found.first().filter(|best| best.score >= 0.5)?;
            let clear = found
                .get(1)
                .is_none_or(|next| best.score - next.score >= 0.1);
            clear.then(|| vec![best.task.id])
        }
        _ => None,
    }
}

fn filled(question: &Question, span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let text = peel(span);
    if text.is_empty() {
        return None;
    }
    let update = |target: &Target, change: Change| vec![Intent::Update(target.clone(), change)];
    match question {
        Question::Title(draft) => titled(draft, span, desk),
        Question::Target(intent) => {
            let target = target::read(text, desk.ctx);
            let fits = !matches!(target, Target::Missing) && !is_command(span, desk);
            fits.then(|| vec![links::pointed((**intent).clone(), target)])
        }
        Question::Due(target) => {
            let due = new_due(text, desk)?;
            Some(update(target, Change::of_due(due)))
        }
        Question::NewTitle(target) => {
            let title = NewTitle::To(draft::title(text.raw()));
            (!is_command(span, desk)).then(|| update(target, Change::of_title(title)))
        }
        Question::Note(target) => {
            let note = Note::Append(text.raw().to_owned());
            (!is_command(span, desk)).then(|| update(target, Change::of_note(note)))
        }
        Question::Tag(target) => {
            let add_tags = tags::names(text)?;
            (!is_command(span, desk)).then(|| update(target, Change::tagging(add_tags)))
        }
    }
}

/// Whether an answer is rather a wish of its own. A new task is none: most titles look like one.
fn is_command(span: Span<'_>, desk: Desk<'_>) -> bool {
    understand::understand(span.raw(), desk)
        .iter()
        .any(|intent| {
            !matches!(
                intent,
                Intent::Add(_) | Intent::Say(_) | Intent::IfKnown(..)
            )
        })
}

fn new_due(text: Span<'_>, desk: Desk<'_>) -> Option<NewDue> {
    if text.is(&["none|never|no date|deadline|due? date?"]) {
        return Some(NewDue::Clear);
    }
    if let Some((amount, range)) = amount::find(text, desk.ctx)
        && (text.at(0) == "by" || text.from(range.end).starts("later|earlier|more").is_some())
    {
        let earlier = text.from(range.end).starts("earlier").is_some();
        return Some(NewDue::By(if earlier { amount.negated() } else { amount }));
    }
    let dated = dates::take(text.raw(), desk.ctx);
    let (day, time) = dates::parts(dated.when.as_ref()?, &dated.words, desk.ctx);
    Some(NewDue::To(day, time))
}

/// The title that was missing, with the date that was already said.
fn titled(known: &Draft, span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    if is_command(span, desk) {
        return None;
    }
    let with = |mut draft: Draft| {
        draft.due = draft.due.or_else(|| known.due.clone());
        draft.repeats = draft.repeats.or_else(|| known.repeats.clone());
        draft.priority = draft.priority.or(known.priority);
        draft.tags.extend(known.tags.iter().cloned());
        draft
    };
    let intents = understand::understand(span.raw(), desk);
    if let [Intent::Add(drafts)] = intents.as_slice() {
        return Some(vec![Intent::Add(
            drafts.iter().cloned().map(with).collect(),
        )]);
    }
    let draft = draft::draft(peel(span).raw(), desk.ctx);
    (!draft.title.is_empty() && span.len() <= 40).then(|| vec![Intent::Add(vec![with(draft)])])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_yes_is_a_yes() {
        for yes in [
            " Yes!  ",
            "go ahead.",
            "yes, delete them",
            "sure thing",
            "ok do it",
        ] {
            assert_eq!(agrees(yes), Some(true), "{yes}");
        }
        for no in ["No, thanks", "don't delete them", "never mind", "keep it"] {
            assert_eq!(agrees(no), Some(false), "{no}");
        }
        for other in [
            "yes, but only the first",
            "add milk",
            "",
            "what?",
            "delete the rent",
        ] {
            assert_eq!(agrees(other), None, "{other}");
        }
    }
}
