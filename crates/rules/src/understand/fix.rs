//! Corrections of what was just done: "no, I meant Friday", "not that one, the other", "undo".

use super::Desk;
use super::change::update;
use crate::intent::{Change, Intent, NewDue, NewPriority, NewTitle, Target};
use crate::lexicon::commands::UNDO;
use crate::slots::{dates, draft, priority};
use crate::target;
use crate::tokens::Span;

/// What opens a correction.
const CUES: &[&str] = &[
    "no|nope|nah|sorry|oops|whoops|wait|actually|hmm|oh|hold|ah|um|ugh|argh on? no|wait|sorry|actually|not? not|that|wrong?",
    "i|we meant|mean|said|wanted|intended|was to? say|meaning|thinking? to|of?",
    "i actually|really meant|mean|said|wanted",
    "make|change|set|move|do it|that|this|them instead? to|for|at|on?",
    "it|that|this should|must|needs|was|has|is supposed|meant|actually? to? be|read|say|been? for|at|on?",
    "rather|instead|better|correction :?",
    "on second thought|thoughts",
    "lets|let us make|do|say it|that?",
    "how|what about",
    "let me rephrase|correct that?",
    "my mistake|bad",
    "its|thats",
    "not",
];

const WRONG: &[&str] = &[
    "no|nope|sorry|wait|oops? not that|this|it one|task? no|sorry?",
    "wrong one|task|item",
    "that was|is|thats the? wrong one|task|item?",
    "not|no that|this|it one? i|,? meant|mean?",
    "you completed|deleted|marked|changed|picked|chose|got the wrong one|task",
    "i|no meant|mean|want the other one?",
    "no|not|the other one|task?",
];

/// "Scratch that", right after something was done: it was asked for, and is taken back.
pub(super) fn retracted(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let span = span.trimmed();
    let open = desk.memory.just_now && !desk.memory.last.is_empty();
    if !open {
        return None;
    }
    let takes_back =
        span.is(&["no|wait|sorry|actually|oh? scratch|strike|cancel|revert that|it|this please?"]);
    let leaves = span.is(&[
        "oh|no|wait|actually|ok? never mind that|it?",
        "oh|no|wait|actually|ok? nevermind|nvm that|it?",
        "no|ok? forget it|that|about it|that?",
    ]);
    match (takes_back, leaves) {
        (true, _) => Some(vec![Intent::Undo]),
        (_, true) => Some(vec![Intent::Say(crate::say::DONE_ALREADY.to_owned())]),
        _ => None,
    }
}

pub(crate) fn read(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    if span.is(UNDO) || super::peel(span).is(UNDO) {
        return Some(vec![Intent::Undo]);
    }
    if desk.memory.last.is_empty() || desk.memory.focus.is_empty() {
        return None;
    }
    if let Some(intents) = super::finish::not_done(super::peel(span)) {
        return Some(intents);
    }
    if let Some(priority) =
        priority::named(span).filter(|_| desk.memory.just_now && !is_digit(span))
    {
        return update(
            Target::Focus,
            Change::of_priority(NewPriority::To(priority)),
        );
    }
    other_one(span, desk).or_else(|| corrected(span, desk))
}

fn is_digit(span: Span<'_>) -> bool {
    span.is(&["1|2|3|4|one|no|off|none|nothing|max|min|regular|standard|default"])
}

/// "No, rolls": a correction without a word that says so, where nothing else is meant.
pub(crate) fn vague(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let rest = span
        .after(&["no|nope|sorry|wait|oops|whoops|actually"])?
        .trimmed();
    let fits = desk.memory.just_now && !rest.is_empty() && rest.len() <= 4;
    if fits {
        by_kind(None, rest.raw(), desk)
    } else {
        None
    }
}

/// "not that one, the other", "wrong one, I meant the milk".
fn other_one(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let used = span.starts_any(WRONG)?;
    let rest = span.from(used).trimmed();
    let rest = rest
        .after(&["but|i|rather meant|mean|want|wanted|said?"])
        .unwrap_or(rest);
    let whole_other = span.until(used).has(&["other"]);
    if !whole_other && !span.has(&["wrong", "not", "that", "other"]) {
        return None;
    }
    if rest.is_empty() || whole_other && rest.len() < 2 {
        return Some(vec![if whole_other {
            Intent::Instead(Target::Other)
        } else {
            Intent::Instead(Target::Missing)
        }]);
    }
    value(rest, None, desk).or_else(|| Some(vec![Intent::Instead(target::read(rest, desk.ctx))]))
}

