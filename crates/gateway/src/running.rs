//! The gateway's thread: accepts connections, and ends the processes at the end.

use std::fs::Permissions;
use std::net::{SocketAddr, TcpListener};
use std::os::unix::fs::PermissionsExt;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

use crate::answer::{BoxError, full};
use crate::files::Files;
use crate::instances::Instances;
use crate::lab::Lab;
use crate::process::Process;
use crate::project::Project;
use crate::server::Server;
use crate::{Error, Options, lab};

/// What a function gets to finish after it was asked to end, as on the platform.
const FAREWELL: Duration = Duration::from_millis(500);

/// The system's limit on a socket's path, less our own part of it.
const LONGEST_FOLDER: usize = 80;

pub(crate) struct Running {
    pub(crate) address: SocketAddr,
    pub(crate) server: Arc<Server>,
    runtime: Handle,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
    _sockets: TempDir,
}

impl Running {
    pub(crate) fn start(options: Options) -> Result<Self, Error> {
        let project = Project::read(&options.source)?;
        let listener = listen(options.listen)?;
        let address = listener.local_addr()?;
        let sockets = socket_folder()?;
        let instances = Instances::new(
            &project.functions,
            &with_platform_env(options.env),
            sockets.path(),
            &options.log,
            options.cold,
        );
        let server = Arc::new(Server {
            project,
            instances: Arc::new(instances),
            files: Files::shared(),
            lab: (options.lab && address.ip().is_loopback()).then(Lab::default),
            session: session()?,
            requests: AtomicU64::new(0),
        });
        // One thread: the system ties the life of the processes to the thread that starts them.
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let handle = runtime.handle().clone();
        let (stop, stopped) = oneshot::channel();
        let own = Arc::clone(&server);
        let thread = thread::Builder::new()
            .name("gateway".to_owned())
            .spawn(move || runtime.block_on(serve(listener, own, stopped)))?;
        Ok(Self {
            address,
            server,
            runtime: handle,
            stop: Some(stop),
            thread: Some(thread),
            _sockets: sockets,
        })
    }

    pub(crate) async fn invoke(
        &self,
        function: &str,
        request: Request<Bytes>,
    ) -> Result<Response<Bytes>, Error> {
        let place = self.place(function)?;
        let server = Arc::clone(&self.server);
        let answered = self.runtime.spawn(async move {
            let response = server.invoke(place, request.map(full)).await;
            let (head, body) = response.into_parts();
            let body = body.collect().await?.to_bytes();
            Ok::<_, BoxError>(Response::from_parts(head, body))
        });
        let broken = |reason: &dyn std::fmt::Display| Error::BrokenAnswer(reason.to_string());
        answered
            .await
            .map_err(|error| broken(&error))?
            .map_err(|error| broken(&error))
    }

    pub(crate) async fn warm_up(&self, function: &str) -> Result<Duration, Error> {
        let place = self.place(function)?;
        let instances = Arc::clone(&self.server.instances);
        let start = Instant::now();
        // The gateway's own thread has to start it.
        let started = self.runtime.spawn(async move {
            let started = instances.process(place).await;
            started.map(drop).map_err(|error| error.to_string())
        });
        let named = |reason: String| Error::NoStart {
            function: function.to_owned(),
            reason,
        };
        started
            .await
            .unwrap_or_else(|error| Err(error.to_string()))
            .map_err(named)?;
        Ok(start.elapsed())
    }

    fn place(&self, function: &str) -> Result<usize, Error> {
        let functions = &self.server.project.functions;
        let place = functions.iter().position(|known| known.name == function);
        place.ok_or_else(|| Error::NoFunction(function.to_owned()))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

async fn serve(listener: TcpListener, server: Arc<Server>, stopped: oneshot::Receiver<()>) {
    tokio::select! {
        () = accept(listener, &server) => {}
        // Also when the sender is dropped.
        _ = stopped => {}
    }
    server.instances.for_all(Process::terminate);
    let farewell = server.instances.wait_until_none();
    if tokio::time::timeout(FAREWELL, farewell).await.is_err() {
        server.instances.for_all(Process::kill);
        server.instances.wait_until_none().await;
    }
}

async fn accept(listener: TcpListener, server: &Arc<Server>) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else {
        return;
    };
    loop {
        // A client that left before it was accepted, or too many open files: both pass.
        let Ok((stream, client)) = listener.accept().await else {
            tokio::task::yield_now().await;
            continue;
        };
        // Frames of a stream must not wait for one another.
        let _ = stream.set_nodelay(true);
        let Some(lab) = &server.lab else {
            tokio::spawn(conversation(stream, server, client, || {}));
            continue;
        };
        let Some(line) = lab.outage.line().map(Arc::new) else {
            continue;
        };
        let spared = Arc::clone(&line);
        let conversation = conversation(stream, server, client, move || spared.spare());
        tokio::spawn(async move {
            tokio::select! {
                _ = conversation => {}
                () = line.cut() => {}
            }
        });
    }
}

/// What is asked and answered on a connection. `on_lab` hears of a request to the failure lab.
fn conversation(
    stream: TcpStream,
    server: &Arc<Server>,
    client: SocketAddr,
    on_lab: impl Fn() + Send + 'static,
) -> Pin<Box<dyn Future<Output = hyper::Result<()>> + Send>> {
    let server = Arc::clone(server);
    let service = service_fn(move |request: Request<hyper::body::Incoming>| {
        if request.uri().path().starts_with(lab::PREFIX) {
            on_lab();
        }
        let server = Arc::clone(&server);
        let request = request.map(|body| body.map_err(BoxError::from).boxed());
        async move { Ok::<_, BoxError>(server.handle(request, client).await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(stream), service);
    Box::pin(connection)
}

fn listen(address: SocketAddr) -> Result<TcpListener, Error> {
    let listener = TcpListener::bind(address).map_err(|source| match source.kind() {
        std::io::ErrorKind::AddrInUse => Error::PortInUse(address),
        _ => Error::Listen { address, source },
    })?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

fn socket_folder() -> Result<TempDir, Error> {
    // Whoever reaches the socket can speak for a function.
    let private = Permissions::from_mode(0o700);
    let mut builder = tempfile::Builder::new();
    builder.prefix("latchwork-").permissions(private);
    let folder = builder.tempdir()?;
    if folder.path().as_os_str().len() <= LONGEST_FOLDER {
        return Ok(folder);
    }
    Ok(builder.tempdir_in("/tmp")?)
}

/// What the platform sets for every function, unless the caller has set it otherwise.
fn with_platform_env(mut env: Vec<(String, String)>) -> Vec<(String, String)> {
    for (name, value) in [
        ("PATH", "/usr/local/bin:/usr/bin:/bin"),
        ("LANG", "en_US.UTF-8"),
        ("TZ", ":UTC"),
        ("VERCEL", "1"),
        ("VERCEL_DEV", "1"),
        ("VERCEL_REGION", "dev1"),
    ] {
        if !env.iter().any(|(known, _)| known == name) {
            env.push((name.to_owned(), value.to_owned()));
        }
    }
    env
}

fn session() -> Result<String, Error> {
    let mut chance = [0; 6];
    getrandom::fill(&mut chance).map_err(std::io::Error::other)?;
    Ok(chance.iter().map(|byte| format!("{byte:02x}")).collect())
}
