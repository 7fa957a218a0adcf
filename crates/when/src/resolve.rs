//! Reading a text that is nothing but a date phrase: an argument of a tool, a date field.

use std::fmt;

use crate::{Context, When, find, impossible, iso};

/// Why a text has no meaning as a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotADate {
    /// No date phrase, or something besides it.
    Unclear,
    /// A day that the calendar does not have: 2026-02-30.
    NoSuchDay,
}

impl fmt::Display for NotADate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unclear => "that is no date: say it like 2026-11-24T17:00 or \"tomorrow at 5pm\"",
            Self::NoSuchDay => "there is no such day in the calendar",
        })
    }
}

impl std::error::Error for NotADate {}

/// What a text means that is wholly a date phrase: ISO 8601 (also `a/b` for an interval), RFC 3339
/// (converted into the zone of the context) or English.
pub fn resolve(text: &str, ctx: &Context) -> Result<When, NotADate> {
    let text = text.trim();
    if let Some((moment, length)) = iso::moment(text, ctx)
        && length == text.len()
    {
        return Ok(When::At(moment));
    }
    if let Some((first, last)) = text.split_once('/').or_else(|| text.split_once("--"))
        && let (Some((first, from)), Some((last, to))) =
            (iso::moment(first, ctx), iso::moment(last, ctx))
        && from + to + usize::from(text.contains("--")) + 1 == text.len()
        && first.start() <= last.start()
    {
        return Ok(When::Between(first, last));
    }
    find::whole(text, ctx).ok_or_else(|| match impossible(text) {
        Some(_) => NotADate::NoSuchDay,
        None => NotADate::Unclear,
    })
}
