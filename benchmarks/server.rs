//! One process that is measured, with nothing between it and us: a function, or somebody else's
//! service.

use std::net::{SocketAddr, TcpStream};
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, BufReader};
use tokio::net::UnixListener;
use tokio::process::{Child, Command};

use crate::cores;

/// The release binaries that cargo built for this benchmark.
pub(crate) const CHATKIT: &str = env!("CARGO_BIN_EXE_chatkit");
pub(crate) const TASKS: &str = env!("CARGO_BIN_EXE_tasks");
pub(crate) const AUTH: &str = env!("CARGO_BIN_EXE_auth");
pub(crate) const MCP: &str = env!("CARGO_BIN_EXE_mcp");

/// Longer than any peer takes to start, on a machine with much to do.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) type Environment = Vec<(&'static str, String)>;

pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    /// Before the process was asked for.
    pub(crate) begun: Instant,
    /// Until it said that it listens.
    pub(crate) listening: Duration,
    child: Child,
    /// Where the platform's end of the connection lies.
    _folder: Option<TempDir>,
}

impl Server {
    /// One of ours, told of its port and asked for signs of life as by the platform.
    pub(crate) async fn function(binary: &str, environment: &Environment) -> Self {
        let folder = tempfile::tempdir().expect("there is room");
        let socket = folder.path().join("ipc");
        let listener = UnixListener::bind(&socket).expect("the folder is ours");
        let port = testing::free_port();
        let mut command = Command::new(binary);
        command
            .env_clear()
            .envs(environment.iter().map(|(name, value)| (name, value)))
            .env("VERCEL_IPC_PATH", &socket)
            .env("VERCEL_DEV_PORT", port.to_string());
        let begun = Instant::now();
        let child = spawn(&mut command);
        let (stream, _) = listener.accept().await.expect("the function calls us");
        let mut messages = BufReader::new(stream);
        let mut message = Vec::new();
        let read = messages.read_until(0, &mut message).await;
        let listening = begun.elapsed();
        read.expect("the function says that it listens");
        message.pop();
        let message: Value = serde_json::from_slice(&message).unwrap_or_default();
        assert_eq!(message["type"], "server-started");
        // As the platform does, which reads the log and the ends of requests.
        tokio::spawn(drain(messages));
        Self {
            address: SocketAddr::from(([127, 0, 0, 1], port)),
            begun,
            listening,
            child,
            _folder: Some(folder),
        }
    }

    /// A service of others, started by a command that makes it listen on this port.
    pub(crate) async fn peer(mut command: Command, port: u16) -> Self {
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        let begun = Instant::now();
        let mut child = spawn(&mut command);
        while TcpStream::connect(address).is_err() {
            assert!(begun.elapsed() < PATIENCE, "the peer does not listen");
            let ended = child.try_wait().expect("it is ours");
            assert!(ended.is_none(), "the peer has ended: {ended:?}");
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        Self {
            address,
            begun,
            listening: begun.elapsed(),
            child,
            _folder: None,
        }
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id().expect("the function runs")
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(crate) async fn end(mut self) {
        let _ = self.child.kill().await;
    }
}

/// On the core of what is measured, with somebody who reads its log.
fn spawn(command: &mut Command) -> Child {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    let spawned = cores::on_the_last(|| command.spawn());
    let mut child = spawned.expect("the program starts");
    if let Some(log) = child.stderr.take() {
        tokio::spawn(drain(log));
    }
    child
}

async fn drain(mut stream: impl AsyncRead + Unpin) {
    let mut bytes = [0; 16 * 1024];
    while let Ok(1..) = stream.read(&mut bytes).await {}
}
