//! How things stand, and what was done lately.

use super::Desk;
use super::ask::lead;
use crate::intent::{Intent, Topic};
use crate::slots::dates;
use crate::tokens::Span;

const OVERVIEW: &[&str] = &[
    "a|an|the|my|quick|short|brief|daily|weekly|todays|general? a|an|the|my|quick|short|brief|daily|weekly|todays|general? quick|short|brief|daily|weekly? overview|stats|statistics|dashboard|progress|status of|for|on|about? my|all|the|todays? my|the? tasks|list|todos|day|week|progress|work|everything? report|so? far? today|now|please?",
    "status|progress report|update on|of|for? my? tasks|list?",
    "how am i doing|going with|on? my|the? tasks|list|todos|work? so? far? today?",
    "how am i getting|coming on|along with? my|the? tasks|list|todos|work? so? far? today?",
    "how do|are|does things|everything|it|my tasks|list? stand|looking|look|going right? now|today|overall?",
    "how are|do my tasks|todos looking|doing|going|stand|look today|now|overall?",
    "where do i|we stand with? my? tasks?",
    "whats my|the overall? status|progress|state|situation|score of? my|the? tasks|list|things? today?",
    "what is my|the overall? status|progress|state|situation|score of? my|the? tasks|list|things? today?",
    "am i on track|schedule with? my? tasks? today?",
];

/// Words for the log as a whole.
const LOG: &[&str] = &[
    "the|my|all|recent|latest|last? recent|latest|last|task? activity|history|changelog|log|changes|actions|edits of|for|on|to|in? my|the? tasks|list? please?",
    "audit|activity|change log|history|trail",
    "what has|have|was? been? changed|happened|going on? recently|lately|so far|since?",
    "what|whats changed|happened|new recently|lately|here|so? far?",
    "what did|have you|u just|actually|recently|already? do|done|change|changed|make|made|touch|touched? recently|lately|just? now?",
    "what changes|edits|things|tasks? did|have|were|was i|you|we? made|make|do|done|changed? recently|lately?",
    "what did i|we just|recently? do|change recently|lately|so far|last?",
];

/// Questions about one kind of change.
const KINDS: &[(&str, &str)] = &[
    (
        "what|which tasks|things|items|todos? did|have i|we|you just|recently|newly? add|added|create|created|put on? my|the? list|tasks?",
        "added",
    ),
    (
        "what|which tasks|things|items|todos? was|were|got|has|have recently|newly|just|been? been? added|created",
        "added",
    ),
    (
        "what|which tasks|things|items|todos? did|have i|we|you just|recently? change|changed|edit|edited|update|updated|modify|modified|move|moved|rescheduled",
        "updated",
    ),
    (
        "what|which tasks|things|items|todos? was|were|got|has|have recently|just|been? been? changed|edited|updated|modified",
        "updated",
    ),
];

/// "When did I pay the rent?"
const WHEN: &[&str] = &[
    "when|whens did|have|had i|we|you last? complete|completed|finish|finished|add|added|create|created|delete|deleted|change|changed|tick|check|mark|reopen|remove off?",
];

pub(crate) fn read(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let asked = lead(span);
    let tell = |topic| Some(vec![Intent::Tell(topic)]);
    if desk.can.has("get_overview") && (span.is(OVERVIEW) || asked.is(OVERVIEW)) {
        return tell(Topic::Overview);
    }
    if !desk.can.has("list_activity") {
        return None;
    }
    if let Some(rest) = asked.after(WHEN) {
        let words = name(rest);
        let topic = Topic::Log {
            range: None,
            kind: None,
            words,
        };
        return tell(topic);
    }
    let dated = dates::take(asked.raw(), desk.ctx);
    let range = dated
        .when
        .as_ref()
        .and_then(|when| dates::range(when, desk.ctx));
    let all = crate::tokens::words(&dated.rest);
    let undated = Span {
        text: &dated.rest,
        words: &all,
    }
    .trimmed();
    let undated = undated
        .before(&["since|from|on|in|during|for|of"])
        .unwrap_or(undated);
    let about = |kind| Topic::Log {
        range,
        kind,
        words: String::new(),
    };
    let kind = KINDS
        .iter()
        .find(|(pattern, _)| undated.is(&[pattern]))
        .map(|(_, kind)| *kind);
    if kind.is_some() {
        return tell(about(kind));
    }
    if undated.is(LOG) {
        return tell(about(None));
    }
    None
}

/// The words of the title, without those that only point at it.
fn name(span: Span<'_>) -> String {
    let fillers = [
        "the", "my", "a", "an", "task", "todo", "reminder", "as", "done", "off", "to", "for",
    ];
    let kept: Vec<&str> = span
        .trimmed()
        .words
        .iter()
        .filter(|word| !fillers.contains(&word.norm.as_str()))
        .map(|word| &span.text[word.range.clone()])
        .collect();
    kept.join(" ")
}
