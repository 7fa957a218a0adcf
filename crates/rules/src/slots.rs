//! The parts of a wish: dates, priorities, tags, amounts, notes, titles. Each is taken out of the
//! text, so that what is left is the title.

pub(crate) mod amount;
pub(crate) mod dates;
pub(crate) mod draft;
pub(crate) mod items;
pub(crate) mod priority;
pub(crate) mod reminder;
pub(crate) mod tags;

/// Takes byte ranges out of a text and joins the rest.
pub(crate) fn without(text: &str, ranges: &[std::ops::Range<usize>]) -> String {
    let mut rest = String::new();
    let mut at = 0;
    for range in ranges {
        rest.push_str(text.get(at..range.start).unwrap_or_default());
        rest.push(' ');
        at = range.end.max(at);
    }
    rest.push_str(text.get(at..).unwrap_or_default());
    tidy(&rest)
}

/// One space between words, none before a mark, and no marks that lost their words.
pub(crate) fn tidy(text: &str) -> String {
    let mut tidy = String::new();
    for word in text.split_whitespace() {
        let joins = word.starts_with([',', '.', ';', '!', '?', ')']) && word.len() == 1;
        if !tidy.is_empty() && !joins {
            tidy.push(' ');
        }
        tidy.push_str(word);
    }
    tidy.trim_matches(|letter: char| {
        letter.is_whitespace() || matches!(letter, ',' | ';' | ':' | '.' | '-' | '–' | '—')
    })
    .to_owned()
}
