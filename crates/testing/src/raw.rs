//! A server that sends the very bytes a test tells it to, for all that real servers do wrong.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};

use crate::model::read;

/// What is done with a connection, after its request was read.
#[derive(Clone, Debug)]
pub enum Step {
    Send(Vec<u8>),
    /// Nothing more comes, and the connection stays open.
    Hang,
    /// The connection is torn down instead of being ended.
    Reset,
}

impl Step {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Send(text.into().into_bytes())
    }
}

/// An answer with a status, headers and a body.
pub fn reply(status: u16, headers: &[(&str, &str)], body: &str) -> Vec<Step> {
    let mut text = format!("HTTP/1.1 {status} Status\r\nconnection: close\r\n");
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    vec![Step::text(format!("{text}\r\n{body}"))]
}

/// The head of a stream of events; it goes on until the connection ends.
pub fn events(body: &str) -> Vec<Step> {
    reply(200, &[("content-type", "text/event-stream")], body)
}

/// A server on a free port. Connections take the answers in order; the last is for all others.
pub struct RawServer {
    pub base_url: String,
    asked: Arc<AtomicUsize>,
}

impl RawServer {
    /// # Panics
    /// If there is no free port.
    pub async fn start(answers: Vec<Vec<Step>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .expect("there is a free port");
        let address = listener.local_addr().expect("it is bound");
        let asked = Arc::new(AtomicUsize::new(0));
        let count = asked.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let at = count.fetch_add(1, Ordering::SeqCst);
                let answer = answers.get(at).or(answers.last()).cloned();
                tokio::spawn(serve(stream, answer.unwrap_or_default()));
            }
        });
        Self {
            base_url: format!("http://{address}/v1"),
            asked,
        }
    }

    /// How often it was asked.
    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

async fn serve(mut stream: TcpStream, steps: Vec<Step>) -> Option<()> {
    let _: Value = read(&mut stream).await?;
    for step in steps {
        match step {
            Step::Send(bytes) => {
                stream.write_all(&bytes).await.ok()?;
                stream.flush().await.ok()?;
            }
            Step::Hang => std::future::pending().await,
            Step::Reset => {
                stream.set_zero_linger().ok()?;
                return None;
            }
        }
    }
    stream.shutdown().await.ok()
}
