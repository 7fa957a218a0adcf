//! One step of a turn: what was wanted and what is known so far decide what comes next.

use when::Context;

use crate::capabilities::Capabilities;
use crate::conversation::{self, Call, Message, Reply, Step, Turn};
use crate::intent::{Asked, Intent};
use crate::memory::Memory;
use crate::pending::{self, Pending};
use crate::pool::Pool;
use crate::report;
use crate::say;
use crate::settle::{self, Job, Room, Shown};
use crate::understand::{self, Desk};

/// Questions that follow on one another and are still remembered.
const MOST_QUESTIONS: usize = 4;

/// What a step came to.
struct Act {
    reply: Reply,
    /// The question that the reply puts.
    pending: Option<Pending>,
}

pub(crate) fn reply(conversation: &[Message], can: &Capabilities, ctx: &Context) -> Reply {
    let turns = conversation::turns(conversation);
    match turns.split_last() {
        Some((now, past)) => act(now, past, can, ctx, MOST_QUESTIONS).reply,
        None => words(say::GREETING.to_owned()),
    }
}

const fn words(text: String) -> Reply {
    Reply {
        text,
        calls: Vec::new(),
    }
}

/// Decides a turn from its beginning, each time anew: the same words and the same results lead to
/// the same point.
fn act(turn: &Turn<'_>, past: &[Turn<'_>], can: &Capabilities, ctx: &Context, depth: usize) -> Act {
    let memory = Memory::of(past);
    let desk = Desk {
        ctx,
        memory: &memory,
        can,
    };
    let asked = asked(past, can, ctx, depth);
    let intents = asked
        .and_then(|pending| pending::answered(&pending, turn.said, desk))
        .unwrap_or_else(|| understand::understand(turn.said, desk));
    let first_write = turn.steps.iter().position(|step| !step.is_read());
    let (before, after) = turn.steps.split_at(first_write.unwrap_or(turn.steps.len()));
    let room = Room {
        pool: Pool::new(before),
        memory: &memory,
        can,
        ctx,
    };
    let jobs: Vec<Job> = intents
        .iter()
        .flat_map(|intent| settle::settle(intent, &room))
        .collect();
    go_on(&jobs, before, after, &room, &intents)
}

/// The question that the turn before ended with. It counts only if its words are the very words
/// that the same conversation leads to again, so no title and no other speaker can put one.
fn asked(past: &[Turn<'_>], can: &Capabilities, ctx: &Context, depth: usize) -> Option<Pending> {
    let (last, before) = past.split_last()?;
    if depth == 0 || !last.answer.contains('?') {
        return None;
    }
    let act = act(last, before, can, ctx, depth - 1);
    act.pending
        .filter(|_| act.reply.text.trim() == last.answer.trim())
}

fn go_on(
    jobs: &[Job],
    before: &[Step<'_>],
    after: &[Step<'_>],
    room: &Room<'_>,
    intents: &[Intent],
) -> Act {
    let looks: Vec<(&'static str, serde_json::Value)> = jobs
        .iter()
        .filter_map(|job| match job {
            Job::Look(arguments) => Some(("list_tasks", arguments.clone())),
            _ => None,
        })
        .collect();
    if !looks.is_empty() {
        return calling(looks, before.len());
    }
    let writes: Vec<(&'static str, serde_json::Value)> = jobs
        .iter()
        .flat_map(|job| match job {
            Job::Do(calls, _) => calls.as_slice(),
            _ => &[],
        })
        .map(|call| (call.tool, call.arguments.clone()))
        .collect();
    if !writes.is_empty() && after.is_empty() {
        return calling(writes, before.len());
    }
    let reads = if writes.is_empty() { before } else { after };
    let missing = wanted(jobs, Pool::new(reads), room);
    if !missing.is_empty() {
        return calling(missing, before.len() + after.len());
    }
    finished(jobs, reads, after, room, intents)
}

/// What has still to be looked up to be shown.
fn wanted(jobs: &[Job], pool: Pool<'_>, room: &Room<'_>) -> Vec<(&'static str, serde_json::Value)> {
    jobs.iter()
        .filter_map(|job| match job {
            Job::Show(filter, asked) => match settle::shown(filter, *asked, pool, room.ctx) {
                Shown::Look(arguments) => Some(("list_tasks", arguments)),
                _ => None,
            },
            _ => None,
        })
        .collect()
}

fn calling(mut calls: Vec<(&'static str, serde_json::Value)>, made: usize) -> Act {
    let mut seen: Vec<(&'static str, serde_json::Value)> = Vec::new();
    calls.retain(|call| {
        let first = call.0 != "list_tasks" || !seen.contains(call);
        seen.push(call.clone());
        first
    });
    let call = |(at, (tool, arguments)): (usize, (&'static str, serde_json::Value))| Call {
        id: format!("call_{}", made + at + 1),
        tool: tool.to_owned(),
        arguments,
    };
    Act {
        reply: Reply {
            text: String::new(),
            calls: calls.into_iter().enumerate().map(call).collect(),
        },
        pending: None,
    }
}

fn finished(
    jobs: &[Job],
    reads: &[Step<'_>],
    after: &[Step<'_>],
    room: &Room<'_>,
    _: &[Intent],
) -> Act {
    let mut texts: Vec<String> = Vec::new();
    let mut pending = None;
    let mut written = after.iter().filter(|step| !step.is_read());
    for job in jobs {
        match job {
            Job::Look(_) => {}
            Job::Do(calls, aside) => {
                let steps: Vec<&Step<'_>> = written.by_ref().take(calls.len()).collect();
                texts.push(report::report(&steps, calls.len(), room.ctx));
                if report::did_something(&steps) && !aside.is_empty() {
                    texts.push(aside.clone());
                }
            }
            Job::Say(text) => texts.push(text.clone()),
            Job::Ask(text, question) => {
                texts.push(text.clone());
                pending = Some(question.clone());
            }
            Job::Show(filter, asked) => texts.push(shown(filter, *asked, Pool::new(reads), room)),
        }
    }
    texts.retain(|text| !text.is_empty());
    texts.dedup();
    // A question is put last, so that it is clear what the next message answers.
    if matches!(jobs.iter().rposition(|job| matches!(job, Job::Ask(..))), Some(at) if at + 1 < jobs.len())
    {
        pending = None;
    }
    let text = match texts.is_empty() {
        true => say::lost(),
        false => texts.join("\n\n"),
    };
    Act {
        reply: words(text),
        pending,
    }
}

fn shown(filter: &crate::intent::Filter, asked: Asked, pool: Pool<'_>, room: &Room<'_>) -> String {
    match settle::shown(filter, asked, pool, room.ctx) {
        Shown::Tasks(tasks, more) => say::shown(filter, asked, &tasks, more, room.ctx),
        Shown::Fault(fault) => say::fault(&fault),
        Shown::Look(_) => say::fault(""),
    }
}
