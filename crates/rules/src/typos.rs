//! Typing errors in command words. Titles are never touched: only what the patterns see.

use crate::lexicon::words::{COMMANDS, REAL, TYPOS, VERBS};
use crate::tokens::Word;

/// Corrects the command words among the words.
pub(crate) fn correct(words: &mut [Word]) {
    for word in words {
        if let Some(meant) = meant(&word.norm) {
            meant.clone_into(&mut word.norm);
        }
    }
}

fn meant(norm: &str) -> Option<&'static str> {
    if let Some(meant) = TYPOS.get(norm) {
        return Some(meant);
    }
    let length = norm.chars().count();
    let is_word = norm.chars().all(|letter| letter.is_ascii_lowercase());
    if !(4..=12).contains(&length) || !is_word || is_known(norm) {
        return None;
    }
    let allowed = if length >= 8 { 2 } else { 1 };
    COMMANDS
        .iter()
        .filter(|command| command.len() >= 4 && command.len().abs_diff(length) <= allowed)
        .filter(|command| same_start(command, norm))
        .map(|command| (strsim::osa_distance(command, norm), command))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, command)| command)
}

fn is_known(norm: &str) -> bool {
    let past = |base: &str| {
        norm.strip_prefix(base)
            .is_some_and(|end| ["s", "d", "ed", "es", "ing"].contains(&end))
    };
    [&REAL, &COMMANDS, &VERBS].iter().any(|list| list.has(norm)) || COMMANDS.iter().any(past)
}

/// People get the first letter right, or swap it with the second.
fn same_start(command: &str, typed: &str) -> bool {
    let (command, typed) = (command.as_bytes(), typed.as_bytes());
    command[0] == typed[0] || (command[0] == typed[1] && command[1] == typed[0])
}
