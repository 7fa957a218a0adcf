//! "Do I have milk on my list? If not, add it", "I'm out of milk, add it to the list".

use super::Desk;
use super::create::added;
use crate::intent::{Asked, Draft, Filter, Intent, Named, Target};
use crate::slots::{draft, tags};
use crate::target::filter;
use crate::tokens::Span;

pub(crate) fn read(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    unless_listed(span, desk).or_else(|| run_out(span))
}

const NOT: &[&str] = &[
    "if its|it|theyre|they|isnt|is|are|i not|isnt|arent|dont|is|are not? have? it|them?",
    "if not|isnt|arent",
    "if there isnt|arent",
    "if they arent",
];

fn unless_listed(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let asks = span.starts("is|are|do|does|have|did").is_some();
    let add = span.find(&[
        "add|put|include it|them|that|one|some|please?",
        "add|put|include",
    ])?;
    span.find(NOT).filter(|_| asks)?;
    let end = span.find(NOT)?.start.min(add.start);
    let question = span.until(end);
    let question = question
        .before(&["can|could you", "please"])
        .unwrap_or(question);
    let words = filter::read(question.trimmed(), desk.ctx).filter.words;
    if words.is_empty() || span.from(add.end).len() > 8 {
        return None;
    }
    let name = tags::linked_list(span).and_then(|list| list.name);
    let target = Target::Named(Named {
        words: words.clone(),
        undated: words.clone(),
        ..Named::default()
    });
    let shown = Filter {
        words: words.clone(),
        ..Filter::default()
    };
    let draft = Draft {
        title: words,
        tags: name.into_iter().collect(),
        ..Draft::default()
    };
    Some(vec![Intent::IfKnown(
        target,
        vec![Intent::Show(shown, Asked::Exists)],
        added(vec![draft]),
    )])
}

fn run_out(span: Span<'_>) -> Option<Vec<Intent>> {
    let rest = span.after(&[
        "i|we are|am? all? out of",
        "im|were all? out of",
        "i|we ran|have|had|ve? run? out of",
        "im|i|am|we|were|are am|are? running? low on",
        "ive|weve run out of",
    ])?;
    let short = rest.trimmed();
    let bare = (1..=3).contains(&short.len())
        && !short.has(&[
            "time", "ideas", "here", "luck", "energy", "patience", "words", "it",
        ]);
    if bare && rest.find(&["add|put|include|,|and"]).is_none() {
        let draft = Draft {
            title: format!("Buy {}", draft::title(short.raw())),
            ..Draft::default()
        };
        return Some(added(vec![draft]));
    }
    let add = rest.find(&[
        "so|and|please|,|;|can|could|.? you? please? add|put|include|need it|that|them|some?",
    ])?;
    let named = rest
        .until(add.start)
        .before(&["and|so|please|can|could|you"])
        .unwrap_or(rest.until(add.start))
        .trimmed();
    if named.is_empty() || named.len() > 6 || add.start == 0 {
        return None;
    }
    let list = tags::linked_list(rest).and_then(|list| list.name);
    let draft = Draft {
        title: draft::title(named.raw()),
        tags: list.into_iter().collect(),
        ..Draft::default()
    };
    Some(added(vec![draft]))
}
