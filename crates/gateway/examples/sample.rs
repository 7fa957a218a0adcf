//! A function for the gateway's tests, which does what its query says: `?do=echo`.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "it stands for any function, careless ones included"
)]

use std::future::pending;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use futures_util::stream::unfold;
use http_body_util::{BodyExt, StreamBody};
use hyper::body::{Body as _, Frame};
use serde_json::{Map, Value, json};
use tokio::net::TcpStream;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use vercel_runtime::{AppState, Error, Request, Response, ResponseBody, run, service_fn};

type Chunk = Result<Frame<Bytes>, Error>;

static CALLS: AtomicU64 = AtomicU64::new(0);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    if std::env::vars_os().any(|(name, _)| name == "FAIL_AT_START") {
        eprintln!("FAIL_AT_START is set");
        std::process::exit(3);
    }
    run(service_fn(handle)).await
}

async fn handle(request: Request, state: AppState) -> Result<Response<ResponseBody>, Error> {
    let query = request.uri().query().unwrap_or_default().to_owned();
    let value = |name: &str| {
        let pair = query.split('&').find_map(|pair| pair.strip_prefix(name))?;
        Some(pair.to_owned())
    };
    match value("do=").unwrap_or_default().as_str() {
        "count" => Ok(json_answer(&json!(
            CALLS.fetch_add(1, Ordering::Relaxed) + 1
        ))),
        "mirror" => Ok(mirror(request, &state)),
        "endless" => Ok(endless(&state, value("tell=").unwrap())),
        "late" => Ok(late()),
        "background" => {
            let address = value("tell=").unwrap();
            let log = state.log_context.clone();
            state.wait_until(async move {
                wait_for(&address).await;
                log.info("the background work is done");
            });
            Ok(json_answer(&json!("answered")))
        }
        "say" => {
            state.log_context.warn("first\nsecond");
            println!("to the output");
            Ok(json_answer(&json!(null)))
        }
        "cached" => {
            let mut response = json_answer(&json!(null));
            response
                .headers_mut()
                .insert("cache-control", "private".parse().unwrap());
            Ok(response)
        }
        "hang" => pending().await,
        "die" => std::process::abort(),
        "panic" => panic!("as asked"),
        "large" => Ok(Response::new(ResponseBody::from("x".repeat(8_000_000)))),
        _ => echo(request).await,
    }
}

async fn echo(request: Request) -> Result<Response<ResponseBody>, Error> {
    let (head, body) = request.into_parts();
    let headers: Map<String, Value> = head
        .headers
        .iter()
        .map(|(name, value)| (name.to_string(), json!(value.to_str().unwrap())))
        .collect();
    let env: Vec<String> = std::env::vars_os()
        .map(|(name, _)| name.to_string_lossy().into_owned())
        .collect();
    Ok(json_answer(&json!({
        "method": head.method.as_str(),
        "uri": head.uri.to_string(),
        "headers": headers,
        "env": env,
        "bytes": body.collect().await?.to_bytes().len(),
    })))
}

/// Every frame of the request, sent back when it comes.
fn mirror(request: Request, state: &AppState) -> Response<ResponseBody> {
    let (sender, receiver) = channel(1);
    let mut body = request.into_body();
    state.wait_until(async move {
        while let Some(Ok(frame)) = body.frame().await {
            sender.send(Ok(frame)).await.unwrap();
        }
        assert!(body.is_end_stream());
    });
    streamed(receiver)
}

/// Frames until nobody takes them; then it calls the address.
fn endless(state: &AppState, address: String) -> Response<ResponseBody> {
    let (sender, receiver) = channel(1);
    state.wait_until(async move {
        while send(&sender, "again\n").await {}
        TcpStream::connect(address).await.unwrap();
    });
    streamed(receiver)
}

/// A stream that nobody told the runtime about, and that stops half-way.
fn late() -> Response<ResponseBody> {
    let (sender, receiver) = channel(1);
    tokio::spawn(async move {
        send(&sender, "half\n").await;
        pending::<()>().await;
    });
    streamed(receiver)
}

/// Holds a connection until the other side closes it.
async fn wait_for(address: &str) {
    let stream = TcpStream::connect(address).await.unwrap();
    stream.readable().await.unwrap();
}

async fn send(sender: &Sender<Chunk>, text: &'static str) -> bool {
    let frame = Frame::data(Bytes::from_static(text.as_bytes()));
    sender.send(Ok(frame)).await.is_ok()
}

fn streamed(receiver: Receiver<Chunk>) -> Response<ResponseBody> {
    let frames = unfold(receiver, async |mut receiver| {
        Some((receiver.recv().await?, receiver))
    });
    let mut response = Response::new(ResponseBody::from(StreamBody::new(Box::pin(frames))));
    let kind = "text/event-stream".parse().unwrap();
    response.headers_mut().insert("content-type", kind);
    response
}

fn json_answer(value: &Value) -> Response<ResponseBody> {
    Response::new(ResponseBody::from(value.to_string()))
}
