//! A stream of events as it comes in.

use js_sys::{Reflect, Uint8Array};
use protocol::RunId;
use protocol::chatkit::Event;
use protocol::run::{RUN_AFTER_HEADER, RUN_ID_HEADER};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ReadableStreamDefaultReader, Response};

use super::failure::Failure;
use super::http;
use crate::{sse, wire};

/// The server sends at least a comment more often than this; silence for longer is a dead line.
const SILENCE_MILLIS: i32 = 45_000;

/// Events with their sequence numbers.
pub type Batch = Vec<(i64, Event)>;

/// An open stream. Dropping it hangs up.
pub struct EventStream {
    reader: ReadableStreamDefaultReader,
    parser: sse::Parser,
    seq: i64,
    /// The run behind the stream.
    pub run: Option<RunId>,
}

impl EventStream {
    /// `after` is the number of the event before the stream's first, where the answer does not
    /// name another.
    pub(super) fn open(response: &Response, after: i64) -> Result<Self, Failure> {
        let headers = response.headers();
        let kind = headers.get("content-type").ok().flatten();
        if !kind.is_some_and(|kind| kind.starts_with("text/event-stream")) {
            return Err(Failure::unreadable(response.status()));
        }
        let body = response.body().ok_or(Failure::Unreachable)?;
        let named = headers.get(RUN_AFTER_HEADER).ok().flatten();
        let run = headers.get(RUN_ID_HEADER).ok().flatten();
        Ok(Self {
            reader: body.get_reader().unchecked_into(),
            parser: sse::Parser::default(),
            seq: named.and_then(|seq| seq.parse().ok()).unwrap_or(after),
            run: run.map(RunId::new),
        })
    }

    /// The next events; `None` when the stream has ended, which says nothing about the run.
    pub async fn next(&mut self) -> Result<Option<Batch>, Failure> {
        let piece = http::within(self.reader.read(), SILENCE_MILLIS).await;
        let piece = piece.map_err(|_| Failure::Unreachable)?;
        let get = |name: &str| Reflect::get(&piece, &name.into()).unwrap_or(JsValue::UNDEFINED);
        if get("done").is_truthy() {
            return Ok(None);
        }
        let Ok(bytes) = get("value").dyn_into::<Uint8Array>() else {
            return Err(Failure::Unreachable);
        };
        let frames = self.parser.push(&bytes.to_vec());
        Ok(Some(number(frames, &mut self.seq)))
    }
}

impl Drop for EventStream {
    fn drop(&mut self) {
        // Nobody waits for it, but a line that was cut already refuses to be closed, and that
        // must not be reported as an error of the page.
        let closed = JsFuture::from(self.reader.cancel());
        spawn_local(async move { drop(closed.await) });
    }
}

/// Gives frames their numbers: each frame is one event of the run's gapless sequence, and an
/// `id:` line says which. An event that this page does not know still counts.
fn number(frames: Vec<sse::Frame>, seq: &mut i64) -> Batch {
    let mut batch = Vec::with_capacity(frames.len());
    for frame in frames {
        let id = frame.id.and_then(|id| id.parse().ok());
        *seq = id.unwrap_or(*seq + 1);
        if let Some(event) = wire::parse(&frame.data) {
            batch.push((*seq, event));
        }
    }
    batch
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEWS: &str = r#"{"type":"progress_update","text":"…"}"#;

    fn frame(id: Option<&str>, data: &str) -> sse::Frame {
        sse::Frame {
            id: id.map(str::to_owned),
            data: data.to_owned(),
        }
    }

    fn numbers(frames: Vec<sse::Frame>, mut seq: i64) -> (Vec<i64>, i64) {
        let batch = number(frames, &mut seq);
        (batch.iter().map(|(seq, _)| *seq).collect(), seq)
    }

    #[test]
    fn frames_are_counted_from_where_the_stream_begins() {
        let frames = vec![frame(None, NEWS), frame(None, NEWS)];

        assert_eq!(numbers(frames, 4), (vec![5, 6], 6));
    }

    #[test]
    fn an_id_line_is_believed() {
        let frames = vec![frame(Some("9"), NEWS), frame(None, NEWS)];

        assert_eq!(numbers(frames, 0), (vec![9, 10], 10));
    }

    #[test]
    fn an_event_from_the_future_counts_but_is_not_shown() {
        let frames = vec![frame(None, r#"{"type":"hologram"}"#), frame(None, NEWS)];

        assert_eq!(numbers(frames, 0), (vec![2], 2));
    }
}
