//! Days that are written but that no calendar has: "30 February", "2026-13-01".

use std::ops::Range;

use jiff::civil::Date;

use crate::lexicon::Sense;
use crate::scan::{Kind, Token, scan};

/// The first day in a text that does not exist, for an answer that says so instead of "which
/// day?".
pub fn impossible(text: &str) -> Option<Range<usize>> {
    let tokens = scan(text);
    (0..tokens.len()).find_map(|at| {
        let end = no_such_day(&tokens, at)?;
        Some(tokens[at].start..tokens.get(end.checked_sub(1)?)?.end)
    })
}

/// Where the impossible day that begins here ends.
fn no_such_day(tokens: &[Token], at: usize) -> Option<usize> {
    let number = |at: usize| match tokens.get(at)?.kind {
        Kind::Number(value, 1..=4) => i16::try_from(value).ok(),
        Kind::Ordinal(value) => i16::try_from(value).ok(),
        _ => None,
    };
    let month = |at: usize| match tokens.get(at)?.kind {
        Kind::Word(Sense::Month(month, _)) => Some(i16::from(month)),
        _ => None,
    };
    let mark = |at: usize| match tokens.get(at)?.kind {
        Kind::Mark(mark @ ('-' | '/' | '.')) => Some(mark),
        _ => None,
    };
    if at > 0 && mark(at - 1).is_some() && !tokens[at].spaced {
        return None;
    }
    if let (Some(first), Some(one), Some(second), Some(two), Some(third)) = (
        number(at),
        mark(at + 1),
        number(at + 2),
        mark(at + 3),
        number(at + 4),
    ) {
        let tight = tokens[at + 1..at + 5].iter().all(|token| !token.spaced);
        let orders = match first > 1000 {
            true => [(first, second, third); 2],
            false => [(third, second, first), (third, first, second)],
        };
        let long = first > 1000 || third > 1000;
        let missing = orders
            .into_iter()
            .all(|(year, month, day)| !exists(year, month, day));
        return (tight && long && one == two && missing).then_some(at + 5);
    }
    let (day, month, end) = match (number(at), month(at)) {
        (Some(day), None) => {
            let of = usize::from(matches!(
                tokens.get(at + 1)?.kind,
                Kind::Word(Sense::Key(crate::lexicon::Key::Of))
            ));
            (day, month(at + 1 + of)?, at + 2 + of)
        }
        (None, Some(month)) => (number(at + 1)?, month, at + 2),
        _ => return None,
    };
    let comma = usize::from(matches!(
        tokens.get(end).map(|token| token.kind),
        Some(Kind::Mark(','))
    ));
    let year = number(end + comma).filter(|year| (1000..=2999).contains(year));
    let missing = (1..100).contains(&day) && !exists(year.unwrap_or(2024), month, day);
    missing.then_some(if year.is_some() { end + comma + 1 } else { end })
}

fn exists(year: i16, month: i16, day: i16) -> bool {
    let narrow = |value: i16| i8::try_from(value).ok();
    match (narrow(month), narrow(day)) {
        (Some(month), Some(day)) => Date::new(year, month, day).is_ok(),
        _ => false,
    }
}
