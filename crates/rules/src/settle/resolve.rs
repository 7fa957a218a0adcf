//! From a reference to tasks, with what was looked up and what the conversation has in mind.

use super::Room;
use crate::filter;
use crate::intent::{Filter, Named, Place, Plain, Status, Target};
use crate::matching::{self, Match};
use crate::pool::{Known, Lookup};
use crate::view::Task;

/// What a reference came to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Resolved {
    /// Something has to be looked up first.
    Look(Plain),
    Fault(String),
    Tasks(Vec<Task>),
    /// Numbers that the person said, of tasks that were not seen yet.
    Ids(Vec<i64>),
    /// Several fit, or one not well enough.
    Choose(Vec<Task>),
    /// Nothing fits these words.
    Nothing(String),
    /// A filter left nothing.
    Empty(Box<Filter>),
    /// A place that the list does not have, or there is no list.
    NoPlace,
    Missing,
}

/// How well a task has to fit, and how far it has to be ahead of the next.
#[derive(Clone, Copy)]
pub(crate) struct Bar {
    score: f64,
    gap: f64,
    solid: bool,
}

pub(crate) const USUAL: Bar = Bar {
    score: 0.68,
    gap: 0.1,
    solid: false,
};

/// A deletion is never a guess.
pub(crate) const STRICT: Bar = Bar {
    score: 0.74,
    gap: 0.15,
    solid: true,
};

/// Below this a task does not come into question.
const LEAST: f64 = 0.42;

/// Resolves a reference. `statuses` are the lists to look in, the likelier first.
pub(crate) fn resolve(target: &Target, statuses: &[Status], bar: Bar, room: &Room<'_>) -> Resolved {
    let memory = room.memory;
    match target {
        Target::Missing => Resolved::Missing,
        Target::Focus => match memory.focus.as_slice() {
            [] => Resolved::Missing,
            [only] => Resolved::Tasks(vec![only.clone()]),
            several => Resolved::Tasks(several.to_vec()),
        },
        Target::Group => match (memory.focus.as_slice(), memory.shown.as_slice()) {
            ([_, _, ..], _) => Resolved::Tasks(memory.focus.clone()),
            (_, [_, ..]) => Resolved::Tasks(memory.shown.clone()),
            // "Add A", "add B", "make them urgent".
            ([only], []) => {
                let mut both = memory.earlier.clone();
                both.retain(|task| task.id != only.id);
                both.push(only.clone());
                Resolved::Tasks(both)
            }
            ([], []) => Resolved::Missing,
        },
        Target::Other => match memory.other() {
            Some(task) => Resolved::Tasks(vec![task.clone()]),
            None => Resolved::Missing,
        },
        Target::Ids(ids) => by_ids(ids, room),
        Target::Places(places) => by_places(places, statuses, room),
        Target::Named(named) => by_name(named, statuses, bar, room),
        Target::All(filter) => by_filter(filter, statuses, room),
        Target::Several(parts, words) => by_parts(parts, words, statuses, bar, room),
        Target::Except(whole, part) => without(whole, part, statuses, bar, room),
    }
}

fn by_ids(ids: &[i64], room: &Room<'_>) -> Resolved {
    let known: Option<Vec<Task>> = ids
        .iter()
        .map(|id| room.memory.known.get(id).cloned())
        .collect();
    match known {
        Some(tasks) => Resolved::Tasks(tasks),
        None => Resolved::Ids(ids.to_vec()),
    }
}

