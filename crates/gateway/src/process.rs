//! One process of one function, from its start to its end.
//!
//! **Invariant:** a process is signalled only while it is not reaped yet, by the task that reaps
//! it, so that a number the system gave to somebody else is never hit.

mod spawn;

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitStatus;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};
use tokio::net::{UnixListener, UnixStream};
use tokio::process::Child;
use tokio::sync::{mpsc, oneshot, watch};

use crate::ipc::{Message, Messages};
use crate::log::{Level, Voice};

/// How long a function may take until it listens. Real ones need a few milliseconds; this one
/// is for a machine that is busy with something else.
const START_LIMIT: Duration = Duration::from_secs(30);

/// How long a process that broke a connection off is watched for being about to end.
const SUSPICION: Duration = Duration::from_millis(100);

/// What is started.
pub(crate) struct Spec {
    pub(crate) binary: PathBuf,
    pub(crate) env: Vec<(String, String)>,
    /// A private folder for sockets.
    pub(crate) sockets: PathBuf,
    pub(crate) voice: Voice,
}

impl Spec {
    fn socket(&self, number: u64) -> PathBuf {
        self.sockets.join(number.to_string())
    }
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum StartError {
    #[error("there is no binary {0}; `cargo build` makes it")]
    Missing(PathBuf),
    #[error("it ended before it listened ({0})")]
    Ended(ExitStatus),
    #[error("it did not listen within {} s", START_LIMIT.as_secs())]
    Silent,
    #[error("it could not be started: {0}")]
    System(#[from] std::io::Error),
}

pub(crate) struct Process {
    pub(crate) pid: u32,
    pub(crate) address: SocketAddr,
    signals: mpsc::UnboundedSender<Signal>,
    gone: watch::Receiver<bool>,
    /// Whether it closed its messages, the first thing to go when a process ends.
    hung_up: watch::Receiver<bool>,
    /// Whether it broke a connection off since it was last looked at.
    suspect: AtomicBool,
    open: Arc<OpenRequests>,
}

/// Requests whose end the process has not announced yet.
#[derive(Default)]
struct OpenRequests(Mutex<HashMap<u64, oneshot::Sender<()>>>);

impl OpenRequests {
    fn end(&self, request: u64) {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // The sender's end is the message, whether by a value or by its drop.
        drop(open.remove(&request));
    }
}

impl Process {
    /// Starts the function and waits until it listens.
    pub(crate) async fn start(spec: &Spec, number: u64) -> Result<Self, StartError> {
        loop {
            let (child, listener, port) = spawn::spawn(spec, number)?;
            let mut starting = Starting {
                pid: child.id().unwrap_or_default(),
                child,
            };
            let started = tokio::time::timeout(START_LIMIT, starting.listen(&listener, spec)).await;
            let _ = std::fs::remove_file(spec.socket(number));
            match started {
                Ok(Ok((messages, address))) => return Ok(starting.run(messages, address, spec)),
                // Somebody else took the port between our look and the function's.
                Ok(Err(StartError::Ended(_))) if !spawn::is_free(port) => {}
                Ok(Err(error)) => return Err(error),
                Err(_) => {
                    signal(starting.pid, Signal::KILL);
                    return Err(StartError::Silent);
                }
            }
        }
    }

    /// Ends the process and all that it started, at once.
    pub(crate) fn kill(&self) {
        let _ = self.signals.send(Signal::KILL);
    }

    /// Asks the process to finish what it began and to end.
    pub(crate) fn terminate(&self) {
        let _ = self.signals.send(Signal::TERM);
    }

    /// Whether a request may be sent to it. A process that dies breaks its connections off some
    /// moments before it stops to take new ones.
    pub(crate) async fn is_usable(&self) -> bool {
        if self.suspect.swap(false, Ordering::Relaxed) {
            let mut hung_up = self.hung_up.clone();
            let ends = hung_up.wait_for(|hung_up| *hung_up);
            if tokio::time::timeout(SUSPICION, ends).await.is_ok() {
                self.kill();
                self.wait_gone().await;
            }
        }
        !*self.gone.borrow()
    }

    pub(crate) async fn wait_gone(&self) {
        // An error means that the task which reaps is itself gone.
        let _ = self.gone.clone().wait_for(|gone| *gone).await;
    }

    /// Resolves when the process says that this request is done, or dies.
    pub(crate) fn expect_end(&self, request: u64) -> oneshot::Receiver<()> {
        let (sender, receiver) = oneshot::channel();
        let mut open = self.open.0.lock().unwrap_or_else(PoisonError::into_inner);
        open.insert(request, sender);
        receiver
    }

    /// Whether a request goes on in it.
    pub(crate) fn is_serving(&self) -> bool {
        let open = self.open.0.lock().unwrap_or_else(PoisonError::into_inner);
        !open.is_empty()
    }

    /// For a request that was answered by nothing, of which no end will be announced.
    pub(crate) fn give_up(&self, request: u64) {
        self.suspect.store(true, Ordering::Relaxed);
        self.open.end(request);
    }
}

/// A process that does not listen yet.
struct Starting {
    pid: u32,
    child: Child,
}

impl Starting {
    async fn listen(
        &mut self,
        listener: &UnixListener,
        spec: &Spec,
    ) -> Result<(Messages<UnixStream>, SocketAddr), StartError> {
        let connected = async {
            let (stream, _) = listener.accept().await?;
            let mut messages = Messages::new(stream);
            loop {
                match messages.next().await {
                    Some(Message::Started(port)) => return Ok((messages, port)),
                    Some(Message::Log(level, text)) => spec.voice.say(level, &text),
                    Some(Message::End(_)) => {}
                    // Its exit is the better thing to report.
                    None => std::future::pending().await,
                }
            }
        };
        tokio::select! {
            started = connected => {
                let (messages, port): (_, u16) = started.map_err(StartError::System)?;
                Ok((messages, SocketAddr::from(([127, 0, 0, 1], port))))
            }
            status = self.child.wait() => Err(StartError::Ended(status?)),
        }
    }

    fn run(self, messages: Messages<UnixStream>, address: SocketAddr, spec: &Spec) -> Process {
        let (signals, orders) = mpsc::unbounded_channel();
        let (announce, gone) = watch::channel(false);
        let (hang_up, hung_up) = watch::channel(false);
        let open = Arc::new(OpenRequests::default());
        let following = follow(messages, Arc::clone(&open), spec.voice.clone());
        tokio::spawn(async move {
            following.await;
            let _ = hang_up.send(true);
        });
        tokio::spawn(reap(self.child, self.pid, orders, announce));
        Process {
            pid: self.pid,
            address,
            signals,
            gone,
            hung_up,
            suspect: AtomicBool::new(false),
            open,
        }
    }
}

async fn follow(mut messages: Messages<UnixStream>, open: Arc<OpenRequests>, voice: Voice) {
    while let Some(message) = messages.next().await {
        match message {
            Message::Log(level, text) => voice.say(level, &text),
            Message::End(request) => open.end(request),
            Message::Started(_) => voice.say(Level::Gateway, "started twice"),
        }
    }
    // Nobody will announce these ends any more.
    let mut open = open.0.lock().unwrap_or_else(PoisonError::into_inner);
    open.clear();
}

async fn reap(
    mut child: Child,
    pid: u32,
    mut orders: mpsc::UnboundedReceiver<Signal>,
    announce: watch::Sender<bool>,
) {
    let guard = spawn::Guard::new(pid);
    loop {
        tokio::select! {
            _ = child.wait() => break,
            Some(order) = orders.recv() => signal(pid, order),
        }
    }
    if let Some(guard) = guard {
        guard.dismiss().await;
    }
    let _ = announce.send(true);
}

fn signal(pid: u32, signal: Signal) {
    if let Some(pid) = i32::try_from(pid).ok().and_then(Pid::from_raw) {
        // It may have ended in this moment, which is as well.
        let _ = kill_process_group(pid, signal);
    }
}
