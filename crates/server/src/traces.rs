//! Traces for a collector that speaks OTLP over HTTP, in its JSON form (OpenTelemetry Protocol
//! 1.9), with the trace of whoever asked (W3C Trace Context).
//!
//! **Invariant:** an attribute holds what the log may hold: templates, codes, ids and numbers.
//! **Invariant:** a collector that is slow, full or dead costs no answer anything: what it does not
//! take in time is dropped.

mod otlp;

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use chat::{Report, Trace, What};
use protocol::Timestamp;
use serde_json::{Value, json};
use tokio::sync::watch;

use crate::app::chance;
use crate::config::Collector;
use crate::{Background, outbound};

/// How long is gathered before it is sent.
const PAUSE: Duration = Duration::from_secs(1);

/// How long the collector may take.
const PATIENCE: Duration = Duration::from_secs(3);

/// Spans that wait at the most.
const MOST: usize = 2_000;

/// A stretch of time within a trace.
pub(crate) struct Span {
    pub(crate) trace: [u8; 16],
    pub(crate) id: [u8; 8],
    pub(crate) parent: Option<[u8; 8]>,
    pub(crate) name: String,
    pub(crate) kind: SpanKind,
    pub(crate) began: Timestamp,
    pub(crate) took: Duration,
    pub(crate) attributes: Vec<(&'static str, Value)>,
    /// The code of what went wrong.
    pub(crate) failure: Option<String>,
}

/// As the protocol numbers them.
#[derive(Clone, Copy)]
pub(crate) enum SpanKind {
    Internal = 1,
    Server = 2,
    Client = 3,
}

/// Where a request stands in its trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) trace: [u8; 16],
    pub(crate) span: [u8; 8],
    /// The part of the trace that asked, if it said so.
    pub(crate) parent: Option<[u8; 8]>,
}

impl Place {
    /// Below what the header names, or in a trace of its own; `None` if whoever asked does not want
    /// theirs to be kept.
    pub(crate) fn of(header: Option<&str>) -> Option<Self> {
        let parent = header.and_then(read);
        if parent.is_some_and(|(_, _, is_kept)| !is_kept) {
            return None;
        }
        let trace = parent.map(|(trace, _, _)| trace);
        Some(Self {
            trace: trace.unwrap_or_else(|| auth::random::bytes(&mut chance)),
            span: auth::random::bytes(&mut chance),
            parent: parent.map(|(_, span, _)| span),
        })
    }
}

/// Trace Context, section 3.2: of a version that is not known what was there in the first.
fn read(header: &str) -> Option<([u8; 16], [u8; 8], bool)> {
    let mut parts = header.trim().split('-');
    let (version, trace, span, flags) =
        (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let [version] = bytes(version)?;
    let [flags] = bytes(flags)?;
    if version == 0xff || (version == 0 && parts.next().is_some()) {
        return None;
    }
    let (trace, span) = (bytes(trace)?, bytes(span)?);
    (trace != [0; 16] && span != [0; 8]).then_some((trace, span, flags & 1 == 1))
}

/// Lower-case digits alone.
fn bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if text.len() != 2 * N || !text.bytes().all(is_digit) {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, at) in bytes.iter_mut().zip((0..).step_by(2)) {
        *byte = u8::from_str_radix(&text[at..at + 2], 16).ok()?;
    }
    Some(bytes)
}

/// What one process sends.
#[derive(Clone, Default)]
pub(crate) struct Traces(Option<Arc<Sending>>);

struct Sending {
    collector: Collector,
    client: OnceLock<Option<reqwest::Client>>,
    waiting: watch::Sender<Waiting>,
}

#[derive(Default)]
struct Waiting {
    spans: Vec<Span>,
    /// Somebody will send them.
    is_sent: bool,
}

impl Traces {
    pub(crate) fn to(collector: Option<&Collector>) -> Self {
        Self(collector.map(|collector| {
            Arc::new(Sending {
                collector: collector.clone(),
                client: OnceLock::new(),
                waiting: watch::Sender::default(),
            })
        }))
    }

    /// Where a request stands, if anybody wants to know.
    pub(crate) fn place(&self, header: Option<&str>) -> Option<Place> {
        self.0.as_ref()?;
        Place::of(header)
    }

    /// Sends these behind the answer.
    pub(crate) fn send(&self, spans: Vec<Span>, background: &Background) {
        let Some(sending) = &self.0 else { return };
        let mut is_first = false;
        sending.waiting.send_modify(|waiting| {
            let room = MOST.saturating_sub(waiting.spans.len());
            waiting.spans.extend(spans.into_iter().take(room));
            is_first = !std::mem::replace(&mut waiting.is_sent, true);
        });
        if is_first {
            let sending = Arc::clone(sending);
            background.start(async move {
                tokio::time::sleep(PAUSE).await;
                let spans = sending.waiting.send_replace(Waiting::default()).spans;
                // A collector that does not take them has had its chance.
                let _ = tokio::time::timeout(PATIENCE, sending.post(&spans)).await;
            });
        }
    }
}