/// Places in the list shown last. Bare numbers are numbers of tasks where no list was shown, and
/// an ordinal then counts the open tasks.
fn by_places(places: &[Place], statuses: &[Status], room: &Room<'_>) -> Resolved {
    let shown = &room.memory.shown;
    let bare: Vec<i64> = places
        .iter()
        .filter_map(|place| match place {
            Place::Bare(n) => Some(*n),
            _ => None,
        })
        .collect();
    if shown.is_empty() && bare.len() == places.len() {
        return by_ids(&bare, room);
    }
    let looked_up;
    let list: Vec<&Task> = if shown.is_empty() {
        let status = statuses.first().copied().unwrap_or_default();
        match room.pool.get(&Lookup::All(status)) {
            Known::Ask(call) => return Resolved::Look(call),
            Known::Fault(fault) => return Resolved::Fault(fault),
            // In the order of the page beside the conversation.
            Known::Tasks(tasks, _) => looked_up = tasks,
        }
        looked_up
    } else {
        shown.iter().collect()
    };
    let at = |place: &Place| {
        let (Place::At(n) | Place::Bare(n) | Place::Last(n)) = *place;
        let index = usize::try_from(n).ok()?.checked_sub(1)?;
        match place {
            Place::Last(_) => list.iter().rev().nth(index),
            _ => list.get(index),
        }
    };
    let found: Option<Vec<Task>> = places
        .iter()
        .map(|place| at(place).map(|task| (*task).clone()))
        .collect();
    match found {
        Some(mut tasks) => {
            let mut seen = Vec::new();
            tasks.retain(|task| {
                !seen.contains(&task.id) && {
                    seen.push(task.id);
                    true
                }
            });
            Resolved::Tasks(tasks)
        }
        None if bare.len() == places.len() => by_ids(&bare, room),
        None => Resolved::NoPlace,
    }
}

fn by_name(named: &Named, statuses: &[Status], bar: Bar, room: &Room<'_>) -> Resolved {
    if !matching::says_something(&named.words) {
        return Resolved::Missing;
    }
    let mut weak: Vec<Task> = Vec::new();
    for status in statuses {
        let tasks = match room.pool.get(&Lookup::All(*status)) {
            Known::Ask(call) => return Resolved::Look(call),
            Known::Fault(fault) => return Resolved::Fault(fault),
            Known::Tasks(tasks, false) => tasks,
            // There are too many to look at each: those that have the words come to them.
            Known::Tasks(mut tasks, true) => match beyond(named, *status, room) {
                Known::Ask(call) => return Resolved::Look(call),
                Known::Fault(fault) => return Resolved::Fault(fault),
                Known::Tasks(found, _) => {
                    let seen: Vec<i64> = tasks.iter().map(|task| task.id).collect();
                    tasks.extend(found.into_iter().filter(|task| !seen.contains(&task.id)));
                    tasks
                }
            },
        };
        let matches = matches(named, &tasks, room.ctx);
        match verdict(&matches, named, bar) {
            Verdict::Sure(tasks) => return Resolved::Tasks(tasks),
            Verdict::Unsure(tasks) if weak.is_empty() => weak = tasks,
            _ => {}
        }
        if !weak.is_empty() {
            break;
        }
    }
    match weak.is_empty() {
        true => Resolved::Nothing(named.words.clone()),
        false => Resolved::Choose(weak),
    }
}

fn beyond<'a>(named: &Named, status: Status, room: &Room<'a>) -> Known<'a> {
    if !room.can.has("find_tasks") {
        return Known::Tasks(Vec::new(), true);
    }
    let words = matching::telling(&named.undated);
    room.pool.get(&Lookup::Like(status, words))
}

/// Matches by all words, or by the words without the date among the tasks of that date.
fn matches<'t>(named: &Named, tasks: &[&'t Task], ctx: &when::Context) -> Vec<Match<'t>> {
    let by_words = matching::rank(&named.words, named.told, tasks);
    if named.span.is_none() && named.hours.is_none() {
        return by_words;
    }
    let fits = Filter {
        status: Status::All,
        due: named.span,
        hours: named.hours,
        ..Filter::default()
    };
    let then = filter::apply(&fits, tasks, ctx);
    let top = |matches: &[Match<'_>]| matches.first().map_or(0.0, |best| best.score);
    if !matching::says_something(&named.undated) {
        let all = then
            .iter()
            .map(|task| Match {
                task,
                score: 0.9,
                solid: true,
            })
            .collect();
        return if top(&by_words) > 0.9 { by_words } else { all };
    }
    let by_date = matching::rank(&named.undated, named.told, &then);
    let undated = matching::rank(&named.undated, named.told, tasks);
    if top(&by_date) >= top(&by_words) && !by_date.is_empty() {
        by_date
    } else if top(&undated) > top(&by_words) {
        undated
    } else {
        by_words
    }
}

