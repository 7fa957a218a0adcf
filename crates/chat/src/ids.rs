//! Making ids.

use protocol::{ItemId, RunId, ThreadId, Timestamp};

/// Fills a buffer with unpredictable bytes.
pub type Chance = fn(&mut [u8]);

/// Makes prefixed ids that sort by time.
#[derive(Clone, Copy)]
pub(crate) struct Ids {
    pub(crate) now: Timestamp,
    pub(crate) chance: Chance,
}

impl Ids {
    pub(crate) fn text(self, prefix: &str) -> String {
        let mut bytes = [0; 10];
        (self.chance)(&mut bytes);
        protocol::id::sortable(prefix, self.now, bytes)
    }

    pub(crate) fn thread(self) -> ThreadId {
        ThreadId::new(self.text("thr_"))
    }

    pub(crate) fn run(self) -> RunId {
        RunId::new(self.text("run_"))
    }

    pub(crate) fn message(self) -> ItemId {
        ItemId::new(self.text("msg_"))
    }

    pub(crate) fn workflow(self) -> ItemId {
        ItemId::new(self.text("wf_"))
    }
}