fn corrected(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let mut rest = span;
    let mut cued = false;
    for _ in 0..4 {
        let Some(used) = rest
            .starts_any(CUES)
            .filter(|used| *used > 0 && *used < rest.len())
        else {
            break;
        };
        cued = true;
        rest = rest.from(used).trimmed();
    }
    let instead = rest
        .before(&["instead|rather|actually|please|then"])
        .filter(|rest| !rest.is_empty());
    let rest_said = instead.unwrap_or(rest);
    cued |= instead.is_some();
    let rest_said = rest_said
        .after(&["and|also|plus then|also|please|do|make? it?"])
        .filter(|rest| dates::whole(rest.raw(), desk.ctx).is_some())
        .unwrap_or(rest_said);
    let whole_date = dates::whole(rest_said.raw(), desk.ctx).is_some();
    let asks = span.text.trim_end().ends_with('?');
    let corrects = whole_date && desk.memory.just_now && !asks;
    if !cued && !corrects {
        return None;
    }
    if !desk.memory.just_now && !whole_date {
        return None;
    }
    if let Some(swap) = not_but(span) {
        let right = crate::tokens::words(&swap.1);
        let right = Span {
            text: &swap.1,
            words: &right,
        };
        if dates::whole(&swap.1, desk.ctx).is_some() {
            return value(right, None, desk);
        }
        return by_kind(swap.0, &swap.1, desk);
    }
    value(rest_said, Some(span), desk)
}

/// "not milk but bread", "bread, not milk": the wrong part, and the right one.
fn not_but(span: Span<'_>) -> Option<(Option<String>, String)> {
    let not = span.find(&["not"])?;
    let after = span.from(not.end);
    let titled = |span: Span<'_>| draft::title(super::peel(span).raw());
    if let Some(but) = after.find(&[",|but its|i|rather? meant?", "its"]) {
        let (old, new) = (titled(after.until(but.start)), titled(after.from(but.end)));
        let fits = !old.is_empty()
            && !new.is_empty()
            && !after.until(but.start).is(&["that|this|it one?"]);
        return fits.then_some((Some(old), new));
    }
    let before = span.until(not.start).trimmed();
    let new = before.after(CUES).unwrap_or(before);
    let (old, new) = (titled(after), titled(new));
    (!old.is_empty() && !new.is_empty() && new != "no").then_some((Some(old), new))
}

/// What a corrected value is: a date, a priority, another task, or a title.
fn value(rest: Span<'_>, cued: Option<Span<'_>>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    if let Some(when) = dates::whole(rest.raw(), desk.ctx) {
        let (day, time) = dates::parts(&when, rest.raw(), desk.ctx);
        let change = Change {
            due: Some(NewDue::To(day, time)),
            repeats: super::change::repeats(&when),
            ..Change::default()
        };
        return update(Target::Focus, change);
    }
    if let Some(named) = priority::named(rest).filter(|_| !is_digit(rest)) {
        return update(Target::Focus, Change::of_priority(NewPriority::To(named)));
    }
    let span = cued?;
    let made = span.starts("no|nope|oh|oops|sorry|wait|actually").is_some()
        && span.find(&["make it|that"]).is_some();
    let meant = made
        || span
            .find(&["meant|mean|said|not|should|its|correction|wanted"])
            .is_some();
    if !meant || rest.len() > 8 || super::told::is_base(rest.at(0)) && rest.len() > 4 {
        return None;
    }
    by_kind(None, rest.raw(), desk)
}

/// After an addition a correction is about its title, after anything else about which task it was.
fn by_kind(old: Option<String>, new: &str, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let last = desk.memory.last.last()?;
    let adds_or_renames =
        last.tool == "add_tasks" || last.tool == "update_tasks" && desk.memory.retitled();
    if adds_or_renames {
        let swap = NewTitle::Swap(old, draft::title(new));
        return update(Target::Focus, Change::of_title(swap));
    }
    Some(vec![Intent::Instead(target::parse(new, desk.ctx))])
}
