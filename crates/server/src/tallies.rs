//! Counts of requests, refusals and turns: gathered in this process, and added to those in Postgres
//! behind the answers, never with them.
//!
//! **Invariant:** a request costs no round trip and no row of its own, whoever sends how many; what
//! is gathered is bounded, and names nobody.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use protocol::Timestamp;
use store::Db;
use store::tallies::{self, Key, Kind, Tally};
use tokio::sync::watch;

use crate::Background;

/// How long is gathered before it is written. A process that is ended takes no more than this with
/// it.
const PAUSE: Duration = Duration::from_secs(2);

/// Different things that are told apart before they are written; the rest is counted together.
const MOST: usize = 500;

const REST: &str = "other";

/// Milliseconds that are told apart: each step is at most two thirds longer than the one before.
pub(crate) const BOUNDS: [u64; 24] = [
    1, 2, 3, 5, 8, 12, 20, 30, 50, 80, 120, 200, 300, 500, 800, 1_200, 2_000, 3_000, 5_000, 8_000,
    12_000, 20_000, 30_000, 60_000,
];

/// What one process has gathered.
#[derive(Clone)]
pub(crate) struct Tallies {
    db: Db,
    gathered: Arc<watch::Sender<Gathered>>,
}

#[derive(Default)]
struct Gathered {
    tallies: BTreeMap<(Timestamp, Key), Vec<i64>>,
    /// Somebody will write them.
    is_written: bool,
}

impl Gathered {
    fn add(&mut self, hour: Timestamp, mut key: Key, times: &[i64]) {
        let is_new = !self.tallies.contains_key(&(hour, key.clone()));
        if is_new && self.tallies.len() >= MOST {
            REST.clone_into(&mut key.name);
        }
        let sum = self.tallies.entry((hour, key)).or_default();
        sum.resize(BOUNDS.len() + 1, 0);
        for (sum, more) in sum.iter_mut().zip(times) {
            *sum += more;
        }
    }
}

impl Tallies {
    pub(crate) fn new(db: &Db) -> Self {
        Self {
            db: db.clone(),
            gathered: Arc::default(),
        }
    }

    /// Counts what took so long, and sees to it that it is written.
    pub(crate) fn count(&self, key: Key, took: Duration, now: Timestamp, background: &Background) {
        const HOUR: i64 = 3600 * 1_000_000;
        let hour = Timestamp::from_micros(now.micros() - now.micros().rem_euclid(HOUR));
        let mut times = [0; BOUNDS.len() + 1];
        times[place(took)] = 1;
        let mut is_first = false;
        self.gathered.send_modify(|gathered| {
            gathered.add(hour, key, &times);
            is_first = !std::mem::replace(&mut gathered.is_written, true);
        });
        if is_first {
            let mut round = Round {
                tallies: self.clone(),
                taken: None,
            };
            background.start(async move {
                tokio::time::sleep(PAUSE).await;
                round.write().await;
            });
        }
    }
}

/// One time that is written. What cannot be written, or is cut off, is kept for the next time.
struct Round {
    tallies: Tallies,
    /// What it has taken and not written; `None` before it has begun.
    taken: Option<Vec<(Timestamp, Tally)>>,
}

impl Round {
    async fn write(&mut self) {
        let gathered = self.tallies.gathered.send_replace(Gathered::default());
        let gathered = gathered.tallies.into_iter();
        let taken = gathered.map(|((hour, key), times)| (hour, Tally { key, times }));
        let taken = self.taken.insert(taken.collect());
        if tallies::add(&self.tallies.db, taken).await.is_ok() {
            taken.clear();
        }
    }
}

impl Drop for Round {
    fn drop(&mut self) {
        self.tallies.gathered.send_modify(|newer| {
            match self.taken.take() {
                // Somebody else has to see to it.
                None => newer.is_written = false,
                Some(taken) => {
                    for (hour, tally) in taken {
                        newer.add(hour, tally.key, &tally.times);
                    }
                }
            }
        });
    }
}

fn place(took: Duration) -> usize {
    BOUNDS.partition_point(|bound| u128::from(*bound) < took.as_millis())
}

/// Milliseconds within which so many of a thousand were done, as the bound of their step; `None` of
/// nothing.
pub(crate) fn quantile(times: &[i64], part: i64) -> Option<u64> {
    let all: i64 = times.iter().sum();
    if all == 0 {
        return None;
    }
    let mut sum = 0;
    let place = times.iter().position(|count| {
        sum += count;
        // Of the thousand, so that whole numbers do.
        1_000 * sum >= part * all
    })?;
    Some(BOUNDS[place.min(BOUNDS.len() - 1)])
}

/// What a request is counted as.
pub(crate) fn of_request(method: &str, route: &str, code: Option<&str>) -> Key {
    const METHODS: [&str; 7] = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];
    let method = METHODS.iter().find(|known| **known == method);
    Key {
        kind: Kind::Request,
        name: format!("{} {route}", method.unwrap_or(&REST)),
        code: code.unwrap_or_default().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: usize) -> Key {
        of_request("GET", &format!("/{name}"), None)
    }

    #[test]
    fn a_time_is_told_by_the_bound_of_its_step() {
        let mut times = vec![0; BOUNDS.len() + 1];
        for millis in [0, 1, 2, 4, 4, 4, 90, 90, 250, 100_000] {
            times[place(Duration::from_millis(millis))] += 1;
        }

        let quantiles = [100, 500, 900, 990].map(|part| quantile(&times, part));

        assert_eq!(quantiles, [Some(1), Some(5), Some(300), Some(60_000)]);
        assert_eq!(quantile(&[], 500), None);
    }

    /// FR-203.
    #[test]
    fn what_is_gathered_is_bounded_and_nothing_is_lost() {
        let mut gathered = Gathered::default();
        let hour = Timestamp::from_seconds(0);

        for name in 0..2 * MOST {
            gathered.add(hour, key(name), &[1]);
        }

        assert_eq!(gathered.tallies.len(), MOST + 1);
        let all: i64 = gathered.tallies.values().flatten().sum();
        assert_eq!(all, 2 * MOST as i64);
    }

    #[test]
    fn a_method_that_nobody_knows_is_not_named() {
        assert_eq!(
            of_request("BREW", "/api/tasks", None).name,
            "other /api/tasks"
        );
    }
}
