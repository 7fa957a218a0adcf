//! Vercel on this machine: the routes, headers and static files of `vercel.json`, or of what
//! `vercel build` made of it, in front of the real function binaries, which are started and spoken
//! to as the platform does it.
//!
//! **Invariant:** a function gets the environment it was given and nothing of ours.
//! **Invariant:** no process outlives the [`Gateway`] that started it, however that ends.

mod alive;
mod answer;
mod config;
mod error;
mod files;
mod instances;
mod invoke;
mod ipc;
mod lab;
mod limit;
mod log;
mod output;
mod pattern;
mod process;
mod project;
mod relay;
mod rewrite;
mod route;
mod routes;
mod running;
mod server;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
pub use config::Cron;
pub use error::Error;
use hyper::{Request, Response};
pub use log::{Level, Log, LogLine};
pub use output::check as check_output;
use running::Running;

/// What to serve, and how.
pub struct Options {
    pub source: Source,
    /// The whole environment of the functions, but for what the platform adds itself.
    pub env: Vec<(String, String)>,
    /// Port 0 takes any that is free.
    pub listen: SocketAddr,
    /// A new process for every request, ended with it.
    pub cold: bool,
    /// With the failure lab, if only this machine can reach the site.
    pub lab: bool,
    pub log: Log,
}

/// Where the site comes from.
pub enum Source {
    Checkout {
        /// The folder with `vercel.json` and `Cargo.toml`.
        root: PathBuf,
        /// The folder with the functions' binaries, such as `target/debug`.
        binaries: PathBuf,
    },
    /// What `vercel build --standalone` made: the folder `.vercel/output`.
    Output(PathBuf),
}

impl Options {
    /// A checkout: warm, on any free port of this machine, silent.
    #[must_use]
    pub fn new(root: impl Into<PathBuf>, binaries: impl Into<PathBuf>) -> Self {
        Self::of(Source::Checkout {
            root: root.into(),
            binaries: binaries.into(),
        })
    }

    /// What `vercel build` made, in the same way.
    #[must_use]
    pub fn built(output: impl Into<PathBuf>) -> Self {
        Self::of(Source::Output(output.into()))
    }

    fn of(source: Source) -> Self {
        Self {
            source,
            env: Vec::new(),
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            cold: false,
            lab: false,
            log: Arc::new(|_| {}),
        }
    }
}

/// A running site. It has a thread of its own, so it serves whatever its owner's runtime does;
/// dropping it ends every process and then the thread.
pub struct Gateway {
    running: Running,
    url: String,
}

impl Gateway {
    /// Starts to listen. Functions are started when they are first needed.
    ///
    /// # Errors
    /// If `vercel.json` or `Cargo.toml` cannot be read or asks for what is not known here, or if
    /// the port is taken.
    pub fn start(options: Options) -> Result<Self, Error> {
        let running = Running::start(options)?;
        let url = format!("http://{}", shown(running.address));
        Ok(Self { running, url })
    }

    /// Where a browser finds it, without a slash at the end.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.running.address
    }

    /// The names of the functions: the files of `api/` without their ending.
    #[must_use]
    pub fn functions(&self) -> Vec<String> {
        let functions = &self.running.server.project.functions;
        functions
            .iter()
            .map(|function| function.name.clone())
            .collect()
    }

    /// What the platform would call by the clock; here, [`Gateway::invoke`] does.
    #[must_use]
    pub fn crons(&self) -> &[Cron] {
        &self.running.server.project.crons
    }

    /// The processes that run at this moment.
    #[must_use]
    pub fn pids(&self) -> Vec<u32> {
        self.running.server.instances.pids()
    }

    /// How many processes were started so far.
    #[must_use]
    pub fn starts(&self) -> u64 {
        self.running.server.instances.started()
    }

    /// Starts a function that does not run yet, and says after what time it listened.
    ///
    /// # Errors
    /// If there is no such function, or it does not start.
    pub async fn warm_up(&self, function: &str) -> Result<Duration, Error> {
        self.running.warm_up(function).await
    }

    /// Kills every process with SIGKILL and returns when all are gone. The next request starts
    /// new ones.
    pub fn kill_all(&self) {
        self.running.server.instances.kill_all();
    }

    /// Kills one process with SIGKILL, if it still runs. Who calls it next starts a new one.
    pub fn kill(&self, pid: u32) {
        self.running.server.instances.kill(pid);
    }

    /// Sends a request straight to a function, past routes and headers. A function that gives no
    /// answer is a response, too: 502 or 504.
    ///
    /// # Errors
    /// If there is no such function, or its answer breaks off.
    pub async fn invoke(
        &self,
        function: &str,
        request: Request<Bytes>,
    ) -> Result<Response<Bytes>, Error> {
        self.running.invoke(function, request).await
    }
}

/// Browsers grant `localhost` what they grant to sites with a certificate.
fn shown(address: SocketAddr) -> String {
    if address.ip().is_loopback() {
        format!("localhost:{}", address.port())
    } else {
        address.to_string()
    }
}
