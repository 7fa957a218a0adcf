//! Dates inside a sentence: which of them is meant, and what is left without it.

use jiff::civil::{Date, Time};
use when::{Bound, Context, Found, When};

use super::without;
use crate::intent::Range;

/// A sentence with its date taken out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dated {
    pub(crate) rest: String,
    pub(crate) when: Option<When>,
    /// The words of the date, without those that link it.
    pub(crate) words: String,
    /// The words that link it: "due on".
    pub(crate) link: String,
    /// Whether nothing follows it.
    pub(crate) last: bool,
}

/// Takes the date out of a sentence. Of several the one at the end counts, then the one at the
/// beginning; a day and a time that stand apart are put together.
pub(crate) fn take(text: &str, ctx: &Context) -> Dated {
    let found = when::find(text, ctx);
    let Some(main) = choose(text, &found) else {
        return Dated {
            rest: super::tidy(text),
            ..Dated::default()
        };
    };
    for other in &found {
        if let Some(both) = together(text, main, other, ctx) {
            let mut ranges = [main.range.clone(), other.range.clone()];
            ranges.sort_by_key(|range| range.start);
            return Dated {
                rest: without(text, &ranges),
                ..both
            };
        }
    }
    Dated {
        rest: without(text, std::slice::from_ref(&main.range)),
        when: Some(main.when.clone()),
        words: text[main.core.clone()].to_owned(),
        link: text[main.range.start..main.core.start]
            .trim()
            .to_lowercase(),
        last: !text[main.range.end..].chars().any(char::is_alphanumeric),
    }
}

/// The date at the end, or at the beginning. In the middle one that belongs to a noun is none
/// ("slides for Monday's meeting").
fn choose<'f>(text: &str, found: &'f [Found]) -> Option<&'f Found> {
    let bare = |text: &str| !text.chars().any(char::is_alphanumeric);
    let at_end = found.iter().rfind(|found| bare(&text[found.range.end..]));
    let at_start = || found.iter().find(|found| bare(&text[..found.range.start]));
    let own = |found: &&Found| {
        let words = &text[found.range.clone()];
        !words.ends_with("'s") && !words.ends_with("’s")
    };
    at_end.or_else(at_start).or_else(|| found.iter().find(own))
}

fn together(text: &str, main: &Found, other: &Found, ctx: &Context) -> Option<Dated> {
    if main == other {
        return None;
    }
    let (a, b) = (&text[main.core.clone()], &text[other.core.clone()]);
    [
        format!("{a} {b}"),
        format!("{b} {a}"),
        format!("{a} at {b}"),
        format!("{b} at {a}"),
    ]
    .into_iter()
    .find_map(|words| {
        let when = when::resolve(&words, ctx).ok()?;
        Some(Dated {
            rest: String::new(),
            when: Some(when),
            words,
            link: String::new(),
            last: true,
        })
    })
}

/// The date a text is, if it is nothing else.
pub(crate) fn whole(text: &str, ctx: &Context) -> Option<When> {
    let text = text.trim().trim_end_matches(['.', '!', '?', ',']);
    if let Ok(when) = when::resolve(text, ctx) {
        return Some(when);
    }
    let found = when::find(text, ctx);
    match found.as_slice() {
        [only] if only.range == (0..text.len()) => Some(only.when.clone()),
        _ => None,
    }
}

/// A due date as the tools read it.
pub(crate) fn due(when: &When, ctx: &Context) -> Option<String> {
    Some(when.due_in(ctx)?.to_string())
}

/// Day and time of a date phrase. A phrase that names only a time ("at 6pm") has no day of its
/// own: after a day it makes one phrase with it.
pub(crate) fn parts(when: &When, words: &str, ctx: &Context) -> (Option<Date>, Option<Time>) {
    let moment = when.moment();
    if moment.time.is_some() {
        let dayless = [format!("tomorrow {words}"), format!("tomorrow at {words}")]
            .iter()
            .any(|text| when::resolve(text, ctx).is_ok());
        if dayless {
            return (None, moment.time);
        }
    }
    (Some(moment.date), moment.time)
}

/// The stretch of time that a phrase covers.
pub(crate) fn range(when: &When, ctx: &Context) -> Option<Range> {
    let end = |moment: &when::Moment| moment.end(ctx.week_start);
    let (from, to) = match when {
        When::At(moment) => (Some(moment.start()), Some(end(moment))),
        When::Between(first, last) => {
            let to = if last.time.is_some() {
                last.start()
            } else {
                end(last)
            };
            (Some(first.start()), Some(to))
        }
        When::Bound(Bound::By | Bound::Until, moment) => (None, Some(end(moment))),
        When::Bound(Bound::Before, moment) => (None, Some(moment.start())),
        When::Bound(Bound::After, moment) => (Some(end(moment)), None),
        // "Everything from last week" ends with that week.
        When::Bound(Bound::From, moment) if end(moment) <= ctx.now.datetime() => {
            (Some(moment.start()), Some(end(moment)))
        }
        When::Bound(Bound::From, moment) => (Some(moment.start()), None),
        When::Every(_) => return None,
    };
    Some(Range { from, to })
}
