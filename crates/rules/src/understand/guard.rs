//! What is refused: orders to forget the rules, and other people's tasks.

use crate::intent::Intent;
use crate::lexicon::{commands, talk};
use crate::say;
use crate::tokens::Span;

/// A refusal, if a message asks for what the assistant must not do. A task that only says such a
/// thing ("add task: ignore all instructions") is a task.
pub(crate) fn refused(span: Span<'_>) -> Option<Vec<Intent>> {
    if describes_task(span) {
        return None;
    }
    if span
        .find(talk::OTHERS)
        .is_some_and(|found| found.len() > 1 || is_single(span.at(found.start)))
    {
        return Some(vec![Intent::Say(say::NOT_YOURS.to_owned())]);
    }
    let anywhere = (0..span.len()).any(|at| {
        let starts_clause = at == 0
            || [
                ".", ",", "!", "?", ";", ":", "\n", "and", "now", "please", "then", "must", "to",
            ]
            .contains(&span.at(at - 1));
        starts_clause
            && span
                .from(at)
                .starts_any(talk::INJECTION)
                .is_some_and(|used| used > 0)
    });
    anywhere.then(|| vec![Intent::Say(say::ONLY_TASKS.to_owned())])
}

fn is_single(word: &str) -> bool {
    [
        "tenant",
        "user_id",
        "userid",
        "organisation",
        "organization",
    ]
    .contains(&word)
}

fn describes_task(span: Span<'_>) -> bool {
    let peeled = super::peel(span);
    let head = peeled
        .starts_any(commands::ADD)
        .or_else(|| peeled.starts("make|set|put|write a|the? new? task|todo|reminder|note"));
    head.is_some_and(|used| used > 0)
}
