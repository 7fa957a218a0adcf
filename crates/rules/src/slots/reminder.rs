//! "With a reminder an hour before": how long before a task is due the person is reminded.

use std::ops::Range;

use when::Context;

use super::amount;
use crate::tokens::Span;

/// What says that it is a reminder.
const CUES: &[&str] = &[
    "and|with|,|please|but? also? remind|alert|notify|warn|nudge|ping|prompt me|us? about|of|for? it|this|that?",
    "and|with|,? set|add|include|have|give|put|get? me? a|an|the? reminder|alert|notification|alarm set|for|of|at|to? go? off?",
];

/// What says that it comes before the date.
const BEFORE: &[&str] = &[
    "before hand|it|that|then|this|time|the? time|event|due|date|appointment|meeting?",
    "beforehand|ahead|early|earlier|prior",
    "in advance",
    "ahead of time|it",
    "prior to it|that",
    "before its|it is due|starts",
];

/// Minutes, and the words that told them, of which the last stand before the end or a mark.
pub(crate) fn find(span: Span<'_>, ctx: &Context) -> Option<(i64, Range<usize>)> {
    (0..span.len()).find_map(|start| {
        let cue = span.from(start).starts_any(CUES)?;
        let rest = span.from(start + cue);
        let (minutes, used) = before(rest, ctx)?;
        Some((minutes, start..start + cue + used))
    })
}

/// "30 minutes before", at the beginning of a text.
pub(crate) fn before(rest: Span<'_>, ctx: &Context) -> Option<(i64, usize)> {
    let near = rest.until(8);
    let (length, place) = amount::find(near, ctx)?;
    let leads = near.until(place.start);
    let led = leads.is_empty() || leads.is(&["a|an|about|at|set|for|the"]);
    let link = rest.from(place.end).starts_any(BEFORE)?;
    let whole = length.months == 0 && length.workdays == 0;
    let minutes = length
        .days
        .checked_mul(1440)?
        .checked_add(length.seconds / 60)?;
    (led && whole && minutes > 0).then_some((minutes, place.end + link))
}
