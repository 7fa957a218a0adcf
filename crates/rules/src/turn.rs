//! One step of a turn: what was wanted and what is known so far decide what comes next.

use when::Context;

use crate::capabilities::Capabilities;
use crate::conversation::{self, Call, Message, Reply, Step, Turn, is_write};
use crate::intent::Plain;
use crate::memory::Memory;
use crate::pending::{self, Pending};
use crate::pool::Pool;
use crate::report;
use crate::say;
use crate::settle::{self, Job, Room};
use crate::tell::tell;
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
    go_on(&jobs, before, after, &room)
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

fn go_on(jobs: &[Job], before: &[Step<'_>], after: &[Step<'_>], room: &Room<'_>) -> Act {
    let looks: Vec<Plain> = jobs
        .iter()
        .filter_map(|job| match job {
            Job::Look(call) => Some(call.clone()),
            _ => None,
        })
        .collect();
    if !looks.is_empty() {
        return calling(looks, before.len());
    }
    let writes: Vec<Plain> = jobs
        .iter()
        .flat_map(|job| match job {
            Job::Do(calls) => calls.as_slice(),
            _ => &[],
        })
        .cloned()
        .collect();
    if !writes.is_empty() && after.is_empty() {
        return calling(writes, before.len());
    }
    let reads = if writes.is_empty() { before } else { after };
    let missing: Vec<Plain> = jobs
        .iter()
        .filter_map(|job| tell(job, Pool::new(reads), room)?.err())
        .collect();
    if !missing.is_empty() {
        return calling(missing, before.len() + after.len());
    }
    finished(jobs, reads, after, room)
}

fn calling(mut calls: Vec<Plain>, made: usize) -> Act {
    // Writes may be alike and are all meant; of what is looked up once is enough.
    let mut seen: Vec<Plain> = Vec::new();
    calls.retain(|call| {
        let first = is_write(call.tool) || !seen.contains(call);
        seen.push(call.clone());
        first
    });
    let call = |(at, call): (usize, Plain)| Call {
        id: format!("call_{}", made + at + 1),
        tool: call.tool.to_owned(),
        arguments: call.arguments,
    };
    Act {
        reply: Reply {
            text: String::new(),
            calls: calls.into_iter().enumerate().map(call).collect(),
        },
        pending: None,
    }
}

fn finished(jobs: &[Job], reads: &[Step<'_>], after: &[Step<'_>], room: &Room<'_>) -> Act {
    let mut texts: Vec<String> = Vec::new();
    let mut pending = None;
    let mut written = after.iter().filter(|step| !step.is_read());
    for job in jobs {
        match job {
            Job::Do(calls) => {
                let steps: Vec<&Step<'_>> = written.by_ref().take(calls.len()).collect();
                texts.push(report::report(&steps, calls.len(), room.ctx));
            }
            Job::Say(text) => texts.push(text.clone()),
            Job::Ask(text, question) => {
                texts.push(text.clone());
                pending = Some(question.clone());
            }
            other => texts.extend(tell(other, Pool::new(reads), room).and_then(Result::ok)),
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
