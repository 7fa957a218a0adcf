//! Answers to questions: what has to be looked up for them, and what they say then.

use jiff::civil::DateTime;
use when::Context;

use crate::filter;
use crate::intent::{Asked, Filter, Plain, Range, Status, Topic};
use crate::pool::{Known, Lookup, Pool};
use crate::say;
use crate::settle::{Job, Room};
use crate::view::{Entry, Task};

/// The answer, or the call without which there is none.
pub(crate) fn tell(job: &Job, pool: Pool<'_>, room: &Room<'_>) -> Option<Result<String, Plain>> {
    let answer = match job {
        Job::Show(filter, asked) => tasks(filter, *asked, pool, room),
        Job::Overview => pool
            .one(&Lookup::Overview)
            .map(|answer| say::overview(&answer.counts)),
        Job::Log(topic) => pool
            .one(&Lookup::Log)
            .map(|answer| say::log(&entries(&answer.entries, topic, room.ctx), room.ctx)),
        Job::Parts(task) => listed(pool.get(&Lookup::Parts(task.id))).map(|(mut parts, _)| {
            filter::sort(&mut parts, crate::intent::Sort::Due);
            say::parts(task, &parts, room.ctx)
        }),
        _ => return None,
    };
    Some(match answer {
        Ok(text) => Ok(text),
        Err(Known::Ask(call)) => Err(call),
        Err(Known::Fault(fault)) => Ok(say::fault(&fault)),
        Err(Known::Tasks(..)) => Ok(say::fault("")),
    })
}

type Tasks<'s> = (Vec<&'s Task>, bool);

fn listed(known: Known<'_>) -> Result<Tasks<'_>, Known<'_>> {
    match known {
        Known::Tasks(tasks, more) => Ok((tasks, more)),
        other => Err(other),
    }
}

fn tasks<'s>(
    filter: &Filter,
    asked: Asked,
    pool: Pool<'s>,
    room: &Room<'_>,
) -> Result<String, Known<'s>> {
    let (left, more) = if filter.when_done && room.can.has("list_activity") {
        done_then(filter, pool, room.ctx)?
    } else {
        fitting(filter, asked, pool, room.ctx)?
    };
    Ok(say::shown(filter, asked, &left, more, room.ctx))
}

/// The tasks that a filter leaves of what was looked up.
fn fitting<'s>(
    filter: &Filter,
    asked: Asked,
    pool: Pool<'s>,
    ctx: &Context,
) -> Result<Tasks<'s>, Known<'s>> {
    let status = filter.status;
    if asked == Asked::Exists && filter.tag.is_none() {
        let with = Lookup::With(status, filter.words.clone());
        let (tasks, more) = listed(pool.get(&with))?;
        let left = filter::apply(filter, &tasks, ctx);
        if !left.is_empty() {
            return Ok((left, more));
        }
    }
    let (tasks, more) = listed(pool.get(&Lookup::All(status)))?;
    Ok((filter::apply(filter, &tasks, ctx), more))
}

/// The tasks that were ticked off in a stretch of time, which the log knows.
fn done_then<'s>(filter: &Filter, pool: Pool<'s>, ctx: &Context) -> Result<Tasks<'s>, Known<'s>> {
    let log = pool.one(&Lookup::Log)?;
    let mut seen: Vec<i64> = Vec::new();
    let mut done: Vec<i64> = Vec::new();
    for entry in &log.entries {
        let turns = ["completed", "reopened"].contains(&entry.what.as_str());
        if !turns || seen.contains(&entry.task) {
            continue;
        }
        seen.push(entry.task);
        if entry.what == "completed" && is_within(entry, filter.due, ctx) {
            done.push(entry.task);
        }
    }
    if done.is_empty() {
        return Ok((Vec::new(), false));
    }
    let (tasks, more) = listed(pool.get(&Lookup::All(Status::Completed)))?;
    let mut left = filter::apply(filter, &tasks, ctx);
    left.retain(|task| done.contains(&task.id));
    left.sort_by_key(|task| done.iter().position(|id| *id == task.id));
    Ok((left, more || log.next.is_some()))
}

fn entries<'s>(all: &'s [Entry], topic: &Topic, ctx: &Context) -> Vec<&'s Entry> {
    let Topic::Log { range, kind, words } = topic else {
        return Vec::new();
    };
    let named = |entry: &Entry| {
        let title = entry.title.to_lowercase();
        let words = words.to_lowercase();
        let mut words = words.split_whitespace();
        words.all(|word| title.contains(word))
    };
    let fits = |entry: &Entry| kind.is_none_or(|kind| entry.what == kind);
    all.iter()
        .filter(|entry| is_within(entry, *range, ctx) && fits(entry) && named(entry))
        .collect()
}

fn is_within(entry: &Entry, range: Option<Range>, ctx: &Context) -> bool {
    let Some(range) = range else { return true };
    let Some(at) = local(entry, ctx) else {
        return false;
    };
    range.from.is_none_or(|from| at >= from) && range.to.is_none_or(|to| at < to)
}

/// What the person's clock showed.
pub(crate) fn local(entry: &Entry, ctx: &Context) -> Option<DateTime> {
    let at: jiff::Timestamp = entry.at.parse().ok()?;
    Some(at.to_zoned_datetime(ctx.now.time_zone().clone()).datetime())
}
