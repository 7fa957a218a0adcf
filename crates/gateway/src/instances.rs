//! The processes there are: at most one per function, or a new one for each request.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::Mutex;

use crate::alive::Alive;
use crate::log::{Level, Log, Voice};
use crate::process::{Process, Spec, StartError};
use crate::project::Function;

pub(crate) struct Instances {
    functions: Vec<(Spec, Mutex<Option<Arc<Process>>>)>,
    /// A new process for every request.
    cold: bool,
    alive: Alive,
    started: AtomicU64,
}

impl Instances {
    pub(crate) fn new(
        functions: &[Function],
        env: &[(String, String)],
        sockets: &Path,
        log: &Log,
        cold: bool,
    ) -> Self {
        let spec = |function: &Function| Spec {
            binary: function.binary.clone(),
            env: env.to_vec(),
            sockets: sockets.to_owned(),
            voice: Voice {
                function: function.name.clone(),
                log: Arc::clone(log),
            },
        };
        Self {
            functions: functions
                .iter()
                .map(|function| (spec(function), Mutex::new(None)))
                .collect(),
            cold,
            alive: Alive::default(),
            started: AtomicU64::new(0),
        }
    }

    /// A process to send one request to.
    pub(crate) async fn process(&self, place: usize) -> Result<Arc<Process>, StartError> {
        let (spec, warm) = &self.functions[place];
        if self.cold {
            return self.start(spec).await;
        }
        // Those who come while it starts wait for the same process.
        let mut warm = warm.lock().await;
        if let Some(process) = warm.as_ref()
            && process.is_usable().await
        {
            return Ok(Arc::clone(process));
        }
        let process = self.start(spec).await?;
        *warm = Some(Arc::clone(&process));
        Ok(process)
    }

    /// The process did not take the connection although it was not known to be gone.
    pub(crate) async fn replace(
        &self,
        place: usize,
        stale: &Arc<Process>,
    ) -> Result<Arc<Process>, StartError> {
        stale.kill();
        stale.wait_gone().await;
        self.process(place).await
    }

    pub(crate) fn voice(&self, place: usize) -> &Voice {
        &self.functions[place].0.voice
    }

    pub(crate) fn is_cold(&self) -> bool {
        self.cold
    }

    pub(crate) fn pids(&self) -> Vec<u32> {
        self.alive
            .processes()
            .iter()
            .map(|process| process.pid)
            .collect()
    }

    pub(crate) fn started(&self) -> u64 {
        self.started.load(Ordering::Relaxed)
    }

    /// Ends every process at once and returns when all are gone. Blocks: not for the gateway's
    /// own thread, which has to reap them meanwhile.
    pub(crate) fn kill_all(&self) {
        self.for_all(Process::kill);
        self.alive.block_until_none();
    }

    pub(crate) fn kill(&self, pid: u32) {
        let processes = self.alive.processes();
        if let Some(process) = processes.iter().find(|process| process.pid == pid) {
            process.kill();
        }
    }

    /// Ends the processes in which requests go on; where none does, all of them. Returns how many
    /// there were, when all are gone.
    pub(crate) async fn kill_serving(&self) -> usize {
        let all = self.alive.processes();
        let mut wanted: Vec<_> = all.iter().filter(|process| process.is_serving()).collect();
        if wanted.is_empty() {
            wanted = all.iter().collect();
        }
        wanted.iter().for_each(|process| process.kill());
        for process in &wanted {
            process.wait_gone().await;
        }
        wanted.len()
    }

    pub(crate) fn for_all(&self, action: fn(&Process)) {
        for process in self.alive.processes() {
            action(&process);
        }
    }

    pub(crate) async fn wait_until_none(&self) {
        for process in self.alive.processes() {
            process.wait_gone().await;
        }
    }

    async fn start(&self, spec: &Spec) -> Result<Arc<Process>, StartError> {
        let number = self.started.fetch_add(1, Ordering::Relaxed);
        let process = Process::start(spec, number).await.inspect_err(|error| {
            spec.voice.say(Level::Gateway, &error.to_string());
        })?;
        let process = Arc::new(process);
        self.alive.add(&process);
        Ok(process)
    }
}
