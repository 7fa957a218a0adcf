//! The words of a language and what they can mean to the grammar. The grammar knows senses only;
//! another language is another table.

mod en;
mod typos;

use jiff::civil::Weekday;

use crate::DayPart;
use crate::recurrence::Frequency;

/// What a word means. A word with two meanings ("second") has a sense of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sense {
    Unknown,
    Number(u16),
    Hundred,
    /// "a", "an".
    Article,
    /// "couple", "few": a number, and whether "of" may follow.
    Some(u8),
    Half,
    /// A fourth, and three months.
    Quarter,
    Ordinal(u8),
    /// The ordinal, and the unit.
    Second,
    /// Days from today.
    Day(i8),
    Tonight,
    Weekday(Weekday, Trust),
    /// "Mondays".
    Weekdays(Weekday),
    Month(i8, Trust),
    Unit(Unit, Plural),
    Part(DayPart),
    /// "mornings".
    Parts(DayPart),
    Noon,
    Midnight,
    /// "am", "pm"; whether it is the afternoon.
    Meridiem(bool),
    /// The letters "a" to "p" of "a.m." are found by the grammar.
    Letter(char),
    Season(u8),
    /// Minutes east of Greenwich.
    Zone(i16),
    /// "daily", "fortnightly": the frequency and every how many.
    Often(Frequency, u8),
    /// "once", "twice".
    Times(u8),
    /// "eod", "eow", "eom", "eoy": the end of the unit.
    EndOf(Unit),
    Key(Key),
    /// A word that makes a bare hour one of the morning or of the evening.
    Hint(bool),
}

/// Whether a word is a date by itself, or only where its surroundings say so ("sat", "may").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trust {
    Sure,
    /// A full name that is also a first name or a verb: "April", "march".
    Name,
    /// A short form that is also a word: "sun", "mar".
    Weak,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Plural {
    No,
    Yes,
    /// "h", "min": said of one and of many.
    Either,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Workday,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
}

/// Words that hold a phrase together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    About,
    After,
    Again,
    Ago,
    All,
    And,
    Any,
    At,
    Before,
    Begin,
    Between,
    By,
    Completion,
    Coming,
    Current,
    Due,
    During,
    Early,
    End,
    Every,
    Except,
    Following,
    For,
    From,
    Hence,
    In,
    Ish,
    Last,
    Late,
    Later,
    Middle,
    More,
    Next,
    No,
    Now,
    Oclock,
    Of,
    On,
    Or,
    Other,
    Past,
    Previous,
    Rest,
    Right,
    Set,
    Sharp,
    Since,
    Starting,
    Than,
    The,
    This,
    Through,
    Time,
    Timely,
    Until,
    Within,
    Zone,
    To,
    /// "am I", "is", "you": what a verb-like "sat" or "may" stands beside.
    Pronoun,
    /// "my", "our": makes "weekly" an adjective.
    Owner,
    /// "complete", "delete": makes "the 3rd" an entry of a list.
    Command,
    /// "volume", "increase": makes "by ten" and "at 20" amounts.
    Measure,
    /// "chapter", "page", "John": makes "3:16" and "5" a place in a book.
    Numbered,
}

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
