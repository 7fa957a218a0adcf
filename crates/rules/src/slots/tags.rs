//! "#work", "tagged home and garden", "to my shopping list".

use std::ops::Range;

use crate::lexicon::lists::{LIST_LINKS, TASKS};
use crate::lexicon::words::{FILLERS, PLAIN_LISTS, VERBS};
use crate::tokens::{Span, is_mark};

/// The hash tags of a text, with their words. A number is a task and no tag.
pub(crate) fn hashes(span: Span<'_>) -> Vec<(String, Range<usize>)> {
    let tag = |at: usize| {
        let name = span.at(at).strip_prefix('#')?;
        let named = name.chars().any(char::is_alphabetic);
        let raw = &span.text[span.words[at].range.clone()];
        named.then(|| (raw.trim_start_matches('#').to_owned(), at..at + 1))
    };
    (0..span.len()).filter_map(tag).collect()
}

/// "and tag it home" at the end of a new task.
pub(crate) fn tagged(span: Span<'_>) -> Option<(Vec<String>, Range<usize>)> {
    let told = span
        .find(&["and|,? tag|label|file|categorize|categorise it|them|this|that as|with|under?"]);
    match told.filter(|found| found.start > 0) {
        Some(found) => Some((names(span.from(found.end))?, found.start..span.len())),
        None => described(span),
    }
}

/// "tagged home and garden" at the end of a text.
pub(crate) fn described(span: Span<'_>) -> Option<(Vec<String>, Range<usize>)> {
    let links = [
        "and|with|,? tagged|labelled|labeled as|with?",
        "with the|a? tag|tags|label|labels",
        "and? tags|labels|categories :|as|=?",
        "and? tag|label|category :|as|=",
        "under|in the? category|tag|label",
    ];
    let found = span.find(&links)?;
    let names = names(span.from(found.end))?;
    Some((names, found.start..span.len()))
}

/// Names of tags: a few short words with commas or "and" between them.
pub(crate) fn names(span: Span<'_>) -> Option<Vec<String>> {
    let span = span.trimmed();
    let mut names: Vec<String> = Vec::new();
    let mut words = 0;
    for at in 0..span.len() {
        if ["and", ",", "&", "+"].contains(&span.at(at)) {
            words = 0;
            continue;
        }
        if [
            "the", "a", "an", "my", "as", "tag", "tags", "label", "category",
        ]
        .contains(&span.at(at))
        {
            continue;
        }
        if is_mark(span.at(at)) && !span.is_quoted(at) {
            return None;
        }
        let name = span
            .quoted(at)
            .unwrap_or(&span.text[span.words[at].range.clone()]);
        let name = name.trim_start_matches('#');
        words += 1;
        match (words, names.last_mut()) {
            (2, Some(last)) => *last = format!("{last} {name}"),
            (3.., _) => return None,
            _ => names.push(name.to_owned()),
        }
    }
    (!names.is_empty() && names.len() <= 8).then_some(names)
}

/// A list that a text speaks of: where its words stand, and what it is called if it is not just
/// the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ListName {
    pub(crate) range: Range<usize>,
    pub(crate) name: Option<String>,
}

