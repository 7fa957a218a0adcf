//! The messages of a function's runtime: JSON objects, each ended by a zero byte.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::Deserialize;
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};

use crate::log::Level;

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Message {
    /// The function listens on this port.
    Started(u16),
    Log(Level, String),
    /// The request and all work that it left behind are done.
    End(u64),
}

#[derive(Deserialize)]
struct Envelope {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    payload: Value,
}

/// Reads messages from one process.
pub(crate) struct Messages<R> {
    stream: BufReader<R>,
    buffer: Vec<u8>,
}

impl<R: AsyncRead + Unpin> Messages<R> {
    pub(crate) fn new(stream: R) -> Self {
        Self {
            stream: BufReader::new(stream),
            buffer: Vec::new(),
        }
    }

    /// The next message that we know; nothing when the process has closed its end. Keeps what it
    /// has read when it is dropped half-way.
    pub(crate) async fn next(&mut self) -> Option<Message> {
        loop {
            let read = self.stream.read_until(0, &mut self.buffer).await;
            if read.is_err() || self.buffer.last() != Some(&0) {
                return None;
            }
            self.buffer.pop();
            let message = parse(&self.buffer);
            self.buffer.clear();
            if message.is_some() {
                return message;
            }
        }
    }
}

fn parse(bytes: &[u8]) -> Option<Message> {
    let Envelope { kind, payload } = serde_json::from_slice(bytes).ok()?;
    match kind.as_str() {
        "server-started" => {
            let port = payload["httpPort"].as_u64()?;
            Some(Message::Started(port.try_into().ok()?))
        }
        "log" => {
            let text = BASE64_STANDARD.decode(payload["message"].as_str()?).ok()?;
            let level = Level::named(payload["level"].as_str().unwrap_or_default());
            Some(Message::Log(
                level,
                String::from_utf8_lossy(&text).into_owned(),
            ))
        }
        "end" => payload["context"]["requestId"].as_u64().map(Message::End),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn reads_what_the_runtime_writes_and_overlooks_the_unknown() {
        let stream = concat!(
            r#"{"type":"server-started","payload":{"initDuration":0,"httpPort":3000}}"#,
            "\0",
            r#"{"type":"metric","payload":{}}"#,
            "\0",
            r#"{"type":"log","payload":{"context":{"invocationId":"a","requestId":7},"#,
            r#""message":"aGVsbG8=","level":"warn"}}"#,
            "\0",
            r#"{"type":"end","payload":{"context":{"invocationId":"a","requestId":7},"error":null}}"#,
            "\0",
            r#"{"type":"end","#,
        );
        let mut messages = Messages::new(stream.as_bytes());

        assert_eq!(messages.next().await, Some(Message::Started(3000)));
        assert_eq!(
            messages.next().await,
            Some(Message::Log(Level::Warn, "hello".to_owned()))
        );
        assert_eq!(messages.next().await, Some(Message::End(7)));
        assert_eq!(messages.next().await, None);
    }
}
