//! Repetitions of tasks there are: "repeat it every Monday", "stop repeating the plants".

use super::Desk;
use super::change::{object, repeats, update};
use crate::intent::{Change, Intent, NewDue, Target};
use crate::slots::dates;
use crate::target;
use crate::tokens::{Span, words};

const STOP: &[&str] = &[
    "stop|end|quit|cease|cancel|disable|remove|delete|clear|drop the|its|any? repeating|recurring|repetition|recurrence|repeat|repeats|recurrences|repetitions rule|schedule|pattern? of|from|for|on|off|in?",
    "turn|switch off the|its|any? repetition|recurrence|repeat|repeating of|from|for|on|off|in?",
    "get rid of the|its|any? repetition|recurrence|repeat of|from|for|on|in?",
    "dont|never repeat|recur",
    "do not repeat|recur",
    "no longer repeat",
    "unrepeat",
];

/// What follows the task instead.
const STOPPED: &[&str] = &[
    "should|must|to|shall|does|do|will|can|not|no|doesnt|dont|shouldnt|need|needs|longer|not? no|not|to|longer? longer|not|to? repeat|recur|repeating|recurring|repeats any|ever? more|again|anymore|longer?",
    "a|an|not|non? one-time|one-off|once-only|single|non-recurring|non-repeating|nonrecurring task|thing|event|only?",
    "a one|single time|off task|thing|event?",
    "happen|be|to? just|only once",
];

pub(crate) fn read(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    stopped(span, desk).or_else(|| begun(span, desk))
}

fn none() -> Change {
    Change {
        repeats: Some("none".to_owned()),
        ..Change::default()
    }
}

fn stopped(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    if let Some(rest) = span.after(STOP) {
        let rest = rest
            .before(&[
                "anymore|again",
                "any more|longer",
                "from repeating|recurring",
            ])
            .unwrap_or(rest);
        return update(object(rest, desk), none());
    }
    let head = span
        .after(&["stop"])
        .and_then(|rest| rest.before(&["from? repeating|recurring"]));
    if let Some(object_said) = head {
        return update(object(object_said, desk), none());
    }
    let subject = span.before(STOPPED).filter(|subject| !subject.is_empty())?;
    let negated = span.has(&[
        "not",
        "no",
        "longer",
        "doesnt",
        "dont",
        "shouldnt",
        "once",
        "one-time",
        "one-off",
        "single",
        "non-recurring",
        "non-repeating",
        "nonrecurring",
        "non",
    ]) || span.find(&["one time|off"]).is_some();
    let named = subject
        .after(&["make|set|have|turn|change|let"])
        .unwrap_or(subject);
    if !negated || named.is_empty() || span.starts("add|create|new|remind|i|we").is_some() {
        return None;
    }
    update(
        object(named.before(&["into|to|a"]).unwrap_or(named), desk),
        none(),
    )
}

/// "repeat the plants every Friday", "make it weekly", "the rent should repeat monthly".
fn begun(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    if let Some(intents) = turned(span, desk) {
        return Some(intents);
    }
    let dated = dates::take(span.raw(), desk.ctx);
    let when = dated.when.as_ref()?;
    let rule = repeats(when)?;
    let all = words(&dated.rest);
    let rest = Span {
        text: &dated.rest,
        words: &all,
    }
    .trimmed();
    let orders = rest.after(&["repeat|recur"]);
    let makes = || {
        let head = rest.after(&["make|set|have|let|get|turn|schedule|change|put"])?;
        let bare = head.before(&["to|into|as|a|an|be? repeat|recur|repeating|recurring|repeatable|happen on|to|at|task|reminder|event?", "into|to|a|an|as recurring? task|reminder|event?"]);
        let target = target::read(bare.unwrap_or(head), desk.ctx);
        let definite =
            bare.is_some() || target::is_sure(&target) || head.starts("the|my|task").is_some();
        let new = head.starts("a|an|another|up|me|new").is_some();
        (definite && !new).then_some(bare.unwrap_or(head))
    };
    let says = || {
        let subject = rest.before(&["should|must|needs|has|shall|ought|will to? repeat|recur|happen|be? repeating|recurring|repeated|done? on?", "repeats|recurs", "is|are a|an? recurring|repeating|repeated task|reminder?"])?;
        (!subject.is_empty() && subject.starts("i|we|add|create|remind|new|a|an").is_none())
            .then_some(subject)
    };
    let (object_said, sure) = match orders.or_else(makes) {
        Some(object_said) => (object_said, true),
        None => (says()?, false),
    };
    let target = object(object_said, desk);
    let (day, time) = dates::parts(when, &dated.words, desk.ctx);
    let change = Change {
        due: Some(NewDue::To(day, time)),
        repeats: Some(rule),
        ..Change::default()
    };
    let wanted = vec![Intent::Update(target.clone(), change)];
    if sure || target::is_sure(&target) {
        return Some(wanted);
    }
    let add = super::create::drafts(span, desk, crate::slots::items::Enumerated::No);
    match target {
        Target::Named(_) => Some(vec![Intent::IfKnown(
            target,
            wanted,
            vec![Intent::Add(add)],
        )]),
        _ => Some(wanted),
    }
}

/// "make the rent a monthly task": the adjective says how often.
fn turned(span: Span<'_>, desk: Desk<'_>) -> Option<Vec<Intent>> {
    let head = span.after(&["make|turn|set|change|convert"])?;
    let whole = head.before(&["task|reminder|event|thing|chore|one|todo"])?;
    let often = whole.len().checked_sub(1)?;
    let when = dates::whole(whole.from(often).raw(), desk.ctx)?;
    let rule = repeats(&when)?;
    let object_said = whole.until(often).before(&["into|to|as? a|an"])?;
    let (day, time) = dates::parts(&when, whole.from(often).raw(), desk.ctx);
    let change = Change {
        due: Some(NewDue::To(day, time)),
        repeats: Some(rule),
        ..Change::default()
    };
    (!object_said.is_empty()).then(|| vec![Intent::Update(object(object_said, desk), change)])
}
