//! Keys that were fetched, and when they are fetched again.
//!
//! **Invariant:** at most one fetch is under way; nobody who has what they need waits for it.

use std::sync::Arc;
use std::time::Duration;

use auth::KeySet;
use protocol::{ErrorCode, Timestamp};
use tokio::sync::{Semaphore, watch};

use super::origin::{Origin, Pause};
use crate::{Background, Error};

/// Seconds for which keys are as good as new.
const FRESH: i64 = 300;

/// Seconds for which they are used at once and renewed behind the request's back: a key that was
/// withdrawn is taken no longer than that.
const STALE: i64 = 900;

/// Seconds for which they are used if they cannot be renewed.
const LONGEST: i64 = 24 * 3600;

/// Seconds after a failure before the origin is asked again.
const RETRY: i64 = 2;

/// The same, where there are old keys to go on with.
const PATIENCE: i64 = 30;

pub(super) struct Cache {
    origin: Origin,
    known: watch::Sender<Known>,
    flight: Semaphore,
}

#[derive(Clone, Default)]
struct Known {
    keys: Arc<KeySet>,
    fetched: Option<Timestamp>,
    /// When a fetch last ended, and how it failed if it did.
    tried: Option<(Timestamp, Option<ErrorCode>)>,
    /// When a key that nobody knew last made us ask.
    looked_up: Option<Timestamp>,
    /// Fetches begun so far, and the number of the last one that ended.
    begun: u64,
    ended: u64,
}

impl Known {
    /// Seconds since the keys were fetched.
    fn age(&self, now: Timestamp) -> Option<i64> {
        self.fetched.map(|fetched| between(fetched, now))
    }

    fn has_failed_within(&self, seconds: i64, now: Timestamp) -> Option<ErrorCode> {
        let (tried, failure) = self.tried?;
        failure.filter(|_| between(tried, now) < seconds)
    }

    fn failure(&self) -> Option<ErrorCode> {
        self.tried.and_then(|(_, failure)| failure)
    }
}

/// A clock that was set back makes a moment no younger than one that was set forward.
fn between(earlier: Timestamp, later: Timestamp) -> i64 {
    (later.seconds() - earlier.seconds()).abs()
}

impl Cache {
    pub(super) fn new(origin: Origin) -> Self {
        Self {
            origin,
            known: watch::Sender::new(Known::default()),
            flight: Semaphore::new(1),
        }
    }

    /// A set that has the key, if there is one to be had; otherwise the newest set there is.
    ///
    /// # Errors
    /// `token.unknown_key` where the origin was asked a moment ago; 503 where it cannot be asked.
    pub(super) async fn keys_with(
        self: &Arc<Self>,
        kid: &str,
        now: Timestamp,
        background: &Background,
    ) -> Result<Arc<KeySet>, Error> {
        let known = self.known.borrow().clone();
        match known.age(now).filter(|_| known.keys.has(kid)) {
            Some(..FRESH) => Ok(known.keys),
            Some(FRESH..STALE) => {
                self.renew_behind(kid, &known, now, background);
                Ok(known.keys)
            }
            Some(STALE..LONGEST) if known.has_failed_within(PATIENCE, now).is_some() => {
                Ok(known.keys)
            }
            Some(STALE..LONGEST) => Ok(self.renew(kid, &known, now).await.unwrap_or(known.keys)),
            _ => self.look_up(kid, &known, now).await,
        }
    }

    async fn look_up(
        &self,
        kid: &str,
        known: &Known,
        now: Timestamp,
    ) -> Result<Arc<KeySet>, Error> {
        let since = known.looked_up.map_or(i64::MAX, |at| between(at, now));
        match self.origin.pause() {
            Pause::Refuse { seconds } if since < seconds => {
                return Err(known.failure().unwrap_or(ErrorCode::TokenUnknownKey).into());
            }
            Pause::Wait { seconds } if since < seconds => {
                let left = u64::try_from(seconds - since).unwrap_or_default();
                tokio::time::sleep(Duration::from_secs(left)).await;
            }
            _ => {}
        }
        // What the first fetch of a process lacks may have come since, so it does not count.
        if known.fetched.is_some() {
            self.known.send_modify(|known| known.looked_up = Some(now));
        }
        self.renew(kid, known, now).await
    }

    /// Fetches, unless somebody has done so since `seen` and brought the key, or a failure. Our
    /// own table may have got the key while another was reading it, so there an answer without
    /// the key counts only if it was asked for after this request came.
    async fn renew(&self, kid: &str, seen: &Known, now: Timestamp) -> Result<Arc<KeySet>, Error> {
        if let Some(failure) = seen.has_failed_within(RETRY, now) {
            return Err(failure.into());
        }
        let _permit = self
            .flight
            .acquire()
            .await
            .map_err(|_| ErrorCode::Internal)?;
        let known = self.known.borrow().clone();
        if known.ended > seen.ended {
            if let Some(failure) = known.failure() {
                return Err(failure.into());
            }
            let is_newer = match self.origin.pause() {
                Pause::Refuse { .. } => true,
                Pause::Wait { .. } => known.ended > seen.begun,
            };
            if known.keys.has(kid) || is_newer {
                return Ok(known.keys);
            }
        }
        self.fetch(now).await
    }

    fn renew_behind(
        self: &Arc<Self>,
        kid: &str,
        known: &Known,
        now: Timestamp,
        background: &Background,
    ) {
        if known.has_failed_within(PATIENCE, now).is_some() || self.flight.available_permits() == 0
        {
            return;
        }
        let (cache, kid, seen) = (Arc::clone(self), kid.to_owned(), known.clone());
        background.start(async move {
            // The next request finds out how it went.
            let _ = cache.renew(&kid, &seen, now).await;
        });
    }

    /// Only with the permit.
    async fn fetch(&self, now: Timestamp) -> Result<Arc<KeySet>, Error> {
        self.known.send_modify(|known| known.begun += 1);
        let fetched = self.origin.fetch(now).await.map(Arc::new);
        self.known.send_modify(|known| {
            known.ended = known.begun;
            known.tried = Some((now, fetched.as_ref().err().map(Error::code)));
            if let Ok(keys) = &fetched {
                known.keys = Arc::clone(keys);
                known.fetched = Some(now);
            }
        });
        fetched
    }
}
