//! What the deployment is told of the turns that its functions work on: a line in the log, a count,
//! and a part of the trace.

use std::sync::Arc;

use chat::{Observer, Report, Trace};
use protocol::Timestamp;
use serde_json::json;
use store::tallies::{Key, Kind};

use crate::middleware::{Current, current, log, millis};
use crate::tallies::Tallies;
use crate::{App, traces};

/// Writes a line for each turn, with the id of the request that it belongs to. A turn goes on
/// after its request was answered, so it cannot be part of that line.
pub(crate) fn observer(app: &App) -> Observer {
    let (current, trace) = (current(), trace());
    let (tallies, traces, clock) = (app.tallies.clone(), app.traces.clone(), app.clock);
    Arc::new(move |report| {
        write(&current.id, report);
        count(&tallies, &current, report, clock());
        if let (Some(trace), Some(background)) = (trace, &current.background) {
            traces.send(traces::of_turn(report, trace), background);
        }
    })
}

/// Where the turns of the present request stand.
pub(crate) fn trace() -> Option<Trace> {
    current().place.map(|place| Trace {
        id: place.trace,
        parent: place.span,
    })
}

fn count(tallies: &Tallies, current: &Current, report: &Report, now: Timestamp) {
    let Some(background) = &current.background else {
        return;
    };
    let key = |kind, code: &str| Key {
        kind,
        name: report.model.clone(),
        code: code.to_owned(),
    };
    tallies.count(key(Kind::Turn, report.ending), report.took, now, background);
    if let Some(first) = report.first_word {
        tallies.count(key(Kind::FirstWord, ""), first, now, background);
    }
}

fn write(request: &str, report: &Report) {
    log(&json!({
        "event": "turn",
        "request_id": request,
        "run_id": report.run,
        "ending": report.ending,
        "model": report.model,
        "asked": report.asked,
        "calls": report.calls,
        "input_tokens": report.usage.input,
        "output_tokens": report.usage.output,
        "estimated": report.estimated,
        "first_word_ms": report.first_word.map(millis),
        "duration_ms": millis(report.took),
    }));
}
