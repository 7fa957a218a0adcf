//! Sentences that are a task without saying so: "buy milk tomorrow", "dentist at 3".

use super::Desk;
use super::create::{added, drafts};
use crate::intent::Intent;
use crate::lexicon::words::{NOUNS, VERBS};
use crate::slots::items::Enumerated;
use crate::slots::{dates, priority, tags};
use crate::tokens::{Span, words};

/// Words that a note about a task does not begin with.
const NEVER: &[&str] = &[
    "i|im|ive|id|ill|we|you|youre|he|she|they|it|its|that|thats|there|theres|this|these|who|what|when|where|why|how|which|is|are|was|were|am|do|does|did|can|could|will|would|should|may|might|must|shall|have|has|had|if|because|so|but|or|and|not|no|yes|never|always|maybe|hello|hi|hey|thanks|thank|sorry|love|hate|like|see|let|lets|ok|okay|wow|oh|everyone|nobody|everything|nothing|seems|sounds|looks|my|your|his|her|their|our|in|of|with|from|by|than|then|actually|really|very|too|just|about|for|as|why|whose|whom|believe|think|hope|wish|guess|suppose|such|ask|asking",
];

const SPEECH: &[&str] = &[
    "is", "are", "was", "were", "am", "will", "would", "im", "its", "youre", "isnt", "cant",
    "dont", "doesnt", "wont", "you", "thats", "think", "feel",
];

/// What begins with a verb of chores and is said to somebody.
const SAID: &[&str] = &[
    "do i|you|we|they|it|he|she|me|us|that|this|so|not|your|better|one|what|these|those|people|dogs|cats|ducks",
    "have a|an? nice|good|great|lovely|fun|safe|blast|you|we|they|i|it|he|she|fun|mercy",
    "come on|here|back|in|again",
    "go away|on|ahead|back|to? hell|fast|slow|faster|slower",
    "look at|here|out|me",
    "help me|us|out|yourself",
    "give|tell|show|teach|make|find|read|get|send|ask|sing|explain|play|bring|help|pick|hand|pass|let|name|start|stop|check me|us|it|that|something|someone|anything",
    "share your|my|the|a|some|with|something",
    "wake|shut|hurry|cheer|speak|slow|speed|turn up|down|it",
    "stop it|that|this|talking|now|the|being|listening",
    "hold|hang on|up|that",
    "wait a|for|what|up",
    "try again|me|harder|that|something",
    "leave me|it|that",
    "keep it|going|up|that|calm|quiet|talking",
    "take care|it|that|a hike|guess",
    "see you|ya|u|what|if|that",
    "speak|talk to|in|like|with|slower|faster|louder|softer|more|normally",
    "start|begin over|again",
    "use a|an|the|your|another? different? british|male|female|american|voice|accent|language",
    "change|switch|set|use|reset|adjust|turn your|the? accent|voice|language|name|speed|volume|speech|talking|speaking|settings|factory",
    "switch|change to|into spanish|english|french|german|whisper",
    "repeat that|this|it|what|yourself|after|the",
    "whisper|mute|unmute",
    "name some|a|an|three|five|all",
    "play|roll|flip|toss a|an|the|some|dice",
    "pick|choose|guess a|one|any? number|card|color|colour|word|one",
    "stop|quit what|doing|your|and|,|with|all|everything",
    "stop|quit what|doing|your|and|,|with|all|everything",
    "do|does|did not",
    "love|meet|hear|see you",
];

pub(crate) fn read(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let asks = span.text.trim_end().ends_with('?');
    // "Wake up!" is said to somebody; with a time it is planned.
    let planned = span.starts("wake up").is_some()
        && dates::take(span.raw(), desk.ctx)
            .when
            .is_some_and(|when| when.moment().time.is_some());
    let told = span.starts_any(SAID).is_some() && !planned;
    if asks || span.len() < 2 || span.len() > 60 || told {
        return None;
    }
    let is_task = VERBS.has(span.at(0)) || is_note(span, desk);
    is_task.then(|| added(drafts(span, desk, Enumerated::No)))
}

/// Whether words without a verb of chores are a task: they have a date, a priority or a tag, or
/// name something that is done.
fn is_note(span: Span<'_>, desk: Desk<'_>) -> bool {
    let dated = dates::take(span.raw(), desk.ctx);
    let all = words(&dated.rest);
    let rest = Span {
        text: &dated.rest,
        words: &all,
    }
    .trimmed();
    let plain = rest.starts_any(NEVER).is_none() && !rest.has(SPEECH) && rest.len() <= 12;
    let labelled = span
        .starts("urgent|important|asap|critical|p1 :|,|-")
        .is_some()
        || priority::find_inside(span).is_some()
        || !tags::hashes(span).is_empty();
    let noun = rest.words.iter().any(|word| NOUNS.has(&word.norm)) && rest.len() <= 4;
    let told = rest
        .words
        .iter()
        .any(|word| word.norm.chars().any(char::is_alphabetic));
    let verb = VERBS.has(rest.at(0)) && rest.starts_any(SAID).is_none();
    let marked = dated.when.is_some() || labelled;
    told && (marked && (plain || verb) || plain && noun)
}
