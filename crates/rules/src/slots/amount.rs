//! "By two days", "an hour later", "a week earlier".

use std::ops::Range;

use when::{Amount, Context};

use crate::tokens::Span;

/// Words that belong to the amount they stand before.
const LEADS: &[&str] = &["about", "around", "another", "by", "for"];

/// The first amount in a text, and the words it takes.
pub(crate) fn find(span: Span<'_>, ctx: &Context) -> Option<(Amount, Range<usize>)> {
    let text = span.raw();
    let offset = span.words.first()?.range.start;
    let (place, amount) = when::amounts(text, ctx).into_iter().next()?;
    let (first, last) = (place.start + offset, place.end + offset);
    let inside = |at: &usize| {
        let word = &span.words[*at].range;
        word.start < last && first < word.end
    };
    let start = (0..span.len()).find(inside)?;
    let end = (start..span.len()).take_while(inside).last()? + 1;
    let led = start > 0 && LEADS.contains(&span.at(start - 1));
    Some((amount, start - usize::from(led)..end))
}
