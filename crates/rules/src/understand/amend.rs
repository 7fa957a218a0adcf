//! What people take back in the same breath: "on Tuesday, no wait, Wednesday", "add milk, no,
//! bread".

use super::Desk;
use super::told::is_base;
use crate::lexicon::commands::{ADD, COMPLETE, DELETE, MOVE, RENAME, REOPEN};
use crate::slots::dates;
use crate::tokens::Span;

/// Says that what comes next takes the place of what came before.
const CUES: &[&str] = &[
    ",|-|–|—|.? no|oh|oops|ah ,? wait|sorry ,?",
    ",|-|–|—|.? wait ,? no ,?",
    ",|-|–|—|.? no|sorry|wait|actually? ,? i mean|meant",
    ",|-|–|—|. i mean|meant",
    "or rather",
    ",|-|–|— rather|actually|sorry|correction ,?",
    ",|-|–|— no ,",
    ",|-|–|— make|scratch that ,?",
];

/// Words of the right part; more are a sentence of their own.
const MOST: usize = 6;

/// What was meant as a whole, if something in it was taken back.
pub(super) fn read(span: Span<'_>, desk: Desk<'_>) -> Option<String> {
    let cue = span.find(CUES).filter(|cue| cue.start > 0)?;
    let (left, right) = (span.until(cue.start), span.from(cue.end).trimmed());
    if right.is_empty() || right.len() > MOST {
        return None;
    }
    dated(left, right, desk).or_else(|| named(left, right))
}

/// Another date: what the new one leaves open stays as it was.
fn dated(left: Span<'_>, right: Span<'_>, desk: Desk<'_>) -> Option<String> {
    let new = dates::whole(right.raw(), desk.ctx)?;
    let old = dates::take(left.raw(), desk.ctx);
    let was = old.when.as_ref().filter(|_| old.last)?;
    let (day, time) = dates::parts(&new, right.raw(), desk.ctx);
    let (old_day, old_time) = dates::parts(was, &old.words, desk.ctx);
    let link = |text: &str| match text.starts_with(|letter: char| letter.is_ascii_digit()) {
        true => format!("at {text}"),
        false => text.to_owned(),
    };
    let date = match (day, time, old_day, old_time) {
        (None, Some(_), Some(day), _) => format!("{day} {}", link(right.raw())),
        (Some(_), None, _, Some(time)) => {
            format!("{} at {}", right.raw(), time.strftime("%H:%M"))
        }
        (None, Some(_), ..) => link(right.raw()),
        _ => right.raw().to_owned(),
    };
    let repeats = matches!(new, when::When::Every(_));
    let date = if repeats { right.raw() } else { &date };
    Some(format!("{} {date}", old.rest))
}

/// Another thing: a verb that only the left part has stays.
fn named(left: Span<'_>, right: Span<'_>) -> Option<String> {
    let commands = [ADD, COMPLETE, DELETE, REOPEN, MOVE, RENAME];
    let used = commands
        .iter()
        .filter_map(|command| left.starts_any(command))
        .max()
        .filter(|used| (1..left.len()).contains(used))?;
    let object = left.from(used);
    let keeps_verb = is_base(object.at(0)) && object.len() > 1 && !is_base(right.at(0));
    let kept = left.until(used + usize::from(keeps_verb));
    // "Delete milk, no, keep it" is no other name.
    let is_name = right
        .starts("dont|do|keep|leave|not|never|cancel|stop|forget|delete|complete|it|that|this|undo")
        .is_none();
    is_name.then(|| format!("{} {}", kept.raw(), right.raw()))
}
