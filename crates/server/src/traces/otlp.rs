//! The JSON form of the protocol: Protocol Buffers' own, but that ids are hexadecimal digits and
//! enumerations are numbers.

use std::time::Duration;

use chat::hex;
use protocol::Timestamp;
use serde_json::{Value, json};

use super::Span;

/// An `ExportTraceServiceRequest`.
pub(super) fn document(service: &str, spans: &[Span]) -> Value {
    let version = env!("CARGO_PKG_VERSION");
    let resource = [
        ("service.name", json!(service)),
        ("service.version", json!(version)),
    ];
    json!({
        "resourceSpans": [{
            "resource": {"attributes": attributes(&resource)},
            "scopeSpans": [{
                "scope": {"name": "latchwork", "version": version},
                "spans": spans.iter().map(written).collect::<Vec<_>>(),
            }],
        }],
    })
}

fn written(span: &Span) -> Value {
    let mut all = attributes(&span.attributes);
    if let Some(failure) = &span.failure {
        all.extend(attributes(&[("error.type", json!(failure))]));
    }
    let mut written = json!({
        "traceId": hex(&span.trace),
        "spanId": hex(&span.id),
        "name": span.name,
        "kind": span.kind as i32,
        "startTimeUnixNano": nanos(span.began, Duration::ZERO),
        "endTimeUnixNano": nanos(span.began, span.took),
        "attributes": all,
        // 0 says nothing, 2 that it failed.
        "status": {"code": if span.failure.is_some() { 2 } else { 0 }},
        // Kept, and its parent is elsewhere or not: the protocol leaves the latter open.
        "flags": 1,
    });
    if let Some(parent) = span.parent {
        written["parentSpanId"] = json!(hex(&parent));
    }
    written
}

/// Whole numbers of 64 bits are texts in this form.
fn attributes(list: &[(&'static str, Value)]) -> Vec<Value> {
    let value = |value: &Value| match value {
        Value::Number(number) => json!({"intValue": number.to_string()}),
        Value::Bool(is_so) => json!({"boolValue": is_so}),
        Value::String(text) => json!({"stringValue": text}),
        other => json!({"stringValue": other.to_string()}),
    };
    let list = list.iter().filter(|(_, value)| !value.is_null());
    list.map(|(key, of)| json!({"key": key, "value": value(of)}))
        .collect()
}

fn nanos(moment: Timestamp, more: Duration) -> String {
    let micros = u128::try_from(moment.micros()).unwrap_or_default();
    (micros * 1_000 + more.as_nanos()).to_string()
}
