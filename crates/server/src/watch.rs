//! What the deployment is told of the turns that its functions work on.

use std::sync::Arc;

use chat::{Observer, Report};
use serde_json::json;

use crate::middleware::{log, millis, request_id};

/// Writes a line for each turn, with the id of the request that it belongs to. A turn goes on
/// after its request was answered, so it cannot be part of that line.
pub(crate) fn observer() -> Observer {
    let request = request_id();
    Arc::new(move |report| write(&request, report))
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
        "first_word_ms": report.first_word.map(millis),
        "duration_ms": millis(report.took),
    }));
}
