//! Who works on which core: what is measured has the last one to itself, and everybody else, this
//! process and Postgres among them, the first.

/// Keeps this process away from what is measured.
pub(crate) fn keep_to_the_first() {
    keep_to(Place::First);
}

/// What is started by this is on the last core.
pub(crate) fn on_the_last<T>(start: impl FnOnce() -> T) -> T {
    keep_to(Place::Last);
    let started = start();
    keep_to(Place::First);
    started
}

#[derive(Clone, Copy)]
enum Place {
    First,
    Last,
}

/// Where the system does not know of cores, or has one, all share what there is.
#[cfg(target_os = "linux")]
fn keep_to(place: Place) {
    use std::sync::OnceLock;

    use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

    // Asked before anything was said of it.
    static ALL: OnceLock<CpuSet> = OnceLock::new();
    let all = ALL.get_or_init(|| sched_getaffinity(None).unwrap_or_default());
    let mut cores = (0..CpuSet::MAX_CPU).filter(|core| all.is_set(*core));
    let core = match place {
        Place::First => cores.next(),
        Place::Last => cores.next_back(),
    };
    if let Some(core) = core {
        let mut set = CpuSet::new();
        set.set(core);
        let _ = sched_setaffinity(None, &set);
    }
}

#[cfg(not(target_os = "linux"))]
fn keep_to(_: Place) {}
