//! The list of running processes, which threads of any kind may look at.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use crate::process::Process;

/// Every process that was not reaped yet, by its number.
#[derive(Clone, Default)]
pub(crate) struct Alive(Arc<Shared>);

#[derive(Default)]
struct Shared {
    processes: Mutex<BTreeMap<u32, Arc<Process>>>,
    fewer: Condvar,
}

impl Alive {
    pub(crate) fn processes(&self) -> Vec<Arc<Process>> {
        self.lock().values().cloned().collect()
    }

    /// Lists the process until it is gone.
    pub(crate) fn add(&self, process: &Arc<Process>) {
        self.lock().insert(process.pid, Arc::clone(process));
        let (alive, process) = (self.clone(), Arc::clone(process));
        tokio::spawn(async move {
            process.wait_gone().await;
            alive.lock().remove(&process.pid);
            alive.0.fewer.notify_all();
        });
    }

    /// Blocks the thread until all are gone.
    pub(crate) fn block_until_none(&self) {
        let processes = self.lock();
        let waited = self
            .0
            .fewer
            .wait_while(processes, |processes| !processes.is_empty());
        drop(waited);
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<u32, Arc<Process>>> {
        self.0
            .processes
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
