//! The words of a language and what they can mean to the grammar. The grammar knows senses only;
//! another language is another table.

mod en;
mod sense;
mod typos;

pub(crate) use sense::{Key, Plural, Sense, Trust, Unit};

/// Longer than any word of the tables.
const LONGEST: usize = 16;

/// The sense of a word, whatever its case; typing errors in long words are forgiven.
pub(crate) fn sense(word: &str) -> Sense {
    let mut buffer = [0_u8; LONGEST];
    let Some(lower) = lower(word, &mut buffer) else {
        return Sense::Unknown;
    };
    match lookup(lower) {
        Sense::Unknown => typos::correct(lower).map_or(Sense::Unknown, lookup),
        sense => sense,
    }
}

fn lookup(word: &str) -> Sense {
    let entry = |table: &&[(&str, Sense)]| {
        let index = table.binary_search_by_key(&word, |(word, _)| word).ok()?;
        Some(table.get(index)?.1)
    };
    en::WORDS.iter().find_map(entry).unwrap_or(Sense::Unknown)
}

/// Lower case without apostrophes; `None` if it is not ASCII or too long to be known.
fn lower<'b>(word: &str, buffer: &'b mut [u8; LONGEST]) -> Option<&'b str> {
    let mut length = 0;
    for letter in word.chars() {
        if matches!(letter, '\'' | '’') {
            continue;
        }
        *buffer.get_mut(length)? = u8::try_from(letter)
            .ok()
            .filter(u8::is_ascii)?
            .to_ascii_lowercase();
        length += 1;
    }
    std::str::from_utf8(&buffer[..length]).ok()
}

pub(crate) fn is_ordinal_ending(letters: &str) -> bool {
    en::ORDINAL_ENDINGS
        .iter()
        .any(|ending| ending.eq_ignore_ascii_case(letters))
}

/// The holiday whose name begins with these words, and how many of them it takes.
pub(crate) fn holiday<'t>(words: &(impl Iterator<Item = &'t str> + Clone)) -> Option<(u8, usize)> {
    let mut best = None;
    for (name, id) in names_beginning_with(words.clone().next()?) {
        let count = name.split(' ').count();
        let same = |(word, wanted): (&str, &str)| {
            let mut buffer = [0; LONGEST];
            lower(word, &mut buffer) == Some(wanted)
        };
        let long_enough = words.clone().take(count).count() == count;
        let longer = best.is_none_or(|(_, length)| count > length);
        if longer && long_enough && words.clone().zip(name.split(' ')).all(same) {
            best = Some((*id, count));
        }
    }
    best
}

pub(crate) fn begins_holiday(word: &str) -> bool {
    !names_beginning_with(word).is_empty()
}

/// The names that begin with a word, perhaps with a longer one.
fn names_beginning_with(word: &str) -> &'static [(&'static str, u8)] {
    let mut buffer = [0; LONGEST];
    let Some(first) = lower(word, &mut buffer) else {
        return &[];
    };
    let start = en::HOLIDAYS.partition_point(|(name, _)| *name < first);
    let rest = en::HOLIDAYS.get(start..).unwrap_or_default();
    let count = rest
        .iter()
        .take_while(|(name, _)| name.starts_with(first))
        .count();
    rest.get(..count).unwrap_or_default()
}

/// Whether a noun turns the date word before it into a description: "Sunday roast".
pub(crate) fn describes(date_word: &str, noun: &str) -> bool {
    let same = |(date, next): &(&str, &str)| {
        date.eq_ignore_ascii_case(date_word) && next.eq_ignore_ascii_case(noun)
    };
    en::DESCRIPTIONS.iter().any(same)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted_for_the_search() {
        for table in en::WORDS {
            for pair in table.windows(2) {
                assert!(pair[0].0 < pair[1].0, "{} before {}", pair[0].0, pair[1].0);
            }
            assert!(table.iter().all(|(word, _)| word.len() <= LONGEST));
        }
    }

    #[test]
    fn forgives_typing_errors_in_long_words_only() {
        assert_eq!(sense("Tommorow"), sense("tomorrow"));
        assert_eq!(sense("wendesday"), sense("wednesday"));
        assert_eq!(sense("sundry"), Sense::Unknown);
        assert_eq!(sense("dairy"), Sense::Unknown);
        assert_eq!(sense("ma"), Sense::Unknown);
    }
}
