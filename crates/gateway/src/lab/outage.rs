//! A network that is gone for a while.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::watch;

/// Whether the network is gone at this moment.
pub(crate) struct Outage(watch::Sender<bool>);

impl Default for Outage {
    fn default() -> Self {
        Self(watch::channel(false).0)
    }
}

impl Outage {
    /// Takes the network away, and gives it back when the time is over or nobody waits for that
    /// any more.
    pub(crate) async fn last(&self, length: Duration) {
        struct Mend<'a>(&'a watch::Sender<bool>);
        impl Drop for Mend<'_> {
            fn drop(&mut self) {
                self.0.send_replace(false);
            }
        }
        let _mend = Mend(&self.0);
        self.0.send_replace(true);
        tokio::time::sleep(length).await;
    }

    /// A connection that wants to begin; none while there is no network.
    pub(crate) fn line(&self) -> Option<Line> {
        let down = self.0.subscribe();
        let is_down = *down.borrow();
        (!is_down).then(|| Line {
            down,
            is_spared: AtomicBool::new(false),
        })
    }
}

/// One connection of a client.
pub(crate) struct Line {
    down: watch::Receiver<bool>,
    is_spared: AtomicBool,
}

impl Line {
    /// It carries a request to the lab, which is not what one wants to see fail.
    pub(crate) fn spare(&self) {
        self.is_spared.store(true, Ordering::Relaxed);
    }

    /// Resolves when the connection has to be cut.
    pub(crate) async fn cut(&self) {
        let mut down = self.down.clone();
        // The sender goes with the gateway, and the connection with it.
        while down.wait_for(|down| *down).await.is_ok() {
            if !self.is_spared.load(Ordering::Relaxed) {
                return;
            }
            if down.wait_for(|down| !*down).await.is_err() {
                break;
            }
        }
        std::future::pending().await
    }
}
