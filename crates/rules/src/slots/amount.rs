//! "By two days", "an hour later", "a week earlier".

use crate::intent::Amount;
use crate::lexicon::words::NUMBERS;
use crate::tokens::Span;

/// An amount of time, and how many words it takes from the beginning.
pub(crate) fn starts(span: Span<'_>) -> Option<(Amount, usize)> {
    let about = span.starts("about|around|another|by|for?").unwrap_or(0);
    let (count, used) = count(span.from(about))?;
    let at = about + used;
    let half = span.at(at) == "and" && span.at(at + 1) == "a" && span.at(at + 2) == "half";
    let amount = unit(span.at(at), count)?;
    if half {
        return None;
    }
    Some((amount, at + 1))
}

/// The first amount in a text, and where it stands.
pub(crate) fn find(span: Span<'_>) -> Option<(Amount, std::ops::Range<usize>)> {
    (0..span.len()).find_map(|at| {
        let (amount, used) = starts(span.from(at))?;
        Some((amount, at..at + used))
    })
}

fn count(span: Span<'_>) -> Option<(f64, usize)> {
    let fixed = [
        ("a couple of?", 2.0),
        ("couple of?", 2.0),
        ("a few", 3.0),
        ("half an|a", 0.5),
        ("an|a|one|another", 1.0),
    ];
    let word = span.at(0);
    if let Some((pattern, count)) = fixed
        .iter()
        .find(|(pattern, _)| span.starts(pattern).is_some())
    {
        return Some((*count, span.starts(pattern)?));
    }
    if let Some(number) = NUMBERS.iter().position(|name| *name == word) {
        return Some((number as f64, 1));
    }
    let count: f64 = word.parse().ok()?;
    (count > 0.0 && count < 10_000.0).then_some((count, 1))
}

fn unit(word: &str, count: f64) -> Option<Amount> {
    let whole = |per: f64| {
        let amount = count * per;
        (amount.fract() == 0.0).then_some(amount as i32)
    };
    let mut amount = Amount::default();
    match word.strip_suffix('s').unwrap_or(word) {
        "minute" | "min" => amount.minutes = whole(1.0)?,
        "hour" | "hr" | "h" => amount.minutes = whole(60.0)?,
        "day" | "d" => amount.days = whole(1.0)?,
        "night" => amount.days = whole(1.0)?,
        "week" | "wk" => amount.days = whole(7.0)?,
        "fortnight" => amount.days = whole(14.0)?,
        "month" => amount.months = whole(1.0)?,
        "year" => amount.months = whole(12.0)?,
        _ => return None,
    }
    Some(amount)
}

impl Amount {
    pub(crate) const fn negated(self) -> Self {
        Self {
            months: -self.months,
            days: -self.days,
            minutes: -self.minutes,
        }
    }
}
