//! What words can mean to the grammar.

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
