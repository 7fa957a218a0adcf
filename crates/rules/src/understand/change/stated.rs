//! Dates that are said as facts.

use super::repeats;
use crate::intent::{Change, Intent, NewDue, Target};
use crate::slots::dates;
use crate::slots::items::Enumerated;
use crate::target;
use crate::tokens::Span;
use crate::understand::Desk;
use crate::understand::create::drafts;

/// "the dentist is now at 4", "the rent is due on the 3rd now", "the report isn't due until May".
pub(super) fn read(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let said = span.before(&["now|instead", "after all"]).unwrap_or(span);
    let now = said.len() < span.len();
    let link = said.find(&[
        "is|are|s not? due? now due? at|on|for|until|till|by|in?",
        "isnt|arent|is|are|s not? due until|till|at|on|by|in|before?",
        "is|are|s at|on",
    ])?;
    let words = said.slice(link.clone());
    let subject = said.until(link.start);
    let owned = subject.starts("the|my|our").is_some();
    let fits = now || words.has(&["now", "isnt", "arent", "not"]) || owned;
    let asks = span.text.trim_end().ends_with('?');
    if subject.is_empty() || !fits || asks || subject.len() > 6 {
        return None;
    }
    // "On Friday" and "at 4" are dates with the word that leads to them.
    let rest = said.from(link.end.saturating_sub(1));
    let date = dates::whole(said.from(link.end).raw(), desk.ctx)
        .map(|when| (when, said.from(link.end)))
        .or_else(|| dates::whole(rest.raw(), desk.ctx).map(|when| (when, rest)));
    let (when, date) = date?;
    let (day, time) = dates::parts(&when, date.raw(), desk.ctx);
    let change = Change {
        due: Some(NewDue::To(day, time)),
        repeats: repeats(&when),
        ..Change::default()
    };
    let target = target::read(subject, desk.ctx);
    let add = drafts(span, desk, Enumerated::No);
    let wanted = vec![Intent::Update(target.clone(), change)];
    Some(match target {
        Target::Named(_) => vec![Intent::IfKnown(target, wanted, vec![Intent::Add(add)])],
        Target::Missing => return None,
        _ => wanted,
    })
}
