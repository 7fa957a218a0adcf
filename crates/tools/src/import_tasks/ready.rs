//! From what stands in a file to tasks that could be added: the same rules for titles, tags, dates
//! and depth that every other task is held to.

use protocol::TaskId;
use protocol::import::ImportProblem;
use protocol::task::{Task, limits};
use when::{Moment, Recurrence, Repeat};

use super::entry::{Entry, File, problem};
use crate::draft::blank;
use crate::fields::{self, Refused};
use crate::{Call, Zone};

/// A task that could be added.
pub(super) struct Ready {
    pub(super) line: usize,
    pub(super) depth: usize,
    /// Place of the one it is a part of, which comes before it.
    pub(super) parent: Option<usize>,
    pub(super) task: Task,
}

pub(super) struct Readied {
    pub(super) ready: Vec<Ready>,
    pub(super) problems: Vec<ImportProblem>,
    pub(super) skipped: usize,
}

pub(super) fn ready(file: File, call: &Call<'_>) -> Readied {
    let File { entries, problems } = file;
    let mut readied = Readied {
        skipped: problems.iter().filter(|problem| problem.skipped).count(),
        ready: Vec::with_capacity(entries.len()),
        problems,
    };
    // Where each has gone; one that was left out stands for what it is a part of.
    let mut places: Vec<Option<usize>> = vec![None; entries.len()];
    for index in parents_first(&entries) {
        let entry = &entries[index];
        let mut parent = entry.parent.and_then(|parent| places[parent]);
        let mut told = Vec::new();
        match task(entry, call, &mut told) {
            Ok(task) => {
                while parent.is_some_and(|place| readied.ready[place].depth + 1 >= limits::DEPTH) {
                    parent = parent.and_then(|place| readied.ready[place].parent);
                }
                places[index] = Some(readied.ready.len());
                readied.ready.push(Ready {
                    line: entry.line,
                    depth: parent.map_or(0, |place| readied.ready[place].depth + 1),
                    parent,
                    task,
                });
            }
            Err(refused) => {
                places[index] = parent;
                readied.skipped += 1;
                let problem = problem(entry.line, refused.message, true);
                readied.problems.push(problem);
            }
        }
        let told = told.into_iter();
        let told = told.map(|message| problem(entry.line, message, false));
        readied.problems.extend(told);
    }
    readied
}

/// Places of the entries in their order, except that nothing comes before what it is a part of.
/// Those that are parts of each other lose what closes the circle.
fn parents_first(entries: &[Entry]) -> Vec<usize> {
    let mut order = Vec::with_capacity(entries.len());
    let mut seen = vec![false; entries.len()];
    for index in 0..entries.len() {
        let mut chain = Vec::new();
        let mut at = Some(index);
        while let Some(place) = at.filter(|place| !seen[*place]) {
            seen[place] = true;
            chain.push(place);
            at = entries[place].parent;
        }
        order.extend(chain.into_iter().rev());
    }
    order
}

/// `told` is what could not be read and stands in the description instead.
fn task(entry: &Entry, call: &Call<'_>, told: &mut Vec<String>) -> Result<Task, Refused> {
    let mut task = blank(TaskId(0), call);
    task.title = fields::title(&entry.title)?;
    task.priority = entry.priority;
    task.tags = fields::tags(&entry.tags)?;
    let mut description = entry.description.clone();
    let mut unread = |what: &str, text: &str, refused: Refused| {
        if !description.is_empty() {
            description.push('\n');
        }
        description.push_str(&format!("{what}: {text}"));
        told.push(refused.message);
    };
    if let Some(words) = &entry.due {
        match fields::dates(words, call) {
            Ok(dates) => {
                (task.due, task.time_zone) = (dates.due, dates.time_zone);
                task.recurrence = dates.recurrence;
            }
            Err(refused) => unread("Date", words, refused),
        }
    }
    if let Some(words) = &entry.recurrence {
        match recurrence(&mut task, words, call) {
            Ok(()) => {}
            Err(refused) => unread("Repeats", words, refused),
        }
    }
    task.description = fields::description(&description)?;
    if task.due.is_some() {
        let reminder = entry.reminder.map(fields::reminder).transpose();
        task.reminder = reminder.ok().flatten().flatten();
    }
    settle(&mut task, entry, call);
    Ok(task)
}

fn recurrence(task: &mut Task, words: &str, call: &Call<'_>) -> Result<(), Refused> {
    let dates = fields::recurrence(words, call)?;
    if task.due.is_none() {
        (task.due, task.time_zone) = (dates.due, dates.time_zone);
    }
    if task.due.is_none() {
        return Err(Refused::invalid(
            "A recurrence needs a due date to count from.",
        ));
    }
    task.recurrence = dates.recurrence;
    Ok(())
}

/// What was done is done, what repeats is due next, and an event that is over is done as well.
fn settle(task: &mut Task, entry: &Entry, call: &Call<'_>) {
    task.completed = entry.completed;
    if !task.completed {
        let over = !catches_up(task, call);
        task.completed = over && entry.is_event;
    }
    if task.completed {
        let at = entry.completed_at.filter(|at| *at <= call.now);
        task.completed_at = Some(at.unwrap_or(call.now));
        task.recurrence = None;
    }
}

/// Moves what repeats to its next time, if its first has passed. Whether anything is to come.
fn catches_up(task: &mut Task, call: &Call<'_>) -> bool {
    let Some((due, start)) = task
        .due
        .and_then(|due| Some((due, when::datetime_of(due)?)))
    else {
        return true;
    };
    let zone = task.time_zone.as_deref().map(Zone::named);
    let now = zone.as_ref().unwrap_or(call.zone).context(call.now).now;
    if start.date() >= now.date() {
        return true;
    }
    let rule = task.recurrence.as_deref();
    let Some(mut rule) = rule.and_then(|rule| Recurrence::parse(rule).ok()) else {
        return false;
    };
    let first = match due.time() {
        Some(_) => Moment::at(start, when::Grain::Minute),
        None => Moment::day(start.date()),
    };
    let count = rule.count.take();
    let repeat = Repeat {
        rule: rule.clone(),
        first,
    };
    // Of today's times none has been missed before the day is over.
    let yesterday = now.date().yesterday().unwrap_or(now.date());
    let late = jiff::civil::Time::constant(23, 59, 59, 0);
    let next = repeat.next(start, yesterday.to_datetime(late));
    let left = next.map(|next| {
        let until = next.date.to_datetime(next.time.unwrap_or_default());
        let passed = rule.occurrences(start).take(MOST_PASSED);
        let passed = passed.take_while(|time| *time < until).count();
        let passed = u32::try_from(passed).unwrap_or(u32::MAX);
        count.map(|count| count.saturating_sub(passed))
    });
    let (Some(next), Some(left)) = (next, left.filter(|left| *left != Some(0))) else {
        task.recurrence = None;
        return false;
    };
    rule.count = left;
    task.due = next.due().or(task.due);
    task.recurrence = Some(rule.to_string());
    true
}

/// Times of a rule that are counted one by one; those of a longer past are as good as all.
const MOST_PASSED: usize = 10_000;
