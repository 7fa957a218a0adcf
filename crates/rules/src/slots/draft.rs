//! A new task out of the words that describe it.

use when::{Context, When};

use super::{dates, priority, reminder, tags, tidy, without};
use crate::intent::Draft;
use crate::lexicon::polite;
use crate::tokens::{Span, words};
use crate::typos;

/// Where a note to the task begins.
const NOTES: &[&str] = &[
    "and? with|add|include the|a|an|some|this? following? note|notes|description|details|comment|desc saying|that|of|which|says? that|says?",
    "note|notes|description|details|desc|comment :",
];

/// What may be left over at the beginning of a title.
const LEADS: &[&str] = &[
    "to|that|about|of|for|and|is|its|:|,|-|–|on|by|at|so|it|then|also|please|with",
    "that|to|about? i|we need|have|want|ought|must|should|gotta|got to?",
    "i|we need|have|ought|got|must|should|gotta|want to",
    "a|an|the|another|new",
    "a|an|the? task|todo|to-do|reminder|item|chore|job to|for|of|about|called|named",
    "remind|remember|remembering me|us? to|about|of|that?",
    "me|us to|about|of|that",
    "to be reminded|told|notified to|about|of",
];

/// What may be left over at its end.
const TRAILS: &[&str] = &[
    "on|by|at|for|due|and|with|in|to|before|,|:|-|every|each|this|as|the|of|from|tag|instead",
    "please|pls|plz|thanks|thx|thank",
    "please? remind me",
    "on|to|onto it|there",
    "put|add",
    "to|on|in my|the",
    "thank you",
    "with a due? date|deadline",
    "due|deadline date? is|of|on|by|:?",
    "set|and for|it|due? for|due?",
    "starting|beginning|scheduled|repeating",
    "as a? task|todo|to-do|reminder",
];

pub(crate) fn draft(text: &str, ctx: &Context) -> Draft {
    let (text, note) = note(text);
    let (text, reminder) = reminded(&text, ctx);
    let (text, tags) = labels(&text);
    let (text, first) = prioritised(&text, priority::find_inside);
    let dated = dates::take(&text, ctx);
    let (text, second) = prioritised(&dated.rest, priority::find);
    let mut draft = Draft {
        title: dated_title(&text, dated.when.is_some()),
        description: note,
        priority: first.or(second),
        tags,
        due: dated.when.as_ref().and_then(|when| dates::due(when, ctx)),
        repeats: None,
        reminder,
    };
    if let Some(When::Every(repeat)) = &dated.when {
        draft.repeats = Some(repeat.rule.to_string());
    }
    draft
}

fn reminded(text: &str, ctx: &Context) -> (String, Option<i64>) {
    let words = words(text);
    let span = Span {
        text,
        words: &words,
    };
    match reminder::find(span, ctx) {
        Some((minutes, range)) => {
            let bytes = words[range.start].range.start..words[range.end - 1].range.end;
            (without(text, &[bytes]), Some(minutes))
        }
        None => (text.to_owned(), None),
    }
}

fn note(text: &str) -> (String, Option<String>) {
    let words = words(text);
    let span = Span {
        text,
        words: &words,
    };
    let Some(found) = span.find(NOTES).filter(|found| found.start > 0) else {
        return (text.to_owned(), None);
    };
    let said = span.from(found.end).trimmed();
    if said.is_empty() {
        return (text.to_owned(), None);
    }
    let before = span.until(found.start).raw();
    match said.quoted(0) {
        // What follows a quotation belongs to the task again.
        Some(note) => (
            format!("{before} {}", said.from(1).raw()),
            Some(note.to_owned()),
        ),
        None => (before.to_owned(), Some(said.raw().to_owned())),
    }
}

