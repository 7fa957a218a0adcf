//! English.

mod calendar;
mod holidays;
mod links;
mod numbers;

use super::Sense;

/// Tables in alphabetical order, by theme.
pub(super) const WORDS: [&[(&str, Sense)]; 3] = [calendar::WORDS, links::WORDS, numbers::WORDS];

pub(super) const ORDINAL_ENDINGS: [&str; 4] = ["st", "nd", "rd", "th"];

pub(super) use holidays::HOLIDAYS;

/// Pairs of a date word and a noun that together are no date.
pub(super) const DESCRIPTIONS: &[(&str, &str)] = &[
    ("friday", "night lights"),
    ("midnight", "blue"),
    ("midnight", "mass"),
    ("midnight", "oil"),
    ("midnight", "snack"),
    ("monday", "blues"),
    ("sunday", "best"),
    ("sunday", "league"),
    ("sunday", "roast"),
    ("sunday", "school"),
    ("sunday", "times"),
    ("today", "show"),
    ("tomorrow", "never"),
    ("tomorrow", "people"),
    ("wednesday", "addams"),
];
