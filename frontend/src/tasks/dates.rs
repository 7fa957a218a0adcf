//! Dates and repetitions in plain words, in a part of the program of its own: nobody needs it
//! before they type a task or have one that repeats.
//!
//! Dates are read by `when`, as the tools and the assistant read them, so the preview shows what
//! every other way to add the task would have made of the same words.

use protocol::Due;
use wasm_split_helpers::wasm_split;
use when::{Context, When};
use yew::AttrValue;

use crate::api::Failure;
use crate::browser;
use crate::parts::Part;

/// The reader of dates, as the rest of the program knows it.
#[derive(Clone, Copy)]
pub(super) struct Dates {
    /// Takes the first date out of a line.
    pub(super) find: fn(&str) -> Option<Dated>,
    /// A rule of RFC 5545 in words; `None` where it is not understood.
    pub(super) in_words: fn(&str) -> Option<AttrValue>,
}

/// A line and the date that was in it.
pub(super) struct Dated {
    pub(super) title: String,
    pub(super) due: Due,
    /// As RFC 5545 writes it, and in words.
    pub(super) recurrence: Option<(String, String)>,
}

#[wasm_split(dates, fallible)]
pub(super) fn dates() -> Result<Part, Failure> {
    static DATES: Dates = Dates {
        // When the clock cannot be read, dates stay in the title.
        find: |line| find(line, &browser::calendar_now()?),
        in_words,
    };
    Ok(&DATES)
}

/// For other parts of the program that come later as well.
pub(super) fn in_words(rule: &str) -> Option<AttrValue> {
    let rule = when::Recurrence::parse(rule).ok()?;
    Some(rule.english().into())
}

pub(super) fn find(line: &str, context: &Context) -> Option<Dated> {
    let found = when::find(line, context).into_iter().next()?;
    let due = found.when.due_in(context)?;
    let (before, after) = (&line[..found.range.start], &line[found.range.end..]);
    let words: Vec<&str> = before
        .split_whitespace()
        .chain(after.split_whitespace())
        .collect();
    let title = words.join(" ");
    let title = title.trim_matches([' ', ',', ';', ':', '-', '–']);
    let recurrence = match &found.when {
        When::Every(repeat) => Some((repeat.rule.to_string(), repeat.rule.english())),
        _ => None,
    };
    (!title.is_empty()).then(|| Dated {
        title: title.to_owned(),
        due,
        recurrence,
    })
}