impl Sending {
    async fn post(&self, spans: &[Span]) -> Option<()> {
        let client = self
            .client
            .get_or_init(|| outbound::client().ok()?.build().ok());
        let body = otlp::document(&self.collector.service, spans);
        let request = client.as_ref()?.post(&self.collector.url);
        let request = request.headers(self.collector.headers.clone());
        let request = request.header("content-type", "application/json");
        request.body(body.to_string()).send().await.ok().map(drop)
    }
}

/// A turn and what it waited for.
pub(crate) fn of_turn(report: &Report, trace: Trace) -> Vec<Span> {
    let turn = auth::random::bytes(&mut chance);
    let has_failed = ["failed", "unavailable", "signed_out", "models_off"].contains(&report.ending);
    let mut spans = vec![Span {
        trace: trace.id,
        id: turn,
        parent: Some(trace.parent),
        name: "turn".to_owned(),
        kind: SpanKind::Internal,
        began: report.began,
        took: report.took,
        attributes: vec![
            ("latchwork.run.id", json!(report.run)),
            ("latchwork.turn.ending", json!(report.ending)),
            ("gen_ai.request.model", json!(report.model)),
            ("gen_ai.usage.input_tokens", json!(report.usage.input)),
            ("gen_ai.usage.output_tokens", json!(report.usage.output)),
        ],
        failure: has_failed.then(|| report.ending.to_owned()),
    }];
    spans.extend(report.steps.iter().map(|step| {
        let (name, kind, attributes) = match &step.what {
            What::Model(usage) => (
                format!("chat {}", report.model),
                SpanKind::Client,
                vec![
                    ("gen_ai.operation.name", json!("chat")),
                    ("gen_ai.request.model", json!(report.model)),
                    ("gen_ai.usage.input_tokens", json!(usage.input)),
                    ("gen_ai.usage.output_tokens", json!(usage.output)),
                ],
            ),
            What::Tool(name) => (
                format!("execute_tool {name}"),
                SpanKind::Internal,
                vec![
                    ("gen_ai.operation.name", json!("execute_tool")),
                    ("gen_ai.tool.name", json!(name)),
                ],
            ),
        };
        Span {
            trace: trace.id,
            id: step.id,
            parent: Some(turn),
            name,
            kind,
            began: after(report.began, step.began),
            took: step.took,
            attributes,
            failure: step.failed.then(|| "failed".to_owned()),
        }
    }));
    spans
}

pub(crate) fn after(moment: Timestamp, time: Duration) -> Timestamp {
    let micros = i64::try_from(time.as_micros()).unwrap_or(i64::MAX);
    Timestamp::from_micros(moment.micros().saturating_add(micros))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderMap;
    use tokio::sync::mpsc;

    use super::*;

    /// FR-209.
    #[test]
    fn a_trace_is_gone_on_with_only_if_it_is_one() {
        let (trace, span) = ("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7");
        for (header, is_one) in [
            (format!("00-{trace}-{span}-01"), true),
            (format!("00-{trace}-{span}-03"), true),
            (format!("cc-{trace}-{span}-01-what-the-future-holds"), true),
            (format!("00-{trace}-{span}-01-more"), false),
            (format!("ff-{trace}-{span}-01"), false),
            (format!("00-{}-{span}-01", trace.to_uppercase()), false),
            (format!("00-{}-{span}-01", "0".repeat(32)), false),
            (format!("00-{trace}-{}-01", "0".repeat(16)), false),
            (format!("00-{trace}-{span}"), false),
            ("00-ä".to_owned(), false),
            (String::new(), false),
        ] {
            let place = Place::of(Some(&header)).unwrap();

            assert_eq!(place.parent.is_some(), is_one, "{header}");
            assert_eq!(chat::hex(&place.trace) == trace, is_one, "{header}");
        }
        assert_eq!(Place::of(Some(&format!("00-{trace}-{span}-00"))), None);
    }
    fn span(number: usize) -> Span {
        Span {
            trace: [1; 16],
            id: [1; 8],
            parent: None,
            name: number.to_string(),
            kind: SpanKind::Internal,
            began: Timestamp::from_seconds(0),
            took: Duration::ZERO,
            attributes: Vec::new(),
            failure: None,
        }
    }

    /// FR-209: the platform is told of the one task that sends everything, so that it waits for that;
    /// and it need not wait for ever, nor is memory filled meanwhile.
    #[tokio::test]
    async fn a_collector_that_never_answers_is_given_up() {
        // Takes connections, as the system does for it, and is never heard of again.
        let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let collector = Collector {
            url: format!("http://{}/v1/traces", silent.local_addr().unwrap()),
            headers: HeaderMap::new(),
            service: "latchwork".to_owned(),
        };
        let (started, mut tasks) = mpsc::unbounded_channel();
        let background = Background::new(move |task| started.send(task).unwrap());
        let traces = Traces::to(Some(&collector));

        traces.send((0..MOST).map(span).collect(), &background);
        traces.send(vec![span(MOST)], &background);

        let waiting = |traces: &Traces| {
            let sending = traces.0.as_ref().unwrap();
            sending.waiting.borrow().spans.len()
        };
        assert_eq!(waiting(&traces), MOST);
        let task = tasks.try_recv().unwrap();
        assert!(tasks.try_recv().is_err());
        task.await;
        assert_eq!(waiting(&traces), 0);
        traces.send(vec![span(0)], &background);
        assert!(tasks.try_recv().is_ok());
    }
}
