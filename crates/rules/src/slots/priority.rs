//! "!!", "p1", "high priority", "urgent", "when you have time".

use std::ops::Range;

use protocol::task::Priority;

use crate::tokens::Span;

/// Says a priority wherever it stands.
const PHRASES: &[(&str, Priority)] = &[
    (
        "with|at|as|of|is|its|it|and? a|an|the? high|highest|top|urgent|critical|max|maximum|important|higher|hi priority|prio|importance|urgency",
        Priority::High,
    ),
    (
        "with|at|as|of|is|its|and? a|the? medium|normal|mid|moderate|average|med|middle|regular|standard priority|prio|importance|urgency",
        Priority::Medium,
    ),
    (
        "with|at|as|of|is|its|and? a|the? low|lowest|minor|lower|min priority|prio|importance|urgency",
        Priority::Low,
    ),
    (
        "with? priority|prio|importance :|=|is|to|of|level? high|highest|top|urgent|critical|1|one",
        Priority::High,
    ),
    (
        "with? priority|prio|importance :|=|is|to|of|level? medium|normal|2|two|mid",
        Priority::Medium,
    ),
    (
        "with? priority|prio|importance :|=|is|to|of|level? low|lowest|3|three",
        Priority::Low,
    ),
    (
        "when|whenever|if you|i have|get|find the|some|a? time|chance",
        Priority::Low,
    ),
    (
        "not|isnt|nothing that|very|really|so|too|super? urgent|important",
        Priority::Low,
    ),
    ("no rush|hurry", Priority::Low),
    ("at some point", Priority::Low),
    ("whenever possible|convenient", Priority::Low),
    (
        "its|this|that|thats|it|which is? very|really|super|extremely|quite|so|pretty? urgent|important|critical",
        Priority::High,
    ),
    ("top priority", Priority::High),
    ("as soon as possible", Priority::High),
    ("p1", Priority::High),
    ("p2", Priority::Medium),
    ("p3", Priority::Low),
    ("high-priority|high-prio", Priority::High),
    ("medium-priority", Priority::Medium),
    ("low-priority|low-prio", Priority::Low),
];

/// Says a priority only at the edges of a sentence: inside it, it may be a part of the title.
const EDGES: &[(&str, Priority)] = &[
    (
        "urgent|urgently|asap|critical|important|importantly|crucial|a.s.a.p",
        Priority::High,
    ),
    (
        "very|really|super|extremely|most|most urgent|important|critical",
        Priority::High,
    ),
    ("someday|sometime|eventually|unimportant", Priority::Low),
    ("some|one day|time", Priority::Low),
    ("one of these days", Priority::Low),
];

/// A single word that is a priority where one is expected.
const WORDS: &[(&str, Priority)] = &[
    (
        "high|highest|top|urgent|critical|important|crucial|asap|p1|1|max|hi|hight",
        Priority::High,
    ),
    (
        "medium|normal|moderate|mid|p2|2|average|med|middle|standard|regular",
        Priority::Medium,
    ),
    ("low|lowest|minor|p3|3|unimportant|min|lower", Priority::Low),
    ("none|no|nothing|p4|4|default|zero|off", Priority::None),
];

/// A priority with the words it takes.
pub(crate) fn find(span: Span<'_>) -> Option<(Priority, Range<usize>)> {
    marks(span)
        .or_else(|| anywhere(span))
        .or_else(|| at_edge(span))
}

/// A priority that is meant as one wherever it stands.
pub(crate) fn find_inside(span: Span<'_>) -> Option<(Priority, Range<usize>)> {
    marks(span).or_else(|| anywhere(span))
}

/// "!!" with a space before it; at the end of a shouted word it is only loud.
fn marks(span: Span<'_>) -> Option<(Priority, Range<usize>)> {
    let is_mark = |at: usize| span.at(at) == "!";
    let start = (0..span.len()).find(|at| {
        let apart = match at.checked_sub(1).and_then(|before| span.words.get(before)) {
            Some(before) => span.words[*at].range.start > before.range.end,
            None => true,
        };
        is_mark(*at) && apart && (is_mark(at + 1) || ["1", "2", "3"].contains(&span.at(at + 1)))
    })?;
    match span.at(start + 1) {
        "1" => return Some((Priority::High, start..start + 2)),
        "2" => return Some((Priority::Medium, start..start + 2)),
        "3" => return Some((Priority::Low, start..start + 2)),
        _ => {}
    }
    let end = (start..span.len()).take_while(|at| is_mark(*at)).count() + start;
    Some((Priority::High, start..end))
}

fn anywhere(span: Span<'_>) -> Option<(Priority, Range<usize>)> {
    (0..span.len()).find_map(|at| {
        let rest = span.from(at);
        let fits =
            |(pattern, priority): &(&str, Priority)| Some((*priority, rest.starts(pattern)?));
        let (priority, length) = PHRASES
            .iter()
            .filter_map(fits)
            .max_by_key(|found| found.1)?;
        (length > 0).then(|| (priority, at..at + length))
    })
}

fn at_edge(span: Span<'_>) -> Option<(Priority, Range<usize>)> {
    let loose = |at: usize| [",", ":", "-", "(", ")", ".", "!", ";", "–"].contains(&span.at(at));
    (0..span.len()).find_map(|at| {
        let rest = span.from(at);
        let fits =
            |(pattern, priority): &(&str, Priority)| Some((*priority, rest.starts(pattern)?));
        let (priority, length) = EDGES.iter().filter_map(fits).max_by_key(|found| found.1)?;
        let first =
            at == 0 || loose(at - 1) || ["an", "a", "the"].contains(&span.at(at - 1)) && at == 1;
        let end = at + length;
        let last = end == span.len() || loose(end);
        (length > 0 && (first && span.len() > length || last)).then_some((priority, at..end))
    })
}

/// The priority that words name where nothing else is expected: "to high".
pub(crate) fn named(span: Span<'_>) -> Option<Priority> {
    let span = span.trimmed();
    let end = span.starts("as|to|at|with|of? a|an|the?").unwrap_or(0);
    let found = WORDS.iter().find_map(|(word, priority)| {
        let used = span.from(end).starts(word)?;
        let rest = span.from(end + used).trimmed();
        let done = rest.is_empty() || rest.is(&["priority|prio|importance|one|task|please|level"]);
        done.then_some(*priority)
    });
    if found.is_some() {
        return found;
    }
    let (priority, range) = anywhere(span)?;
    (span.until(range.start).trimmed().is_empty() && span.from(range.end).trimmed().is_empty())
        .then_some(priority)
}

/// Whether a word is a priority also where a number may be one.
pub(crate) fn is_word(word: &str) -> bool {
    !word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Words for a priority that may stand before "task".
pub(crate) fn is_adjective(word: &str) -> bool {
    [
        "urgent",
        "important",
        "high",
        "low",
        "medium",
        "priority",
        "critical",
        "high-priority",
        "low-priority",
        "top",
        "normal",
    ]
    .contains(&word)
}
