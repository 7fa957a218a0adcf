//! A model server that says what a test tells it to.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Mutex, Notify, mpsc};

/// A piece of a scripted answer.
#[derive(Clone)]
pub enum Part {
    Text(&'static str),
    Call(&'static str, Value),
    /// Nothing more is said until the test says so.
    Wait(Arc<Notify>),
    /// As long as a model takes to think.
    Think(Duration),
    /// Tells the test when this part was reached.
    Mark(mpsc::UnboundedSender<Instant>),
    /// Tokens read and written, as servers count them at the end.
    Usage(u64, u64),
    /// In the place of an answer, this status.
    Refuse(u16),
    /// The end that a whole answer has.
    End,
}

/// Finds the answer to one request.
type Mind = Box<dyn FnOnce(&Value) -> Vec<Part> + Send>;

/// A server on a free port of this machine that speaks Chat Completions. The answers are given
/// in order, one per request; a further request gets an empty reply.
pub struct ModelServer {
    pub base_url: String,
    requests: Mutex<mpsc::UnboundedReceiver<Value>>,
}

impl ModelServer {
    /// # Panics
    /// If there is no free port.
    pub async fn start(script: Vec<Vec<Part>>) -> Self {
        let mut script = script.into_iter();
        Self::serving(move || {
            // Counted by connections: a client that dies in the middle of its request had one.
            let answer = script.next().unwrap_or_default();
            Box::new(move |_| answer)
        })
        .await
    }

    /// One that looks at each request before it answers.
    ///
    /// # Panics
    /// If there is no free port.
    pub async fn with_mind(mind: impl Fn(&Value) -> Vec<Part> + Send + Sync + 'static) -> Self {
        let mind = Arc::new(mind);
        Self::serving(move || {
            let mind = Arc::clone(&mind);
            Box::new(move |request| mind(request))
        })
        .await
    }

    async fn serving(mut mind: impl FnMut() -> Mind + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .expect("there is a free port");
        let address = listener.local_addr().expect("it is bound");
        let (seen, requests) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // Words must not wait for one another.
                let _ = stream.set_nodelay(true);
                tokio::spawn(serve(stream, mind(), seen.clone()));
            }
        });
        Self {
            base_url: format!("http://{address}/v1"),
            requests: Mutex::new(requests),
        }
    }

    /// The body of the next request, as soon as it has come.
    ///
    /// # Panics
    /// If the server is gone.
    pub async fn request(&self) -> Value {
        let mut requests = self.requests.lock().await;
        requests.recv().await.expect("the server runs")
    }
}

/// A server that answers every request, whatever it is, with this JSON; its address.
///
/// # Panics
/// If there is no free port.
pub async fn answering(json: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0")
        .await
        .expect("there is a free port");
    let address = listener.local_addr().expect("it is bound");
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let length = json.len();
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\
                 connection: close\r\n\r\n"
            );
            // A client that is still writing when it is answered may never see the answer.
            let _ = body(&mut stream).await;
            let _ = stream.write_all(format!("{head}{json}").as_bytes()).await;
            let _ = stream.shutdown().await;
        }
    });
    format!("http://{address}/v1")
}

/// One request per connection. What fails here is for the client to report.
async fn serve(
    mut stream: TcpStream,
    mind: Mind,
    seen: mpsc::UnboundedSender<Value>,
) -> Option<()> {
    let body = read(&mut stream).await?;
    let answer = mind(&body);
    seen.send(body).ok()?;
    if let Some(Part::Refuse(status)) = answer.first() {
        let head =
            format!("HTTP/1.1 {status} No\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
        stream.write_all(head.as_bytes()).await.ok()?;
        return stream.shutdown().await.ok();
    }
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n";
    stream.write_all(head.as_bytes()).await.ok()?;
    for (index, part) in answer.into_iter().enumerate() {
        let chunk = match part {
            Part::Wait(until) => {
                until.notified().await;
                continue;
            }
            Part::Think(time) => {
                tokio::time::sleep(time).await;
                continue;
            }
            Part::Mark(moments) => {
                // A test that has ended does not listen.
                let _ = moments.send(Instant::now());
                continue;
            }
            Part::Text(text) => json!({"delta": {"content": text}}),
            Part::Call(name, arguments) => json!({"delta": {"tool_calls": [{
                "index": index,
                "id": format!("id_{index}"),
                "function": {"name": name, "arguments": arguments.to_string()},
            }]}}),
            Part::Usage(read, written) => {
                let usage = json!({"prompt_tokens": read, "completion_tokens": written});
                let line = format!("data: {}\n\n", json!({"choices": [], "usage": usage}));
                stream.write_all(line.as_bytes()).await.ok()?;
                continue;
            }
            Part::Refuse(_) => continue,
            Part::End => json!({"delta": {}, "finish_reason": "stop"}),
        };
        let mut choice = chunk;
        choice["index"] = json!(0);
        let chunk = json!({"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 0,
            "model": "scripted", "choices": [choice]});
        let line = format!("data: {chunk}\n\n");
        stream.write_all(line.as_bytes()).await.ok()?;
    }
    stream.shutdown().await.ok()
}

/// The body of a request; null if it has none.
pub(crate) async fn read(stream: &mut TcpStream) -> Option<Value> {
    let body = body(stream).await?;
    match body.is_empty() {
        true => Some(Value::Null),
        false => serde_json::from_slice(&body).ok(),
    }
}

/// All bytes of a request's body.
async fn body(stream: &mut TcpStream) -> Option<Vec<u8>> {
    const GAP: &[u8] = b"\r\n\r\n";
    let mut bytes = Vec::new();
    loop {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
        let gap = bytes.windows(GAP.len()).position(|part| part == GAP);
        let Some(gap) = gap else {
            continue;
        };
        let head = String::from_utf8_lossy(&bytes[..gap]).to_ascii_lowercase();
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok())
            .unwrap_or(0);
        let body = &bytes[gap + GAP.len()..];
        if body.len() >= length {
            return Some(body[..length].to_vec());
        }
    }
}
