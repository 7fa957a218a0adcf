//! Starts a function's binary so that it cannot outlive us.

use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::Stdio;
use std::sync::OnceLock;

use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::net::UnixListener;
use tokio::process::{Child, Command};

use super::{Spec, StartError};
use crate::log::{Level, Voice};

/// Below the ports that systems give to outgoing connections, so that none of those takes a
/// function's port before the function does.
const PORTS: std::ops::Range<u16> = 20_000..32_000;

/// The child, the socket that it will call, and the port that it was given.
pub(super) fn spawn(spec: &Spec, number: u64) -> Result<(Child, UnixListener, u16), StartError> {
    if !spec.binary.is_file() {
        return Err(StartError::Missing(spec.binary.clone()));
    }
    let socket = spec.socket(number);
    let listener = UnixListener::bind(&socket)?;
    let port = free_port()?;
    let mut child = command(&spec.binary)
        .env_clear()
        .envs(spec.env.iter().map(|(name, value)| (name, value)))
        .env("VERCEL_IPC_PATH", &socket)
        .env("VERCEL_DEV_PORT", port.to_string())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group(0)
        .kill_on_drop(true)
        .spawn()?;
    if let Some(stdout) = child.stdout.take() {
        tokio::spawn(echo(stdout, spec.voice.clone()));
    }
    if let Some(stderr) = child.stderr.take() {
        tokio::spawn(echo(stderr, spec.voice.clone()));
    }
    Ok((child, listener, port))
}

/// The system ends the child when the thread that started it ends, however it ends.
fn command(binary: &Path) -> Command {
    let Some(setpriv) = setpriv() else {
        return Command::new(binary);
    };
    let mut command = Command::new(setpriv);
    command.args(["--pdeathsig", "KILL", "--"]).arg(binary);
    command
}

fn setpriv() -> Option<&'static str> {
    static HERE: OnceLock<Option<&str>> = OnceLock::new();
    *HERE.get_or_init(|| {
        ["/usr/bin/setpriv", "/bin/setpriv"]
            .into_iter()
            .find(|path| {
                std::process::Command::new(path)
                    .args(["--pdeathsig", "KILL", "--", "true"])
                    .stderr(Stdio::null())
                    .status()
                    .is_ok_and(|status| status.success())
            })
    })
}

/// Does what `setpriv` does, where there is none: a shell that waits for our end of a pipe to
/// close, as it does when we die, and then ends the process.
pub(super) struct Guard(Child);

impl Guard {
    pub(super) fn new(pid: u32) -> Option<Self> {
        if setpriv().is_some() {
            return None;
        }
        Self::start(pid).ok()
    }

    fn start(pid: u32) -> io::Result<Self> {
        Command::new("sh")
            .args(["-c", r#"cat; kill -s KILL -- "-$1""#, "guard"])
            .arg(pid.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .map(Self)
    }

    /// The process is gone, and its number may soon be another's: the guard must not wake.
    pub(super) async fn dismiss(mut self) {
        let _ = self.0.kill().await;
    }
}

async fn echo(stream: impl AsyncRead + Unpin, voice: Voice) {
    let mut lines = BufReader::new(stream).split(b'\n');
    while let Ok(Some(line)) = lines.next_segment().await {
        voice.say(Level::Output, &String::from_utf8_lossy(&line));
    }
}

fn free_port() -> io::Result<u16> {
    let mut chance = [0; 2];
    getrandom::fill(&mut chance).map_err(io::Error::other)?;
    let start = u16::from_le_bytes(chance) % PORTS.len() as u16;
    (0..PORTS.len() as u16)
        .map(|step| PORTS.start + (start + step) % PORTS.len() as u16)
        .find(|port| is_free(*port))
        .ok_or_else(|| io::Error::new(io::ErrorKind::AddrInUse, "no port is free"))
}

pub(super) fn is_free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_guard_ends_the_process_when_its_pipe_closes() {
        let mut sleeper = Command::new("sleep")
            .arg("600")
            .process_group(0)
            .spawn()
            .unwrap();
        let mut guard = Guard::start(sleeper.id().unwrap()).unwrap();

        drop(guard.0.stdin.take());
        let status = sleeper.wait().await.unwrap();

        assert!(!status.success());
        guard.0.wait().await.unwrap();
    }

    #[tokio::test]
    async fn a_dismissed_guard_leaves_the_process_alone() {
        let mut sleeper = Command::new("sleep")
            .arg("600")
            .process_group(0)
            .spawn()
            .unwrap();

        Guard::start(sleeper.id().unwrap()).unwrap().dismiss().await;

        assert!(sleeper.try_wait().unwrap().is_none());
        sleeper.kill().await.unwrap();
    }
}
