//! One process of one function, with nothing between it and us.

use std::net::SocketAddr;
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, BufReader};
use tokio::net::UnixListener;
use tokio::process::{Child, Command};

/// The release binaries that cargo built for this benchmark.
pub(crate) const CHATKIT: &str = env!("CARGO_BIN_EXE_chatkit");
pub(crate) const TASKS: &str = env!("CARGO_BIN_EXE_tasks");
pub(crate) const AUTH: &str = env!("CARGO_BIN_EXE_auth");
pub(crate) const MCP: &str = env!("CARGO_BIN_EXE_mcp");

pub(crate) type Environment = Vec<(&'static str, String)>;

pub(crate) struct Function {
    pub(crate) address: SocketAddr,
    /// Before the process was asked for.
    pub(crate) begun: Instant,
    /// Until it said that it listens.
    pub(crate) listening: Duration,
    child: Child,
    _folder: TempDir,
}

impl Function {
    pub(crate) async fn start(binary: &str, environment: &Environment) -> Self {
        let folder = tempfile::tempdir().expect("there is room");
        let socket = folder.path().join("ipc");
        let listener = UnixListener::bind(&socket).expect("the folder is ours");
        let port = testing::free_port();
        let mut command = Command::new(binary);
        command
            .env_clear()
            .envs(environment.iter().map(|(name, value)| (name, value)))
            .env("VERCEL_IPC_PATH", &socket)
            .env("VERCEL_DEV_PORT", port.to_string())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        let begun = Instant::now();
        let mut child = command.spawn().expect("the function starts");
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
        if let Some(log) = child.stderr.take() {
            tokio::spawn(drain(log));
        }
        Self {
            address: SocketAddr::from(([127, 0, 0, 1], port)),
            begun,
            listening,
            child,
            _folder: folder,
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

async fn drain(mut stream: impl AsyncRead + Unpin) {
    let mut bytes = [0; 16 * 1024];
    while let Ok(1..) = stream.read(&mut bytes).await {}
}
