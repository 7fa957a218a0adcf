//! "#work", "tagged home and garden", "to my shopping list".

use std::ops::Range;

use crate::lexicon::lists::{LIST_LINKS, PLAIN_LISTS, TASKS};
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

/// "tagged home and garden" at the end of a text.
pub(crate) fn tagged(span: Span<'_>) -> Option<(Vec<String>, Range<usize>)> {
    let links = [
        "and|,? tag|label|file|categorize|categorise it|them|this|that as|with|under?",
        "and|with|,? tagged|labelled|labeled as|with?",
        "with the|a? tag|tags|label|labels",
        "and? tags|tag|label|labels|category|categories :|as|=?",
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
    let possessive = span.starts("my|the|our|your|a|this|that|all?").unwrap_or(0);
    let most = span.len().min(possessive + 6);
    let at = (possessive..most)
        .find(|at| ["list", "lists", "lisr", "cart", "bag", "lits"].contains(&span.at(*at)));
    let Some(at) = at else {
        let end = span.starts("my|our todos|tasks|to-dos|reminders|agenda|plate|calendar|schedule|chores|todo|to-do|backlog")?;
        return Some(ListName {
            range: 0..end,
            name: None,
        });
    };
    let inner = span.slice(possessive..at);
    if inner.words.iter().any(|word| is_mark(&word.norm))
        || inner.has(&["and", "to", "add", "remove"]) && !inner.has(&["do", "buy"])
    {
        return None;
    }
    let named = |word: &str| !PLAIN_LISTS.contains(&word) && word != "list";
    let name = (0..inner.len())
        .map(|at| inner.at(at))
        .find(|word| named(word));
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

/// "list of things to do", "list of groceries", "list for shopping".
fn list_tail(span: Span<'_>, at: usize) -> (usize, Option<String>) {
    if !["of", "for"].contains(&span.at(at)) {
        let to_do = span
            .from(at)
            .starts("to do|buy|accomplish|complete")
            .unwrap_or(0);
        return (at + to_do, None);
    }
    let mut end = at + 1;
    let mut name = None;
    while end < span.len() && end < at + 8 && !is_mark(span.at(end)) {
        let word = span.at(end);
        let stops = [
            "please", "and", "because", "cause", "for", "tomorrow", "today", "on", "by", "at",
        ];
        if stops.contains(&word) {
            break;
        }
        let plain = TASKS.contains(&word)
            || PLAIN_LISTS.contains(&word)
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
        if !plain && name.is_none() {
            name = Some(word.to_owned());
        }
        end += 1;
    }
    (end, name)
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