/// Takes out tags, and the list the task is for.
pub(crate) fn labels(text: &str) -> (String, Vec<String>) {
    let mut labels: Vec<String> = Vec::new();
    let mut ranges = Vec::new();
    let all = words(text);
    let span = Span { text, words: &all };
    let bytes = |range: &std::ops::Range<usize>| {
        span.words[range.start].range.start..span.words[range.end - 1].range.end
    };
    if let Some((names, range)) = tags::tagged(span) {
        labels.extend(names);
        ranges.push(bytes(&range));
    } else {
        for (tag, range) in tags::hashes(span) {
            labels.push(tag);
            ranges.push(bytes(&range));
        }
        if let Some(list) = tags::linked_list(span) {
            labels.extend(list.name);
            ranges.push(bytes(&list.range));
        }
    }
    ranges.sort_by_key(|range| range.start);
    (without(text, &ranges), labels)
}

type Finder = fn(Span<'_>) -> Option<(protocol::task::Priority, std::ops::Range<usize>)>;

fn prioritised(text: &str, find: Finder) -> (String, Option<protocol::task::Priority>) {
    let words = words(text);
    let span = Span {
        text,
        words: &words,
    };
    match find(span) {
        Some((priority, range)) => {
            let bytes = words[range.start].range.start..words[range.end - 1].range.end;
            (without(text, &[bytes]), Some(priority))
        }
        None => (text.to_owned(), None),
    }
}

/// What is no name of a task.
const PRONOUNS: [&str; 8] = ["it", "this", "that", "there", "he", "she", "what", ""];

/// "Tom's birthday is on 3 December": without the verb that only led to the date.
fn dated_title(text: &str, dated: bool) -> String {
    let title = title(text);
    let short = ["is", "are", "is due", "will be", "takes place"]
        .iter()
        .find_map(|end| title.strip_suffix(end))
        .map(str::trim_end)
        .filter(|rest| dated && !PRONOUNS.contains(&rest.to_lowercase().as_str()));
    short.map(str::to_owned).unwrap_or(title)
}

/// What is left, without the words that only linked it. A quotation is taken as it is.
pub(crate) fn title(text: &str) -> String {
    let mut all = words(text);
    typos::correct(&mut all);
    let mut span = Span { text, words: &all }.trimmed();
    if let Some(quoted) = only_quotation(span) {
        return quoted.to_owned();
    }
    loop {
        let before = span.len();
        if let Some(used) = span.starts_any(LEADS).filter(|used| *used < span.len()) {
            span = span.from(used);
        }
        if let Some(rest) = span.before(TRAILS).filter(|rest| !rest.is_empty()) {
            span = rest;
        }
        if let Some(rest) = span.before(polite::AFTER).filter(|rest| !rest.is_empty()) {
            span = rest;
        }
        span = span.trimmed();
        if span.len() == before {
            break;
        }
    }
    let closes =
        |mark: char| text[..span.words.last().map_or(0, |word| word.range.end)].contains(mark);
    let end = span.words.last().map_or(0, |word| word.range.end);
    let bracket = text[end..].trim_start().starts_with(')') && closes('(');
    let raw = if bracket {
        format!("{})", span.raw())
    } else {
        span.raw().to_owned()
    };
    tidy(&raw)
}

/// The quotation of a text that has one, and else only words that link it.
fn only_quotation(span: Span<'_>) -> Option<&str> {
    let quotations: Vec<usize> = (0..span.len()).filter(|at| span.is_quoted(*at)).collect();
    let [at] = quotations.as_slice() else {
        return None;
    };
    let linking = |span: Span<'_>| {
        let fillers = [
            "to", "a", "an", "the", "task", "called", "named", "titled", "it", "with", "for",
            "that", "says", "new", "title", "and", "todo", "reminder", "please", ",", ":", ".",
            "!", "as", "about", "me", "on", "by", "at", "due",
        ];
        span.words
            .iter()
            .all(|word| fillers.contains(&word.norm.as_str()))
    };
    let alone = linking(span.until(*at)) && linking(span.from(at + 1));
    span.quoted(*at).filter(|_| alone)
}