/// The list at the beginning of a text: "my shopping list", "the list of things to do".
pub(crate) fn list_at(span: Span<'_>) -> Option<ListName> {
    let possessive = span.starts("my|the|our|your|a|this|that|all").unwrap_or(0);
    let most = span.len().min(possessive + 6);
    let lists = ["list", "lists", "lisr", "cart", "bag", "lits"];
    let Some(at) = (possessive..most).find(|at| lists.contains(&span.at(*at))) else {
        let end = span.starts("my|our todos|tasks|to-dos|reminders|agenda|plate|calendar|schedule|chores|todo|to-do|backlog")
            .or_else(|| span.starts("the|this|your agenda|calendar|schedule|to-dos|backlog"))?;
        return Some(ListName {
            range: 0..end,
            name: None,
        });
    };
    let inner = span.slice(possessive..at);
    let plain = |word: &str| PLAIN_LISTS.has(word);
    let names: Vec<&str> = (0..inner.len())
        .map(|at| inner.at(at))
        .filter(|word| !plain(word))
        .collect();
    let fits = match (names.as_slice(), possessive) {
        ([], _) => !inner.has(&["and", "of", "on", "from", "off", "in"]),
        // Without "my" before it, one word names the list and no more.
        ([_], 0) => inner.len() == 1,
        ([_] | [_, _], _) => possessive > 0 && plain_before(inner),
        _ => false,
    };
    let named = |word: &&&str| !is_mark(word) && !FILLERS.has(word) && !VERBS.has(word);
    if !fits || names.iter().any(|word| !named(&word)) {
        return None;
    }
    let name = names.last().copied();
    if name.is_none() && ["cart", "bag"].contains(&span.at(at)) {
        return None;
    }
    let (end, of) = list_tail(span, at + 1);
    let name = name.map(str::to_owned).or(of);
    Some(ListName {
        range: 0..end,
        name,
    })
}

/// Whether the name stands right before the list, after words that say nothing.
fn plain_before(inner: Span<'_>) -> bool {
    let first = (0..inner.len()).find(|at| !PLAIN_LISTS.has(inner.at(*at)));
    let after = first.map_or(inner, |first| inner.from(first));
    let named = |at: &usize| !PLAIN_LISTS.has(inner.at(*at));
    let tail = (0..after.len()).skip_while(|at| !PLAIN_LISTS.has(after.at(*at)));
    let plain = [
        "to", "do", "todo", "to-do", "task", "tasks", "buy", "reminder",
    ];
    (0..inner.len()).filter(named).count() <= 2 && { tail }.all(|at| plain.contains(&after.at(at)))
}

/// "list of things to do", "list of groceries", "list for shopping".
fn list_tail(span: Span<'_>, at: usize) -> (usize, Option<String>) {
    if !["of", "for"].contains(&span.at(at)) {
        let tail = span.from(at).starts("to do|buy|accomplish|complete");
        let ends = |used: &usize| span.from(at + used).trimmed().is_empty();
        let to_do = tail.filter(ends).unwrap_or(0);
        return (at + to_do, None);
    }
    let mut end = at + 1;
    let mut name = None;
    while end < span.len() && end < at + 8 && !is_mark(span.at(end)) {
        let word = span.at(end);
        let stops = [
            "please", "and", "because", "cause", "for", "tomorrow", "today", "on", "by", "at",
        ];
        let for_a_day = span.at(at) == "for" && (is_date_word(word) || end > at + 1);
        if stops.contains(&word) || for_a_day {
            break;
        }
        let plain = TASKS.contains(&word)
            || PLAIN_LISTS.has(word)
            || [
                "pending",
                "shit",
                "buy",
                "complete",
                "accomplish",
                "be",
                "done",
                "have",
                "need",
                "housework",
            ]
            .contains(&word);
        if !plain && name.is_none() && !FILLERS.has(word) && end <= at + 2 {
            name = Some(word.to_owned());
        }
        end += 1;
    }
    match end > at + 1 {
        true => (end, name),
        false => (at, None),
    }
}

/// "My list for Thursday" is the list, and a day.
fn is_date_word(word: &str) -> bool {
    let days = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "today",
        "tomorrow",
        "tonight",
        "tmrw",
        "next",
        "this",
        "the",
        "later",
        "now",
        "me",
        "us",
        "in",
    ];
    days.contains(&word) || word.starts_with(|letter: char| letter.is_ascii_digit())
}

/// "to my list", "off my to-do list": the list with the word that links it.
pub(crate) fn linked_list(span: Span<'_>) -> Option<ListName> {
    let find = |at: usize| {
        let rest = span.from(at);
        let link = rest.starts_any(LIST_LINKS)?;
        let list = list_at(rest.from(link))?;
        (link > 0).then(|| ListName {
            range: at..at + link + list.range.end,
            name: list.name,
        })
    };
    (0..span.len()).find_map(find)
}
