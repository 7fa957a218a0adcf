//! Streams of events (WHATWG HTML, section 9.2).

use std::convert::Infallible;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use chat::{Frame, Stream};
use protocol::run::{RUN_AFTER_HEADER, RUN_ID_HEADER};
use tokio::sync::mpsc::UnboundedReceiver;

use crate::Background;

/// Silence after which a proxy might think the connection dead.
const SILENCE: Duration = Duration::from_secs(15);

/// A comment. It ends with one line break and not with two: some clients take an empty line for
/// the end of an event, and an event without data for a fault.
const KEEP_ALIVE: &str = ":\n";

#[derive(Clone, Copy)]
pub(crate) enum Form {
    /// As ChatKit writes it: data and nothing else.
    ChatKit,
    /// With the number of each event as its id, so that a browser can go on where it was.
    Numbered,
}

/// Starts the work behind a stream and sends what it says. The work does not depend on anybody
/// reading.
pub(crate) fn respond(stream: Stream, form: Form, background: &Background) -> Response {
    let Stream {
        run,
        after,
        frames,
        work,
    } = stream;
    background.start(work);
    let chunks = futures_util::stream::unfold(frames, move |mut frames| async move {
        let chunk = next(&mut frames, form).await?;
        Some((Ok::<_, Infallible>(Bytes::from(chunk)), frames))
    });
    let mut response = Body::from_stream(chunks).into_response();
    let headers = response.headers_mut();
    let fixed = [
        (header::CONTENT_TYPE, "text/event-stream; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store, no-transform"),
        // Asks nginx and its kind not to collect the stream.
        (header::HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Ok(run) = HeaderValue::from_str(run.as_str()) {
        headers.insert(RUN_ID_HEADER, run);
    }
    headers.insert(RUN_AFTER_HEADER, HeaderValue::from(after));
    response
}

async fn next(frames: &mut UnboundedReceiver<Frame>, form: Form) -> Option<String> {
    match tokio::time::timeout(SILENCE, frames.recv()).await {
        Err(_) => Some(KEEP_ALIVE.to_owned()),
        Ok(frame) => frame.map(|frame| written(&frame, form)),
    }
}

fn written(frame: &Frame, form: Form) -> String {
    match form {
        Form::ChatKit => format!("data: {}\n\n", frame.body),
        Form::Numbered => format!("id: {}\ndata: {}\n\n", frame.seq, frame.body),
    }
}
