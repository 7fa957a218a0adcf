//! Whether an answer says that something was changed. What was changed is known by the results of
//! tools; an answer that claims more is marked.

/// What is added to an answer that claims a change which no tool has confirmed. It is true
/// whatever the answer meant.
pub const UNPROVEN: &str = "(Nothing in your tasks was changed by this answer.)";

/// What may have been done, as the verbs of answers.
const DONE: &[&str] = &[
    "added",
    "created",
    "deleted",
    "removed",
    "completed",
    "marked",
    "updated",
    "changed",
    "moved",
    "rescheduled",
    "renamed",
    "restored",
    "reopened",
    "undone",
    "cleared",
    "postponed",
    "scheduled",
    "tagged",
    "saved",
    "set",
    "ticked",
    "checked",
    "cancelled",
    "canceled",
    "finished",
    "erased",
    "shifted",
    "prioritized",
    "adjusted",
    "modified",
    "edited",
    "recorded",
    "reverted",
];

/// What may stand between "I have" and the verb.
const ADVERBS: &[&str] = &[
    "also",
    "now",
    "just",
    "successfully",
    "already",
    "gone",
    "ahead",
    "and",
    "then",
    "all",
];

/// What opens an answer and claims nothing.
const OPENINGS: &[&str] = &[
    "ok",
    "okay",
    "sure",
    "great",
    "alright",
    "yes",
    "certainly",
    "absolutely",
    "perfect",
    "right",
    "got",
    "it",
    "of",
    "course",
    "thing",
    "no",
    "problem",
    "as",
    "you",
    "wish",
    "say",
];

/// What "is now" leads to where something was changed.
const STATES: &[&str] = &[
    "due",
    "called",
    "marked",
    "done",
    "complete",
    "completed",
    "open",
    "deleted",
    "tagged",
    "high",
    "low",
    "medium",
    "empty",
    "gone",
    "set",
    "scheduled",
    "named",
    "titled",
    "on",
    "in",
    "removed",
    "off",
    "repeating",
    "moved",
];

/// Whether a text claims that tasks were changed.
pub fn claims_a_change(text: &str) -> bool {
    sentences(text).any(|sentence| claims(&sentence))
}

/// Sentences and lines that ask nothing, as their words in lower case. What stands in quotation
/// marks is a title and claims nothing.
fn sentences(text: &str) -> impl Iterator<Item = Vec<String>> {
    let text = unquoted(text);
    let mut found = Vec::new();
    for line in text.lines() {
        for sentence in line.split_inclusive(['.', '!', '?', ';']) {
            if !sentence.ends_with('?') {
                found.push(words(sentence));
            }
        }
    }
    found.into_iter()
}

fn unquoted(text: &str) -> String {
    let mut kept = String::new();
    let mut closing = None;
    for letter in text.chars() {
        match (closing, letter) {
            (Some(mark), letter) if letter == mark || letter == '\n' => closing = None,
            (Some(_), _) => continue,
            (None, '“') => closing = Some('”'),
            (None, '"') => closing = Some('"'),
            (None, letter) => kept.push(letter),
        }
        if closing.is_some() {
            kept.push_str(" x ");
        }
    }
    kept
}

fn words(sentence: &str) -> Vec<String> {
    let clean = |word: &str| {
        let word = word.replace('’', "'").to_lowercase();
        word.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != ':')
            .to_owned()
    };
    let words = sentence.split_whitespace().map(clean);
    words.filter(|word| !word.is_empty()).collect()
}

fn is(list: &[&str], word: &str) -> bool {
    list.contains(&word.trim_end_matches(':'))
}

fn claims(words: &[String]) -> bool {
    let start = words.iter().take_while(|word| is(OPENINGS, word)).count();
    let said = &words[start..];
    let at = |place: usize| said.get(place).map_or("", String::as_str);
    if matches!(said, [only] if only == "done") {
        return true;
    }
    let all = at(0) == "all" && (at(1) == "done" || at(1) == "set") && said.len() == 2;
    let it_is = ["it's", "that's"].contains(&at(0)) && at(1) == "done" && said.len() == 2;
    // "Completed tasks:" is a heading.
    let nouns = ["task", "tasks", "item", "items", "today", ""];
    let heading = is(&nouns, at(1)) || at(0).ends_with(':');
    let bare = is(DONE, at(0)) && !heading;
    all || it_is || bare || by_me(said) || passive(said)
}

/// "I've added …", "I just moved …".
fn by_me(said: &[String]) -> bool {
    let subject = |at: usize| match (said[at].as_str(), said.get(at + 1).map(String::as_str)) {
        ("i've" | "we've", _) => Some(at + 1),
        ("i" | "we", Some("have")) => Some(at + 2),
        ("i" | "we", _) => Some(at + 1),
        _ => None,
    };
    (0..said.len()).any(|at| {
        let Some(next) = subject(at) else {
            return false;
        };
        let verb = said[next..].iter().find(|word| !is(ADVERBS, word));
        verb.is_some_and(|verb| is(DONE, verb)) && !doubted(&said[..at])
    })
}

/// "… has been deleted", "… is now due on Friday".
fn passive(said: &[String]) -> bool {
    (1..said.len()).any(|at| {
        let verb = || said[at + 1..].iter().find(|word| !is(ADVERBS, word));
        let been = said[at] == "been" && verb().is_some_and(|verb| is(DONE, verb));
        let now = ["is", "are"].contains(&said[at - 1].as_str())
            && said[at] == "now"
            && verb().is_some_and(|state| is(STATES, state));
        (been || now) && !doubted(&said[..at])
    })
}

/// Whether what stands before says that it did not happen, or not yet.
fn doubted(before: &[String]) -> bool {
    const DOUBTS: &[&str] = &[
        "not", "nothing", "no", "if", "would", "could", "can", "should", "once", "when", "after",
        "until", "unless", "never", "none", "hasn't", "haven't", "cannot", "can't", "wasn't",
    ];
    before.iter().any(|word| is(DOUBTS, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_says_that_it_was_done_is_a_claim() {
        for claim in [
            "Added “Buy milk”.",
            "Done!",
            "OK, done.",
            "All set.",
            "I've deleted all of them.",
            "Sure, I have now marked it as done.",
            "Your task has been successfully moved to Friday.",
            "“Pay rent” is now due Fri 27 Nov.",
            "I went through the list and I’ve removed the duplicates.",
            "Everything is now empty.",
            "No problem, I added it.",
        ] {
            assert!(claims_a_change(claim), "{claim}");
        }
    }

    #[test]
    fn what_asks_denies_or_lists_is_none() {
        for other in [
            "Which one shall I mark as done?",
            "Shall I say it has been added?",
            "Nothing was changed.",
            "I haven't deleted anything.",
            "I couldn't find it, so nothing has been changed.",
            "You have 2 completed tasks:\n1. Call the bank — done",
            "Completed tasks:\n- Call the bank",
            "I can add tasks: “remind me to call Anna”.",
            "Say “Added” and I'll know.",
            "If it has been deleted, I can restore it.",
            "“I've deleted everything” is a task of yours, due tomorrow.",
            "Call the bank was completed yesterday.",
            "Try “mark task 3 as done”.",
            "",
        ] {
            assert!(!claims_a_change(other), "{other}");
        }
    }
}
