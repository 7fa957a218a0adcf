//! Small talk, questions about the assistant itself, and what it is not there for.

use super::Desk;
use crate::intent::Intent;
use crate::lexicon::answers::{NO, YES};
use crate::lexicon::commands::STRONG;
use crate::lexicon::talk;
use crate::lexicon::words::{FOREIGN, VERBS};
use crate::say;
use crate::tokens::Span;

/// An answer to a message that is nothing but talk.
pub(crate) fn whole(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let words = span.unmarked();
    let spoken = Span {
        text: span.text,
        words: &words,
    };
    if !span.text.chars().any(char::is_alphanumeric) {
        return said(&signs(span.text));
    }
    if spoken.is(talk::TODAY) {
        return said(&say::today(desk.ctx));
    }
    if spoken.is(talk::HELP) {
        return said(&say::help(desk.can));
    }
    let kinds = [
        (talk::GREETING, say::GREETING),
        (talk::HOW_ARE_YOU, say::HOW_ARE_YOU),
        (talk::WHO, say::WHO),
        (talk::INSULT, say::INSULT),
        (talk::BYE, say::BYE),
        (talk::THANKS, say::THANKS),
        (YES, say::NOTHING_ASKED),
        (NO, say::NOTHING_DONE),
    ];
    let kind = kinds.iter().find(|(patterns, _)| spoken.is(patterns));
    kind.and_then(|(_, text)| said(text))
        .or_else(|| courteous(spoken))
}

fn said(text: &str) -> Option<Vec<Intent>> {
    Some(vec![Intent::Say(text.to_owned())])
}

/// Greetings, thanks and goodbyes in more words than a pattern knows.
fn courteous(spoken: Span<'_>) -> Option<Vec<Intent>> {
    let short = |most: usize| spoken.len() <= most && spoken.starts_any(STRONG).is_none();
    let orders = (1..spoken.len()).any(|at| spoken.from(at).starts_any(STRONG).is_some());
    if orders || spoken.has(&["add", "remind", "buy", "list", "task", "tasks", "note"]) {
        return None;
    }
    if short(4)
        && spoken
            .starts("hi|hello|hey|hiya|howdy|yo|greetings|hallo|ahoy")
            .is_some()
        && !spoken
            .words
            .iter()
            .skip(1)
            .any(|word| VERBS.has(&word.norm))
    {
        return said(say::GREETING);
    }
    let asks_how = spoken
        .starts("and? how|hows|howre|howve are|is|have|s? things|it|everything|life|you|your|u")
        .is_some();
    let of_tasks = [
        "busy", "look", "looking", "week", "work", "made", "old", "many", "much", "list", "do",
    ];
    if asks_how && short(8) && !spoken.has(&of_tasks) {
        return said(say::HOW_ARE_YOU);
    }
    let thanks = spoken
        .find(&[
            "thank you",
            "thanks|thx|thankyou|appreciate|grateful|appreciated",
        ])
        .is_some();
    if thanks && short(10) {
        return said(say::THANKS);
    }
    let bye = spoken
        .find(&[
            "bye|goodbye|farewell",
            "see|talk|catch to? you|ya later|soon|tomorrow|around|again",
            "good night",
        ])
        .is_some();
    if bye && short(9) {
        said(say::BYE)
    } else {
        None
    }
}

/// Questions about the assistant itself.
pub(crate) fn about_me(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    if let Some(intents) = asked_for_help(span, desk) {
        return Some(intents);
    }
    let openers = "who|what|whats|which|how|where|why|when|are|do|does|did|is|can|could|will|would|have|were|hows";
    let asks = [span, super::ask::lead(span)]
        .iter()
        .any(|span| span.starts(openers).is_some());
    if asks && span.has(YOU) {
        said(say::WHO)
    } else {
        None
    }
}

const YOU: &[&str] = &["you", "your", "yourself", "youre", "u", "ai", "ais"];

/// "What things can you help me with?" in any words.
pub(crate) fn asked_for_help(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let help = [
        "help",
        "able",
        "capable",
        "ask",
        "features",
        "commands",
        "functions",
        "skills",
        "abilities",
        "support",
        "assist",
        "familiar",
        "understand",
    ];
    let asks = span
        .find(&["what|which|whats|how|can|could|kind|kinds|sort|sorts|types"])
        .is_some();
    let tasks = span.has(&[
        "task", "tasks", "todo", "todos", "add", "delete", "complete", "reminder",
    ]);
    let fits = asks && span.has(YOU) && span.has(&help) && !tasks && span.len() <= 16;
    if fits {
        said(&say::help(desk.can))
    } else {
        None
    }
}

fn signs(text: &str) -> String {
    let thumbs = [
        '👍', '🙏', '❤', '✅', '👌', '🎉', '😊', '🙂', '😀', '💯', '🥰', '😍', '👏',
    ];
    if text.contains(thumbs) {
        return say::THANKS.to_owned();
    }
    match text.trim().is_empty() {
        true => say::EMPTY.to_owned(),
        false => say::lost(),
    }
}

/// Orders that are about something else.
pub(crate) fn off_topic(span: Span<'_>, _: Desk<'_>) -> Option<Vec<Intent>> {
    span.starts_any(talk::OFF_TOPIC)?;
    Some(vec![Intent::Say(say::OFF_TOPIC.to_owned())])
}

/// Questions that are not about tasks.
pub(crate) fn other(span: Span<'_>, _: Desk<'_>) -> Option<Vec<Intent>> {
    span.starts_any(talk::OTHER)?;
    let text = if is_foreign(span) {
        say::FOREIGN
    } else {
        say::OFF_TOPIC
    };
    Some(vec![Intent::Say(text.to_owned())])
}

/// What is said to a message that was not understood.
pub(crate) fn lost(span: Span<'_>) -> String {
    if is_foreign(span) {
        return say::FOREIGN.to_owned();
    }
    say::lost()
}

fn is_foreign(span: Span<'_>) -> bool {
    let letters = span.text.chars().filter(|letter| letter.is_alphabetic());
    let (mut latin, mut other) = (0, 0);
    for letter in letters {
        match (letter as u32) < 0x250 {
            true => latin += 1,
            false => other += 1,
        }
    }
    let known = span
        .words
        .iter()
        .filter(|word| FOREIGN.has(&word.norm))
        .count();
    other > latin || known >= 2 && known * 3 >= span.len()
}