enum Verdict {
    Sure(Vec<Task>),
    Unsure(Vec<Task>),
    Nothing,
}

fn verdict(matches: &[Match<'_>], named: &Named, bar: Bar) -> Verdict {
    let Some(best) = matches.first().filter(|best| best.score >= LEAST) else {
        return Verdict::Nothing;
    };
    let near: Vec<&Match<'_>> = matches
        .iter()
        .filter(|other| other.score >= LEAST && best.score - other.score < bar.gap)
        .collect();
    let tasks = |matches: &[&Match<'_>]| matches.iter().map(|found| found.task.clone()).collect();
    let exact = |found: &&&Match<'_>| found.task.title.eq_ignore_ascii_case(named.words.trim());
    let exacts: Vec<&Match<'_>> = near.iter().filter(exact).copied().collect();
    if let [only] = exacts.as_slice() {
        return Verdict::Sure(tasks(&[only]));
    }
    let strong = best.score >= bar.score && (best.solid || !bar.solid);
    match near.len() {
        1 if strong => Verdict::Sure(tasks(&near)),
        2.. if strong && named.many => Verdict::Sure(tasks(&near)),
        _ => Verdict::Unsure(tasks(&near[..near.len().min(8)])),
    }
}

fn by_filter(filter: &Filter, statuses: &[Status], room: &Room<'_>) -> Resolved {
    let status = match filter.status_said {
        true => filter.status,
        false => statuses.first().copied().unwrap_or_default(),
    };
    let filter = Filter {
        status,
        // A list for today shows what is late as well; a reference to today does not mean it.
        with_overdue: false,
        ..filter.clone()
    };
    match room.pool.get(&Lookup::All(status)) {
        Known::Ask(call) => Resolved::Look(call),
        Known::Fault(fault) => Resolved::Fault(fault),
        Known::Tasks(tasks, _) => {
            let left = filter::apply(&filter, &tasks, room.ctx);
            match left.is_empty() {
                true => Resolved::Empty(Box::new(filter)),
                false => Resolved::Tasks(left.into_iter().cloned().collect()),
            }
        }
    }
}

/// Several references that are one title ("salt and pepper"), or each its own.
fn by_parts(
    parts: &[Target],
    words: &str,
    statuses: &[Status],
    bar: Bar,
    room: &Room<'_>,
) -> Resolved {
    let whole = Named {
        words: words.to_owned(),
        undated: words.to_owned(),
        ..Named::default()
    };
    if parts.iter().all(|part| matches!(part, Target::Named(_))) {
        let high = Bar { score: 0.88, ..bar };
        let found = by_name(&whole, statuses, high, room);
        if let Resolved::Tasks(_) | Resolved::Look(_) | Resolved::Fault(_) = found {
            return found;
        }
    }
    let mut tasks: Vec<Task> = Vec::new();
    let mut ids = Vec::new();
    for part in parts {
        match resolve(part, statuses, bar, room) {
            Resolved::Tasks(found) => tasks.extend(found),
            Resolved::Ids(found) => ids.extend(found),
            other => return other,
        }
    }
    if !ids.is_empty() {
        ids.extend(tasks.iter().map(|task| task.id));
        return Resolved::Ids(ids);
    }
    Resolved::Tasks(tasks)
}

fn without(
    whole: &Target,
    part: &Target,
    statuses: &[Status],
    bar: Bar,
    room: &Room<'_>,
) -> Resolved {
    let all = match resolve(whole, statuses, bar, room) {
        Resolved::Tasks(tasks) => tasks,
        other => return other,
    };
    let kept: Vec<i64> = match resolve(part, statuses, bar, room) {
        Resolved::Tasks(tasks) => tasks.iter().map(|task| task.id).collect(),
        Resolved::Ids(ids) => ids,
        other => return other,
    };
    let left: Vec<Task> = all
        .into_iter()
        .filter(|task| !kept.contains(&task.id))
        .collect();
    match left.is_empty() {
        true => Resolved::Empty(Box::default()),
        false => Resolved::Tasks(left),
    }
}
