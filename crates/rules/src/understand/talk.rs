//! Small talk, questions about the assistant itself, and what it is not there for.

use super::Desk;
use crate::intent::Intent;
use crate::lexicon::{foreign, talk};
use crate::say;
use crate::tokens::Span;

/// An answer to a message that is nothing but talk.
pub(crate) fn whole(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let spoken = span.trimmed();
    let text = if !span.text.chars().any(char::is_alphanumeric) {
        signs(span.text)
    } else if spoken.is(talk::HELP)
        || spoken.is(talk::WHO) && spoken.starts("what can|do").is_some()
    {
        say::help(desk.can)
    } else if spoken.is(talk::GREETING) {
        say::GREETING.to_owned()
    } else if spoken.is(talk::HOW_ARE_YOU) {
        say::HOW_ARE_YOU.to_owned()
    } else if spoken.is(talk::WHO) {
        say::WHO.to_owned()
    } else if spoken.is(talk::INSULT) {
        say::INSULT.to_owned()
    } else if spoken.is(talk::BYE) {
        say::BYE.to_owned()
    } else if spoken.is(talk::THANKS) {
        say::THANKS.to_owned()
    } else if spoken.is(YES) {
        say::NOTHING_ASKED.to_owned()
    } else if spoken.is(NO) {
        say::NOTHING_DONE.to_owned()
    } else {
        return None;
    };
    Some(vec![Intent::Say(text)])
}

/// What agrees to a question.
pub(crate) const YES: &[&str] = &[
    "yes|yeah|yep|yup|yea|ye|y|ya|sure|ok|okay|k|confirm|confirmed|definitely|absolutely|correct|right|affirmative|indeed|certainly|agreed|please|yess|yesss|true|fine please|sir|ok|sure|confirm|thanks|do|go|delete|all|of? it|ahead|course|them|that|these|those|both|all?",
    "yes please|i|go|do|delete|remove|add|complete|exactly|all|that|thats|definitely|of them|it|all|that|am|do|ahead|want|one|both|right|correct|course? sure|please|them|it?",
    "go ahead and? do|delete|remove? it|them? please?",
    "do it|that|so|this now|please?",
    "of course",
    "please do it|so|that?",
    "im|i am sure|positive|certain",
    "sounds|looks good|great|right",
    "thats|that is right|correct|it|fine|the one",
    "for sure",
    "make it so",
    "why not",
    "i confirm|agree|do",
    "exactly",
    "yes yes",
    "proceed",
];

/// What agrees to a question about several tasks, by repeating what was asked.
pub(crate) const YES_THEM: &[&str] = &[
    "delete|remove|clear|erase|wipe them|it|these|those|both all|please|now|both?",
    "all of them",
    "yes|yeah|yep|sure|ok|okay please? delete|remove|clear|erase|wipe them|it|these|those|both|all of? them?",
];

/// What declines one.
pub(crate) const NO: &[&str] = &[
    "no|nope|nah|n|cancel|stop|never|negative|abort|wait|dont|nevermind|nvm|not|noo|nooo|naw now|thanks|thank|please|no|way|dont|do|stop|cancel|not|never|nope|sorry|wait? you|not|it|that|mind? it|that?",
    "no leave|keep|dont|do|stop|cancel|i|forget|just not|it|them|that|dont|do|want|leave|keep|changed? delete|remove|do|as|all|not|it|them|want|my? it|them|that|is|to|mind? is?",
    "leave|keep it|them|that|everything as|alone|it|there? it? is?",
    "dont|do not? delete|remove|do|touch|want|complete|add it|them|that|anything|to|any?",
    "do not delete|remove|do|touch|want? it|them|that|anything?",
    "never mind|ever? that?",
    "forget it|that|about it?",
    "cancel that|it|this|please?",
    "not now|yet|really|today|that|anymore|at all?",
    "none|neither of? them|those|these?",
    "i changed my mind",
    "changed my mind",
    "no no",
    "on second thought no|not|never?",
    "better not",
    "please dont|no|stop|keep it|them?",
    "hold on",
    "scratch that",
    "i dont want that|to|it?",
];

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

/// Questions and orders that are about something else.
pub(crate) fn off_topic(span: Span<'_>, _: Desk<'_>) -> Option<Vec<Intent>> {
    let rest = span.starts_any(talk::OFF_TOPIC)?;
    (rest > 0).then(|| vec![Intent::Say(say::OFF_TOPIC.to_owned())])
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
        .filter(|word| foreign::WORDS.contains(&word.norm.as_str()))
        .count();
    other > latin || known >= 2 && known * 3 >= span.len()
}
