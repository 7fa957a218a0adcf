//! When what a request began has to be over.
//!
//! **Invariant:** each time is shorter than the next, and all are shorter than the platform's
//! (`maxDuration` in `vercel.json`), which ends a process with everything that is in it.

use std::time::Duration;

use tokio::time::Instant;

/// Counted from the beginning of a request.
#[derive(Clone, Copy, Debug)]
pub struct Times {
    /// Work that can be left for later is left: a turn is handed on, sweeping ends.
    pub work: Duration,
    /// It is left; who has not managed to hand it on is as good as dead.
    pub letting_go: Duration,
    /// An answer that has not begun is given up.
    pub answer: Duration,
    /// Nothing goes on behind an answer any more.
    pub end: Duration,
}

impl Default for Times {
    fn default() -> Self {
        Self {
            work: Duration::from_secs(50),
            letting_go: Duration::from_secs(54),
            answer: Duration::from_secs(55),
            end: Duration::from_secs(58),
        }
    }
}

/// When a request began, left in its extensions.
#[derive(Clone, Copy)]
pub(crate) struct Began(pub(crate) Instant);

#[cfg(test)]
mod tests {
    use super::*;

    /// FR-211.
    #[test]
    fn everything_is_over_before_the_platform_ends_it() {
        let file = include_str!("../../../vercel.json");
        let file: serde_json::Value = serde_json::from_str(file).unwrap();
        let functions = file["functions"].as_object().unwrap();
        let platform = functions
            .values()
            .map(|f| f["maxDuration"].as_u64().unwrap());
        let platform = Duration::from_secs(platform.min().unwrap());

        let times = Times::default();
        let times = [
            times.work,
            times.letting_go,
            times.answer,
            times.end,
            platform,
        ];

        assert!(
            times.is_sorted_by(|earlier, later| earlier < later),
            "{times:?}"
        );
    }
}
