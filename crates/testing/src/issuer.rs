//! Another system's key set, at an address of its own.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, watch};

/// What the address answers.
#[derive(Clone)]
pub enum Answer {
    /// A set of keys, or whatever else the text is.
    Body(String),
    Status(u16),
    /// Leads to another address.
    Redirect(String),
    /// The set, as soon as the test says so.
    Held(String, Arc<Notify>),
    /// Nothing, for ever.
    Silence,
}

/// A server on a free port of this machine.
pub struct Issuer {
    pub url: String,
    answer: watch::Sender<Answer>,
    requests: Arc<AtomicUsize>,
}

impl Issuer {
    /// # Panics
    /// If there is no free port.
    pub async fn start(answer: Answer) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .expect("there is a free port");
        let address = listener.local_addr().expect("it is bound");
        let (answer, current) = watch::channel(answer);
        let requests = Arc::new(AtomicUsize::new(0));
        let counter = requests.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                counter.fetch_add(1, Ordering::SeqCst);
                let answer = current.borrow().clone();
                tokio::spawn(serve(stream, answer));
            }
        });
        Self {
            url: format!("http://{address}/jwks"),
            answer,
            requests,
        }
    }

    pub fn now_answers(&self, answer: Answer) {
        self.answer.send_replace(answer);
    }

    /// How many requests have come so far.
    pub fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }
}

/// One request per connection. What fails here is for the client to report.
async fn serve(mut stream: TcpStream, answer: Answer) -> Option<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    let (status, headers, body) = match answer {
        Answer::Body(body) => (200, String::new(), body),
        Answer::Status(status) => (status, String::new(), String::new()),
        Answer::Redirect(to) => (302, format!("location: {to}\r\n"), String::new()),
        Answer::Held(body, until) => {
            until.notified().await;
            (200, String::new(), body)
        }
        Answer::Silence => return std::future::pending().await,
    };
    let text = format!(
        "HTTP/1.1 {status} -\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(text.as_bytes()).await.ok()?;
    stream.shutdown().await.ok()
}
