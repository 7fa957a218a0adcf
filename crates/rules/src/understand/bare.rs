//! Sentences that are a task without saying so: "buy milk tomorrow", "dentist at 3".

use super::Desk;
use super::create::{added, drafts};
use crate::intent::Intent;
use crate::lexicon::chores::{NOUNS, VERBS};
use crate::slots::items::Enumerated;
use crate::slots::{dates, priority};
use crate::tokens::{Span, words};

/// Words that a note about a task does not begin with.
const NEVER: &[&str] = &[
    "i|im|ive|id|ill|we|you|youre|he|she|they|it|its|that|thats|there|theres|this|these|who|what|when|where|why|how|which|is|are|was|were|am|do|does|did|can|could|will|would|should|may|might|must|shall|have|has|had|if|because|so|but|or|and|not|no|yes|never|always|maybe|hello|hi|hey|thanks|thank|sorry|love|hate|like|see|let|lets|ok|okay|wow|oh|everyone|nobody|everything|nothing|seems|sounds|looks|my|your|his|her|their|our|in|of|with|from|by|than|then|actually|really|very|too|just|about|for|as|why|whose|whom|believe|think|hope|wish|guess|suppose|such|ask|asking",
];

const SPEECH: &[&str] = &[
    "is", "are", "was", "were", "am", "will", "would", "im", "its", "youre", "isnt", "cant",
    "dont", "doesnt", "wont", "you", "thats", "think", "feel",
];

pub(crate) fn read(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let asks = span.text.trim_end().ends_with('?');
    if asks || span.len() < 2 || span.len() > 60 {
        return None;
    }
    let (span, marked) = opened(span);
    let verb = VERBS.contains(&span.at(0));
    let chore = verb && !span.starts("have a|an? nice|good|great|look|come|go|help|try|do|leave|hold|wait|stop|start on|at|away|me|it|that|you|so|again|up|out|here|your|this?").is_some_and(|used| used == span.len());
    let told = if chore {
        added(drafts(span, desk, Enumerated::No))
    } else {
        Vec::new()
    };
    if chore {
        return Some(told);
    }
    let dated = dates::take(span.raw(), desk.ctx);
    let all = words(&dated.rest);
    let rest = Span {
        text: &dated.rest,
        words: &all,
    }
    .trimmed();
    let first_verb = VERBS.contains(&rest.at(0));
    let plain = rest.starts_any(NEVER).is_none()
        && !rest.has(SPEECH)
        && !rest.is_empty()
        && rest.len() <= 12;
    let labelled = marked
        || priority::find_inside(span).is_some()
        || !crate::slots::tags::hashes(span).is_empty();
    let noun = NOUNS.iter().any(|noun| rest.has(&[noun])) && rest.len() <= 4;
    let is_task = dated.when.is_some() && (plain || first_verb)
        || plain && (labelled || noun)
        || first_verb && labelled;
    let task_like = is_task
        && rest
            .words
            .iter()
            .any(|word| word.norm.chars().any(char::is_alphabetic));
    task_like.then(|| added(drafts(span, desk, Enumerated::No)))
}

/// "urgent: call the bank", "- buy milk", "[ ] buy milk".
fn opened(span: Span<'_>) -> (Span<'_>, bool) {
    let urgent = span.starts("urgent|important|asap|critical|p1 :|,|-");
    (span, urgent.is_some())
}
