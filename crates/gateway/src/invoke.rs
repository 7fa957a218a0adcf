//! One request to one function.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper::header::{HeaderName, HeaderValue};
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use protocol::error::ErrorCode;
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::time::Instant;

use crate::answer::{Body, BoxError, failure, no_answer};
use crate::instances::Instances;
use crate::limit::Limited;
use crate::log::Level;
use crate::process::{Process, StartError};
use crate::relay::Relay;

/// Headers that concern one connection only.
const HOP_BY_HOP: [HeaderName; 6] = [
    hyper::header::CONNECTION,
    hyper::header::TE,
    hyper::header::TRAILER,
    hyper::header::TRANSFER_ENCODING,
    hyper::header::UPGRADE,
    hyper::header::EXPECT,
];

/// A request's names: for the runtime a number, for people an id.
pub(crate) struct Names<'a> {
    pub(crate) number: u64,
    pub(crate) id: &'a str,
}

enum NoAnswer {
    /// Reported where it happened.
    NoProcess,
    Lost(BoxError),
}

impl From<StartError> for NoAnswer {
    fn from(_: StartError) -> Self {
        Self::NoProcess
    }
}

/// Sends the request to the function's process and gives what came back, or a failure of ours.
pub(crate) async fn invoke(
    instances: &Arc<Instances>,
    place: usize,
    limit: Duration,
    mut request: Request<Body>,
    names: Names<'_>,
) -> Response<Body> {
    name(&mut request, &names);
    let (request, too_large) = Limited::wrap(request);
    let over = Arc::new(AtomicBool::new(false));
    let error = match send(instances, place, limit, request, &names, &over).await {
        Ok(response) => return response,
        Err(error) => error,
    };
    if too_large.load(Ordering::Relaxed) {
        return failure(ErrorCode::RequestTooLarge, names.id);
    }
    if over.load(Ordering::Relaxed) {
        let status = StatusCode::GATEWAY_TIMEOUT;
        return no_answer(status, "FUNCTION_INVOCATION_TIMEOUT", names.id);
    }
    if let NoAnswer::Lost(error) = error {
        let voice = instances.voice(place);
        voice.say(Level::Gateway, &format!("gave no answer: {error}"));
    }
    let status = StatusCode::BAD_GATEWAY;
    no_answer(status, "FUNCTION_INVOCATION_FAILED", names.id)
}

async fn send(
    instances: &Arc<Instances>,
    place: usize,
    limit: Duration,
    request: Request<Body>,
    names: &Names<'_>,
    over: &Arc<AtomicBool>,
) -> Result<Response<Body>, NoAnswer> {
    let deadline = Instant::now() + limit;
    let (process, stream) = connect(instances, place).await?;
    let invocation = Invocation {
        instances: Arc::clone(instances),
        place,
        process: Arc::clone(&process),
        deadline,
        over: Arc::clone(over),
    };
    let (late, ended) = oneshot::channel();
    let (done, finished) = oneshot::channel();
    let announced = process.expect_end(names.number);
    tokio::spawn(invocation.watch(announced, late, finished));
    match exchange(stream, request).await {
        Ok(response) => Ok(response
            .map(|body| Relay::new(body, ended, done, instances.voice(place).clone()).boxed())),
        Err(error) => {
            process.give_up(names.number);
            Err(NoAnswer::Lost(error))
        }
    }
}

/// A connection to a process that takes it.
async fn connect(
    instances: &Instances,
    place: usize,
) -> Result<(Arc<Process>, TcpStream), NoAnswer> {
    let process = instances.process(place).await?;
    match TcpStream::connect(process.address).await {
        Ok(stream) => Ok((process, stream)),
        // It died in this moment, so the request cannot have reached it.
        Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => {
            let process = instances.replace(place, &process).await?;
            let stream = TcpStream::connect(process.address).await;
            Ok((
                process,
                stream.map_err(|error| NoAnswer::Lost(error.into()))?,
            ))
        }
        Err(error) => Err(NoAnswer::Lost(error.into())),
    }
}

/// A connection of its own, so that it ends with its request on either side.
async fn exchange(
    stream: TcpStream,
    mut request: Request<Body>,
) -> Result<Response<Incoming>, BoxError> {
    for name in &HOP_BY_HOP {
        request.headers_mut().remove(name);
    }
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    let mut response = sender.send_request(request).await?;
    for name in &HOP_BY_HOP {
        response.headers_mut().remove(name);
    }
    Ok(response)
}

fn name(request: &mut Request<Body>, names: &Names<'_>) {
    let headers = request.headers_mut();
    if let Ok(id) = HeaderValue::from_str(names.id) {
        headers.insert("x-vercel-internal-invocation-id", id);
    }
    headers.insert("x-vercel-internal-request-id", names.number.into());
}

/// What goes on after the client has its answer, or has left.
struct Invocation {
    instances: Arc<Instances>,
    place: usize,
    process: Arc<Process>,
    deadline: Instant,
    over: Arc<AtomicBool>,
}

impl Invocation {
    async fn watch(
        self,
        announced: oneshot::Receiver<()>,
        late: oneshot::Sender<()>,
        finished: oneshot::Receiver<()>,
    ) {
        let all = async {
            let _ = announced.await;
            // The body still flows, or nobody is there to take it.
            let _ = late.send(());
            let _ = finished.await;
        };
        tokio::select! {
            () = all => {}
            () = self.process.wait_gone() => return,
            () = tokio::time::sleep_until(self.deadline) => {
                self.over.store(true, Ordering::Relaxed);
                let voice = self.instances.voice(self.place);
                voice.say(Level::Gateway, "took longer than its maxDuration and was ended");
                self.process.kill();
                return;
            }
        }
        if self.instances.is_cold() {
            self.process.kill();
        }
    }
}
