//! Finding date phrases inside a sentence.

use std::ops::Range;

use jiff::civil::{Time, Weekday};

use crate::calendar::{add_days, weekday_after};
use crate::{Bound, Context, Grain, Moment, When, iso};

/// A date phrase in a sentence. Ranges are in bytes, on character boundaries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The words that name the date: "Friday at 5" in "call Ann by Friday at 5".
    pub core: Range<usize>,
    /// The same with the words that connect it to the sentence: "by Friday at 5". Without this
    /// range the sentence is a title.
    pub range: Range<usize>,
    pub when: When,
    /// Another reading that a careful listener would ask about.
    pub other: Option<When>,
}

/// The date phrases of a sentence, in the order they stand in, none overlapping another.
pub fn find(text: &str, ctx: &Context) -> Vec<Found> {
    let words = words(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match phrase(text, &words[at..], ctx) {
            Some((phrase, used)) => {
                found.push(phrase);
                at += used;
            }
            None => at += 1,
        }
    }
    found
}

fn words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, letter) in text.char_indices() {
        match (letter.is_whitespace(), start) {
            (false, None) => start = Some(at),
            (true, Some(from)) => {
                words.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    words.extend(start.map(|from| from..text.len()));
    words
}

fn phrase(text: &str, words: &[Range<usize>], ctx: &Context) -> Option<(Found, usize)> {
    let word = |at: usize| {
        let word = text.get(words.get(at)?.clone())?;
        Some(
            word.trim_end_matches([',', '.', '!', '?'])
                .to_ascii_lowercase(),
        )
    };
    let lead = usize::from(matches!(
        word(0)?.as_str(),
        "by" | "on" | "at" | "in" | "due"
    ));
    let mut used = lead;
    let today = ctx.clock().date();
    let mut moment = None;
    if let Some((iso, length)) = iso::moment(&text[words.get(used)?.start..], ctx) {
        let start = words[used].start;
        used += words[used..]
            .iter()
            .filter(|word| word.start < start + length)
            .count();
        moment = Some(iso);
    } else if let Some(date) = day(&word(used)?).and_then(|days| add_days(today, days)) {
        (moment, used) = (Some(Moment::day(date)), used + 1);
    } else if let Some(date) = weekday(&word(used)?).and_then(|day| weekday_after(today, day)) {
        (moment, used) = (Some(Moment::day(date)), used + 1);
    } else if word(0)? == "in"
        && let (Some(count), Some(unit)) =
            (word(1).and_then(|word| word.parse::<i64>().ok()), word(2))
        && matches!(unit.as_str(), "day" | "days")
    {
        (moment, used) = (add_days(today, count).map(Moment::day), 3);
    }
    let at = usize::from(word(used).as_deref() == Some("at"));
    if let Some(time) = word(used + at).and_then(|word| clock(&word)) {
        let date = moment.map_or(today, |moment| moment.date);
        moment = Some(Moment::at(date.to_datetime(time), Grain::Minute));
        used += at + 1;
    }
    let moment = moment?;
    let end = words.get(used - 1)?.end;
    let end = words[lead].start
        + text[words[lead].start..end]
            .trim_end_matches([',', '.', '!', '?'])
            .len();
    let when = match word(0)?.as_str() {
        "by" => When::Bound(Bound::By, moment),
        _ => When::At(moment),
    };
    let found = Found {
        core: words[lead].start..end,
        range: words[0].start..end,
        when,
        other: None,
    };
    Some((found, used))
}

fn day(word: &str) -> Option<i64> {
    Some(match word {
        "today" => 0,
        "tomorrow" | "tmrw" | "tomorow" => 1,
        "yesterday" => -1,
        _ => return None,
    })
}

fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return None,
    })
}

fn clock(word: &str) -> Option<Time> {
    let (digits, add) = match (word.strip_suffix("am"), word.strip_suffix("pm")) {
        (Some(digits), _) => (digits, 0),
        (_, Some(digits)) => (digits, 12),
        _ => (word, 24),
    };
    let (hour, minute) = digits.split_once(':').unwrap_or((digits, "0"));
    let (hour, minute) = (hour.parse::<i8>().ok()?, minute.parse::<i8>().ok()?);
    match add {
        24 if digits.contains(':') => Time::new(hour, minute, 0, 0).ok(),
        24 => None,
        add => Time::new(
            (1..=12).contains(&hour).then_some(hour % 12 + add)?,
            minute,
            0,
            0,
        )
        .ok(),
    }
}
