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

/// Pairs of words that together are no date though one of them is.
pub(super) const DESCRIPTIONS: &[(&str, &str)] = &[
    ("ash", "wednesday"),
    ("black", "friday"),
    ("cyber", "monday"),
    ("easter", "monday"),
    ("easter", "sunday"),
    ("freaky", "friday"),
    ("girl", "friday"),
    ("good", "friday"),
    ("high", "noon"),
    ("man", "friday"),
    ("midnight", "blue"),
    ("midnight", "mass"),
    ("midnight", "oil"),
    ("midnight", "snack"),
    ("blue", "monday"),
    ("manic", "monday"),
    ("monday", "blues"),
    ("palm", "sunday"),
    ("ruby", "tuesday"),
    ("shrove", "tuesday"),
    ("sunday", "best"),
    ("sunday", "league"),
    ("sunday", "roast"),
    ("sunday", "school"),
    ("sunday", "times"),
    ("taco", "tuesday"),
    ("today", "show"),
    ("tomorrow", "never"),
    ("tomorrow", "people"),
    ("usa", "today"),
    ("wednesday", "addams"),
];
